"""An address that is a program leads nowhere in the TEI, wherever it stands and however it is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import solander
from solander.encoding.w3c import is_script

SCRIPTS = ["javascript:go()", "JavaScript:go()", "vbscript:go()", "livescript:go()", "&#1; javascript:go()"]
SCRIPTS += ["java&#10;script:go()", "javascript&#9;:go()", "&#32;j&#13;avascript:"]
PLACES = (
    "<blockquote cite='{}'>Said by many.</blockquote>",
    "<p>He said <q cite='{0}'>no</q>, and <del cite='{0}'>went</del> <ins cite='{0}'>stayed</ins>.</p>",
    "<p>A drawing: <img src=a.png alt=well longdesc='{0}'><img src='{0}' alt=yard></p>",
    "<p>A film: <video src='{0}' poster='{0}'>none</video><audio src='{0}'></audio><object data='{0}'>b</object></p>",
    "<p>More: <iframe src='{0}'></iframe><embed src='{0}'><a href='{0}'>here</a></p>",
)


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_is_no_address_and_the_words_stay(tmp_path: Path, script: str) -> None:
    places = "".join(PLACES).replace("{}", script).replace("{0}", script)
    page = f"<!doctype html><html lang=en><meta charset=utf-8><title>Well</title><h1>The well</h1>{places}"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    accession = solander.pack(tmp_path / "page.html", into=tmp_path / "archive")
    assert accession.report.at_or_above("error") == ()
    assert accession.path is not None
    tei = (accession.path / "data/tei/page.xml").read_text(encoding="utf-8")
    assert not re.search(r'(?:target|url)="[^"]*script[^"]*:', tei)
    assert "Said by many." in tei


@pytest.mark.parametrize(
    "written", ["https://a.example/javascript:1", "javascript.html", "/vbscript:1", "mailto:a@b.example", ""]
)
def test_what_only_looks_like_a_script_is_an_address(written: str) -> None:
    assert not is_script(written)
