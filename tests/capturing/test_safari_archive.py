"""The page of a Safari web archive is its main resource, and what the file has beside it comes with it."""

from __future__ import annotations

import plistlib
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import solander
from solander.capturing.safari_archive import read_safari_archive
from solander.checking.pages.contained_properties import page_in_properties
from solander.errors import SourceError
from solander.pipeline import rederive

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
PAGE = (
    "<!DOCTYPE html><title>Der Fluß</title><h1>Der Fluß</h1><p>Das Wasser ist tief.<img src=boat.png>"
    "<iframe src=tide.html></iframe>"
)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
HOST = "https://harbour.example/"


def resource(content: bytes, name: str, kind: str, charset: str | None = None) -> dict[str, Any]:
    said = {"WebResourceData": content, "WebResourceURL": HOST + name, "WebResourceMIMEType": kind}
    return said | ({"WebResourceTextEncodingName": charset} if charset else {})


RIVER: dict[str, Any] = {
    "WebMainResource": resource(PAGE.encode("iso-8859-1"), "river", "text/html", "iso-8859-1"),
    "WebSubresources": [
        resource(b"p { color: blue }", "river.css", "text/css"),
        resource(PNG, "boat.png", "image/png"),
        {"WebResourceURL": HOST + "nothing.png"},
    ],
    "WebSubframeArchives": [
        {
            "WebMainResource": resource(b"<p>The tide tables.</p>", "tide.html", "text/html"),
            "WebSubresources": [resource(PNG[:-1], "moon.png", "image/png")],
        }
    ],
}
FORMS = {"binary": plistlib.FMT_BINARY, "xml": plistlib.FMT_XML}


def archive(value: object = RIVER, form: plistlib.PlistFormat = plistlib.FMT_BINARY) -> bytes:
    return plistlib.dumps(value, fmt=form)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("name", ["river.webarchive", "river"])
def test_the_page_is_the_main_resource_with_its_address_charset_and_media(
    tmp_path: Path, name: str, form: plistlib.PlistFormat
) -> None:
    path = tmp_path / name
    path.write_bytes(archive(form=form))
    bag = solander.pack(path, into=tmp_path / "archive", at=AT).path
    assert bag is not None
    assert f"Web-Capture-URI: {HOST}river\n" in (bag / "bag-info.txt").read_text()
    assert (bag / "data/original/page.webarchive").read_bytes() == archive(form=form)
    assert {one.name.partition("-")[2] for one in (bag / "data/media").iterdir()} == {
        *("boat.png", "river.css", "tide.html", "moon.png"),
    }
    tei = (bag / "data/tei/page.xml").read_text()
    assert "Der Fluß" in tei
    assert "The original is a Safari web archive" in tei
    assert 'source="../original/page.webarchive#xpath(' in tei
    assert "Safari" in (bag / "README.txt").read_text()
    report = solander.validate(bag)
    assert not [one for one in report.findings if one.severity in ("error", "warning")]
    assert not report.unchecked
    assert rederive(bag).report.findings == ()


def test_the_page_is_the_same_object_as_the_page_by_itself(tmp_path: Path) -> None:
    (tmp_path / "river.html").write_bytes(RIVER["WebMainResource"]["WebResourceData"])
    (tmp_path / "river.webarchive").write_bytes(archive())
    alone, within = (
        solander.pack(tmp_path / name, into=tmp_path / name.replace(".", "-"), at=AT, uri=HOST + "river").path
        for name in ("river.html", "river.webarchive")
    )
    assert alone is not None
    assert within is not None
    assert alone.name == within.name


DAMAGED: dict[str, tuple[Callable[[], bytes], str]] = {
    "cut": (lambda: archive()[:300], "it is no property list"),
    "no dictionary": (lambda: archive(["WebMainResource"]), "its property list is no dictionary"),
    "no page": (lambda: archive({"WebSubresources": [], "x": "WebMainResource"}), "has no main resource"),
    "no data": (lambda: archive({"WebMainResource": {"WebResourceURL": HOST}}), "has no main resource"),
    "data of text": (lambda: archive({"WebMainResource": {"WebResourceData": "<p>"}}), "has no main resource"),
    "empty": (lambda: archive({"WebMainResource": resource(b" \n", "a", "text/html")}), "only white space"),
    "picture": (lambda: archive({"WebMainResource": resource(PNG, "a.png", "image/png")}), "PNG"),
    "entities": (
        lambda: (
            b'<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "WebMainResource">]><plist version="1.0">'
            b"<dict><key>&a;</key><dict/></dict></plist>"
        ),
        "it is no property list",
    ),
    "deep": (
        lambda: b"<?xml version='1.0'?><!DOCTYPE plist ><plist>" + b"<dict><key>WebMainResource</key>" * 100_000,
        "it is no property list",
    ),
}


