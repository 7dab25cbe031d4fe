"""What bytes are, told from the bytes: a name may lie, and decides only where the bytes leave it open.

What is no page is named, with what to do about it.

Source: MIME Sniffing Standard, section 7; the HTML Standard for what begins a page; APPNOTE 4.3 (ZIP).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from solander.model.unmarked_utf16 import controls_in, unmarked_utf16


class Told(NamedTuple):
    """What bytes are."""

    media_type: str | None
    """``text/html``, ``application/xhtml+xml`` or ``text/plain``; ``None`` for what is no page."""
    found: str
    """The same in words, with its article: "a PDF"."""
    remedy: str = ""
    """What a person can do with what is no page."""


_BLANK = b" \t\r\n\f\x00\xef\xbb\xbf\xff\xfe"
"""White space and byte order marks, in UTF-8 and UTF-16: a page of nothing else is empty."""

LOOK_BYTES = 8192
"""How much of the beginning is looked at."""

_AS_TEXT = "save it as HTML or as plain text, and pack that"
_UNPACK = "unpack it, and name the pages that are in it"
_DECOMPRESS = "decompress it, and name what comes out"
_SHOWS_IT = "pack the page that shows it"
_RECORDS = "name it as a file; of standard input only a page's own bytes are read"

_MAGIC = (
    (b"\x89PNG\r\n", "a PNG image", _SHOWS_IT),
    (b"\xff\xd8\xff", "a JPEG image", _SHOWS_IT),
    (b"GIF87a", "a GIF image", _SHOWS_IT),
    (b"GIF89a", "a GIF image", _SHOWS_IT),
    (b"II*\x00", "a TIFF image", _SHOWS_IT),
    (b"MM\x00*", "a TIFF image", _SHOWS_IT),
    (b"\x00\x00\x01\x00", "an icon", _SHOWS_IT),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"\x1f\x8b", "gzip within gzip", _DECOMPRESS),
    (b"\xfd7zXZ\x00", "an xz file", _DECOMPRESS),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file", _DECOMPRESS),
    (b"\x7fELF", "a program", ""),
    (b"MZ\x90", "a program", ""),
    (b"\xd0\xcf\x11\xe0", "an old Office document", _AS_TEXT),
    (b"{\\rtf", "a Rich Text document", _AS_TEXT),
    (b"ID3", "an MP3 file", ""),
    (b"OggS", "an Ogg file", ""),
    (b"fLaC", "a FLAC file", ""),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM film", ""),
    (b"wOFF", "a font", ""),
    (b"wOF2", "a font", ""),
    (b"WARC/", "a WARC file", _RECORDS),
    (b"filedesc://", "an ARC file", _RECORDS),
    (b"bplist00", "a property list", "a Safari web archive is read from a file whose name ends in .webarchive"),
    (b"SQLite format 3\x00", "a database", ""),
    (b"\xff\xfe\x00\x00", "text in UTF-32, which no browser reads", "convert it to UTF-8"),
    (b"\x00\x00\xfe\xff", "text in UTF-32, which no browser reads", "convert it to UTF-8"),
)
_ISO_MEDIA = ((b"avif", "an AVIF image"), (b"heic", "a HEIC image"), (b"M4A ", "an MPEG-4 sound file"))
_RIFF = {b"WEBP": "a WebP image", b"WAVE": "a WAVE sound file", b"AVI ": "an AVI film"}
_IN_ZIP = (
    (b"mimetypeapplication/epub+zip", "an EPUB book", _UNPACK),
    (b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file", _AS_TEXT),
    (b"word/", "a Word document", _AS_TEXT),
    (b"xl/", "an Excel workbook", _AS_TEXT),
    (b"ppt/", "a PowerPoint presentation", _AS_TEXT),
    (b"datapackage.json", "a WACZ file", f"give its name the ending .wacz, and {_RECORDS}"),
)
_PAGE_TAGS = (
    rb"!doctype\s+html|html|head|body|title|meta|link|script|style|table|div|p|h[1-6]|a|br|hr|ul|ol|dl|font|b|i|em|"
    rb"strong|span|center|img|pre|blockquote|article|section|main|header|footer|nav|aside|iframe|frameset|form|base"
)
_MARKUP = re.compile(rb"<(?:" + _PAGE_TAGS + rb")(?=[\s/>])", re.IGNORECASE)
_CERTAIN_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|frameset)(?=[\s/>])", re.IGNORECASE)
_CLOSING = re.compile(rb"</[a-z][a-z0-9]*\s*>", re.IGNORECASE)
_ROOT = re.compile(rb"<([A-Za-z_][\w:.-]*)")
_HEADERS = re.compile(rb"\A(?:[A-Za-z0-9-]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){1,40}")
_XHTML = b"http://www.w3.org/1999/xhtml"
_HAR = re.compile(rb"\{\s*\"log\"\s*:\s*\{")
_FEEDS = {b"rss": "an RSS feed", b"feed": "an Atom feed", b"rdf:rdf": "an RDF file or RSS 1.0 feed"}

_PAGE_NAME = re.compile(r"\.(?:html?|xhtml|xht|shtml)(?:\.gz)?\Z", re.IGNORECASE)
_TEXT_NAME = re.compile(r"\.(?:txt|text|md)(?:\.gz)?\Z", re.IGNORECASE)

_HTML = Told("text/html", "an HTML page")
_PLAIN = Told("text/plain", "plain text")


def is_blank(content: bytes) -> bool:
    """Whether bytes hold nothing but white space and byte order marks."""
    return not content.strip(_BLANK)


def tell(content: bytes, name: str = "") -> Told:
    """Tell what bytes are.

    Args:
        content: the whole of them.
        name: the file's name: whether words that hold a little markup are HTML or speak of it, is left to it.
    """
    head = content[:LOOK_BYTES]
    if binary := _binary(head):
        return binary
    narrow = _narrow(head)
    if narrow is None:
        return Told(None, "binary data")
    text = narrow.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n\f")
    if text[:1] in (b"{", b"[") and _is_json(content):
        if _HAR.match(text):
            return Told(None, "a HAR file", "turn it into a WARC file (as har2warc does), and pack that")
        return Told(None, "JSON", "pack the page that it was fetched for")
    if text.startswith(b"<"):
        return _markup(text, name)
    headers = _HEADERS.match(text.replace(b"\r\n", b"\n"))
    if headers and re.search(rb"(?mi)^content-type:\s*multipart/", headers[0]):
        return _mail(headers[0])
    return _HTML if _speaks_html(text, name) else _PLAIN


def contradicts(media_type: str, name: str) -> bool:
    """Whether a file's name says another kind of page than its bytes do."""
    if media_type == "text/plain":
        return _PAGE_NAME.search(name) is not None
    return _TEXT_NAME.search(name) is not None


