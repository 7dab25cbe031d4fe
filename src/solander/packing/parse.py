"""A folder read as a bag: what it says of itself, whatever is wrong with it.

No content of a payload file is read here, and no link is followed. A folder that is no bag at all is read too:
its faults say so.

Source: RFC 8493, section 2; for 0.93 to 0.97 the drafts, as far as they differ.
"""

from __future__ import annotations

import codecs

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

TAG_FILE_LIMIT_BYTES = 128 * 1024 * 1024
"""A larger manifest or ``bag-info.txt`` is not read: about half a million payload files."""

_BAGIT_TXT_LIMIT_BYTES = 64 * 1024

_NO_CHARSETS = frozenset(
    {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "charmap", "mbcs", "oem"}
)
"""Codecs that Python counts among those of text, and that are no character encoding: they write host names, Python's
own source, nothing at all, bytes as they are, or whatever one Windows machine is set to."""


def parse_bag(tree: Tree) -> Bag:
    """Read a folder as a bag; each fault of writing is kept with its file and line, and none is raised."""
    faults: list[BagFault] = []
    entries = _entries(tree, faults)
    files = {entry.path for entry in entries if entry.kind == "file"}
    declaration = _declaration(tree, files, faults)
    version = declaration.version if declaration.version in VERSIONS else (1, 0)
    encoding = _encoding(declaration, faults)

    def read(path: str) -> str:
        return _text(tree, path, encoding, faults)

    manifests: list[Manifest] = []
    for path in sorted(path for path in files if MANIFEST_NAME.fullmatch(path)):
        manifest, found = parse_manifest(read(path), path, version=version)
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


def _entries(tree: Tree, faults: list[BagFault]) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    try:
        entries.extend(tree.entries())
    except ArchiveError as error:
        faults.append(BagFault("file-unreadable", ".", None, f"{error}: it could not be checked"))
    return tuple(sorted(entries))


def _declaration(tree: Tree, files: set[str], faults: list[BagFault]) -> Declaration:
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
        if codec._is_text_encoding and codec.name.replace("_", "-") not in _NO_CHARSETS:
            return codec.name
    except (LookupError, ValueError):
        pass
    what = "no character encoding of this name is known; the tag files are read as UTF-8"
    faults.append(BagFault("bagit-txt-malformed", "bagit.txt", None, what, "UTF-8", declaration.encoding[:40]))
    return "utf-8"


def _text(tree: Tree, path: str, encoding: str, faults: list[BagFault]) -> str:
    """A tag file as text; where bytes do not fit the encoding, the fault is noted and U+FFFD stands for them."""
    try:
        content = tree.read(path, TAG_FILE_LIMIT_BYTES)
    except ArchiveError as error:
        faults.append(BagFault("file-unreadable", path, None, f"{error.what}: it could not be checked"))
        return ""
    try:
        text = content.decode(encoding)
    except UnicodeError as error:
        start = getattr(error, "start", 0)
        line = content.count(b"\n", 0, start) + 1
        what = f"byte {start} fits no character of the bag's encoding"
        faults.append(BagFault("tag-file-undecodable", path, line, what, encoding))
        text = content.decode(encoding, "replace")
    if text.startswith("\ufeff"):
        faults.append(BagFault("byte-order-mark", path, 1, "it begins with a byte order mark; it is passed over"))
        text = text[1:]
    return text
