"""Every element of HTML has its TEI: a small page for each, its text as TEI beside it, valid and accounted for.

``tests/golden/elements/<element>.html`` is the page, ``<element>.xml`` the ``text`` of its TEI; both were written for
these tests. ``pytest --rewrite-golden`` writes the latter again.
"""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from solander.checking.pages.every_word import check_words
from solander.checking.tei.meaning import check_tei
from solander.describing import describe
from solander.encoding import encode_tei
from solander.model.capture import Capture
from solander.profiles import SCHEMAS
from solander.reading import read_page

GOLDEN = Path(__file__).parent / "golden" / "elements"
AT = datetime(2026, 1, 1, tzinfo=UTC)

ELEMENTS = frozenset(
    re.findall(
        r"[a-z0-9]+",
        """
    a abbr acronym address applet area article aside audio b base bdi bdo big blink blockquote body br button canvas
    caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset
    figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input
    ins kbd label legend li link listing main map mark marquee math menu meta meter nav nobr noframes noscript object
    ol optgroup option output p param picture plaintext pre progress q rb rp rt rtc ruby s samp script search section
    select slot small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th
    thead time title tr track tt u ul var video wbr xmp
    """,
    )
)
"""HTML's elements, those that it once had among them."""

NO_ELEMENTS = frozenset(("comments", "pages", "speech"))
"""What the study's table has beside elements."""


@cache
def made(name: str) -> tuple[Capture, bytes, str]:
    """The page of an element, and its TEI."""
    content = (GOLDEN / f"{name}.html").read_bytes()
    capture = Capture.of_bytes(content, uri="https://example.org/point/light.html", declared_charset="utf-8")
    page = read_page(capture)
    return capture, encode_tei(page, describe(page, capture), capture, at=AT).content, page.charset.name


def test_there_is_a_page_for_every_element() -> None:
    assert {path.stem for path in GOLDEN.glob("*.html")} == ELEMENTS
    assert {path.stem for path in GOLDEN.glob("*.xml")} == ELEMENTS


def test_the_elements_are_those_of_the_study(shared: Path) -> None:
    table = (shared / "field" / "schemas.md").read_text(encoding="utf-8").split("### 1.3")[1].split("### 1.4")[0]
    cells = " ".join(line.split("|")[1] for line in table.splitlines() if line.startswith("| "))
    cells = re.sub(r"\([^)]*\)", "", cells).replace("h1–h6", "h1 h2 h3 h4 h5 h6").replace("a[href]", "a")
    assert set(re.findall(r"(?<![\w-])[a-z][a-z0-9]*(?![\w-])", cells)) - NO_ELEMENTS == ELEMENTS


@pytest.mark.parametrize("name", sorted(ELEMENTS))
def test_an_element_has_its_tei(name: str, request: pytest.FixtureRequest) -> None:
    capture, tei, charset = made(name)
    written = tei.decode().partition("  <text>\n")[2].partition("</TEI>")[0]
    golden = GOLDEN / f"{name}.xml"
    if request.config.getoption("--rewrite-golden"):
        golden.write_text(f"  <text>\n{written}", encoding="utf-8")
    assert f"  <text>\n{written}" == golden.read_text(encoding="utf-8")
    judged = check_tei(tei, "page.xml", SCHEMAS, alone=False)
    assert [one for one in judged.findings if one.severity == "error"] == []
    found = check_words(
        capture.original,
        original_name=capture.original_name,
        media_type=capture.media_type,
        charset=charset,
        tei=tei,
        path="page.xml",
    )
    assert found.unchecked == ()
    assert [one for one in found.findings if one.severity == "error"] == []
    # The element itself is in its page.
    assert f"<{name}" in capture.content.decode()


@pytest.mark.parametrize("name", sorted(ELEMENTS))
def test_what_is_pointed_at_is_there(name: str) -> None:
    root = etree.fromstring(made(name)[1])
    names = root.xpath("//@xml:id")
    targets = [one[1:] for one in root.xpath("//@target") if one.startswith("#")]
    assert set(targets) <= set(names)
    assert len(names) == len(set(names))


def test_every_page_of_an_element_is_valid_tei_by_jing(shared: Path, jing: str, tmp_path: Path) -> None:
    schema = shared / "oracles" / "tei" / "tei_all-4.12.0.rng"
    files = [tmp_path / f"{name}.xml" for name in sorted(ELEMENTS)]
    for path in files:
        path.write_bytes(made(path.stem)[1])
    # A file that cannot be valid, put last: if it is named, every file before it was reached.
    witness = tmp_path / "zzz-witness.xml"
    witness.write_text("<TEI xmlns='http://www.tei-c.org/ns/1.0'/>")
    told = subprocess.run([jing, schema, *files, witness], capture_output=True, text=True, check=False).stdout
    lines = told.splitlines()
    assert any("zzz-witness" in line for line in lines)
    assert [line for line in lines if "zzz-witness" not in line] == []