def _binary(head: bytes) -> Told | None:
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return Told(None, "a PDF", "pack the page that it was made from, or its text as a .txt file")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        inside = next(((name, remedy) for mark, name, remedy in _IN_ZIP if mark in head), ("a ZIP archive", _UNPACK))
        return Told(None, *inside)
    for magic, name, remedy in _MAGIC:
        if head.startswith(magic):
            return Told(None, name, remedy)
    if head.startswith(b"BZh") and head[4:10] == b"1AY&SY":
        return Told(None, "a bzip2 file", _DECOMPRESS)
    if head[4:8] == b"ftyp":
        return Told(None, next((name for brand, name in _ISO_MEDIA if head[8:12] == brand), "an MP4 film"))
    if head[:4] == b"RIFF" and head[8:12] in _RIFF:
        return Told(None, _RIFF[head[8:12]])
    if head[257:262] == b"ustar":
        return Told(None, "a tar archive", _UNPACK)
    return None


def _markup(text: bytes, name: str) -> Told:
    """What begins with "<"."""
    is_xml = text.startswith(b"<?xml")
    root = _root(text)
    if root == b"html" or root.endswith(b":html"):
        return Told("application/xhtml+xml", "an XHTML page") if is_xml and _XHTML in text else _HTML
    if root in _FEEDS:
        return Told(None, _FEEDS[root], "pack the pages that it lists")
    if root == b"svg" or root.endswith(b":svg"):
        return Told(None, "an SVG image", _SHOWS_IT)
    if is_xml and not _MARKUP.search(text[:1024]):
        seen = f"its root is {root.decode('ascii', 'replace')}" if root else "its root is not to be seen"
        return Told(None, f"XML of another kind ({seen})", "make HTML or plain text of it, and pack that")
    # MIME Sniffing 7.1: a page's tag, or a comment, at the very beginning.
    if _MARKUP.match(text) or text.startswith(b"<!--") or _speaks_html(text, name):
        return _HTML
    return _PLAIN


def _root(text: bytes) -> bytes:
    """The first element's name in small letters, behind declarations, comments and a document type."""
    place = 0
    while text.startswith((b"<?", b"<!"), place):
        closing = b"?>" if text.startswith(b"<?", place) else b"-->" if text.startswith(b"<!--", place) else b">"
        end = text.find(closing, place)
        subset = text.find(b"[", place, end) if closing == b">" else -1
        if subset >= 0:
            # The internal subset of a document type ends with its own bracket.
            end = text.find(b">", max(text.find(b"]", subset), place))
        if end < 0:
            return b""
        place = end + len(closing)
        while text[place : place + 1] in (b" ", b"\t", b"\r", b"\n", b"\f"):
            place += 1
    found = _ROOT.match(text, place)
    return found[1].lower() if found else b""


def _mail(headers: bytes) -> Told:
    if b"multipart/related" in headers.lower():
        return Told(None, "an MHTML page", "name it as a file; standard input is read as HTML or plain text")
    return Told(None, "an e-mail in several parts", _AS_TEXT)


def _speaks_html(text: bytes, name: str) -> bool:
    """Whether words with tags among them are a page; a text that mentions a tag is none."""
    tags = len(_MARKUP.findall(text))
    if not tags:
        return False
    if _PAGE_NAME.search(name):
        return True
    closed = len(_CLOSING.findall(text))
    if _TEXT_NAME.search(name):
        # Notes on HTML hold many tags too; they do not hold a whole page's.
        return len(_CERTAIN_MARKUP.findall(text)) > 1 and closed > 0
    return tags > 2 and closed > 0


def _narrow(head: bytes) -> bytes | None:
    """The beginning with one byte a character, for looking at its markup; ``None`` for what is no text."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\x00", b"")
    if wide := unmarked_utf16(head):
        return head.decode(wide, "replace").encode("latin-1", "replace")
    # A page may hold a stray NUL. Of random bytes every tenth is a control, and one tag may be among them by chance;
    # of the pages of the corpora no thousandth byte is one (measured).
    controls = controls_in(head)
    if controls <= max(2, len(head) // 50):
        return head
    is_page = len(_MARKUP.findall(head)) > 1 and _CLOSING.search(head) is not None
    return head if is_page and controls * 4 < len(head) else None


def _is_json(content: bytes) -> bool:
    import json

    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True
