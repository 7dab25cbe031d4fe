"""What the files are called that a page shows or needs, and of which kind they are.

A name is told from the address, but never trusted: it is a number, a few harmless letters, and the ending of its kind.

Source: MIME Sniffing Standard, 6 (images, sound and film by their first bytes).
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

SLUG_LIMIT = 40

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"\x00\x00\x01\x00", "image/vnd.microsoft.icon"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"%PDF-", "application/pdf"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wave", b"AVI ": "video/avi"}
_ENDINGS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/bmp": "bmp",
    "image/webp": "webp",
    "image/avif": "avif",
    "image/svg+xml": "svg",
    "image/vnd.microsoft.icon": "ico",
    "text/css": "css",
    "text/html": "html",
    "text/plain": "txt",
    "text/javascript": "js",
    "application/javascript": "js",
    "application/json": "json",
    "application/pdf": "pdf",
    "font/woff": "woff",
    "font/woff2": "woff2",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/wave": "wav",
    "video/mp4": "mp4",
    "video/webm": "webm",
    "video/avi": "avi",
}
_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]{1,60}\Z")


def medium_type(content: bytes, declared: str) -> str:
    """The media type of a file: by its first bytes where they tell, else as declared, else that of mere bytes."""
    head = content[:512]
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF" and head[8:12] in _RIFF:
        return _RIFF[head[8:12]]
    if head[4:8] == b"ftyp":
        return "image/avif" if head[8:12] in (b"avif", b"avis") else "video/mp4"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<svg", b"<?xml")) and b"<svg" in head:
        return "image/svg+xml"
    return declared if _TYPE.match(declared) else "application/octet-stream"


def medium_name(number: int, uri: str, media_type: str) -> str:
    """``0001-logo.png``: a number, what the address calls it in plain ASCII, and the ending of its kind.

    Args:
        number: among the page's files, in their order; it makes the name one of its own.
        uri: of the file; one that cannot be read lends no words.
        media_type: in small letters, without parameters; one that is not known leaves the address's own ending.
    """
    try:
        last = unquote(urlsplit(uri).path.rstrip("/").rpartition("/")[2])
    except ValueError:
        last = ""
    stem, _, suffix = last.rpartition(".")
    words = re.sub(r"[^a-z0-9]+", "-", (stem or last).lower().encode("ascii", "ignore").decode()).strip("-")[
        :SLUG_LIMIT
    ]
    ending = _ENDINGS.get(media_type) or (suffix.lower() if re.fullmatch("[A-Za-z0-9]{1,5}", suffix) else "bin")
    return f"{number:04}-{words.strip('-')}.{ending}" if words else f"{number:04}.{ending}"