@pytest.mark.parametrize(("content", "why"), DAMAGED.values(), ids=DAMAGED)
def test_what_is_damaged_or_holds_no_page_is_refused_in_one_line(content: Callable[[], bytes], why: str) -> None:
    with pytest.raises(SourceError, match=why) as caught:
        read_safari_archive(content(), "river.webarchive")
    assert "\n" not in str(caught.value)


def test_frames_within_frames_end_somewhere() -> None:
    inner = RIVER
    for number in range(40):
        inner = {
            "WebMainResource": resource(b"<p>Frame", f"frame{number}", "text/html"),
            "WebSubframeArchives": [inner, "no frame"],
        }
    capture = read_safari_archive(archive(inner), "frames.webarchive")
    assert [one.uri for one in capture.media] == [f"{HOST}frame{number}" for number in range(38, 30, -1)]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_two_readers_agree_on_the_page_whatever_befalls_the_file(form: plistlib.PlistFormat) -> None:
    whole = archive(form=form)
    assert page_in_properties(whole) == RIVER["WebMainResource"]["WebResourceData"]
    chance = random.Random(7)
    read = unfound = 0
    for _ in range(3_000):
        harmed = bytearray(whole)
        for _ in range(chance.randint(1, 3)):
            harmed[chance.randrange(len(harmed))] = chance.randrange(256)
        within = page_in_properties(bytes(harmed))
        try:
            capture = read_safari_archive(bytes(harmed), "river.webarchive")
        except SourceError:
            continue
        read += 1
        unfound += within is None
        assert within in (capture.content, None)
    # What only the one of them makes something of is told as not compared.
    assert read > 200 > 20 * unfound


def test_a_property_list_that_is_no_web_archive_is_none(tmp_path: Path) -> None:
    path = tmp_path / "settings.plist"
    path.write_bytes(archive({"a": 1}))
    with pytest.raises(SourceError, match="a property list, not"):
        solander.pack(path, into=tmp_path / "archive")


def test_a_frame_that_holds_itself_many_times_is_met_once() -> None:
    """A list of 60,000 references takes 120 kB; each was waited for by itself, and their own again."""
    many = [b"\xaf\x11\xea\x60" + b"\x00\x00" * 60_000]
    keys = [bytes((0x5F, 0x10, len(name))) + name for name in (b"WebMainResource", b"WebSubframeArchives")]
    page = [b"\x5f\x10\x0fWebResourceData", b"\x44<p>a"]
    objects = [b"\xd2\0\1\0\2\0\3\0\4", *keys, b"\xd1\0\5\0\6", *many, *page]
    table, out = [], b"bplist00"
    for one in objects:
        table.append(len(out))
        out += one
    begin = len(out)
    out += b"".join(at.to_bytes(4, "big") for at in table) + bytes(6) + b"\x04\x02"
    out += b"".join(number.to_bytes(8, "big") for number in (len(objects), 0, begin))
    capture = read_safari_archive(out, "river.webarchive")
    assert capture.content == b"<p>a" == page_in_properties(out)
    assert len(capture.media) == 0


def said(data: str, before: str = "", after: str = "") -> bytes:
    main = f"<dict><key>WebMainResource</key><dict><key>WebResourceData</key>{data}</dict></dict>"
    return f"<?xml version='1.0' encoding='UTF-8'?><plist version='1.0'>{before}{main}{after}</plist>".encode()


ODD = {
    "signs": said("<data>\u00e9PHA+\u00e9YQ==</data>"),
    "instruction": said("<data>PHA+<?y z?>YQ==</data>"),
    "between": said("<?y z?><data>PHA+YQ==</data>"),
    "namespace": said("<data>PHA+YQ==</data>").replace(b"<plist", b"<plist xmlns='urn:x'"),
    "two": said("<data>PHA+YQ==</data>", before="<dict><key>a</key><true/></dict>"),
    "doctype": said("<data>PHA+YQ==</data>").replace(b"<plist", b"<!DOCTYPE plist SYSTEM 'http://x/y>z'><plist"),
}


@pytest.mark.parametrize("content", ODD.values(), ids=ODD)
def test_both_readers_make_the_same_of_odd_xml(content: bytes) -> None:
    assert read_safari_archive(content, "river.webarchive").content == b"<p>a" == page_in_properties(content)
