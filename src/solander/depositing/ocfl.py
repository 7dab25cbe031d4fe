"""An OCFL 1.1 storage root as a target: an object for each object, a version for each bag of it, each byte kept once.

A version is made beside the object's folder, with second names for what older versions hold, and takes the object's
place at once: at every moment the object stands whole, with its old head or its new one.

Source: OCFL 1.1; community extension 0003 (hash and id n-tuple storage layout, without tuples).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from solander import __version__
from solander.depositing import linkset
from solander.depositing import ocfl_inventory as inventory_file
from solander.depositing.linkset import public_address
from solander.depositing.ocfl_inventory import DIGEST_ALGORITHM, Inventory
from solander.depositing.terms import TargetTerms
from solander.depositing.this_machine import address_there, reading_there, writing_there
from solander.errors import ArchiveError, DepositError, DepositRejected, UsageError
from solander.files.folder import Folder
from solander.files.leftovers import TEMPORARY_NAME
from solander.files.named import kind_of
from solander.files.new_folder import NewFolder
from solander.files.whole import made_folder, replaced_folder, whole_folder, write_file
from solander.model.deposit import DRAFT, STORED, Consignment, Gap, Parcel, Record, RemoteFile
from solander.model.linkset import LINKSET_NAME

ROOT_DECLARATION_NAME, ROOT_DECLARATION = "0=ocfl_1.1", b"ocfl_1.1\n"
LAYOUT_NAME = "ocfl_layout.json"
LAYOUT = "0003-hash-and-id-n-tuple-storage-layout"
LAYOUT_CONFIGURATION = {
    "extensionName": LAYOUT,
    "digestAlgorithm": "sha256",
    "tupleSize": 0,
    "numberOfTuples": 0,
}
_LIMIT_BYTES = 64 * 1024
_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
_NAME_LETTERS = 100
_MESSAGE = "Bag-Version {version}, tag manifest {digest}"
_VERSION = "#v"
"""Behind an object's identifier, before the number of an older version of it."""


def open_target(scheme: str, rest: str, terms: TargetTerms) -> OcflTarget:
    """A storage root as a target; it is founded when something is sent, if there is none.

    Raises:
        UsageError: no folder is named, or what is there is no storage root that this program adds to.
    """
    if not rest:
        raise UsageError(f"{scheme}: names no folder; write {scheme}:PATH")
    return OcflTarget(f"{scheme}:{rest}", Path(rest), terms)


