"""SWORDv2 as a target: a collection that takes a zip with an Atom entry, in progress until it is said to be whole.

DSpace, EPrints, HAL and Software Heritage speak it; Dataverse's is refused, for its own interface keeps what a deposit
promises and its SWORD cannot. The protocol knows no way to be asked by an identifier,
so that a deposit bears the object's and the bag's in its ``Slug`` and its entry, and is found by reading the
collection's feed. What a server does not tell of a file, its MD5 above all, it is sent to check (``Content-MD5``).

Source: SWORD 2.0 Profile; RFC 5023 (AtomPub), 9 and 11; RFC 4287 (Atom).
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar
from urllib.parse import quote, unquote, urljoin, urlsplit

from solander.depositing.http_answer import Answer
from solander.depositing.http_session import HttpSession
from solander.depositing.sword_documents import (
    Collection,
    Entry,
    Feed,
    parse_feed,
    parse_receipt,
    parse_service,
    state_of,
)
from solander.depositing.terms import TargetTerms, web_target
from solander.errors import AnswerLost, DepositRejected, UsageError
from solander.model.deposit import DRAFT, SUBMITTED, Consignment, Gap, Parcel, Record, RemoteFile

SIMPLE_ZIP = "http://purl.org/net/sword/package/SimpleZip"
BAGIT = "http://purl.org/net/sword/package/BagIt"
PACKAGINGS = (BAGIT, SIMPLE_ZIP)
"""What a bag is called on the way, the more telling name first; the service document says which is taken."""

FEED_PAGES = 200
"""How far a collection's feed is read back."""

_DATAVERSE = (
    "this is Dataverse's SWORD, which unpacks what it is sent, replaces no file, gives none back, and tells of no "
    "dataset which object it holds: nothing could be compared, and a second run would make a second dataset"
)
"""Source: Dataverse Guides, "SWORD API" (Known issues; Add files to a dataset with a zip file)."""

_ENTRY = {"Content-Type": "application/atom+xml;type=entry"}

Parsed = TypeVar("Parsed")


class Places(NamedTuple):
    """Where a deposit is edited: what a deposit receipt links to."""

    edit: str
    media: str
    sword: str
    state: str


def open_target(scheme: str, rest: str, terms: TargetTerms) -> SwordTarget:
    """A collection as a target: by its own address, or by the service document's and the setting ``collection``.

    Raises:
        UsageError: the rest is no address, or the password is missing.
    """
    name = web_target(scheme, rest, "the service document's", "https://repository.example/sword")
    if is_dataverse(rest):
        raise UsageError(f"{name}: {_DATAVERSE}; deposit by dataverse:{_root_of(rest)}")
    if terms.secret is None:
        raise UsageError(f"{name}: its password is missing; set SOLANDER_TOKEN_SWORD, and SOLANDER_USER_SWORD")
    return SwordTarget(name, rest, terms)


