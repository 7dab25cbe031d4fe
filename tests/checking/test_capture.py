"""CAP rules: each trips on its specimen and on nothing else, by way of the capturing and reading that a page goes."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from solander.capturing.file import read_capture
from solander.capturing.mhtml import read_mhtml
from solander.checking.captures.understanding import RULES, check_capture
from solander.model.capture import Capture
from solander.model.finding import Finding
from solander.reading import read_page

FAULTS = Path(__file__).parents[1] / "faults"
ALL_SPECIMENS = sorted(FAULTS.glob("CAP*"))
SPECIMENS = [folder for folder in ALL_SPECIMENS if (folder / "capture.json").exists()]
"""Those of a page alone; what trips a rule of records is a record, and is judged with the others of its kind."""
AT = datetime(2024, 5, 1, 10, tzinfo=UTC)


def judge(capture: Capture) -> list[Finding]:
    return check_capture(capture, read_page(capture))


def specimen_of(folder: Path) -> Capture:
    said = json.loads((folder / "capture.json").read_bytes())
    (page,) = folder.glob("page.*")
    at = said.get("captured_at")
    if page.suffix == ".mhtml":
        return read_mhtml(page.read_bytes(), page.name)
    return read_capture(str(page), uri=said.get("uri"), captured_at=datetime.fromisoformat(at) if at else None)


def capture(content: bytes, *, declared: str | None = None, media_type: str = "text/html") -> Capture:
    return Capture.of_bytes(
        content, uri="https://example.org/", captured_at=AT, declared_charset=declared, media_type=media_type
    )


def codes(of: Capture) -> set[str]:
    return {one.code for one in judge(of)}


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda path: path.name)
def test_a_specimen_trips_its_rule_and_no_other(specimen: Path) -> None:
    found = judge(specimen_of(specimen))
    assert {f"{one.code}-{one.name}" for one in found} == {specimen.name}
    assert len(found) == 1


def test_every_rule_has_a_specimen() -> None:
    assert {path.name[:6] for path in ALL_SPECIMENS} == {check.rule.code for check in RULES}


@pytest.mark.parametrize("name", ["lighthouse.html", "teahouse.html", "reading-room.txt"])
def test_a_good_page_has_no_findings(material: Path, name: str) -> None:
    place = str(material / name)
    assert judge(read_capture(place, uri="https://example.org/", captured_at=AT)) == []


def test_a_finding_is_placed_at_the_original_under_the_name_that_it_has_in_the_bag(tmp_path: Path) -> None:
    packed = tmp_path / "saved page.htm.gz"
    packed.write_bytes(gzip.compress(b"<p>Words.</p>") + b"!")
    found = judge(read_capture(str(packed), uri="https://example.org/", captured_at=AT))
    assert [(one.code, one.place.path) for one in found] == [("CAP008", "data/original/page.html.gz")]


def test_lost_characters_are_counted() -> None:
    one = "<p>A café".encode("latin-1") + b" where the words go on and on"
    assert [found.message for found in judge(capture(one, declared="utf-8"))] == [
        "1 character could not be read as utf-8"
    ]
    two = one + b" and on \xe9 and on without an end to them, as far as anybody would care to read."
    assert [found.message for found in judge(capture(two, declared="utf-8"))] == [
        "2 characters could not be read as utf-8"
    ]


def test_a_replacement_character_of_the_page_itself_is_not_lost() -> None:
    assert codes(capture("<meta charset=utf-8><p>A \ufffd that the author wrote".encode())) == set()


@pytest.mark.parametrize(
    ("content", "declared"),
    [
        (b"<p>Plain letters", None),
        ("<p>café".encode(), None),
        ("<p>café".encode("latin-1"), "iso-8859-1"),
        ("<meta charset=windows-1252><p>café".encode("latin-1"), None),
        ("\ufeff<p>café".encode(), "iso-8859-1"),
        ("\ufeff<p>café".encode("utf-16"), None),
        ("<meta charset=utf-8><p>café".encode("latin-1"), "iso-8859-1"),
    ],
)
def test_an_encoding_that_is_declared_or_plain_to_see_is_not_guessed(content: bytes, declared: str | None) -> None:
    assert codes(capture(content, declared=declared)) == set()


def test_a_declaration_that_was_not_believed_is_named_and_the_transports_before_the_pages() -> None:
    content = '<meta charset="utf-8"><p>The café, the “Spring”'.encode()
    (found,) = judge(capture(content, declared="Shift_JIS"))
    assert (found.code, found.expected, found.found) == ("CAP003", "Shift_JIS", "utf-8")


def test_a_guess_against_a_declaration_says_so() -> None:
    content = "<meta charset=utf-8><p>é à ü ö ç è ê â î ô".encode("latin-1")
    guessed, wrong = judge(capture(content))
    assert (guessed.code, wrong.code) == ("CAP002", "CAP003")
    assert guessed.message.endswith("what is declared does not fit")
    assert wrong.expected == "utf-8"
    (guessed,) = judge(capture(content.replace(b"<meta charset=utf-8>", b"")))
    assert guessed.message.endswith("nothing declares it")


def test_credentials_are_told_of_but_not_repeated() -> None:
    (found,) = judge(specimen_of(FAULTS / "CAP004-credentials-in-uri"))
    assert "secret" not in repr(found)
    assert "reader" not in repr(found)


@pytest.mark.parametrize("name", ["page.txt", "PAGE.TXT", "page.txt.gz"])
def test_a_page_in_a_file_that_is_called_a_text_is_told_of(tmp_path: Path, name: str) -> None:
    content = b"<!DOCTYPE html><p>Words."
    (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith("gz") else content)
    found = judge(read_capture(str(tmp_path / name), uri="https://example.org/", captured_at=AT))
    assert [one.code for one in found] == ["CAP007"]
    assert found[0].message == "by its bytes this is text/html"


@pytest.mark.parametrize("padding", [b"", b"\x00" * 512, gzip.compress(b"<p>A second part.", mtime=0)])
def test_padding_and_further_parts_are_no_trailing_bytes(tmp_path: Path, padding: bytes) -> None:
    page = tmp_path / "page.html.gz"
    page.write_bytes(gzip.compress(b"<p>Words.</p>") + padding)
    assert judge(read_capture(str(page), uri="https://example.org/", captured_at=AT)) == []


def test_controls_are_counted_once_each() -> None:
    assert codes(capture(b"<p>a\tb\nc\rd")) == set()
    (found,) = judge(capture(b"<meta charset=utf-8><p>a\x01b\x02c&#xFFFE;"))
    assert found.message == "XML cannot hold 3 characters of the page: U+FFFD stands for each"


@pytest.mark.parametrize("opens", ["<!--", "<noscript>"])
def test_what_nobody_ends_goes_on_to_the_end_of_the_page_and_leads_nowhere(opens: str) -> None:
    leads = b'<meta http-equiv="refresh" content="0;url=https://example.com/">'
    assert "CAP077" in codes(capture(b"<!doctype html><title>A</title>" + leads + b"<p>On."))
    hidden = b"<!doctype html><title>A</title><p>On." + opens.encode() * 40_000 + leads
    assert "CAP077" not in codes(capture(hidden))
