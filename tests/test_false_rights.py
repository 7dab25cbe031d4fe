"""A bag whose page says its licence and an abstract: what the TEI header says of both is held against the record."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.false_bags import TEI, renew

import solander

PAGE = b"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The well</title>
<meta name="description" content="What the water of the yard was &amp; is like."><link rel="license"
href="https://creativecommons.org/licenses/by/4.0/"></head><body><main><h1>The well</h1>
<p>The well in the yard is older than the house, and its water is cold in summer.</p></main></body></html>
"""
AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    (tmp_path / "page.html").write_bytes(PAGE)
    accession = solander.pack(tmp_path / "page.html", into=tmp_path, uri="https://harbour.example/well", at=AT)
    assert accession.path is not None
    return accession.path


def test_a_true_bag_has_both_and_no_error(bag: Path) -> None:
    text = (bag / TEI).read_text(encoding="utf-8")
    assert 'target="https://creativecommons.org/licenses/by/4.0/"' in text
    assert re.search(r"<abstract>\s*<p>What the water", text)
    assert solander.validate(bag).passed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r'(?<=licence target=")https://creativecommons.org/licenses/by/4.0/', "https://creativecommons.org/nc/"),
        (r"(?<=<abstract>)(\s*<p>)What", r"\1How"),
        (r"<abstract>.*?</abstract>", ""),
    ],
    ids=["licence", "abstract", "no abstract"],
)
def test_another_licence_or_abstract_in_the_header_is_found(bag: Path, old: str, new: str) -> None:
    text, times = re.subn(old, new, (bag / TEI).read_text(encoding="utf-8"), flags=re.DOTALL)
    assert times
    (bag / TEI).write_text(text, encoding="utf-8")
    renew(bag)
    assert {one.code for one in solander.validate(bag).at_or_above("warning")} == {"TEI208"}
