"""Dataverse as a target, by its native interface: a dataset that keeps its DOI through all its versions.

The dataset bears the object's identifier and the bag's digest in ``otherId`` and is found again by the first. Its
DOI is given when it is made. A zip would be unpacked there, so that bags go as tar files; nothing is ingested
as a table (``tabIngest``), which would change it. What a draft says of its bag is what was meant, and counts once it
is public.

Source: Dataverse Guides, https://guides.dataverse.org/en/latest/api/native-api.html and …/api/search.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from solander.depositing.dataverse_direct import sent_directly
from solander.depositing.http_session import HttpSession
from solander.depositing.multipart_form import form_of
from solander.depositing.terms import TargetTerms, web_target
from solander.depositing.told import Told
from solander.errors import AnswerLost, DepositError, TargetUnreachable, UsageError
from solander.model.deposit import (
    CLOSED,
    DRAFT,
    EMBARGOED,
    OPEN,
    PUBLISHED,
    SUBMITTED,
    Consignment,
    Gap,
    Parcel,
    Record,
    RemoteFile,
)

LOOKS, LOOK_SECONDS = 10, 3.0
"""How often, and after what pause, a dataset that is being published is looked at: its DOI is registered meanwhile."""

_ALGORITHMS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-512": "sha512"}


def open_target(scheme: str, rest: str, terms: TargetTerms) -> DataverseTarget:
    """An installation as a target; the collection in it is the setting ``collection``.

    Raises:
        UsageError: the rest is no address, or the token is missing.
    """
    name = web_target(scheme, rest, "the installation's", "https://dataverse.example.org")
    if terms.secret is None:
        raise UsageError(f"{name}: its token is missing; set SOLANDER_TOKEN_DATAVERSE")
    return DataverseTarget(name, rest.rstrip("/"), terms)


class DataverseTarget:
    """An installation of Dataverse; keeps ``Target``."""

    publishes = True
    holds_back = True
    takes_beside = True
    finds_late = True
    reserves = True
    form = "tar"
    forms = ("tar",)
    metadata_form = "dataverse"
    bag_profile = None
    at_once = 1

    def __init__(self, name: str, address: str, terms: TargetTerms) -> None:
        self.name, self._terms, self._address = name, terms, address
        self._is_direct = terms.setting("direct_upload") == "yes"
        secret = terms.secret.reveal() if terms.secret is not None else ""
        self._session = HttpSession(name, f"{address}/api", terms, headers={"X-Dataverse-key": secret})

    def gaps(self, consignment: Consignment) -> Iterator[Gap]:
        """What every dataset needs, and what this repository cannot keep."""
        described = consignment.description
        if not described.values("creator"):
            what = "nothing tells who made the page"
            yield Gap("author", what, '--creator "Family name, Given name", or ":unkn" if nobody knows')
        if not described.values("description"):
            yield Gap("dsDescription", "nothing describes the page", "--description TEXT")
        if consignment.setting("contact_email") is None:
            yield Gap("datasetContact", "nobody is named who answers for it", "--set contact_email=ADDRESS")
        if consignment.setting("subject") is None:
            yield Gap("subject", "no subject of Dataverse's list is named", '--set "subject=Arts and Humanities"')
        if consignment.setting("collection") is None:
            yield Gap("collection", "it is not said into which collection it goes", "--set collection=ALIAS")
        if consignment.access.policy == CLOSED:
            yield Gap("access", "a dataset that is published can be seen by everybody", "--access restricted")

    def find(self, consignment: Consignment) -> tuple[Record, ...]:
        """Datasets that bear the object's identifier, drafts of ours among them."""
        query = quote(f'otherIdValue:"{consignment.identifier}"', safe="")
        answer = self._session.read(f"search?q={query}&type=dataset&per_page=50&sort=date&order=desc")
        items = answer.told(self.name).objects("data", "items", wanted=True)
        names = [one.name("global_id") for one in items]
        found = []
        for name in dict.fromkeys(names):
            version = self._version(name)
            if version is not None and consignment.identifier in _other_ids(version):
                found.append(self._record(name, version))
        return tuple(found)

    def look(self, name: str) -> Record | None:
        """A dataset as it is now: its draft, where there is one."""
        version = self._version(name)
        return None if version is None else self._record(name, version)

    def begin(self, consignment: Consignment) -> Record:
        """Make a dataset, which is a draft and has a DOI."""
        place = f"dataverses/{quote(consignment.setting('collection') or '')}/datasets"
        answer = self._session.write("POST", place, value=consignment.metadata)
        name = answer.told(self.name).name("data", "persistentId")
        return Record(name=name, state=DRAFT, url=self._url(name), reserved=_identifiers(name))

    def begin_version(self, record: Record, consignment: Consignment) -> Record:
        """Make a draft of the next version; a second request changes the draft that the first one made."""
        self._put_metadata(record.name, consignment)
        return Record(name=record.name, state=DRAFT, url=record.url, reserved=record.reserved)

    def reserve(self, record: Record) -> Record:
        """Nothing: a dataset has its DOI from the moment that it is made."""
        return record

    def send(self, record: Record, parcel: Parcel) -> RemoteFile:
        """Send one file; another of its name is removed first, for two would get other names."""
        for one in self._files(record.name):
            if one.text("label") == parcel.name:
                self._remove(one)
        facts: dict[str, Any] = {"tabIngest": "false"}
        place = self._of("add", record.name)
        if self._is_direct:
            answer = sent_directly(self._session, self.name, record.name, parcel, place, facts)
        else:
            form = form_of(parcel, {"jsonData": json.dumps(facts)})
            headers = {"Content-Type": form.media_type}
            answer = self._session.write(
                "POST", place, content=form.chunks(), size_bytes=form.size_bytes, headers=headers
            )
        entries = answer.told(self.name).objects("data", "files") or [Told(self.name, {})]
        return self._file(entries[0])._replace(name=parcel.name)

    def read_back(self, record: Record, name: str) -> Iterator[bytes]:
        """The bytes of a file as they are there."""
        files = self._files(record.name)
        number = next((one.name("dataFile", "id") for one in files if one.text("label") == name), None)
        if number is None:
            raise DepositError(self.name, f"{name}: the dataset {record.name} has no such file")
        return self._session.stream(f"access/datafile/{number}")

    def complete(self, record: Record, consignment: Consignment) -> Record:
        """Give the draft all its metadata and its files' embargo; files that do not belong to it go."""
        wanted = {parcel.name for parcel in consignment.parcels}
        self._put_metadata(record.name, consignment)
        policy, until = consignment.access
        numbers = []
        for one in self._files(record.name):
            if one.text("label") not in wanted:
                self._remove(one)
                continue
            numbers.append(one.within("dataFile").value["id"])
            is_restricted = bool(one.value.get("restricted"))
            if is_restricted != (policy not in (OPEN, EMBARGOED)):
                content = b"false" if is_restricted else b"true"
                self._session.write("PUT", f"files/{one.name('dataFile', 'id')}/restrict", content=content)
        if policy == EMBARGOED and until is not None:
            value = {"dateAvailable": until.isoformat(), "reason": "embargo of the depositor", "fileIds": numbers}
            self._session.write("POST", self._of("files/actions/:set-embargo", record.name), value=value)
        return self.look(record.name) or record

    def publish(self, record: Record, consignment: Consignment) -> Record:
        """Make the version public, or hand it to those who review (the setting ``review``)."""
        if consignment.setting("review") == "yes":
            self._session.write("POST", self._of("submitForReview", record.name))
        else:
            self._session.write("POST", f"{self._of('actions/:publish', record.name)}&type=major")
        for _ in range(LOOKS):
            now = self.look(record.name)
            if now is not None and now.state != DRAFT:
                return now
            self._terms.sleep(LOOK_SECONDS)
        raise AnswerLost(self.name, f"the dataset {record.name} is still a draft after it was published")

    def discard(self, record: Record) -> None:
        """Remove a draft; a dataset that was never public goes with it."""
        self._session.write("DELETE", self._of("versions/:draft", record.name), allowed=(404,))

    def close(self) -> None:
        """End connections."""
        self._session.close()

    def _of(self, what: str, name: str) -> str:
        return f"datasets/:persistentId/{what}?persistentId={quote(name, safe='')}"

    def _version(self, name: str) -> Told | None:
        answer = self._session.read(self._of("", name), missing=True)
        if answer.status in (404, 410):
            return None
        version = answer.told(self.name).within("data", "latestVersion")
        if not version.text("versionState"):
            raise TargetUnreachable(self.name, f"it tells of {name}, and of no version")
        return version

    def _record(self, name: str, version: Told) -> Record:
        state = DRAFT if version.text("versionState") == "DRAFT" else PUBLISHED
        if state == DRAFT:
            locks = self._session.read(self._of("locks", name)).told(self.name).objects("data")
            # Being reviewed by people, or made public at this moment: the depositor can change it no more.
            is_held = any(one.text("lockType") in ("InReview", "finalizePublication") for one in locks)
            state = SUBMITTED if is_held else DRAFT
        digest = next((one for one in _other_ids(version) if one.startswith("sha512:")), None)
        return Record(
            name=name,
            state=state,
            url=self._url(name),
            reserved=_identifiers(name),
            bag_digest=None if state == DRAFT else digest,
            files=tuple(map(self._file, version.objects("files"))),
        )

    def _file(self, entry: Told) -> RemoteFile:
        """A file as it is told of; of one that went past the server, the checksum told is ours and proves nothing."""
        file = _file(entry)
        return file._replace(checksums=()) if self._is_direct else file

    def _url(self, name: str) -> str:
        return f"{self._address}/dataset.xhtml?persistentId={name}"

    def _files(self, name: str) -> list[Told]:
        version = self._version(name)
        return [one for one in version.objects("files") if one.name("dataFile", "id")] if version is not None else []

    def _remove(self, one: Told) -> None:
        self._session.write("DELETE", f"files/{one.name('dataFile', 'id')}", allowed=(404,))

    def _put_metadata(self, name: str, consignment: Consignment) -> None:
        body = consignment.metadata if isinstance(consignment.metadata, dict) else {"datasetVersion": {}}
        self._session.write("PUT", self._of("versions/:draft", name), value=body["datasetVersion"])


def _identifiers(name: str) -> tuple[tuple[str, str], ...]:
    """``doi:10.5072/FK2/ABC`` as scheme and value."""
    scheme, _, value = name.partition(":")
    return ((scheme, value),) if value else ()


def _other_ids(version: Told) -> tuple[str, ...]:
    fields = version.objects("metadataBlocks", "citation", "fields")
    groups = next((one.objects("value") for one in fields if one.text("typeName") == "otherId"), [])
    return tuple(one.text("otherIdValue", "value") for one in groups)


def _file(entry: Told) -> RemoteFile:
    there = entry.within("dataFile")
    # Older servers tell an MD5, and newer ones which algorithm they reckon with.
    algorithm = _ALGORITHMS.get(there.text("checksum", "type")) if there.has("checksum") else "md5"
    digits = there.text("checksum", "value") if there.has("checksum") else there.text("md5")
    folder, label = entry.text("directoryLabel"), entry.text("label")
    return RemoteFile(
        f"{folder}/{label}" if folder else label,
        there.size("filesize"),
        ((algorithm, digits.lower()),) if algorithm and digits else (),
    )
