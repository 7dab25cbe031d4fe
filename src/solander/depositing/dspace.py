"""DSpace 7 and later as a target, by its REST interface: an item in the workspace, in the workflow, in the archive.

The item bears the object's identifier and the bag's digest in ``dc.identifier.other``. Making an item and giving it its
first words are two requests; what a stopped run left between them is an item without a word, which the next deposit of
the same account into the same collection takes up. So the account should be one of its own.

Source: DSpace REST contract, https://github.com/DSpace/RestContract (``workspaceitems.md``, ``metadata-patch.md``,
``projections.md``, ``workflowitems.md``, ``versions.md``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from solander.depositing.dspace_session import DSpaceSession
from solander.depositing.multipart_form import form_of
from solander.depositing.terms import TargetTerms, web_target
from solander.depositing.told import Told
from solander.errors import AnswerLost, DepositError, DepositRejected, UsageError
from solander.model.deposit import (
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

OBJECT_FIELD = "dc.identifier.other"
_PAGE = 100
_WORKSPACE, _WORKFLOW = "submission/workspaceitems", "workflow/workflowitems"


def open_target(scheme: str, rest: str, terms: TargetTerms) -> DSpaceTarget:
    """A repository as a target: the address of its server, which ends in ``/server``.

    Raises:
        UsageError: the rest is no address, or user or password are missing.
    """
    name = web_target(scheme, rest, "the server's", "https://repository.example.org/server")
    if terms.secret is None or terms.user is None:
        raise UsageError(f"{name}: its account is missing; set SOLANDER_USER_DSPACE and SOLANDER_TOKEN_DSPACE")
    return DSpaceTarget(name, rest.rstrip("/"), terms)


class DSpaceTarget:
    """A repository; keeps ``Target``. Records go by the item's UUID, which it keeps all the way into the archive."""

    publishes = True
    holds_back = True
    takes_beside = True
    finds_late = False
    reserves = False
    form = "zip"
    forms = ("zip", "tar")
    metadata_form = "dspace"
    bag_profile = None
    at_once = 1

    def __init__(self, name: str, address: str, terms: TargetTerms) -> None:
        self.name, self._terms = name, terms
        self._api = DSpaceSession(name, address, terms)

    def gaps(self, consignment: Consignment) -> Iterator[Gap]:
        """The collection, and what the submission forms that come with DSpace ask for."""
        if consignment.setting("collection") is None:
            yield Gap("collection", "it is not said into which collection it goes", "--set collection=UUID")
        if not consignment.description.values("creator"):
            what = "nothing tells who made the page"
            yield Gap("dc.contributor.author", what, '--creator "Family name, Given name", or ":unkn"')

    def find(self, consignment: Consignment) -> tuple[Record, ...]:
        """Items that bear the object's identifier: those of ours that are on their way, and what the archive has."""
        found = [one.within("_embedded", "item") for kind in (_WORKSPACE, _WORKFLOW) for one in self._own(kind)]
        query = quote(f'{OBJECT_FIELD}:"{consignment.identifier}"', safe="")
        answer = self._api.read(
            f"discover/search/objects?query={query}&dsoType=item&sort=dc.date.accessioned,DESC&size={_PAGE}"
        )
        told = answer.told(self.name)
        # A result without objects embeds none (HAL), but it is there, and says so.
        if not told.within("_embedded", "searchResult").value:
            raise AnswerLost(self.name, "it was asked what it has, and answered with no result of a search")
        objects = told.objects("_embedded", "searchResult", "_embedded", "objects")
        found += [one.within("_embedded", "indexableObject") for one in objects]
        names = [one.name("uuid") for one in found if consignment.identifier in _values(one, OBJECT_FIELD)]
        records = (self.look(one) for one in dict.fromkeys(names))
        return tuple(sorted((one for one in records if one), key=lambda one: one.state != DRAFT))

    def look(self, name: str) -> Record | None:
        """An item as it is now, with its files."""
        item = self._item(name)
        if item is None:
            return None
        state = PUBLISHED if item.value.get("inArchive") else DRAFT if self._number(_WORKSPACE, name) else SUBMITTED
        digest = next((one for one in _values(item, OBJECT_FIELD) if one.startswith("sha512:")), None)
        handle = item.text("handle") if state == PUBLISHED else ""
        return Record(
            name=name,
            state=state,
            url=next(iter(_values(item, "dc.identifier.uri")), None),
            reserved=(("hdl", handle),) if handle else (),
            # What a draft says of its bag is what was meant, and not what is there.
            bag_digest=None if state == DRAFT else digest,
            files=tuple(one for one, _ in _files(item)),
        )

    def begin(self, consignment: Consignment) -> Record:
        """Make an item in the workspace, or take up one that nobody has given a word, and say what it is of."""
        collection = consignment.setting("collection") or ""
        name = self._without_words(collection)
        if name is None:
            place = f"{_WORKSPACE}?owningCollection={quote(collection)}&embed=item"
            made = self._api.write("POST", place, value={}).told(self.name)
            name = made.text("_embedded", "item", "uuid") or self._item_of(_WORKSPACE, made.name("id"))
        self._describe(name, consignment)
        return Record(name=name, state=DRAFT)

    def begin_version(self, record: Record, consignment: Consignment) -> Record:
        """Begin the next version of an item, which is an item of its own with a copy of all that the last one had."""
        content = f"{self._api.address}/api/core/items/{record.name}".encode()
        place = f"versioning/versions?summary={quote(f'Bag-Version {consignment.version}')}"
        made = self._api.write("POST", place, content=content, headers={"Content-Type": "text/uri-list"})
        name = self._item_of("versioning/versions", made.told(self.name).name("id"))
        self._describe(name, consignment)
        return Record(name=name, state=DRAFT)

    def reserve(self, record: Record) -> Record:
        """Nothing: the archive gives a handle when it takes an item in."""
        return record

    def send(self, record: Record, parcel: Parcel) -> RemoteFile:
        """Send one file, in place of others of its name."""
        self._remove(record.name, lambda one: one.name == parcel.name)
        form, number = form_of(parcel, {}), self._workspace(record.name)
        headers = {"Content-Type": form.media_type}
        place = f"{_WORKSPACE}/{number}"
        self._api.write("POST", place, content=form.chunks(), size_bytes=form.size_bytes, headers=headers)
        there = next((one for one, _ in self._files(record.name) if one.name == parcel.name), None)
        if there is None:
            raise AnswerLost(self.name, f"{parcel.name}: it was taken, and is not there")
        return there

    def read_back(self, record: Record, name: str) -> Iterator[bytes]:
        """The bytes of a file as they are there."""
        number = next((number for one, number in self._files(record.name) if one.name == name), None)
        if number is None:
            raise DepositError(self.name, f"{name}: the item {record.name} has no such file")
        return self._api.stream(f"core/bitstreams/{number}/content")

    def complete(self, record: Record, consignment: Consignment) -> Record:
        """Give the item all its metadata and its files' conditions; files that do not belong to it go."""
        left = {parcel.name for parcel in consignment.parcels}

        def is_surplus(one: RemoteFile) -> bool:
            is_wanted = one.name in left
            left.discard(one.name)
            return not is_wanted

        self._remove(record.name, is_surplus)
        self._describe(record.name, consignment)
        if consignment.access.policy != OPEN:
            self._set_conditions(record.name, consignment)
        return self.look(record.name) or record

    def publish(self, record: Record, consignment: Consignment) -> Record:
        """Hand the item to the collection's workflow; without one it is in the archive at once."""
        number = self._workspace(record.name)
        sections = self._api.read(f"{_WORKSPACE}/{number}").told(self.name).within("sections")
        if "license" in sections.value and not sections.within("license").value.get("granted"):
            if consignment.setting("grant_license") != "yes":
                what = "its collection wants a licence granted; read it there, and say --set grant_license=yes"
                raise DepositRejected(self.name, f"the item stays a draft: {what}")
            self._patch(f"{_WORKSPACE}/{number}", [_add("/sections/license/granted", "true")])
        content = f"{self._api.address}/api/{_WORKSPACE}/{number}".encode()
        self._api.write("POST", _WORKFLOW, content=content, headers={"Content-Type": "text/uri-list"})
        now = self.look(record.name)
        if now is None or now.state == DRAFT:
            raise AnswerLost(self.name, f"the item {record.name} is still in the workspace after it was handed in")
        return now

    def discard(self, record: Record) -> None:
        """Remove an item from the workspace."""
        number = self._number(_WORKSPACE, record.name)
        if number is not None:
            self._api.write("DELETE", f"{_WORKSPACE}/{number}", allowed=(404,))

    def close(self) -> None:
        """End connections."""
        self._api.close()

    def _own(self, kind: str) -> Iterator[Told]:
        """What this account has on its way, each with its item."""
        place = f"{kind}/search/findBySubmitter?uuid={quote(self._api.account)}&size={_PAGE}&embed=item"
        page = 0
        while True:
            told = self._api.read(f"{place}&page={page}").told(self.name)
            embedded = told.within("_embedded")
            for what in embedded.value:
                yield from (one for one in embedded.objects(what) if one.within("_embedded", "item").value)
            page += 1
            told.within("page").name("totalPages")
            if page >= (told.size("page", "totalPages") or 0):
                return

    def _without_words(self, collection: str) -> str | None:
        for one in self._own(_WORKSPACE):
            item = one.within("_embedded", "item")
            if not item.value.get("metadata") and one.text("sections", "collection") == collection:
                return item.name("uuid")
        return None

    def _number(self, kind: str, name: str) -> str | None:
        """By which number an item goes in the workspace or the workflow; ``None`` if it is not there."""
        answer = self._api.read(f"{kind}/search/item?uuid={quote(name)}", missing=True)
        return answer.told(self.name).name("id") if answer.status == 200 else None

    def _workspace(self, name: str) -> str:
        number = self._number(_WORKSPACE, name)
        if number is None:
            raise DepositRejected(self.name, f"the item {name} is not in the workspace, and cannot be changed")
        return number

    def _item_of(self, kind: str, number: object) -> str:
        return self._api.read(f"{kind}/{number}/item").told(self.name).name("uuid")

    def _describe(self, name: str, consignment: Consignment) -> None:
        fields = consignment.metadata if isinstance(consignment.metadata, tuple) else ()
        steps = [_add(f"/metadata/{field}", [{"value": one} for one in values]) for field, values in fields]
        self._patch(f"core/items/{quote(name)}", steps)

    def _patch(self, place: str, steps: list[dict[str, Any]]) -> None:
        self._api.write("PATCH", place, value=steps)

    def _item(self, name: str) -> Told | None:
        """An item with its bundles and their bitstreams; ``None`` if there is none."""
        whole = f"embed=bundles/bitstreams&embed.size=bundles/bitstreams={_PAGE}"
        answer = self._api.read(f"core/items/{quote(name)}?{whole}", missing=True)
        return None if answer.status in (404, 410) else answer.told(self.name)

    def _files(self, name: str) -> Iterator[tuple[RemoteFile, str]]:
        item = self._item(name)
        return iter(()) if item is None else _files(item)

    def _remove(self, name: str, is_surplus: Any) -> None:
        for one, number in list(self._files(name)):
            if is_surplus(one):
                self._api.write("DELETE", f"core/bitstreams/{number}", allowed=(404,))

    def _set_conditions(self, name: str, consignment: Consignment) -> None:
        policy, until = consignment.access
        wanted = {"name": "administrator"}
        if policy == EMBARGOED and until is not None:
            wanted = {"name": "embargo", "startDate": until.isoformat()}
        number = self._workspace(name)
        sections = self._api.read(f"{_WORKSPACE}/{number}").told(self.name).within("sections")
        for section, value in sections.value.items():
            # Some sections are a word or a list.
            files = sections.within(section).objects("files") if isinstance(value, dict) else []
            for at, one in enumerate(files):
                if all(there.text("name") != wanted["name"] for there in one.objects("accessConditions")):
                    path = f"/sections/{section}/files/{at}/accessConditions/-"
                    self._patch(f"{_WORKSPACE}/{number}", [_add(path, wanted)])


def _add(path: str, value: object) -> dict[str, Any]:
    return {"op": "add", "path": path, "value": value}


def _values(item: Told, field: str) -> tuple[str, ...]:
    return tuple(one.text("value") for one in item.within("metadata").objects(field))


def _files(item: Told) -> Iterator[tuple[RemoteFile, str]]:
    """The files of an item, each with the bitstream's UUID."""
    for bundle in _embedded(item, "bundles"):
        if bundle.text("name") == "ORIGINAL":
            for one in _embedded(bundle, "bitstreams"):
                yield _file(one), one.name("uuid")


def _embedded(value: Told, what: str) -> list[Told]:
    """A list that is embedded in a resource: a page of it, in which the list is embedded once more."""
    embedded = value.within("_embedded")
    if isinstance(embedded.value.get(what), list):
        return embedded.objects(what)
    return embedded.within(what).objects("_embedded", what)


def _file(one: Told) -> RemoteFile:
    checksum = one.within("checkSum")
    digits = checksum.text("value").lower() if checksum.text("checkSumAlgorithm") == "MD5" else ""
    return RemoteFile(one.text("name"), one.size("sizeBytes"), (("md5", digits),) if digits else ())