class SwordTarget:
    """A collection; keeps ``Target``."""

    form = "zip"
    forms = ("zip",)
    bag_profile = None
    at_once = 1
    metadata_form = "sword"
    takes_beside = False
    publishes = True
    holds_back = True
    finds_late = False
    reserves = False

    def __init__(self, name: str, address: str, terms: TargetTerms) -> None:
        self.name, self._terms, self._address = name, terms, address
        secret = terms.secret.reveal() if terms.secret else ""
        pair = f"{terms.user or ''}:{secret}".encode()
        headers = {"Authorization": f"Basic {b64encode(pair).decode()}"}
        self._session = HttpSession(name, address, terms, headers=headers)
        self._collection: Collection | None = None
        self._places: dict[str, Places] = {}

    def gaps(self, consignment: Consignment) -> Iterator[Gap]:
        """A title and a creator, which every one of these repositories wants."""
        if not consignment.description.values("creator"):
            yield Gap(
                "dcterms:creator",
                "nothing tells who made the page",
                '--creator "Family name, Given name", or ":unkn" if nobody knows',
            )

    def find(self, consignment: Consignment) -> tuple[Record, ...]:
        """Deposits of ours that bear the object's identifier, the newest first."""
        found = []
        for entry in self._entries():
            if any(one.partition(";")[0] == consignment.identifier for one in entry.names):
                edit = entry.edit or urljoin(self._col().address, f"{quote(entry.number)}/atom/")
                found.append(self._record(edit, entry.names, entry.state))
        return tuple(sorted(found, key=_number, reverse=True))

    def look(self, name: str) -> Record | None:
        """A deposit as it is now; its files are known where the server tells of them."""
        answer = self._session.write("GET", name, allowed=(404, 405, 410))
        if answer.status in (404, 410):
            return None
        if answer.status == 405:
            # RFC 5023, 11.2, has every member answer GET; Software Heritage's answers at its state alone.
            state = self._session.read(self._at(name).state, missing=True)
            if state.status in (404, 410):
                return None
            entry = self._parsed(state).entries[0]
            return self._record(name, entry.names, entry.state)
        self._places[name] = self._linked(name, answer)
        state = self._session.read(self._at(name).state, missing=True)
        told = self._parsed(answer).entries[0]
        return self._record(name, told.names, state_of(state.content) if state.status == 200 else told.state)

    def begin(self, consignment: Consignment) -> Record:
        """Make a deposit in progress of an entry alone."""
        headers = {**_ENTRY, "In-Progress": "true", "Slug": quote(_slug(consignment), safe=":;")}
        content = consignment.metadata if isinstance(consignment.metadata, bytes) else b""
        answer = self._session.write("POST", self._col().address, content=content, headers=headers)
        edit = answer.headers.get("Location")
        if edit is None:
            raise AnswerLost(self.name, f"it answered {answer.status}, and not where the deposit is (Location)")
        edit = urljoin(self._col().address, edit)
        self._places[edit] = self._linked(edit, answer)
        return self._record(edit, (_slug(consignment),), DRAFT)

    def begin_version(self, record: Record, consignment: Consignment) -> Record:
        """Make another deposit: the protocol has no versions; the object's identifier binds them."""
        return self.begin(consignment)

    def reserve(self, record: Record) -> Record:
        """Nothing: the protocol keeps no identifiers."""
        return record

    def send(self, record: Record, parcel: Parcel) -> RemoteFile:
        """Put the zip in place of what is there; the server holds it against the MD5 that goes with it."""
        limit = self._col().limit_bytes
        if limit is not None and parcel.size_bytes > limit:
            raise DepositRejected(
                self.name, f"{parcel.name}: {parcel.size_bytes:,} bytes; it takes {limit:,} at most", 413
            )
        headers = {
            "Content-Type": parcel.media_type,
            "Content-Disposition": f"attachment; filename={quote(parcel.name)}",
            "Content-MD5": parcel.checksum("md5") or "",
            "Packaging": self._packaging(),
            "In-Progress": "true",
        }
        place = self._at(record.name).media
        self._session.write("PUT", place, content=parcel.chunks(), size_bytes=parcel.size_bytes, headers=headers)
        is_checked = self._terms.setting("checks_md5") != "no"
        return RemoteFile(
            parcel.name, parcel.size_bytes, (("md5", parcel.checksum("md5") or ""),) if is_checked else ()
        )

    def read_back(self, record: Record, name: str) -> Iterator[bytes]:
        """The zip as it is there, from a server that gives it."""
        return self._session.stream(self._at(record.name).media, headers={"Accept-Packaging": self._packaging()})

    def complete(self, record: Record, consignment: Consignment) -> Record:
        """Put the entry anew, with the bag's digest; it stays in progress."""
        content = consignment.metadata if isinstance(consignment.metadata, bytes) else b""
        headers = {**_ENTRY, "In-Progress": "true"}
        self._session.write("PUT", self._at(record.name).edit, content=content, headers=headers)
        files = tuple(RemoteFile(one.name, one.size_bytes, one.checksums) for one in consignment.parcels)
        return Record(name=record.name, state=DRAFT, url=record.url, bag_digest=consignment.bag_digest, files=files)

    def publish(self, record: Record, consignment: Consignment) -> Record:
        """Say that it is whole (``In-Progress: false``); who decides, decides then."""
        headers = {"In-Progress": "false", "Content-Length": "0"}
        self._session.write("POST", self._at(record.name).sword, content=b"", headers=headers)
        now = self.look(record.name)
        if now is None or now.state == DRAFT:
            raise AnswerLost(self.name, f"the deposit {record.name} is still in progress after it was said to be whole")
        return Record(
            name=now.name, state=now.state, url=now.url, bag_digest=consignment.bag_digest, files=record.files
        )

    def discard(self, record: Record) -> None:
        """Remove a deposit that is in progress."""
        self._session.write("DELETE", self._at(record.name).edit, allowed=(404, 405, 410))

    def close(self) -> None:
        """End connections."""
        self._session.close()

    def _col(self) -> Collection:
        """The collection, as the service document has it; asked once."""
        if self._collection is None:
            answer = self._session.read(self._address)
            collections = self._of(lambda: parse_service(answer.content, answer.url))
            if any(is_dataverse(one.address) for one in collections):
                raise UsageError(f"{self.name}: {_DATAVERSE}; deposit by dataverse:{_root_of(answer.url)}")
            wanted = self._terms.setting("collection")
            chosen = [one for one in collections if wanted in (None, one.address, one.title, one.name)]
            if len(chosen) != 1:
                known = "; ".join(f"{one.title} ({one.address})" for one in collections)
                raise UsageError(f"{self.name}: say which collection (--set collection=ADDRESS); it has {known}")
            self._collection = chosen[0]
        return self._collection

    def _packaging(self) -> str:
        taken = self._col().packagings
        return next((one for one in PACKAGINGS if one in taken), SIMPLE_ZIP)

    def _entries(self) -> Iterator[Entry]:
        place: str | None = self._col().address
        for _ in range(FEED_PAGES):
            if place is None:
                return
            answer = self._session.read(place)
            feed = self._parsed(answer)
            yield from feed.entries
            place = feed.next_page
        raise DepositRejected(
            self.name, f"its collection has more than {FEED_PAGES} pages; who looks there, never ends"
        )

    def _parsed(self, answer: Answer) -> Feed:
        return self._of(lambda: parse_feed(answer.content, answer.url, answer.headers.get("Link", "")))

    def _of(self, parse: Callable[[], Parsed]) -> Parsed:
        try:
            return parse()
        except ValueError as error:
            raise AnswerLost(self.name, f"it answered with something that is no document of SWORD ({error})") from None

    def _linked(self, edit: str, answer: Answer) -> Places:
        links = self._of(lambda: parse_receipt(answer.content, answer.url))
        return Places(edit, links.get("edit-media", edit), links.get("add", edit), links.get("state", edit))

    def _at(self, edit: str) -> Places:
        """Where a deposit is edited; of one that no receipt of this run tells of, by asking, or by its address."""
        if edit not in self._places:
            answer = self._session.write("GET", edit, allowed=(404, 405, 410))
            if answer.status == 200:
                self._places[edit] = self._linked(edit, answer)
            else:
                base = edit.removesuffix("atom/")
                self._places[edit] = Places(edit, f"{base}media/", f"{base}metadata/", f"{base}status/")
        return self._places[edit]

    def _record(self, edit: str, names: tuple[str, ...], state: str) -> Record:
        digest = next((part for one in names for part in one.split(";") if part.startswith("sha512:")), None)
        # While it is in progress, what it says of its bag is what was meant, and not what is there.
        return Record(
            name=edit, state=state, url=None, bag_digest=None if state == DRAFT else digest, tells_files=False
        )


def is_dataverse(address: str) -> bool:
    """Whether a service document or a collection is a Dataverse's, by the path that its guide gives."""
    return re.search(r"/data-deposit/v1(\.\d+)?/swordv2/", f"{urlsplit(address).path}/") is not None


def _root_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _slug(consignment: Consignment) -> str:
    return f"{consignment.identifier};{consignment.bag_digest}"


def _number(record: Record) -> tuple[int, str]:
    """Later deposits have larger numbers, where they have any."""
    number = next((part for part in reversed(unquote(record.name).split("/")) if part.isdecimal()), "0")
    return (record.state != SUBMITTED and record.state == DRAFT, number.zfill(20))
