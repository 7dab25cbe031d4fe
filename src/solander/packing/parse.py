"""A folder read as a bag: what it says of itself, whatever is wrong with it.

No content of a payload file is read here, and no link is followed. A folder that is no bag at all is read too:
its faults say so.

Source: RFC 8493, section 2; for 0.93 to 0.97 the drafts, as far as they differ.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping

from solander.errors import ArchiveError
from solander.model.bag import VERSIONS, Bag, BagFault, BagInfo, FetchEntry, Manifest
from solander.model.ports import Entry, Tree
from solander.packing.tag_files import (
    MANIFEST_NAME,
    Declaration,
    parse_bag_info,
    parse_bagit_txt,
    parse_fetch,
    parse_manifest,
)

MANIFEST_LIMIT_BYTES = 1024 * 1024 * 1024
"""A larger manifest is not read: about five million payload files. Manifests are read line by line."""

TAG_FILE_LIMIT_BYTES = 128 * 1024 * 1024
"""A larger ``bag-info.txt`` or ``fetch.txt`` is not read: these are held whole."""

OTHER_TAG_FILE_LIMIT_BYTES = 16 * 1024 * 1024
"""A larger tag file of another kind is not read as one of fields."""

_BAGIT_TXT_LIMIT_BYTES = 64 * 1024

_MARKED = {
    "utf-16": (codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE),
    "utf-32": (codecs.BOM_UTF32_BE, codecs.BOM_UTF32_LE),
}
_SHIFTING = ("iso2022", "hz")
"""Encodings with escape sequences that hold from there on."""

_LONGEST_MARK = 4

NO_CHARSETS = frozenset(
    {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "charmap", "mbcs", "oem"}
)
"""Codecs that Python counts among those of text, and that are no character encoding: they write host names, Python's
own source, nothing at all, bytes as they are, or whatever one Windows machine is set to."""


def parse_bag(tree: Tree) -> Bag:
    """Read a folder as a bag; each fault of writing is kept with its file and line, and none is raised."""
    faults: list[BagFault] = []
    entries = _entries(tree, faults)
    files = {entry.path: entry.path for entry in entries if entry.kind == "file"}
    declaration = _declaration(tree, files, faults)
    version = declaration.version if declaration.version in VERSIONS else (1, 0)
    encoding = _encoding(declaration, faults)

    def read(path: str) -> str:
        return "".join(_pieces(tree, path, encoding, TAG_FILE_LIMIT_BYTES, faults))

    manifests: list[Manifest] = []
    for path in sorted(path for path in files if path.endswith(".txt") and MANIFEST_NAME.fullmatch(path)):
        pieces = _pieces(tree, path, encoding, MANIFEST_LIMIT_BYTES, faults)
        manifest, found = parse_manifest(pieces, path, version=version, names=files)
        manifests.append(manifest)
        faults += found
    info, info_path = BagInfo(), "package-info.txt" if version < (0, 96) else "bag-info.txt"
    if info_path in files:
        info, found = parse_bag_info(read(info_path), info_path, version=version)
        faults += found
    fetch: tuple[FetchEntry, ...] = ()
    if "fetch.txt" in files:
        fetch, found = parse_fetch(read("fetch.txt"), version=version)
        faults += found
    return Bag(
        name=tree.name,
        version=declaration.version,
        encoding=encoding,
        info=info,
        info_path=info_path,
        manifests=tuple(one for one in manifests if not one.is_tag_manifest),
        tag_manifests=tuple(one for one in manifests if one.is_tag_manifest),
        fetch=fetch,
        entries=entries,
        faults=tuple(sorted(faults, key=lambda fault: (fault.path, fault.line or 0))),
    )


def parse_tag_file(tree: Tree, path: str, bag: Bag) -> tuple[BagInfo, tuple[BagFault, ...]]:
    """Read another tag file of a bag as one of fields, ``aptrust-info.txt`` for one: it is written as bag-info.txt is.

    One that could not be read has a fault of the kind ``file-unreadable``.
    """
    faults: list[BagFault] = []
    content = "".join(_pieces(tree, path, bag.encoding, OTHER_TAG_FILE_LIMIT_BYTES, faults))
    info, found = parse_bag_info(content, path, version=bag.rules_version)
    return info, tuple(sorted((*faults, *found), key=lambda fault: fault.line or 0))


def _entries(tree: Tree, faults: list[BagFault]) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    try:
        entries.extend(tree.entries())
    except ArchiveError as error:
        faults.append(BagFault("file-unreadable", ".", None, f"{error}: it could not be checked"))
    return tuple(sorted(entries))


def _declaration(tree: Tree, files: Mapping[str, str], faults: list[BagFault]) -> Declaration:
    if "bagit.txt" not in files:
        faults.append(BagFault("bagit-txt-missing", "bagit.txt", None, "there is no such file: this is no bag"))
        return Declaration(None, None)
    try:
        content = tree.read("bagit.txt", _BAGIT_TXT_LIMIT_BYTES)
    except ArchiveError as error:
        faults.append(BagFault("file-unreadable", "bagit.txt", None, f"{error.what}: it could not be checked"))
        return Declaration(None, None)
    declaration, found = parse_bagit_txt(content)
    faults += found
    return declaration


def _encoding(declaration: Declaration, faults: list[BagFault]) -> str:
    if declaration.encoding is None:
        return "utf-8"
    try:
        codec = codecs.lookup(declaration.encoding)
        # Python's codecs include rot13, base64 and zlib, which are no text at all.
        if codec._is_text_encoding and codec.name.replace("_", "-") not in NO_CHARSETS:
            return codec.name
    except (LookupError, ValueError):
        pass
    what = "no character encoding of this name is known; the tag files are read as UTF-8"
    faults.append(BagFault("bagit-txt-malformed", "bagit.txt", None, what, "UTF-8", declaration.encoding[:40]))
    return "utf-8"


def _pieces(tree: Tree, path: str, encoding: str, limit_bytes: int, faults: list[BagFault]) -> Iterator[str]:
    """A tag file as text, in pieces; bytes that fit no character are noted once, and U+FFFD stands for them."""
    if encoding.startswith(_SHIFTING):
        yield from _at_once(tree, path, encoding, min(limit_bytes, TAG_FILE_LIMIT_BYTES), faults)
        return
    decoder = codecs.getincrementaldecoder(encoding)()
    read_bytes = line_ends = 0
    begun = False
    try:
        for chunk in _ended(tree.chunks(path)):
            if read_bytes + len(chunk) > limit_bytes:
                what = f"larger than the limit of {limit_bytes:,} bytes: the rest could not be checked"
                faults.append(BagFault("file-unreadable", path, None, what))
                return
            if not read_bytes and encoding in _MARKED and not chunk.startswith(_MARKED[encoding]):
                # RFC 2781, 4.3, and Unicode, D98: without a byte order mark the first byte is the greatest.
                decoder = codecs.getincrementaldecoder(f"{encoding}-be")()
            before = decoder.getstate()
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeError as error:
                start = getattr(error, "start", 0) - len(before[0])
                # Counted in characters: bytes of a character that is none yet may look like the end of a line.
                decoder.errors = "replace"
                decoder.setstate(before)
                line = line_ends + decoder.decode(chunk[: max(start, 0)]).count("\n") + 1
                what = f"byte {read_bytes + start} fits no character of the bag's encoding"
                faults.append(BagFault("tag-file-undecodable", path, line, what, encoding))
                decoder.setstate(before)
                text = decoder.decode(chunk, final=not chunk)
            read_bytes += len(chunk)
            line_ends += text.count("\n")
            if text and not begun:
                begun = True
                if text[0] == "\ufeff":
                    what = "it begins with a byte order mark, which is ignored"
                    faults.append(BagFault("byte-order-mark", path, 1, what))
                    text = text[1:]
            yield text
    except ArchiveError as error:
        faults.append(BagFault("file-unreadable", path, None, f"{error.what}: it could not be checked"))


def _at_once(tree: Tree, path: str, encoding: str, limit_bytes: int, faults: list[BagFault]) -> Iterator[str]:
    """As ``_pieces``, in one piece: a decoder that waits for the end of an escape sequence may wait too long."""
    content = bytearray()
    try:
        for chunk in tree.chunks(path):
            content += chunk
            if len(content) > limit_bytes:
                what = f"larger than the limit of {limit_bytes:,} bytes: the rest could not be checked"
                faults.append(BagFault("file-unreadable", path, None, what))
                break
    except ArchiveError as error:
        faults.append(BagFault("file-unreadable", path, None, f"{error.what}: it could not be checked"))
    try:
        yield content.decode(encoding)
    except UnicodeError as error:
        start = getattr(error, "start", 0)
        line = content[:start].decode(encoding, "replace").count("\n") + 1
        what = f"byte {start} fits no character of the bag's encoding"
        faults.append(BagFault("tag-file-undecodable", path, line, what, encoding))
        yield content.decode(encoding, "replace")


def _ended(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Chunks, the first long enough to hold a byte order mark, and an empty one when there are no more.

    By the last one a decoder is told to give out what it still holds.
    """
    head = b""
    for chunk in chunks:
        if len(head) < _LONGEST_MARK:
            head += chunk
            if len(head) >= _LONGEST_MARK:
                yield head
        elif chunk:
            yield chunk
    if 0 < len(head) < _LONGEST_MARK:
        yield head
    yield b""
