"""Safari's web archives: a page with what it shows, as Safari saves it in the form of a property list.

The page is the main resource; what it shows are its subresources, and those of its frames. The form names no moment at
which it was saved.

Source: Apple's WebKit, ``LegacyWebArchive`` (``WebMainResource``, ``WebSubresources``, ``WebSubframeArchives``).
"""

from __future__ import annotations

import plistlib
from collections import deque
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from solander.capturing.mhtml import DEPTH_LIMIT, PARTS_LIMIT
from solander.capturing.parts import Part, captured
from solander.errors import SourceUnreadable
from solander.model.capture import Capture, Container, whole_seconds

_MAIN = "WebMainResource"


def read_safari_archive(
    content: bytes,
    place: str,
    *,
    uri: str | None = None,
    captured_at: datetime | None = None,
    declared_charset: str | None = None,
) -> Capture:
    """Read the page of a Safari web archive, and what the file has of what the page shows.

    Args:
        content: the file.
        place: what to call it to a person.
        uri: instead of the address that the file names.
        captured_at: when it was saved, with its time zone; the file does not say.
        declared_charset: instead of the one that the file names.

    Raises:
        SourceError: it holds no page.
    """
    archive = _properties(content, place)
    root = _part(archive.get(_MAIN))
    if root is None:
        raise SourceUnreadable(place, "this Safari web archive has no main resource, so no page")
    unread: list[str] = []
    return captured(
        root,
        list(_parts(archive, unread)),
        place,
        Container(name="page.webarchive", media_type="application/x-webarchive", content=content),
        uri=uri,
        captured_at=whole_seconds(captured_at),
        declared_charset=declared_charset,
        unread=unread,
    )


def _properties(content: bytes, place: str) -> Mapping[str, Any]:
    try:
        found = plistlib.loads(content)
    except Exception as error:
        raise SourceUnreadable(place, "this Safari web archive is damaged: it is no property list") from error
    if not isinstance(found, dict):
        raise SourceUnreadable(place, "this Safari web archive is damaged: its property list is no dictionary")
    return found


def _parts(archive: Mapping[str, Any], unread: list[str]) -> Iterator[Part]:
    """What the page shows, then what its frames are and show; of frames within frames down to ``DEPTH_LIMIT``.

    What is beyond the bounds is not read, and ``unread`` is given its names.
    """
    waiting: deque[tuple[Any, int]] = deque([(archive, 0)])
    met: set[int] = set()
    number = 0
    while waiting:
        one, depth = waiting.popleft()
        # A list may hold one frame many times, and a frame itself.
        if not isinstance(one, dict) or id(one) in met:
            continue
        met.add(id(one))
        resources = [one.get(_MAIN)] if depth else []
        resources += _list(one, "WebSubresources")
        for resource in resources:
            number += 1
            if number > PARTS_LIMIT:
                unread.append(_name(resource))
                continue
            if (part := _part(resource)) is not None:
                yield part
        frames = _list(one, "WebSubframeArchives")
        room = max(0, PARTS_LIMIT - number - len(waiting)) if depth < DEPTH_LIMIT else 0
        waiting.extend((frame, depth + 1) for frame in frames[:room])
        unread += [_name(frame.get(_MAIN)) for frame in frames[room:] if isinstance(frame, dict)]


def _list(one: Mapping[str, Any], key: str) -> list[Any]:
    found = one.get(key)
    return found if isinstance(found, list) else []


def _name(resource: Any) -> str:
    address = resource.get("WebResourceURL") if isinstance(resource, dict) else None
    return address if isinstance(address, str) and address else "a part without an address"


def _part(resource: Any) -> Part | None:
    if not isinstance(resource, dict) or not isinstance(resource.get("WebResourceData"), bytes):
        return None

    def said(key: str) -> str:
        found = resource.get(key)
        return found if isinstance(found, str) else ""

    return Part(
        location=said("WebResourceURL"),
        name="",
        media_type=said("WebResourceMIMEType").lower(),
        charset=said("WebResourceTextEncodingName") or None,
        content=resource["WebResourceData"],
    )
