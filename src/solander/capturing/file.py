"""Pages from files, folders and standard input.

A file's modification time is no evidence of when a page was captured, and where it lay on somebody's disk is nobody's
business: neither reaches the capture.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from solander.capturing.saved_page import (
    FOLDER_ENDINGS,
    SavedFrom,
    folder_beside,
    lacking_beside,
    media_beside,
    saved_from,
)
from solander.errors import (
    ArchiveError,
    NotAPage,
    SourceEmpty,
    SourceError,
    SourceMissing,
    SourceTooLarge,
    SourceUnreadable,
)
from solander.files.named import TooLarge, read_bounded, read_file
from solander.model.capture import Capture, Medium, Origin, Transport, whole_seconds, without_credentials
from solander.model.late_pattern import late
from solander.model.media_type import contradicts, is_blank, tell

DEFAULT_LIMIT_BYTES = 128 * 1024 * 1024
"""The largest page that is read, compressed or not."""

PAGE_SUFFIXES = (".html", ".htm", ".xhtml", ".xht", ".shtml", ".txt")
CONTAINER_SUFFIXES = (".warc", ".arc", ".warc.zst", ".warc.lz4", ".wet", ".wacz", ".mhtml", ".mht", ".webarchive")


def find_sources(places: Sequence[str]) -> list[str]:
    """Name every page that the places hold: a file and ``-`` are themselves, a folder is its pages, in order.

    Links within a folder, hidden files and the ``_files`` folders of saved pages are passed by.

    Raises:
        SourceMissing: a place is not there.
        SourceError: a folder holds no page, or cannot be read.
    """
    found: list[str] = []
    for place in places:
        path = Path(place)
        if place == "-" or not _is_folder(path):
            found.append(place)
            continue
        pages = _pages_within(path)
        if not pages:
            raise SourceError(place, "there is no page in this folder (.html, .htm, .xhtml, .txt, also .gz)")
        found.extend(pages)
    return found


def read_capture(
    place: str,
    *,
    uri: str | None = None,
    captured_at: datetime | None = None,
    declared_charset: str | None = None,
    limit_bytes: int = DEFAULT_LIMIT_BYTES,
    stdin: BinaryIO | None = None,
) -> Capture:
    """Read one page.

    Args:
        place: a file's path, or ``-`` for ``stdin``.
        uri: where the page was; credentials in it are left out, and the fact is kept.
        captured_at: when it was captured, aware.
        declared_charset: the transport's word.
        limit_bytes: the bound for the bytes as received, and again for what they hold decompressed.
        stdin: what to read for ``-``.

    Raises:
        SourceError: one of its kinds says what is wrong.
        ValueError: ``captured_at`` has no time zone.
    """
    whole = received(place, limit_bytes, stdin)
    content, packed, facts = whole, False, []
    if whole.startswith(b"\x1f\x8b"):
        content, trailing = _gunzipped(place, whole, limit_bytes)
        packed = True
        if trailing:
            facts.append("gzip-trailing-bytes")
    if is_blank(content):
        raise SourceEmpty(place, is_blank=bool(content))
    media_type, found, remedy = tell(content, place)
    if media_type is None:
        raise NotAPage(place, found, remedy)
    if contradicts(media_type, place):
        facts.append("media-type-contradicts-name")
    saved = saved_from(content) if media_type != "text/plain" else SavedFrom()
    clean, had_credentials = without_credentials(uri or saved.uri)
    if had_credentials:
        facts.append("credentials-in-uri")
    media, beyond = _shown(place, clean, content) if media_type != "text/plain" and place != "-" else ((), ())
    if beyond:
        facts.append("media-left-out")
    return Capture(
        content=content,
        uri=clean,
        captured_at=whole_seconds(captured_at) or saved.captured_at,
        media_type=media_type,
        declared_charset=declared_charset,
        received=whole if packed else None,
        origin=Origin(path=None if place == "-" else Path(place).name),
        media=media,
        left_out=beyond,
        transport=Transport(software=saved.software) if saved.software else None,
        facts=tuple(facts),
    )


def _shown(place: str, uri: str | None, content: bytes) -> tuple[tuple[Medium, ...], tuple[str, ...]]:
    """What stands beside a page and is shown by it; and what of it is lacking, in its folder or where it leads."""
    media, beyond = _beside(place, uri)
    return media, beyond + lacking_beside(place, content, {*beyond, *(one.name for one in media)})


def _beside(place: str, uri: str | None) -> tuple[tuple[Medium, ...], tuple[str, ...]]:
    """What a browser saved beside a page; and what of it is lacking."""
    folder = folder_beside(place)
    if folder is None:
        return (), ()
    try:
        return media_beside(folder, uri)
    except ArchiveError:
        return (), (Path(folder).name,)


_ADDRESS = late(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?/|www\.[a-z0-9-]+\.", re.IGNORECASE)
"""What begins like an address without its scheme."""


def _perhaps_an_address(place: str) -> str:
    """What to say of a file that is not there and may be meant as an address."""
    if not _ADDRESS.match(place) or Path(place).parts[0] in (".", "..") or Path(Path(place).parts[0]).exists():
        return ""
    return f"; if it is an address, write its scheme: https://{place}"


def received(place: str, limit_bytes: int, stdin: BinaryIO | None = None) -> bytes:
    """The bytes as they are, of a file or of ``stdin``; every refusal in the words of a source."""
    stream = stdin if place == "-" else None
    try:
        content = read_file(place, limit_bytes) if stream is None else read_bounded(stream.read, limit_bytes)
    except TooLarge:
        raise SourceTooLarge(place, limit_bytes) from None
    except (FileNotFoundError, NotADirectoryError):
        raise SourceMissing(place, _perhaps_an_address(place)) from None
    except IsADirectoryError:
        raise SourceUnreadable(place, "this is a folder; name a page in it") from None
    except ValueError:
        raise SourceUnreadable(place, "no file can have this name") from None
    except OSError as error:
        raise SourceUnreadable(place, _why(error, "reading stopped" if stream else "it cannot be read")) from None
    if not content:
        raise SourceEmpty(place)
    return content


def _why(error: OSError, what: str) -> str:
    reason = error.strerror or "no reason given"
    # Our own reasons are sentences; the system's are a few words.
    return reason if reason.startswith("it ") else f"{what} ({reason[0].lower()}{reason[1:]})"


MEMBERS = 1_000
"""Of a gzip file: what follows each is copied, so that very many would take very long."""


def _gunzipped(place: str, received: bytes, limit_bytes: int) -> tuple[bytes, bool]:
    """Every member of a gzip file, bounded; and whether bytes follow that are none."""
    pieces: list[bytes] = []
    size = 0
    rest = received
    while rest.startswith(b"\x1f\x8b"):
        if len(pieces) == MEMBERS:
            raise SourceUnreadable(place, f"it is packed in more than {MEMBERS:,} gzip members, as no page is")
        member = zlib.decompressobj(31)
        try:
            piece = member.decompress(rest, limit_bytes - size + 1)
        except zlib.error:
            raise SourceUnreadable(place, "its gzip compression is damaged") from None
        size += len(piece)
        if size > limit_bytes:
            raise SourceTooLarge(place, limit_bytes)
        if not member.eof:
            raise SourceUnreadable(place, "its gzip compression is cut short")
        pieces.append(piece)
        rest = member.unused_data
    return b"".join(pieces), bool(rest.strip(b"\x00"))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False  # whoever reads it will be told why it cannot be read


def _pages_within(folder: Path) -> list[str]:
    pages: list[str] = []
    waiting = [os.fspath(folder)]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as names:
                entries = list(names)
        except OSError as error:
            raise SourceUnreadable(here, f"it cannot be read ({(error.strerror or '').lower()})") from None
        for entry in entries:
            if entry.name.startswith(".") or entry.is_symlink():
                continue
            if entry.is_dir():
                if not entry.name.endswith(FOLDER_ENDINGS):
                    waiting.append(entry.path)
            elif entry.name.lower().removesuffix(".gz").endswith((*PAGE_SUFFIXES, *CONTAINER_SUFFIXES)):
                pages.append(entry.path)
    return sorted(pages, key=os.fsencode)
