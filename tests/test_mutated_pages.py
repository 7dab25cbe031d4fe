"""Real pages, harmed at random: whatever is cut, swapped, nested or doubled, the TEI is valid and no word is lost."""

from __future__ import annotations

import gzip
import random
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree
from tests.reading.sound import compared

from solander.describing import describe
from solander.encoding import encode_tei
from solander.errors import PageTooCostly
from solander.model.capture import Capture
from solander.profiles import SCHEMAS
from solander.reading import read_page

AT = datetime(2026, 1, 1, tzinfo=UTC)
MUTATIONS = 40
ALL_MUTATIONS = 2_000
LONGEST_CHARACTERS = 120_000

pytestmark = pytest.mark.corpora

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_NAMES = (
    *("p", "div", "table", "tr", "td", "li", "ul", "ol", "dl", "dt", "dd", "b", "i", "a", "h2", "select", "option"),
    *("svg", "math", "details", "summary", "blockquote", "figure", "figcaption", "pre", "code", "ruby", "rt", "form"),
    *("button", "image", "noscript", "template", "caption", "address", "sup", "del", "frameset", "textarea", "label"),
)


def mutated(markup: str, chance: random.Random) -> str:
    """A page with one to six harms done to it."""
    for _ in range(chance.randint(1, 6)):
        tags = list(_TAG.finditer(markup))
        if len(tags) < 4:
            return markup
        one, other = sorted(chance.sample(tags, 2), key=lambda tag: tag.start())
        name = chance.choice(_NAMES)
        match chance.randrange(8):
            case 0:  # cut short
                at = chance.randrange(len(markup) // 2, len(markup))
                markup = markup[:at]
            case 1:  # two tags change places
                markup = (
                    markup[: one.start()]
                    + other[0]
                    + markup[one.end() : other.start()]
                    + one[0]
                    + markup[other.end() :]
                )
            case 2:  # a stretch within an element that it does not belong in
                part = markup[one.start() : other.end()]
                markup = f"{markup[: one.start()]}<{name}>{part}</{name}>{markup[other.end() :]}"
            case 3:  # a stretch twice
                part = markup[one.start() : min(other.end(), one.start() + 4_000)]
                markup = markup[: one.start()] + part + markup[one.start() :]
            case 4:  # a tag gone
                markup = markup[: one.start()] + markup[one.end() :]
            case 5:  # a tag of another name
                markup = (
                    markup[: one.start()] + re.sub(r"^(</?)[a-zA-Z0-9]+", rf"\1{name}", one[0]) + markup[one.end() :]
                )
            case 6:  # an end that nothing began
                markup = f"{markup[: one.start()]}</{name}>{markup[one.start() :]}"
            case _:  # a stretch elsewhere
                part = markup[one.start() : min(other.end(), one.start() + 4_000)]
                markup = markup[: other.end()] + part + markup[other.end() :]
    return markup


def faults_of(markup: str, schema: etree.RelaxNG) -> list[str]:
    """What is wrong with the TEI of a page; nothing, where its words could not be compared, which is said."""
    capture = Capture.of_bytes(
        markup.encode("utf-8", "replace"), uri="https://example.org/a/b", declared_charset="utf-8"
    )
    try:
        page = read_page(capture)
    except PageTooCostly:
        return []
    tei = encode_tei(page, describe(page, capture), capture, at=AT).content
    root = etree.fromstring(tei)
    faults = [] if schema.validate(root) else [str(schema.error_log.last_error)]
    # A page that shows nothing of what its bytes hold is told of (PAG017); reader and checker agree on it.
    found = compared(capture, tei).findings
    faults += [f"{one.code} {one.message}" for one in found if one.severity == "error" and one.code != "PAG017"]
    return faults


def test_a_harmed_page_is_valid_and_loses_no_word(shared: Path, request: pytest.FixtureRequest) -> None:
    schema = etree.RelaxNG(etree.fromstring(SCHEMAS.read("solander-tei.rng")))
    paths = sorted((shared / "corpora" / "extraction").glob("*/*.html.gz"))
    faults = {}
    for seed in range(ALL_MUTATIONS if request.config.getoption("--all-pages") else MUTATIONS):
        chance = random.Random(seed)
        markup = gzip.decompress(chance.choice(paths).read_bytes()).decode("utf-8", "replace")
        found = faults_of(mutated(markup[:LONGEST_CHARACTERS], chance), schema)
        if found:
            faults[seed] = found
    assert faults == {}
