"""InvenioRDM as a target, which is what Zenodo runs: drafts, reserved DOIs, files, versions, communities, embargoes.

The record bears our identifier among its own (``metadata.identifiers``) from the moment that it is made, and is found
again by it. What the server says of sizes and checksums is believed of what it reckoned itself, the ``md5`` of each
file: what a client declares it takes without a look.

Source: InvenioRDM REST API, "Drafts and records"; Zenodo, "Rate limiting".
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import quote

from solander.depositing.http_answer import said_of_fields
from solander.depositing.http_session import HttpSession
from solander.depositing.terms import TargetTerms
from solander.depositing.told import Told
from solander.errors import AnswerLost, DepositRejected, TargetUnreachable, UsageError
from solander.model.deposit import DRAFT, PUBLISHED, SUBMITTED, Consignment, Gap, Parcel, Record, RemoteFile

ADDRESSES = {"zenodo": "https://zenodo.org", "zenodo-sandbox": "https://sandbox.zenodo.org"}
"""Where a scheme alone leads to; ``invenio:`` is followed by the address of any other."""

REQUESTS_A_MINUTE = 90
"""Of Zenodo, which shuts out who asks more than a hundred times."""

TITLE_LETTERS = 3
"""No record has a shorter title."""

BAG_MARK = "urn:solander:bag:"
"""What the identifier begins with by which a record says which bag it holds."""

_BINARY = {"Content-Type": "application/octet-stream"}


def open_target(scheme: str, rest: str, terms: TargetTerms) -> InvenioTarget:
    """A repository as a target.

    Raises:
        UsageError: the rest is no address, or the token is missing.
    """
    address = ADDRESSES.get(scheme, rest)
    name = f"{scheme}:{rest}"
    if scheme in ADDRESSES and rest:
        raise UsageError(f"{name}: write {scheme}: alone; for another repository: invenio:https://…")
    if terms.secret is None:
        variable = f"SOLANDER_TOKEN_{scheme.upper().replace('-', '_')}"
        raise UsageError(f"{name}: its token is missing; set {variable}, or say in solander.toml where it is")
    return InvenioTarget(name, address, terms, requests_a_minute=REQUESTS_A_MINUTE if scheme in ADDRESSES else 0)


class InvenioTarget:
    """A repository; keeps ``Target``."""

    publishes = True
    holds_back = True
    takes_beside = True
    finds_late = True
    reserves = True
    form = "zip"
    forms = ("zip", "tar")
    bag_profile = None
    at_once = 1
    metadata_form = "invenio"

    def __init__(self, name: str, address: str, terms: TargetTerms, *, requests_a_minute: int = 0) -> None:
        self.name, self._terms = name, terms
        secret = terms.secret.reveal() if terms.secret is not None else ""
        self._session = HttpSession(
            name,
            f"{address.rstrip('/')}/api",
            terms,
            headers={"Authorization": f"Bearer {secret}"},
            requests_a_minute=requests_a_minute,
        )

    def gaps(self, consignment: Consignment) -> Iterator[Gap]:
        """What every record needs: a title, who made it, a date, who published it."""
        metadata = _body(consignment)["metadata"]
        unknown = 'or ":unkn" if nobody knows'
        if not metadata.get("creators"):
            yield Gap(
                "metadata.creators",
                "nothing tells who made the page",
                f'--creator "Family name, Given name", {unknown}',
            )
        if not metadata.get("publisher"):
            yield Gap("metadata.publisher", "nothing tells who published the page", f"--publisher NAME, {unknown}")
        if len(title := str(metadata.get("title", ""))) < TITLE_LETTERS:
            what = f"it takes no title of fewer than {TITLE_LETTERS} letters, as {title!r}"
            yield Gap("metadata.title", what if title else "nothing tells what the page is called", "--title TEXT")

    def find(self, consignment: Consignment) -> tuple[Record, ...]:
        """Records and drafts of ours that bear the object's identifier, the newest first."""
        query = quote(f'metadata.identifiers.identifier:"{consignment.identifier}"', safe="")
        answer = self._session.read(f"user/records?q={query}&size=25&sort=newest&allversions=true")
        hits = answer.told(self.name).objects("hits", "hits", wanted=True)
        return tuple(self._record(one) for one in hits if consignment.identifier in _identifiers(one))

    def look(self, name: str) -> Record | None:
        """A record as it is now, with its files: the draft, where there is one."""
        for path in (f"records/{quote(name)}/draft", f"records/{quote(name)}"):
            answer = self._session.read(path, missing=True)
            if answer.status in (404, 410):
                continue
            # A public record that somebody is editing has a draft beside it, whose files cannot be changed.
            told = answer.told(self.name)
            if not (path.endswith("/draft") and told.value.get("is_published")):
                files = self._session.read(f"{path}/files", missing=True)
                return self._record(told, files.told(self.name).objects("entries") if files.status == 200 else [])
        return None

    def begin(self, consignment: Consignment) -> Record:
        """Make a draft of a new record."""
        answer = self._session.write("POST", "records", value=_body(consignment, with_bag=False))
        told = answer.told(self.name)
        record = self._record(told)
        if told.value.get("errors"):
            self.discard(record)
            self._refuse_errors(record, told)
        return record

    def begin_version(self, record: Record, consignment: Consignment) -> Record:
        """Make a draft of the next version; asked for twice, it is the same."""
        answer = self._session.write("POST", f"records/{quote(record.name)}/versions")
        told = answer.told(self.name)
        begun = self._record(told)
        body = {**_body(consignment, with_bag=False), "pids": told.within("pids").value}
        self._session.write("PUT", f"records/{quote(begun.name)}/draft", value=body)
        return begun

    def reserve(self, record: Record) -> Record:
        """Have a DOI kept for the record."""
        answer = self._session.write("POST", f"records/{quote(record.name)}/draft/pids/doi")
        return self._record(answer.told(self.name))

    def send(self, record: Record, parcel: Parcel) -> RemoteFile:
        """Send one file from its first byte, over what a sending that broke off left."""
        files, key = f"records/{quote(record.name)}/draft/files", quote(parcel.name)
        entries = self._session.read(files).told(self.name).objects("entries", wanted=True)
        there = next((one.text("status") for one in entries if one.text("key") == parcel.name), None)
        if there == "completed":
            self._session.write("DELETE", f"{files}/{key}", allowed=(404,))
        if there in (None, "completed"):
            self._session.write("POST", files, value=[{"key": parcel.name}])
        self._session.write(
            "PUT", f"{files}/{key}/content", content=parcel.chunks(), size_bytes=parcel.size_bytes, headers=_BINARY
        )
        try:
            answer = self._session.write("POST", f"{files}/{key}/commit")
        except AnswerLost as lost:
            # What was cut on the way is refused with a fault of the server's own; nothing was done by that.
            raise TargetUnreachable(self.name, lost.what) from None
        return _file(answer.told(self.name))

    def read_back(self, record: Record, name: str) -> Iterator[bytes]:
        """The bytes of a file as they are there."""
        part = "/draft" if record.state == DRAFT else ""
        return self._session.stream(f"records/{quote(record.name)}{part}/files/{quote(name)}/content")

    def complete(self, record: Record, consignment: Consignment) -> Record:
        """Give the draft all its metadata, with the bag's digest and the DOI that is kept; other files go."""
        path = f"records/{quote(record.name)}/draft"
        wanted = {parcel.name for parcel in consignment.parcels}
        for one in self._session.read(f"{path}/files").told(self.name).objects("entries", wanted=True):
            if one.name("key") not in wanted:
                self._session.write("DELETE", f"{path}/files/{quote(one.name('key'))}", allowed=(404,))
        pids = self._session.read(path).told(self.name).within("pids").value
        told = self._session.write("PUT", path, value={**_body(consignment), "pids": pids}).told(self.name)
        self._refuse_errors(record, told)
        return self.look(record.name) or self._record(told)

    def publish(self, record: Record, consignment: Consignment) -> Record:
        """Make the record public, or hand it to the community that decides."""
        path = f"records/{quote(record.name)}/draft"
        community = consignment.setting("community")
        if community is None:
            self._session.write("POST", f"{path}/actions/publish")
        else:
            review = {"receiver": {"community": self._community(community)}, "type": "community-submission"}
            self._session.write("PUT", f"{path}/review", value=review)
            # The note is HTML, and a title that speaks of tags is shown with them.
            note = escape(f"{consignment.title}: {consignment.identifier}")
            words = {"payload": {"content": note, "format": "html"}}
            self._session.write("POST", f"{path}/actions/submit-review", value=words)
        now = self.look(record.name)
        if now is None:
            raise AnswerLost(self.name, f"the record {record.name} is not there after it was published")
        return now

    def discard(self, record: Record) -> None:
        """Remove a draft."""
        self._session.write("DELETE", f"records/{quote(record.name)}/draft", allowed=(404, 410))

    def close(self) -> None:
        """End connections."""
        self._session.close()

    def _refuse_errors(self, record: Record, value: Told) -> None:
        """What is wrong with metadata is told beside a status that says that all is well."""
        if errors := value.value.get("errors"):
            told = "; ".join(said_of_fields(errors)) or str(errors)[:300]
            raise DepositRejected(self.name, f"it does not take what the draft {record.name} says: {told}")

    def _community(self, name: str) -> str:
        answer = self._session.read(f"communities/{quote(name)}", missing=True)
        if answer.status == 404:
            raise DepositRejected(self.name, f"there is no community {name}")
        return answer.told(self.name).name("id")

    def _record(self, value: Told, entries: list[Told] | None = None) -> Record:
        is_public = bool(value.value.get("is_published"))
        doi = value.text("pids", "doi", "identifier")
        named = _identifiers(value)
        return Record(
            name=value.name("id"),
            state=PUBLISHED if is_public else SUBMITTED if value.text("status") == "in_review" else DRAFT,
            url=value.text("links", "self_html") or None,
            # It answers with links where they are asked for (Accept: application/linkset+json), and names it itself.
            linkset=(value.text("links", "self") or None) if is_public else None,
            reserved=(("doi", doi),) if doi else (),
            bag_digest=next((one.removeprefix(BAG_MARK) for one in named if one.startswith(BAG_MARK)), None),
            files=tuple(map(_file, entries or ())),
        )


def _body(consignment: Consignment, *, with_bag: bool = True) -> dict[str, Any]:
    """The record as the crosswalk has it, with the bag's digest among its identifiers once it is sealed."""
    body: dict[str, Any] = consignment.metadata if isinstance(consignment.metadata, dict) else {"metadata": {}}
    metadata = dict(body["metadata"])
    if with_bag:
        bag = {"identifier": BAG_MARK + consignment.bag_digest, "scheme": "other"}
        metadata["identifiers"] = [*metadata.get("identifiers", []), bag]
    return {**body, "metadata": metadata}


def _identifiers(value: Told) -> list[str]:
    return [one.text("identifier") for one in value.objects("metadata", "identifiers")]


def _file(entry: Told) -> RemoteFile:
    algorithm, _, digits = entry.text("checksum").partition(":")
    return RemoteFile(
        entry.name("key"),
        entry.size("size"),
        ((algorithm.lower(), digits.lower()),) if digits else (),
        complete=entry.text("status") in ("", "completed"),
    )
