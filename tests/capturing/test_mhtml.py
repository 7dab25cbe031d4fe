"""The page of an MHTML file is its root, and what the file has beside it comes with it."""

from __future__ import annotations

import base64
import quopri
from datetime import UTC, datetime
from pathlib import Path

import pytest

import solander
from solander.capturing.mhtml import read_mhtml
from solander.checking.pages.contained_mail import page_in_mail
from solander.errors import SourceUnreadable
from solander.pipeline import rederive

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
WORDS = "<p>Das Wasser ist tief.<img src=cid:boat@x><img src=b.png>"
PAGE = f"<!DOCTYPE html><meta charset=utf-8><title>Der Fluß</title>{WORDS}"
FRAME = "<!DOCTYPE html><title>Frame</title><p>This is the frame, and not the page.</p>"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def part(content: bytes, **fields: str) -> bytes:
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    return head.encode() + b"\r\n" + content


def mail(*parts: bytes, kind: str = 'multipart/related; boundary="b"', **fields: str) -> bytes:
    said = {"MIME_Version": "1.0", "Content_Type": kind, **fields}
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in said.items())
    body = b"".join(b"--b\r\n" + one + b"\r\n" for one in parts)
    return head.encode() + b"\r\n" + body + b"--b--\r\n"


ROOT = part(
    quopri.encodestring(PAGE.encode()),
    Content_Type="text/html",
    Content_Transfer_Encoding="quoted-printable",
    Content_Location="https://harbour.example/river",
)
BOAT = part(
    base64.encodebytes(PNG),
    Content_Type="image/png",
    Content_Transfer_Encoding="base64",
    Content_ID="<boat@x>",
)
BRIDGE = part(PNG, Content_Type="image/png", Content_Location="https://harbour.example/b.png")
SIDE = part(FRAME.encode(), Content_Type="text/html", Content_ID="<frame@x>", Content_Location="cid:frame@x")


def test_the_page_is_the_root_with_its_address_and_moment(tmp_path: Path) -> None:
    path = tmp_path / "river.mhtml"
    moment = "Tue, 07 May 2024 10:00:00 +0200"
    path.write_bytes(mail(ROOT, BOAT, BRIDGE, From="<Saved by Blink>", Date=moment))
    bag = solander.pack(path, into=tmp_path / "archive", at=AT).path
    assert bag is not None
    info = (bag / "bag-info.txt").read_text()
    assert "Web-Capture-URI: https://harbour.example/river\nWeb-Capture-Date: 2024-05-07T08:00:00Z\n" in info
    assert (bag / "data/original/page.mhtml").read_bytes() == path.read_bytes()
    tei = (bag / "data/tei/page.xml").read_text()
    assert "Der Fluß" in tei
    assert tei.count('<graphic url="../media/') == 2
    report = solander.validate(bag)
    assert (report.at_or_above("warning"), report.unchecked) == ((), ())
    assert rederive(bag).report.passed


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (mail(SIDE, ROOT, kind='multipart/related; boundary="b"; start="<frame@x>"'), FRAME),
        (mail(SIDE, ROOT, Snapshot_Content_Location="https://harbour.example/river"), PAGE),
        (mail(ROOT, SIDE), PAGE),
        (mail(ROOT, SIDE, kind="multipart/related"), PAGE),
        (mail(ROOT, SIDE)[:-30], PAGE),
        (mail(ROOT, SIDE, kind='multipart/related;\r\n\ttype="text/html";\r\n\tboundary="b"'), PAGE),
        (
            mail(
                part(
                    b"--c\r\n" + ROOT + b"\r\n--c\r\n" + SIDE + b"\r\n--c--",
                    Content_Type='multipart/alternative; boundary="c"',
                ),
                BOAT,
            ),
            PAGE,
        ),
    ],
    ids=["start", "snapshot", "first", "no boundary", "cut", "folded", "alternatives"],
)
def test_reader_and_checker_find_the_same_page(content: bytes, found: str) -> None:
    assert read_mhtml(content, "page.mhtml").content.decode().strip() == found
    checked = page_in_mail(content)
    assert checked is not None
    assert checked.decode().strip() == found


def test_a_mail_without_a_page_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match="no part"):
        read_mhtml(mail(BOAT), "boat.mht")


@pytest.mark.corpora
def test_real_files_have_their_page_found_by_reader_and_checker_alike(shared: Path) -> None:
    for path in sorted((shared / "corpora" / "mhtml").glob("*/*")):
        content = path.read_bytes()
        capture = read_mhtml(content, path.name)
        assert capture.uri, path
        assert page_in_mail(content) == capture.content, path


@pytest.mark.parametrize("address", ["https://[x/b.png", "//[", "http://a]/"])
def test_an_address_that_is_none_leads_nowhere_and_the_part_is_kept(address: str) -> None:
    lost = part(PNG, Content_Type="image/png", Content_Location=address)
    capture = read_mhtml(mail(ROOT, lost), "river.mhtml")
    assert capture.uri == "https://harbour.example/river"
    assert [(one.uri, one.content) for one in capture.media] == [(address, PNG)]
    page = ROOT.replace(b"https://harbour.example/river", address.encode())
    assert read_mhtml(mail(page, BRIDGE), "river.mhtml").uri is None


def test_a_part_that_a_page_without_an_address_names_by_its_path_keeps_that() -> None:
    page = part(b"<title>River</title><p>Deep.<img src=b.png>", Content_Type="text/html")
    shown, unnamed = (part(PNG, Content_Type="image/png", Content_Location=name) for name in ("b.png", "c.png"))
    capture = read_mhtml(mail(page, unnamed, shown), "river.mhtml")
    assert [one.uri for one in capture.media] == ["b.png", "c.png"]


def test_a_part_that_is_too_large_is_left_out_under_all_its_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("solander.capturing.parts.MEDIA_LIMIT_BYTES", 10)
    address = "https://harbour.example/b.png"
    page = part(f"<p>Deep.<img src=cid:b><img src={address}>".encode(), Content_Type="text/html")
    large = part(PNG, Content_Type="image/png", Content_ID="<b>", Content_Location=address)
    capture = read_mhtml(mail(page, large), "river.mhtml")
    assert capture.media == ()
    assert len(capture.left_out) == 1
    assert "media-left-out" in capture.facts


@pytest.mark.parametrize("ending", [b"", b"\r\n", b"\n", b"\r\n\r\n"])
def test_a_file_that_was_cut_is_told_and_read_alike_by_both_readers(tmp_path: Path, ending: bytes):
    folder = Path(__file__).parents[1] / "faults" / "CAP010-mail-cut"
    path = tmp_path / "page.mhtml"
    path.write_bytes((folder / "page.mhtml").read_bytes().rstrip(b"\r\n") + ending)
    accession = solander.pack(path, into=tmp_path / "archive")
    assert "CAP010" in [one.code for one in accession.report.findings]
    assert accession.path is not None
    assert solander.validate(accession.path).passed
