"""Pages that a browser or a program saved: what they say of where they come from, and the folder beside them.

A saved page keeps its address and its moment in a comment at its beginning, if at all; a browser puts what the page
shows into a folder of the page's name.

Source: none; the comments are those of SingleFile, monolith, Internet Explorer and Chromium ("mark of the web").
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Container
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin

from solander.capturing.parts import MEDIA_LIMIT_BYTES
from solander.capturing.references import references
from solander.capturing.tags import ATTRIBUTES
from solander.errors import ArchiveError
from solander.files.folder import Folder
from solander.model.addresses import is_address
from solander.model.bag_layout import ORIGINAL_FOLDER
from solander.model.capture import Medium, whole_seconds
from solander.model.media_names import medium_type

LOOK_BYTES = 16 * 1024
FOLDER_ENDINGS = ("_files", ".files", "_Dateien", "-Dateien", "_fichiers", "_archivos", "_file", "_bestanden", "-filer")
"""What browsers call the folder beside a page, in the languages in which they do."""

FILES_LIMIT = 2_000
MEDIUM_LIMIT_BYTES = 32 * 1024 * 1024

_BEFORE_WORDS = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:[ \t\r\n]++|<!--.*?-->|<![^>]*+>|<\?[^>]*+>|</?(?:html|head|meta|base|link)\b"
    + ATTRIBUTES
    + rb">)*+",
    re.IGNORECASE | re.DOTALL,
)
"""What stands before the first word of a page and its title: further on, a comment may be what others wrote."""

_RELATIVE = re.compile(rb"src(?:set)?\s*=\s*[\"']?(?![A-Za-z][A-Za-z0-9+.-]*:|[/#\"'\s>])")
"""Something that is shown from the folder in which the page stands."""

_SINGLE_FILE = re.compile(r"<!--\s*Page saved with SingleFile\s+url:\s*(\S+)\s+saved date:\s*([^\n]+?)\s*(?:\n|-->)")
_OF_THE_WEB = re.compile(r"<!--\s*saved from url=\((\d{4})\)([^\s>]+)\s*-->")
_MONOLITH = re.compile(r"<!--\s*Saved from (\S+) at (\d{4}-\d{2}-\d{2}T[0-9:.]+Z) using (monolith v[0-9.a-z-]+)\s*-->")
# "Tue Nov 24 2026 10:11:12 GMT+0100 (Central European Standard Time)", as JavaScript writes it in every language.
_SCRIPT_DATE = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT([+-])(\d{2})(\d{2})"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class SavedFrom(NamedTuple):
    """What a saved page says of itself."""

    uri: str | None = None
    captured_at: datetime | None = None
    software: str | None = None


def saved_from(content: bytes) -> SavedFrom:
    """Where a saved page was, when it was saved, and by what, as far as its first comment says."""
    begin = _BEFORE_WORDS.match(content, 0, LOOK_BYTES)
    head = (begin[0] if begin is not None else b"").decode("utf-8", "replace")
    if (found := _SINGLE_FILE.search(head)) is not None:
        return SavedFrom(_address(found[1]), _moment(found[2]), "SingleFile")
    if (found := _MONOLITH.search(head)) is not None:
        return SavedFrom(_address(found[1]), _moment(found[2]), found[3])
    if (found := _OF_THE_WEB.search(head)) is not None:
        # The number is the address's length; where it differs, the comment was altered.
        address = found[2] if int(found[1]) == len(found[2]) else None
        return SavedFrom(_address(address) if address else None, None, None)
    return SavedFrom()


def _address(written: str) -> str | None:
    return written if written.startswith(("http://", "https://")) and is_address(written) else None


def _moment(written: str) -> datetime | None:
    if written.endswith("Z") and "T" in written:
        try:
            return whole_seconds(datetime.fromisoformat(written))
        except ValueError:
            return None
    found = _SCRIPT_DATE.match(written)
    if found is None or found[1] not in _MONTHS:
        return None
    month, (day, year, hour, minute, second) = _MONTHS.index(found[1]) + 1, map(int, found.groups()[1:6])
    away = timedelta(hours=int(found[8]), minutes=int(found[9])) * (-1 if found[7] == "-" else 1)
    try:
        return whole_seconds(datetime(year, month, day, hour, minute, second, tzinfo=timezone(away)).astimezone(UTC))
    except (ValueError, OverflowError):
        return None


def folder_beside(place: str) -> str | None:
    """The folder that a browser saved beside a page, by its path; ``None`` where there is none."""
    stem, _ = os.path.splitext(place)  # noqa: PTH122 - a path that may be no path at all
    for ending in FOLDER_ENDINGS:
        candidate = Path(stem + ending)
        try:
            if candidate.is_dir() and not candidate.is_symlink():
                return str(candidate)
        except (OSError, ValueError):
            return None
    return None


def media_beside(folder: str, uri: str | None) -> tuple[tuple[Medium, ...], tuple[str, ...]]:
    """The files of the folder beside a page, each in its place beside the original; and which are lacking.

    Links and special files are passed over, and told as lacking.

    Raises:
        ArchiveError: the folder cannot be read.
    """
    tree = Folder(Path(folder))
    name = Path(folder).name
    found: list[Medium] = []
    size, beyond = 0, list[str]()
    for entry in sorted(tree.entries()):
        if entry.kind == "folder":
            continue
        if entry.kind != "file" or len(found) >= FILES_LIMIT or size + entry.size_bytes > MEDIA_LIMIT_BYTES:
            beyond.append(f"{name}/{entry.path}")
            continue
        try:
            content = tree.read(entry.path, MEDIUM_LIMIT_BYTES)
        except ArchiveError:
            beyond.append(f"{name}/{entry.path}")
            continue
        size += len(content)
        found.append(kept_beside(f"{name}/{entry.path}", content, uri))
    return tuple(found), tuple(beyond)


def lacking_beside(place: str, content: bytes, known: Container[str]) -> tuple[str, ...]:
    """What a page refers to in the folder that was saved beside it, and that is not there; nor is the folder, perhaps.

    And what it refers to in the folder in which it stands itself.

    Args:
        place: of the page.
        content: the page.
        known: the names of what is there, and the paths of what is told otherwise.
    """
    stem = Path(os.path.splitext(place)[0]).name  # noqa: PTH122 - as above
    folders = tuple(f"{stem}{ending}/" for ending in FOLDER_ENDINGS)
    lacking: dict[str, None] = {}
    if _RELATIVE.search(content) is None and not any(f"{ending}/".encode() in content for ending in FOLDER_ENDINGS):
        return ()  # the markup need not be gone through
    for one in references(content, None):
        path = posixpath.normpath(unquote(one.uri.partition("?")[0]))
        if path in known or f"{ORIGINAL_FOLDER}{path}" in known:
            continue
        if path.startswith(folders) or _stands_beside(place, path):
            lacking[path] = None
    return tuple(lacking)


def _stands_beside(place: str, path: str) -> bool:
    """Whether a page refers to a file in its own folder, as mirrors of sites do.

    It is told, and not taken: whoever wrote the page must not choose which files of this machine are kept.
    """
    if path.startswith(("/", "..")) or ":" in path:
        return False
    try:
        return (Path(place).parent / path).is_file()
    except (OSError, ValueError):
        return False


def kept_beside(path: str, content: bytes, uri: str | None) -> Medium:
    """A file that a page names by its path from where the page stands."""
    written = quote(path, safe="/!$&'()*+,;=:@~-._")
    kind = medium_type(content, "text/css" if path.lower().endswith(".css") else "")
    role = "style" if kind == "text/css" else "image" if kind.startswith("image/") else "other"
    return Medium(
        uri=urljoin(uri, written) if uri else written,
        name=f"{ORIGINAL_FOLDER}{path}",
        media_type=kind,
        content=content,
        role=role,
    )
