"""MHTML that is not as it should be gives reader and checker the same bytes, or no page."""

from __future__ import annotations

import base64
import random
from time import perf_counter

import pytest

from solander.capturing.mhtml import read_mhtml
from solander.checking.pages.contained_mail import page_in_mail
from solander.errors import SourceError, SourceUnreadable

PAGE = b"<!DOCTYPE html><title>River</title><p>The water is deep here.</p>"
CODED = base64.encodebytes(PAGE)
BITS = [
    *(b"\r\n", b"\n", b"\r", b"--b", b"--b--", b"--b\r\n", b"--c", b"=", b";", b'"', b"\\", b":", b" ", b"\t"),
    *(b"\xff", b"\x0b", b"\xc2\xa0", b"\x85", b"\x00", b"<", b">", b"boundary=b", b"start", b"\r\n\r\n", b"base64"),
    *(b"text/html", b"Content-Type: text/html\r\n"),
]


def mail(coding: str, content: bytes, said: str = "") -> bytes:
    head = f'Content-Type: multipart/related; boundary="b"{said}\r\n\r\n--b\r\nContent-Type: text/html\r\n'
    return f"{head}Content-Transfer-Encoding: {coding}\r\nContent-ID: <p>\r\n\r\n".encode() + content + b"\r\n--b--\r\n"


def mutated(content: bytes, chance: random.Random) -> bytes:
    out = bytearray(content)
    for _ in range(chance.randint(1, 5)):
        at, kind = chance.randrange(len(out)), chance.random()
        if kind < 0.5:
            out[at:at] = chance.choice(BITS)
        elif kind < 0.9:
            out[at : at + chance.randint(1, 6)] = chance.choice(BITS)
        else:
            del out[at + 1 :]
    return bytes(out)


@pytest.mark.parametrize(
    ("coding", "content"),
    [
        ("base64", CODED),
        ("base64 ", CODED),
        ("Base64", CODED.replace(b"\n", b"\r\n")),
        ("base64", b"!!!!" + CODED + b"=A"),
        ("base64", CODED + b"\r\n[signature]"),
        ("base64", CODED.rstrip(b"=\n")),
        ("quoted-printable", PAGE),
        ("8bit", PAGE),
        ("as it is", PAGE),
    ],
)
def test_a_transfer_coding_that_is_bent_is_undone_alike_by_both(coding: str, content: bytes) -> None:
    assert read_mhtml(mail(coding, content), "river.mhtml").content == PAGE
    assert page_in_mail(mail(coding, content)) == PAGE


@pytest.mark.parametrize("coding", ["x-uuencode", "uuencode", "UUE", "x-yenc", "mac-binhex40"])
def test_what_is_in_a_coding_that_nobody_undoes_is_no_page(coding: str) -> None:
    content = mail(coding, b"begin 644 x\r\n#86)C\r\nend")
    with pytest.raises(SourceUnreadable, match="no part"):
        read_mhtml(content, "river.mhtml")
    assert page_in_mail(content) is None


@pytest.mark.parametrize(
    "said",
    [
        "; boundary=c",
        '; start="<p',
        '; start="\\<p\\>"',
        ";;; start = <p>",
        '; x="; start=q"',
        "\r\nstart=<p>",
        "\r\n ;",
    ],
)
def test_parameters_that_are_bent_part_the_file_alike(said: str) -> None:
    content = mail("8bit", PAGE, said)
    assert read_mhtml(content, "river.mhtml").content == page_in_mail(content) == PAGE


def test_an_empty_part_is_no_part() -> None:
    content = mail("8bit", PAGE).replace(b"--b\r\n", b"--b\r\n--b\r\n\r\n--b\r\n", 1)
    assert read_mhtml(content, "river.mhtml").content == page_in_mail(content) == PAGE


def test_a_file_that_does_not_name_its_boundary_is_told_as_cut_too() -> None:
    content = mail("8bit", PAGE).replace(b'; boundary="b"', b"")
    assert "mail-cut" not in read_mhtml(content, "river.mhtml").facts
    assert "mail-cut" in read_mhtml(content.removesuffix(b"--b--\r\n"), "river.mhtml").facts


@pytest.mark.parametrize("seed", range(8))
def test_files_bent_by_chance_give_both_the_same_page_or_none(seed: int) -> None:
    chance, read = random.Random(seed), 0
    for _ in range(300):
        content = mutated(mail(*chance.choice([("base64", CODED), ("8bit", PAGE), ("quoted-printable", PAGE)])), chance)
        checked = page_in_mail(content)
        try:
            page = read_mhtml(content, "river.mhtml").content
        except SourceError:
            continue
        assert checked == page, content
        read += 1
    assert read > 100


@pytest.mark.parametrize("said", [";" * 60_000, ';a="\\' * 10_000, ";a=b" * 12_000, ";" * 30_000 + "=" * 30_000])
def test_a_header_that_is_all_parameters_costs_no_more_than_its_length(said: str) -> None:
    content = mail("8bit", PAGE, said)
    begun = perf_counter()
    assert read_mhtml(content, "river.mhtml").content == page_in_mail(content) == PAGE
    assert perf_counter() - begun < 2
