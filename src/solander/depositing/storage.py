"""Storages as targets: places that hold files by name and know no records, drafts or public.

A deposit is a folder of its own, named as the bag is, in which a note, ``deposit.json``, says of which object and bag
it is. The note is written first, and once more when everything has arrived and was compared: what lacks the second is
not done. The same bag thus comes to lie in one place however often it is sent, and another bag never in its place.

Source: docs/format.md, "Deposits".
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from solander.depositing import linkset
from solander.errors import DepositRejected
from solander.files.leftovers import TEMPORARY_NAME
from solander.model.deposit import DRAFT, STORED, Consignment, Gap, Parcel, Record, RemoteFile
from solander.model.identifiers import DEPOSIT_NOTE_SCHEMA
from solander.model.linkset import LINKSET_NAME

NOTE_NAME = "deposit.json"
NOTE_LIMIT_BYTES = 16 * 1024 * 1024


class Store(Protocol):
    """What a storage does with files; paths have forward slashes and lie below the place that was configured."""

    def put(self, path: str, parcel: Parcel) -> RemoteFile:
        """Write a file, whole or not at all; its name in the answer is ``path``."""
        ...

    def put_small(self, path: str, content: bytes) -> None:
        """Write a small file, whole or not at all, over an older one of its name."""
        ...

    def get_small(self, path: str) -> bytes | None:
        """The whole of a small file; ``None`` if there is none."""
        ...

    def chunks(self, path: str) -> Iterator[bytes]:
        """The bytes of a file, in pieces."""
        ...

    def listed(self, folder: str) -> Iterator[RemoteFile]:
        """The files below a folder, named from it; none if there is no such folder."""
        ...

    def remove(self, path: str) -> None:
        """Remove a file that is there."""
        ...

    def url(self, folder: str) -> str | None:
        """Where a person finds a folder."""
        ...

    def close(self) -> None:
        """End connections."""
        ...


class StorageTarget:
    """A storage that keeps the promise of ``Target``."""

    metadata_form: str | None = None
    publishes = False
    holds_back = False
    takes_beside = True
    finds_late = False
    reserves = False
    bag_profile: str | None = None

    def __init__(
        self,
        name: str,
        store: Store,
        *,
        form: str = "zip",
        forms: tuple[str, ...] = ("zip", "tar", "files"),
        at_once: int = 1,
        links: str | None = None,
    ) -> None:
        """``links`` is the address below which others reach it, or empty; ``None``: no links are written there."""
        self.name, self.form, self.forms, self.at_once = name, form, forms, at_once
        self.store, self._links = store, links
        self._seen: tuple[str, tuple[RemoteFile, ...]] | None = None
        """The folder without a note that was looked into last, and what was in it."""
        self._empty: str | None = None
        """The folder in which nothing was before this deposit was begun there."""

    def gaps(self, consignment: Consignment) -> Iterator[Gap]:
        """None: a storage asks for nothing."""
        yield from ()

    def find(self, consignment: Consignment) -> tuple[Record, ...]:
        """The deposit of this bag, if there is one."""
        # One question for most: what is in the folder says that nothing was deposited, and to whom it belongs.
        there = tuple(self.store.listed(consignment.bag))
        note = self._note(consignment.bag) if any(one.name == NOTE_NAME for one in there) else None
        if note is None:
            self._seen = consignment.bag, there
            return ()
        self._refuse_other(note, consignment)
        return (self._record(consignment.bag, note, there),)

    def look(self, name: str) -> Record | None:
        """A deposit as it is now, with its files."""
        note = self._note(name)
        return None if note is None else self._record(name, note, tuple(self.store.listed(name)))

    def begin(self, consignment: Consignment) -> Record:
        """Write the note that says whose folder this is.

        Raises:
            DepositRejected: a folder of that name holds files that no deposit left there, as a copy of the bag that
                was made by hand: ``complete`` would remove them.
        """
        seen, self._seen, self._empty = self._seen, None, None
        is_seen = seen is not None and seen[0] == consignment.bag
        there = seen[1] if seen is not None and is_seen else tuple(self.store.listed(consignment.bag))
        self._refuse_foreign(consignment.bag, there)
        self.store.put_small(f"{consignment.bag}/{NOTE_NAME}", _note_of(consignment, DRAFT))
        if is_seen and not there:
            self._empty = consignment.bag
        return Record(name=consignment.bag, state=DRAFT, url=self.store.url(consignment.bag))

    def begin_version(self, record: Record, consignment: Consignment) -> Record:
        """Another version is another bag, and has a folder of its own."""
        return self.begin(consignment)

    def reserve(self, record: Record) -> Record:
        """Nothing: a storage gives no identifiers."""
        return record

    def send(self, record: Record, parcel: Parcel) -> RemoteFile:
        """Write one file."""
        return self.store.put(f"{record.name}/{parcel.name}", parcel)._replace(name=parcel.name)

    def read_back(self, record: Record, name: str) -> Iterator[bytes]:
        """The bytes of a file as they are there."""
        return self.store.chunks(f"{record.name}/{name}")

    def complete(self, record: Record, consignment: Consignment) -> Record:
        """Remove what does not belong, write the links, and last the note that says that all of it is there."""
        # Where nothing was, and this deposit was begun and sent in one go, there is what was sent.
        if record.name != self._empty:
            wanted = self._belonging(consignment)
            for one in self.store.listed(record.name):
                if one.name not in wanted:
                    self.store.remove(f"{record.name}/{one.name}")
        if self._links is not None:
            address = f"{self._links}{linkset.reference(record.name)}/" if self._links else ""
            self.store.put_small(
                f"{record.name}/{LINKSET_NAME}", linkset.linkset(consignment, linkset.in_folder(address))
            )
        self.store.put_small(f"{record.name}/{NOTE_NAME}", _note_of(consignment, STORED))
        return Record(
            name=record.name,
            state=STORED,
            url=record.url,
            bag_digest=consignment.bag_digest,
            files=tuple(RemoteFile(one.name, one.size_bytes, one.checksums) for one in consignment.parcels),
            linkset=self._linkset(record.name) if self._links is not None else None,
        )

    def publish(self, record: Record, consignment: Consignment) -> Record:
        """Nothing: a storage has no public."""
        return record

    def discard(self, record: Record) -> None:
        """Nothing: no two deposits of a bag lie in one storage."""

    def close(self) -> None:
        """End connections."""
        self.store.close()

    def _belonging(self, consignment: Consignment) -> set[str]:
        """What lies in a deposit's folder when it is done."""
        links = {LINKSET_NAME} if self._links is not None else set()
        return {parcel.name for parcel in consignment.parcels} | links | {NOTE_NAME}

    def _is_sent(self, name: str) -> bool:
        """Whether a file there is one that was sent, and not one that says something of them."""
        return name not in (NOTE_NAME, LINKSET_NAME)

    def _linkset(self, folder: str) -> str | None:
        """Where a deposit's links are."""
        if self._links:
            return f"{self._links}{linkset.reference(folder)}/{LINKSET_NAME}"
        address = self.store.url(folder)
        return None if address is None else f"{address.rstrip('/')}/{LINKSET_NAME}"

    def _note(self, folder: str) -> dict[str, Any] | None:
        content = self.store.get_small(f"{folder}/{NOTE_NAME}")
        if content is None:
            return None
        try:
            value = json.loads(content)
            if value["schema"] == DEPOSIT_NOTE_SCHEMA:
                return {name: value[name] for name in ("identifier", "bag_digest", "state", "files")}
        except (ValueError, KeyError, TypeError, RecursionError):
            pass
        raise DepositRejected(self.name, f"{folder}/{NOTE_NAME} is not Solander's; something else has this name there")

    def _refuse_other(self, note: dict[str, Any], consignment: Consignment) -> None:
        is_same = note["identifier"] == consignment.identifier
        if not is_same or (note["state"] == STORED and note["bag_digest"] != consignment.bag_digest):
            whose = "another bag of this name" if is_same else f"a bag of {note['identifier']}"
            raise DepositRejected(self.name, f"{consignment.bag}: {whose} is there already, and is not written over")

    def _refuse_foreign(self, folder: str, there: Iterable[RemoteFile]) -> None:
        # What a run left that was killed while it wrote the note: nothing else is ever sent before that.
        ours = (one.name.startswith(NOTE_NAME) or TEMPORARY_NAME.fullmatch(one.name) for one in there)
        if not all(ours):
            what = "this folder is there already, and what is in it is no deposit of Solander's; nothing was changed"
            raise DepositRejected(self.name, f"{folder}: {what}")

    def _record(self, name: str, note: dict[str, Any], there: tuple[RemoteFile, ...]) -> Record:
        is_done = note["state"] == STORED
        has_links = is_done and any(one.name == LINKSET_NAME for one in there)
        return Record(
            name=name,
            state=STORED if is_done else DRAFT,
            url=self.store.url(name),
            bag_digest=note["bag_digest"] if is_done else None,
            files=tuple(one for one in there if self._is_sent(one.name)),
            linkset=self._linkset(name) if has_links else None,
        )


def _note_of(consignment: Consignment, state: str) -> bytes:
    policy, until = consignment.access
    value = {
        "schema": DEPOSIT_NOTE_SCHEMA,
        "identifier": consignment.identifier,
        "version": consignment.version,
        "bag": consignment.bag,
        "bag_digest": consignment.bag_digest,
        "title": consignment.title,
        "access": {"policy": policy, **({"until": until.isoformat()} if until else {})},
        "state": state,
        "files": {one.name: {"size_bytes": one.size_bytes, **dict(one.checksums)} for one in consignment.parcels},
    }
    return json.dumps(value, indent=2, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
