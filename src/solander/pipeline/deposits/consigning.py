"""A bag made ready for one place: what it is, what is said of it, who may read it; and its files, in the form wanted.

Source: docs/format.md, "Deposits".
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from solander.errors import ArchiveError
from solander.files.descent import written
from solander.files.folder import Folder
from solander.model.bag import Bag, BagInfo
from solander.model.bag_layout import DUBLIN_CORE_NAME, STATEMENTS_NAME, TEI_NAME
from solander.model.deposit import CHECKSUM_ALGORITHMS, FORMS, OPEN, RESTRICTED, Access, Consignment, Parcel
from solander.model.description import Description, Evidence, Statement
from solander.model.open_licences import are_open
from solander.model.ports import Tree, Wanted
from solander.model.rights import rights_of
from solander.pipeline.archive import RECORD_LIMIT_BYTES, recorded_in
from solander.pipeline.bag_digest import DIGEST, bag_digest
from solander.pipeline.deposits.conforming import conformed
from solander.pipeline.deposits.unchanged import refuse_changed

if TYPE_CHECKING:
    from solander.files.held import Held

MEDIA_TYPES = {"zip": "application/zip", "tar": "application/x-tar"}
_SIDECARS = ((TEI_NAME, ".tei.xml", "application/tei+xml"), (DUBLIN_CORE_NAME, ".dc.xml", "application/xml"))
_ENDINGS = {".xml": "application/xml", ".json": "application/json", ".txt": "text/plain", ".html": "text/html"}
_FROM_INFO = (
    ("title", "External-Description"),
    ("publisher", "Source-Organization"),
    ("creator", "Source-Organization"),
    ("date", "Bagging-Date"),
    ("identifier", "External-Identifier"),
)


def consign(
    path: Path, bag: Bag, *, access: str | None, until: date | None, settings: tuple[tuple[str, str], ...]
) -> tuple[Consignment, bool]:
    """What is to be deposited, without its files.

    Args:
        path: the bag's folder.
        bag: as it was read.
        access: who may read the files, as a person said; by the page's rights, if nobody did.
        until: the last day of an embargo.
        settings: what only the target asks for.

    Returns:
        The consignment, and whether a person said who may read it.

    Raises:
        NotABag: it has no tag manifest, so that nothing binds it.
        ArchiveError: it could not be read.
    """
    info = bag.info
    description, captured_at = _description(path, bag), _moment(info.first("Web-Capture-Date"))
    policy = access or (OPEN if are_open(one.value for one in rights_of(description)) else RESTRICTED)
    identifier = info.first("External-Identifier")
    digest = bag_digest(path)
    consignment = Consignment(
        # A bag that names no object is known by its own bytes.
        identifier=identifier or f"urn:{DIGEST}:{digest.partition(':')[2]}",
        version=int(version) if (version := info.first("Bag-Version") or "1").isdecimal() else 1,
        bag=path.resolve().name,
        bag_digest=digest,
        description=description,
        uri=info.first("Web-Capture-URI"),
        captured_at=captured_at,
        packed_on=_day(info.first("Bagging-Date")),
        organization=info.first("Source-Organization"),
        access=Access(policy, until),
        settings=settings,
    )
    return consignment, access is not None


@contextlib.contextmanager
def packaged(
    consignment: Consignment,
    path: Path,
    form: str,
    *,
    beside: bool = True,
    profile: str | None = None,
    is_judged: bool = True,
) -> Iterator[Consignment]:
    """The consignment with its files, in the form wanted.

    Of a small bag each file is read once, and the archive file is held in memory; that of another lies beside the bag
    for so long.

    ``beside`` says whether the TEI and the Dublin Core go with an archive file, for a repository to show;
    ``profile`` in whose form the bag is sent; a bag that ``is_judged`` must still be the one that was.

    Raises:
        ArchiveError: the bag could not be read, or is another than was judged, or the file could not be written.
        ValueError: there is no such form.
    """
    if form not in FORMS:
        raise ValueError(f"{form!r} is none of {', '.join(FORMS)}")
    tree = conformed(path, consignment, profile)
    if form == "files":
        names = [(entry.path, entry.size_bytes) for entry in sorted(tree.entries()) if entry.kind == "file"]
        parcels = _parcels(tree, names, lambda name: (f"{consignment.bag}/{name}", _media_type(name)))
        if is_judged:
            reckoned = {name: dict(one.checksums) for (name, _), one in zip(names, parcels, strict=True)}
            refuse_changed(tree, path, consignment.bag_digest, reckoned)
        yield replace(consignment, parcels=parcels)
        return
    file = f"{consignment.bag}.{form}"
    # Late, here and below: only these forms need it.
    from solander.files.held import held

    at_hand = held(tree)
    if at_hand is not None:
        from solander.files.serialising import serialised

        content = b"".join(serialised(at_hand, consignment.bag, form))
        if is_judged:
            refuse_changed(at_hand, path, consignment.bag_digest)
        beside_it = _shown(at_hand, consignment.bag) if beside else ()
        yield replace(consignment, parcels=(_held(file, MEDIA_TYPES[form], content), *beside_it))
        return
    from solander.files.serialising import write_serialised
    from solander.files.whole import passing_folder

    there = {entry.path: entry.size_bytes for entry in tree.entries() if entry.kind == "file"}
    shown = {name: (f"{consignment.bag}{ending}", kind) for name, ending, kind in _SIDECARS if beside and name in there}
    with passing_folder(path.resolve().parent) as folder:
        write_serialised(folder / file, tree, consignment.bag, form, is_passing=True)
        if is_judged:
            refuse_changed(tree, path, consignment.bag_digest)
        size_bytes = (folder / file).stat().st_size
        parcels = (
            *_parcels(Folder(folder), [(file, size_bytes)], lambda name: (name, MEDIA_TYPES[form])),
            *_parcels(tree, [(name, there[name]) for name in shown], lambda name: shown[name]),
        )
        yield replace(consignment, parcels=parcels)


def _shown(tree: Held, bag: str) -> tuple[Parcel, ...]:
    """The files that go beside an archive file, of a tree in memory."""
    there = {entry.path for entry in tree.entries() if entry.kind == "file"}
    return tuple(
        _held(f"{bag}{ending}", kind, tree.read(name, RECORD_LIMIT_BYTES))
        for name, ending, kind in _SIDECARS
        if name in there
    )


def _held(name: str, media_type: str, content: bytes) -> Parcel:
    """A file that is sent from memory."""
    from solander.files.held import digests_of

    checksums = tuple(zip(CHECKSUM_ALGORITHMS, digests_of(content, CHECKSUM_ALGORITHMS), strict=True))
    return Parcel(name, media_type, len(content), checksums, lambda: iter((content,)))


def _parcels(tree: Tree, names: list[tuple[str, int]], called: Callable[[str], tuple[str, str]]) -> tuple[Parcel, ...]:
    wanted = [Wanted(name, size_bytes, CHECKSUM_ALGORITHMS) for name, size_bytes in names]
    hashed = {one.path: one for one in tree.hashed(wanted)}
    made = []
    for name, size_bytes in names:
        one = hashed[name]
        if one.fault is not None:
            raise ArchiveError(Path(tree.name) / name, one.fault)
        checksums = tuple(zip(CHECKSUM_ALGORITHMS, one.digests, strict=True))
        made.append(Parcel(*called(name), size_bytes, checksums, partial(_as_reckoned, tree, name, size_bytes)))
    return tuple(made)


def _as_reckoned(tree: Tree, name: str, size_bytes: int) -> Iterator[bytes]:
    """The bytes of a file that was reckoned with this size; whoever sends it promises as many before the first.

    Raises:
        ArchiveError: it has more or fewer by now, or could not be read.
    """
    left = size_bytes
    for chunk in tree.chunks(name):
        left -= len(chunk)
        if left < 0:
            break
        yield chunk
    if left:
        what = "it changed while it was sent; run the same command again when nothing writes there"
        raise ArchiveError(Path(tree.name) / written(name), what)


def _media_type(name: str) -> str:
    if name == TEI_NAME:
        return "application/tei+xml"
    return _ENDINGS.get(Path(name).suffix.lower(), "application/octet-stream")


def _description(path: Path, bag: Bag) -> Description:
    """What is said of the page; of a bag of another payload, what its ``bag-info.txt`` says."""
    if any(entry.path == STATEMENTS_NAME for entry in bag.entries):
        return recorded_in(path).description
    return described_by_info(bag.info, path.resolve().name)


def described_by_info(info: BagInfo, name: str) -> Description:
    """A description made of ``bag-info.txt``; the bag's name is the title where nothing else is."""
    found = [
        Statement(element, value, Evidence("markup", f"bag-info.txt {label}"))
        for element, label in _FROM_INFO
        for value in info.values(label)
    ]
    if not any(one.element == "title" for one in found):
        found.insert(0, Statement("title", name, Evidence("markup", "the bag's name")))
    return Description(statements=tuple(found))


def _moment(written: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(written) if written else None
    except ValueError:
        return None


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None
