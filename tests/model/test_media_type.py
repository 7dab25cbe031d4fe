"""What bytes are is told from the bytes, and what is no page is named in words that help."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solander.model.media_type import LOOK_BYTES, contradicts, tell

XHTML = b'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Ferry</title></head><body/></html>'


def zipped(*files: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF"),
        (b"\r\n%PDF-1.4\n", "a PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "a PNG image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG image"),
        (b"GIF89a\x01\x00", "a GIF image"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "a WebP image"),
        (b"\x00\x00\x00\x1cftypavif\x00", "an AVIF image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><text>A</text></svg>", "an SVG image"),
        (b"<?xml version='1.0'?><!-- drawn --><svg:svg xmlns:svg='http://www.w3.org/2000/svg'/>", "an SVG image"),
        (b"\x00\x00\x00\x20ftypisom\x00", "an MP4 film"),
        (b"{\\rtf1\\ansi Ferry}", "a Rich Text document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
        (zipped(("a.html", b"<p>a")), "a ZIP archive"),
        (zipped(), "a ZIP archive"),
        (zipped(("mimetype", b"application/epub+zip"), ("OEBPS/a.xhtml", b"")), "an EPUB book"),
        (zipped(("mimetype", b"application/vnd.oasis.opendocument.text")), "an OpenDocument file"),
        (zipped(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"")), "a Word document"),
        (zipped(("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"")), "an Excel workbook"),
        (zipped(("datapackage.json", b"{}"), ("archive/data.warc.gz", b"")), "a WACZ file"),
        (bz2.compress(b"<p>a"), "a bzip2 file"),
        (gzip.compress(b"<p>a", mtime=0), "gzip within gzip"),
        (b"\x28\xb5\x2f\xfd\x04\x00", "a Zstandard file"),
        (bytes(257) + b"ustar\x0000" + bytes(200), "a tar archive"),
        (b"WARC/1.1\r\nWARC-Type: warcinfo\r\n\r\n", "a WARC file"),
        (b"filedesc://a.arc 0.0.0.0 20200101000000 text/plain 76\n", "an ARC file"),
        (
            b"From: <Saved by Blink>\r\nSubject: Ferry\r\nMIME-Version: 1.0\r\n"
            b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="x"\r\n\r\n--x\r\n',
            "an MHTML page",
        ),
        (b"From: a@b.example\nContent-Type: multipart/alternative; boundary=x\n\n", "an e-mail in several parts"),
        (b'{"title": "Ferry"}', "JSON"),
        (b'\xef\xbb\xbf{\n "log": {"version": "1.2", "entries": []}}', "a HAR file"),
        (b'\xef\xbb\xbf\n[{"title": "<p>Ferry</p>"}]', "JSON"),
        (b'<?xml version="1.0"?>\n<rss version="2.0"><channel><title>News</title></channel></rss>', "an RSS feed"),
        (b"<rss version='2.0'><channel><link>https://a.example</link></channel></rss>", "an RSS feed"),
        (
            b'<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?><!-- of the harbour -->\n'
            b'<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title></feed>',
            "an Atom feed",
        ),
        (b'<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"/>', "XML of another kind (its root is tei)"),
        (b'<?xml version="1.0"?><!DOCTYPE map [<!ENTITY a "b>">]><map/>', "XML of another kind (its root is map)"),
        (bytes(range(256)) * 4, "binary data"),
        ("Ferry".encode("utf-32"), "text in UTF-32, which no browser reads"),
        (b"\x7fELF\x02\x01", "a program"),
        (b"wOF2\x00\x01", "a font"),
    ],
)  # fmt: skip
def test_what_is_no_page_is_named(content: bytes, found: str):
    told = tell(content, "page.html")
    assert (told.media_type, told.found) == (None, found)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"%PDF-1.7", "text"),
        (b"\x89PNG\r\n\x1a\n", "page"),
        (zipped(("a.html", b"")), "unpack"),
        (gzip.compress(b"<p>", mtime=0), "decompress"),
        (b"WARC/1.0\r\n", "bytes"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n", "HTML"),
        (b"<rss></rss>", "lists"),
        (b"{\\rtf1}", "plain text"),
    ],
)
def test_what_is_no_page_comes_with_what_to_do(content: bytes, word: str):
    remedy = tell(content).remedy
    assert word in remedy
    assert "\n" not in remedy


@pytest.mark.parametrize("name", ["page.html", "page.txt", ""])
@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE html><p>Ferry",
        b"  \n<!-- saved --><HTML><BODY>Ferry</BODY></HTML>",
        b"\xef\xbb\xbf<title>Ferry</title>",
        b"<p>Ferry",
        b'<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN">\n<html><body>Ferry</body></html>',
        "<title>Fähre</title><p>Die Fähre".encode("utf-16"),
        "<title>Fähre</title><p>Die Fähre fährt um sieben.</p>".encode("utf-16-be"),
    ],
)
def test_html_is_told_whatever_its_name(content: bytes, name: str):
    assert tell(content, name).media_type == "text/html"


def test_xhtml_with_an_xml_declaration_is_told_from_xhtml_that_is_served_as_html():
    assert tell(b'<?xml version="1.0" encoding="utf-8"?>\n' + XHTML).media_type == "application/xhtml+xml"
    assert tell(b'<?xml version="1.0"?>\n<!DOCTYPE html>\n' + XHTML).media_type == "application/xhtml+xml"
    assert tell(XHTML).media_type == "text/html"
    assert tell(b'<?xml version="1.0"?><html><body>no name space</body></html>').media_type == "text/html"


@pytest.mark.parametrize(
    "content",
    [
        b"The ferry leaves at seven.\n",
        b"Use <b> and <i> sparingly; a <table> is for data, a <p> for words, a <div> for neither.\n",
        b"From: ann@a.example\nTo: ben@b.example\nSubject: The ferry\n\nIt leaves at seven.\n",
        b"[1] The harbour register, page 4.\n",
        b"<3 from the harbour\n",
        "渡轮七点出发。\n".encode("gb18030"),
        b"A letter\x0c\nwith a form feed, and a stray \x00 NUL in a long line of words.\n",
        b"caf\xe9 \xe0 c\xf4t\xe9",
    ],
)
def test_plain_text_stays_plain_text(content: bytes):
    assert tell(content, "page.txt").media_type == "text/plain"


def test_words_with_a_few_tags_are_what_their_name_says():
    content = b"The ferry leaves at <b>seven</b>.\n"
    assert tell(content, "ferry.html").media_type == "text/html"
    assert tell(content, "ferry.txt").media_type == "text/plain"
    assert tell(content).media_type == "text/plain"
    assert tell(content * 2, "-").media_type == "text/plain"
    assert tell(content * 9, "-").media_type == "text/html"


@pytest.mark.parametrize(
    ("media_type", "name", "is_so"),
    [
        ("text/html", "notes.txt", True),
        ("text/html", "NOTES.TXT.GZ", True),
        ("text/plain", "page.html", True),
        ("application/xhtml+xml", "page.html", False),
        ("text/plain", "notes.txt", False),
        ("text/html", "-", False),
        ("text/plain", "-", False),
    ],
)
def test_a_name_that_says_otherwise_is_noticed(media_type: str, name: str, is_so: bool):
    assert contradicts(media_type, name) is is_so


@given(content=st.binary(max_size=400), name=st.sampled_from(["a.html", "a.txt", "-"]))
def test_any_bytes_are_told_in_one_line(content: bytes, name: str):
    told = tell(content, name)
    assert told.media_type in (None, "text/html", "application/xhtml+xml", "text/plain")
    assert told.found
    assert "\n" not in told.found + told.remedy


@pytest.mark.parametrize("piece", [b"<!--a-->", b"<?a b?>", b"<!DOCTYPE a [", b"<!a>", b"a:\n", b"<", b"<!--", b"</a "])
def test_a_beginning_that_never_ends_is_told_all_the_same(piece: bytes):
    assert tell(b"<?xml version='1.0'?>" + piece * (LOOK_BYTES // len(piece)) + b"!").found
    assert tell(piece * (LOOK_BYTES // len(piece)) + b"!").found


def test_json_in_depth_is_no_fault_of_ours():
    assert tell(b"[" * 100_000).media_type == "text/plain"
    assert tell(json.dumps(["word"] * 10).encode()).found == "JSON"
