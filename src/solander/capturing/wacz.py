"""WACZ files: looked into where they stand, and never unpacked.

No name in the ZIP file is ever used as a path; every member is read in pieces, within bounds.

Source: WACZ 1.1.1, sections 4 (contents) and 5 (datapackage); APPNOTE 4.3 (ZIP).
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from solander.capturing.containers import records_of
from solander.capturing.joined_parts import Window, are_alike, parted, unpacked
from solander.capturing.wacz_refusals import instead, is_of_records, unreadable
from solander.capturing.wacz_signature import verify_signature
from solander.capturing.warc_index import Index
from solander.errors import SourceUnreadable
from solander.files.spooling import spooled
from solander.model.ports import Readable
from solander.model.wacz import Resource, WaczSeen
from solander.model.warc import Met

MEMBERS_LIMIT = 100_000
TOLD_LIMIT_BYTES = 32 * 1024 * 1024
"""Of ``datapackage.json`` and its like."""

UNPACKED_LIMIT_BYTES = 64 * 1024 * 1024 * 1024
PAGES_LIMIT = 100_000

_ARCHIVE = re.compile(r"archive/(?:[^/]+/)*[^/]+\.warc(?:\.(?:gz|zst|lz4))?\Z", re.IGNORECASE)
_DIGEST = re.compile(r"(md5|sha1|sha256|sha512):([0-9a-fA-F]+)\Z")
_OWN = frozenset(("datapackage.json", "datapackage-digest.json"))
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
"""What ``zipfile`` raises of damaged, encrypted and unknown members."""


class _Seekable(io.RawIOBase):
    """``Readable`` bytes as the standard library wants a file."""

    def __init__(self, source: Readable) -> None:
        super().__init__()
        self._source, self._at = source, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._source.size_bytes}[whence]
        if base + offset < 0:
            raise OSError(22, "before the beginning")
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        piece = self._source.read_at(self._at, len(buffer))
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


class Wacz:
    """A WACZ file, open."""

    def __init__(self, source: Readable, name: str) -> None:
        """Read its list of members.

        Raises:
            SourceUnreadable: it is no ZIP file, or has more members than are read.
        """
        self.name = name
        self._source = source
        try:
            self._zip = zipfile.ZipFile(io.BufferedReader(_Seekable(source)))
        except _FAULTS as error:
            raise SourceUnreadable(name, f"it is no ZIP file that can be read ({_plainly(error)})") from None
        if len(self._zip.infolist()) > MEMBERS_LIMIT:
            raise SourceUnreadable(name, f"it has more than {MEMBERS_LIMIT:,} members")
        self.members = {one.filename: one for one in self._zip.infolist() if not one.is_dir()}
        names = [one.filename for one in self._zip.infolist()]
        self.doubled = sorted({one for one in names if names.count(one) > 1}) if len(set(names)) < len(names) else []
        self.archives = sorted(one for one in self.members if _ARCHIVE.match(one))
        self.elsewhere = [one for one in self.members if is_of_records(one) and not _ARCHIVE.match(one)]
        """Files of records that do not stand where those of WACZ do, or are of another kind."""

    def chunks(self, member: str) -> Iterator[bytes]:
        """The bytes of a member, in pieces.

        Raises:
            SourceUnreadable: it is damaged, encrypted, or packed in a way that is not known.
        """
        how = unreadable(self.members[member])
        if how:
            raise SourceUnreadable(f"{self.name}: {member}", f"it cannot be read ({how}); write the file anew")
        try:
            with self._zip.open(self.members[member]) as stream:
                while piece := stream.read(1 << 18):
                    yield piece
        except _FAULTS as error:
            raise SourceUnreadable(f"{self.name}: {member}", f"it cannot be read ({_plainly(error)})") from None

    def read(self, member: str, limit_bytes: int = TOLD_LIMIT_BYTES) -> bytes:
        """The whole of a small member.

        Raises:
            SourceUnreadable: it cannot be read, or is larger than the bound.
        """
        parts: list[bytes] = []
        size = 0
        for piece in self.chunks(member):
            parts.append(piece)
            size += len(piece)
            if size > limit_bytes:
                raise SourceUnreadable(f"{self.name}: {member}", f"it has more than {limit_bytes:,} bytes")
        return b"".join(parts)

    @contextmanager
    def records(self) -> Iterator[Readable]:
        """All records of the file, as one file of records.

        Raises:
            SourceUnreadable: there are none, or they cannot be read.
        """
        if not self.archives:
            raise SourceUnreadable(
                self.name, f"there is no file of records in it (archive/*.warc.gz){instead(self.members)}"
            )
        with ExitStack() as stack:
            parts = [self._member_at(one) or stack.enter_context(spooled(self._bounded(one))) for one in self.archives]
            if len(parts) > 1 and not are_alike(parts):
                parts = [stack.enter_context(spooled(unpacked(one))) for one in parts]
            yield parts[0] if len(parts) == 1 else parted(parts)

    def _bounded(self, member: str) -> Iterator[bytes]:
        size = 0
        for piece in self.chunks(member):
            size += len(piece)
            if size > UNPACKED_LIMIT_BYTES:
                what = f"more than {UNPACKED_LIMIT_BYTES:,} bytes come out of it"
                raise SourceUnreadable(f"{self.name}: {member}", what)
            yield piece

    def _member_at(self, member: str) -> Readable | None:
        """A member that is stored as it is, where it stands; ``None`` for one that is compressed or encrypted."""
        info = self.members[member]
        if info.compress_type != zipfile.ZIP_STORED or info.flag_bits & 1:
            return None
        head = self._source.read_at(info.header_offset, 30)
        if len(head) < 30 or head[:4] != b"PK\x03\x04":
            return None
        begin = info.header_offset + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        return Window(self._source, begin, info.file_size)


def listed_pages(wacz: Wacz, met: list[Met] | None = None) -> tuple[str, ...]:
    """The addresses of the pages that the collector lists, in order."""
    found: dict[str, None] = {}
    for name in ("pages/pages.jsonl", "pages/extraPages.jsonl"):
        if name not in wacz.members:
            continue
        for number, line in enumerate(wacz.read(name).splitlines()[:PAGES_LIMIT], 1):
            if not line.strip():
                continue
            try:
                said = json.loads(line)
            except (ValueError, RecursionError):
                said = None
            if not isinstance(said, dict):
                if met is not None:
                    met.append(Met("wacz-pages-malformed", f"{name}: line {number} is no JSON object"))
                continue
            url = said.get("url")
            if isinstance(url, str) and url[:8].lower().startswith(("http://", "https://")):
                found[url] = None
    return tuple(found)


def look_into(wacz: Wacz) -> WaczSeen:
    """Read a WACZ file once: every digest, the lists, the signature."""
    met: list[Met] = [Met("wacz-member-doubled", "two members have one name", None, one[:80]) for one in wacz.doubled]
    met += [
        Met("wacz-member-unsafe", "a member's name leads out of the file when it is unpacked", None, one[:80])
        for one in wacz.members
        if one.startswith("/") or ".." in re.split(r"[/\\]", one) or re.match("[A-Za-z]:", one)
    ]
    package: dict[str, Any] = {}
    content: bytes | None = None
    if "datapackage.json" not in wacz.members:
        met.append(Met("wacz-package-missing", "there is no datapackage.json"))
    else:
        content = wacz.read("datapackage.json")
        package = _object(content)
        if not isinstance(package.get("resources"), list):
            met.append(Met("wacz-package-malformed", "datapackage.json is no JSON object with a list of resources"))
    resources = tuple(_resources(wacz, package))
    pages = listed_pages(wacz, met)
    digest, signature, said = _signed(wacz, content)
    return WaczSeen(
        software=str(package.get("software", ""))[:200],
        resources=resources,
        archives=tuple(wacz.archives),
        package_digest=digest,
        signature=signature,
        signature_said=said,
        pages=pages,
        lost_pages=_lost(wacz, pages),
        met=tuple(met),
    )


def _object(content: bytes) -> dict[str, Any]:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _resources(wacz: Wacz, package: dict[str, Any]) -> Iterator[Resource]:
    listed: set[str] = set()
    said = package.get("resources")
    for one in said if isinstance(said, list) else ():
        path = one.get("path") if isinstance(one, dict) else None
        if not isinstance(path, str):
            continue
        listed.add(path)
        if path not in wacz.members:
            yield Resource(path, "missing")
            continue
        yield _compared(wacz, path, one.get("hash"), one.get("bytes"))
    for path in wacz.members:
        if path not in listed and path not in _OWN and isinstance(said, list):
            yield Resource(path, "unlisted")


def _compared(wacz: Wacz, path: str, written: Any, size: Any) -> Resource:
    digest = _DIGEST.match(written) if isinstance(written, str) else None
    hasher = hashlib.new(digest[1], usedforsecurity=False) if digest is not None else None
    true_size = 0
    try:
        for piece in wacz.chunks(path):
            true_size += len(piece)
            if hasher is not None:
                hasher.update(piece)
    except SourceUnreadable as error:
        return Resource(path, "mismatch", str(written), error.what)
    sizes = (size, true_size) if isinstance(size, int) and size != true_size else None
    if hasher is None or digest is None:
        return Resource(path, "no-digest", sizes=sizes)
    found = hasher.hexdigest()
    verdict = "match" if found == digest[2].lower() else "mismatch"
    return Resource(path, verdict, written, f"{digest[1]}:{found}", sizes)


def _signed(wacz: Wacz, content: bytes | None) -> tuple[str | None, str | None, str]:
    if "datapackage-digest.json" not in wacz.members or content is None:
        return None, None, ""
    said = _object(wacz.read("datapackage-digest.json"))
    true = f"sha256:{hashlib.sha256(content).hexdigest()}"
    digest = "match" if said.get("hash") == true else "mismatch"
    data = said.get("signedData")
    if not isinstance(data, dict):
        return digest, None, ""
    if data.get("hash") != true:
        return digest, "invalid", "it is of another datapackage.json"
    return digest, *verify_signature(data)


def _lost(wacz: Wacz, pages: tuple[str, ...]) -> tuple[str, ...]:
    if not pages or not wacz.archives:
        return ()
    with wacz.records() as source, Index(records_of(source, "warc")) as index:
        return tuple(one for one in pages if not index.by_uri(one))


def _plainly(error: BaseException) -> str:
    return " ".join(str(error).split())[:100] or type(error).__name__
