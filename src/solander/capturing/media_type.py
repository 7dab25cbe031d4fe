"""What bytes are, told from the bytes: a name may lie.

Source: MIME Sniffing Standard, section 7; the HTML Standard for what begins a page.
"""

from __future__ import annotations

import re

_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive (or a document, book or WACZ in one)"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x1f\x8b", "gzip within gzip"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "a Rich Text document"),
    (b"ID3", "an MP3 file"),
    (b"OggS", "an Ogg file"),
    (b"wOF", "a font"),
    (b"WARC/", "a WARC file; its records are not read from here yet"),
    (b"filedesc://", "an ARC file; its records are not read from here yet"),
    (b"bplist", "a Safari web archive"),
)
_MHTML = re.compile(rb"\A(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){1,20}", re.DOTALL)
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|table|div|p|h[1-6]|a|br|ul|ol|font|b|i|span|"
    rb"article|section|main|header|nav|iframe|frameset|center|form|img)(?:[\s/>])",
    re.IGNORECASE,
)
_XML_ROOT = re.compile(
    rb"\A\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\])?[^>]*>\s*)*<([A-Za-z_][\w:.-]*)", re.DOTALL
)
_XHTML = b"http://www.w3.org/1999/xhtml"


def tell(content: bytes) -> tuple[str | None, str]:
    """Tell what bytes are: a media type that is a page, or ``None``, and in words what was found."""
    head = content[:8192]
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return None, name
    if head[4:12] in (b"ftypmp42", b"ftypisom", b"ftypM4V ", b"ftypavc1"):
        return None, "an MP4 film"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return None, "a WebP image"
    if len(head) > 262 and head[257:262] == b"ustar":
        return None, "a tar archive"
    narrow = _narrow(head)
    if narrow is None:
        return None, "binary data"
    stripped = narrow.lstrip(b"\xef\xbb\xbf \t\r\n\f")
    if stripped[:1] in (b"{", b"[") and _is_json(content):
        return None, "JSON"
    if stripped.startswith((b"<?xml", b"<")):
        root = _XML_ROOT.match(stripped)
        tag: bytes = root[1].lower() if root else b""
        if tag in (b"html", b"html:html") or tag.endswith(b":html"):
            is_xml = stripped.startswith(b"<?xml") and _XHTML in stripped
            return ("application/xhtml+xml" if is_xml else "text/html"), "an HTML page"
        if tag in (b"rss", b"feed", b"rdf:rdf"):
            return None, "a news feed"
        if tag == b"svg":
            return None, "an SVG image"
        if stripped.startswith(b"<?xml") and not _MARKUP.search(stripped[:1024]):
            return None, f"XML of another kind (its root is {tag.decode('ascii', 'replace') or 'not to be seen'})"
        if _MARKUP.search(stripped):
            return "text/html", "an HTML page"
    headers = _MHTML.match(stripped)
    if headers and re.search(rb"(?mi)^content-type:\s*multipart/", headers[0]):
        return None, "an MHTML page; it is not read from here yet"
    if _MARKUP.search(stripped[:1024]) or len(_MARKUP.findall(stripped)) > 2:
        return "text/html", "an HTML page"
    return "text/plain", "plain text"


def _narrow(head: bytes) -> bytes | None:
    """The beginning with one byte a character, for looking at its markup; ``None`` for what is no text."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\x00", b"")
    nulls = head.count(0)
    if nulls:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        if max(even, odd) > len(head) * 0.2 and min(even, odd) < len(head) * 0.05:
            return head.replace(b"\x00", b"")
    controls = sum(head.count(byte) for byte in range(32) if byte not in (9, 10, 12, 13, 27))
    # A page may hold a stray NUL; a file of which every tenth byte is a control is no text.
    return None if controls * 10 > len(head) and not _MARKUP.search(head) else head


def _is_json(content: bytes) -> bool:
    import json

    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True