class OcflTarget:
    """A storage root; keeps ``Target``."""

    bag_profile = None
    at_once = 1
    metadata_form = None
    publishes = False
    holds_back = False
    takes_beside = True
    finds_late = False
    reserves = False
    form = "files"
    forms = ("files", "zip", "tar")

    def __init__(self, name: str, root: Path, terms: TargetTerms) -> None:
        self.name, self._root, self._links = name, root, public_address(terms)
        self._held = contextlib.ExitStack()
        self._folder: NewFolder | None = None
        self._before = Inventory.new("")
        self._draft: dict[str, str] = {}
        """Of the version that is being made: logical path and content path, from the object's root."""
        self._placed: dict[str, str] = {}
        """Where the bytes of each digest lie, those of older versions included."""
        self._judge_root()

    def gaps(self, consignment: Consignment) -> Iterator[Gap]:
        """None: a storage asks for nothing."""
        yield from ()

    def find(self, consignment: Consignment) -> tuple[Record, ...]:
        """The object, if there is one, and the older version of it that has this bag, if one has."""
        record = self.look(consignment.identifier)
        if record is None:
            return ()
        if record.state == DRAFT or record.bag_digest == consignment.bag_digest:
            return (record,)
        messages = self._inventory(self._place(record.name)).messages()
        older = (number for number, said in messages.items() if _bag_in(said) == consignment.bag_digest)
        found = (self.look(f"{record.name}{_VERSION}{number}") for number in older)
        return (record, *(one for one in found if one is not None))

    def look(self, name: str) -> Record | None:
        """The object of an identifier, as its newest version has it; the version that is being made, if one is.

        Behind ``#v`` the identifier may bear the number of an older version, which is then what is told.
        """
        identifier, _, number = name.partition(_VERSION)
        place = self._place(identifier)
        if self._folder is not None and self._folder.place == place:
            return Record(name=name, state=DRAFT, url=address_there(place))
        with reading_there(self.name):
            if kind_of(place) != "folder":
                return None
        found = self._inventory(place)
        if found.identifier != identifier:
            raise DepositRejected(self.name, f"{place.name}: this object is {found.identifier}, and not {identifier}")
        version = int(number) if number else found.head
        state = found.state(version)
        links = state.pop(LINKSET_NAME, None)
        files = tuple(RemoteFile(path, None, ((DIGEST_ALGORITHM, digits),)) for path, digits in state.items())
        return Record(
            name=name,
            state=STORED,
            url=address_there(place),
            bag_digest=_bag_in(found.messages().get(version, "")),
            files=files,
            linkset=self._address(place, found.content_paths()[links]) if links is not None else None,
        )

    def begin(self, consignment: Consignment) -> Record:
        """Begin an object, and the storage root if it is not there."""
        self.close()
        place = self._place(consignment.identifier)
        with writing_there(self.name):
            self._found_root()
            folder = self._held.enter_context(whole_folder(self._root, place.name))
        self._take(folder, Inventory.new(consignment.identifier))
        return Record(name=consignment.identifier, state=DRAFT, url=address_there(place))

    def begin_version(self, record: Record, consignment: Consignment) -> Record:
        """Begin the next version of an object."""
        self.close()
        name = record.name.partition(_VERSION)[0]
        place = self._place(name)
        found = self._inventory(place)
        tree = Folder(place)
        with reading_there(self.name), writing_there(self.name):
            old = self._held.enter_context(tree.opened())
            folder = self._held.enter_context(replaced_folder(place, old))
            for entry in sorted(tree.entries()):
                if entry.kind == "file" and "/" in entry.path and not folder.link(old, entry.path):
                    folder.write([(entry.path, tree.chunks(entry.path))])
                elif entry.kind not in ("file", "folder"):
                    raise DepositRejected(self.name, f"{place.name}/{entry.path}: no object holds such a file")
        self._take(folder, found)
        return Record(name=name, state=DRAFT, url=record.url)

    def reserve(self, record: Record) -> Record:
        """Nothing: a storage gives no identifiers."""
        return record

    def send(self, record: Record, parcel: Parcel) -> RemoteFile:
        """Write one file, unless some version holds its bytes already."""
        folder, digits = self._open(), parcel.checksum(DIGEST_ALGORITHM) or ""
        if digits not in self._placed:
            path = f"v{self._before.head + 1}/content/{parcel.name}"
            with writing_there(self.name):
                folder.write([(path, parcel.chunks())])
            self._placed[digits] = path
        self._draft[parcel.name] = self._placed[digits]
        return RemoteFile(parcel.name, None)

    def read_back(self, record: Record, name: str) -> Iterator[bytes]:
        """The bytes of a file as they are on the disk: of the version that is being made, or of the newest."""
        if record.state == DRAFT:
            tree, path = self._open().tree(), self._draft[name]
        else:
            identifier, _, number = record.name.partition(_VERSION)
            place = self._place(identifier)
            found = self._inventory(place)
            tree, path = Folder(place), found.content_paths()[found.state(int(number) if number else None)[name]]
        with reading_there(self.name):
            yield from tree.chunks(path)

    def complete(self, record: Record, consignment: Consignment) -> Record:
        """Write the links and the inventory, and put the object in its place."""
        folder = self._open()
        files = {one.name: one.checksum(DIGEST_ALGORITHM) or "" for one in consignment.parcels}
        files[LINKSET_NAME] = self._linked(folder, consignment)
        # The bag's own day, not this moment: what is written hangs on what is deposited alone.
        day = consignment.packed_on
        made = self._before.with_version(
            files,
            self._placed,
            at=datetime(day.year, day.month, day.day, tzinfo=UTC) if day else datetime(1970, 1, 1, tzinfo=UTC),
            message=_MESSAGE.format(version=consignment.version, digest=consignment.bag_digest),
            user=consignment.organization or f"solander {__version__}",
            address=consignment.identifier,
        )
        content = made.content()
        bound = inventory_file.sidecar(hashlib.sha512(content).hexdigest())
        names = (inventory_file.NAME, content), (inventory_file.SIDECAR_NAME, bound)
        with writing_there(self.name):
            folder.write([(f"v{made.head}/{name}", one) for name, one in names])
            folder.write([*names, (inventory_file.DECLARATION_NAME, inventory_file.DECLARATION)])
            self._let_go()
        after = self.look(record.name)
        if after is None:
            raise DepositError(self.name, f"{record.name}: the object is not there after it was written")
        return after

    def publish(self, record: Record, consignment: Consignment) -> Record:
        """Nothing: a storage has no public."""
        return record

    def discard(self, record: Record) -> None:
        """Nothing: no two deposits of an object lie in one root."""

    def close(self) -> None:
        """Give up what was begun and not completed: nothing of it stays."""
        self._folder = None
        held, self._held = self._held, contextlib.ExitStack()
        with contextlib.suppress(_GivenUp):
            held.__exit__(_GivenUp, _GivenUp(), None)

    def _linked(self, folder: NewFolder, consignment: Consignment) -> str:
        """Write the links among the version's files, unless an older one has the same; their digest."""
        # From the content folder of a version, where this file lies, or by whole addresses.
        root = f"{self._links}{linkset.reference(folder.place.name)}/" if self._links else "../../"
        own = f"{root}v{self._before.head + 1}/content/{LINKSET_NAME}" if self._links else LINKSET_NAME

        def placed(parcel: Parcel) -> str:
            return root + linkset.reference(self._placed[parcel.checksum(DIGEST_ALGORITHM) or ""])

        content = linkset.linkset(consignment, linkset.Places(root, own, placed))
        digits = hashlib.sha512(content).hexdigest()
        if digits not in self._placed:
            self._placed[digits] = f"v{self._before.head + 1}/content/{LINKSET_NAME}"
            with writing_there(self.name):
                folder.write([(self._placed[digits], content)])
        return digits

    def _address(self, place: Path, path: str) -> str:
        if self._links:
            return f"{self._links}{linkset.reference(place.name)}/{linkset.reference(path)}"
        return address_there(place / path)

    def _take(self, folder: NewFolder, before: Inventory) -> None:
        self._folder, self._before, self._draft, self._placed = folder, before, {}, before.content_paths()

    def _open(self) -> NewFolder:
        if self._folder is None:
            raise DepositError(self.name, "no version is being made")
        return self._folder

    def _let_go(self) -> None:
        self._folder = None
        held, self._held = self._held, contextlib.ExitStack()
        held.close()

    def _place(self, identifier: str) -> Path:
        return self._root / object_folder(identifier)

    def _inventory(self, place: Path) -> Inventory:
        tree = Folder(place)
        try:
            content = tree.read(inventory_file.NAME, inventory_file.LIMIT_BYTES)
            bound = tree.read(inventory_file.SIDECAR_NAME, _LIMIT_BYTES).split()
        except ArchiveError as error:
            raise DepositRejected(self.name, f"{place.name}: the object cannot be read ({error.what})") from error
        if not bound or bound[0].decode("ascii", "replace").lower() != hashlib.sha512(content).hexdigest():
            raise DepositRejected(self.name, f"{place.name}: the inventory is not the one that its sidecar binds")
        try:
            return Inventory.parse(content)
        except ValueError as error:
            raise DepositRejected(self.name, f"{place.name}: nothing is added to this object: {error}") from error

    def _judge_root(self) -> None:
        """Refuse what is there and is no storage root that objects are added to.

        Raises:
            UsageError: it is none.
            DepositError: the system does not let us see it.
        """
        with reading_there(self.name):
            kind = kind_of(self._root)
            names = [one.name for one in self._root.iterdir()] if kind == "folder" else []
        if kind == "nothing":
            return
        if kind != "folder":
            raise UsageError(f"{self.name}: this is no folder")
        if not [name for name in names if not TEMPORARY_NAME.fullmatch(name)]:
            return
        if ROOT_DECLARATION_NAME not in names:
            if self._is_half_founded(names):
                return
            raise UsageError(f"{self.name}: this folder is not empty, and no storage root of OCFL 1.1")
        try:
            layout = json.loads(Folder(self._root).read(LAYOUT_NAME, _LIMIT_BYTES))
            settings = json.loads(Folder(self._root).read(f"extensions/{LAYOUT}/config.json", _LIMIT_BYTES))
            is_ours = layout["extension"] == LAYOUT and settings == LAYOUT_CONFIGURATION
        except (ArchiveError, ValueError, KeyError, TypeError):
            is_ours = False
        if not is_ours:
            raise UsageError(f"{self.name}: objects lie there by another layout than Solander writes ({LAYOUT}, flat)")

    def _is_half_founded(self, names: list[str]) -> bool:
        """Whether nothing is there but what founding a root writes before it is one: it was stopped, and goes on."""
        if {name for name in names if not TEMPORARY_NAME.fullmatch(name)} - {LAYOUT_NAME, "extensions"}:
            return False
        with reading_there(self.name):
            files = {one.path for one in Folder(self._root).entries() if one.kind != "folder"}
        ours = {LAYOUT_NAME, f"extensions/{LAYOUT}/config.json"}
        return all(path in ours or TEMPORARY_NAME.fullmatch(path.rpartition("/")[2]) for path in files)

    def _found_root(self) -> None:
        with made_folder(self._root):
            if (self._root / ROOT_DECLARATION_NAME).exists():
                return
            configuration = json.dumps(LAYOUT_CONFIGURATION, indent=2).encode() + b"\n"
            layout = {"extension": LAYOUT, "description": "Each object in a folder of its identifier's name"}
            with made_folder(self._root / "extensions" / LAYOUT):
                write_file(self._root / "extensions" / LAYOUT / "config.json", configuration, replace=True)
            write_file(self._root / LAYOUT_NAME, json.dumps(layout, indent=2).encode() + b"\n", replace=True)
            # Last: with this it is a storage root.
            write_file(self._root / ROOT_DECLARATION_NAME, ROOT_DECLARATION, replace=True)


def _bag_in(message: str) -> str | None:
    """The digest of the bag that a version's message names."""
    _, found, digest = message.partition("tag manifest ")
    return digest if found else None


def object_folder(identifier: str) -> str:
    """What an object's folder is called: its identifier, percent-encoded, cut where that is long.

    Source: extension 0003, "Encapsulation directory".
    """
    encoded = identifier.encode("utf-8", "surrogateescape")
    name = "".join(chr(byte) if byte in _PLAIN else f"%{byte:02x}" for byte in encoded)
    return name if len(name) <= _NAME_LETTERS else f"{name[:_NAME_LETTERS]}-{hashlib.sha256(encoded).hexdigest()}"


class _GivenUp(Exception):
    """What was begun is not wanted any more."""
