"""Pages whose text stands in another page's frame, to learn from beside the pages themselves.

A thousand pages of some eight hundred sites are few: what the trees learn of a menu, a shop's grid or a forum's margin
they learn together with the few texts that stood beside it. Here the element that holds a page's text takes the place
of the one that holds another page's, of another site in the same fold, so that no site is learnt from that is to judge.
The label of each leaf is found anew, against the gold of the page that the text is from.

Which page meets which is drawn with fixed seeds: the same pages give the same transplants.
"""

from __future__ import annotations

import gzip
import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from multiprocessing import Pool, cpu_count
from pathlib import Path

import lxml.html
from lxml import etree

from solander.reading.survey import Survey
from training.pages import LabelledPage, share_by_segments, share_in, survey_of, tokens

FRAMES = 2
"""In how many other frames each text is set."""

WEIGHT = 0.5
"""How much a transplant counts beside a page as it was."""

_MOST_OF_THE_GOLD = 0.93
"""The element that holds a text has this share of the gold's tokens that the page has at all."""

_PURE = 0.55
"""At least this share of the element's own tokens are the gold's: else text and frame are not told apart by it."""

_FEWEST_TOKENS, _FEWEST_SEGMENTS = 30, 2
_NO_TEXT = frozenset(("script", "style", "noscript", "template"))
_LINES = frozenset(("p", "pre", "td", "span"))
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")

Finder = Callable[[etree._Element, LabelledPage], "etree._Element | None"]


def transplants(corpora: Path, pages: Sequence[LabelledPage]) -> list[LabelledPage]:
    """The texts of ``pages`` in frames of others of them: first those whose gold is a text, then those of segments."""
    pages = [_told(page) for page in pages]
    texts = [page for page in pages if page.gold_tokens]
    segments = [
        page for page in pages if "text" not in page.gold and len(page.gold.get("with") or []) >= _FEWEST_SEGMENTS
    ]
    with Pool(min(2, cpu_count())) as pool:
        found = pool.map(partial(_is_parted, corpora), texts, chunksize=8)
        able = [page for page, parted in zip(texts, found, strict=True) if parted]
        made = pool.map(partial(_transplant, corpora), [*_drawn(able, 5), *_drawn(segments, 6)], chunksize=4)
    return [page for page in made if page is not None]


def _told(page: LabelledPage) -> LabelledPage:
    """A page without its survey: most of what another process would be handed, and nothing that joining asks for."""
    return replace(page, survey=Survey(), share=page.share[:0], count=page.count[:0], wholes=[])


def _drawn(pages: Sequence[LabelledPage], seed: int) -> list[tuple[LabelledPage, LabelledPage]]:
    """Each page with two of its fold that are of other sites."""
    drawing = random.Random(seed)
    pairs: list[tuple[LabelledPage, LabelledPage]] = []
    for page in pages:
        others = [other for other in pages if other.fold == page.fold and other.site != page.site]
        pairs += [(page, other) for other in drawing.sample(others, FRAMES)]
    return pairs


def _transplant(corpora: Path, pair: tuple[LabelledPage, LabelledPage]) -> LabelledPage | None:
    text, frame = pair
    is_text = bool(text.gold_tokens)
    content = _joined(corpora, text, frame, _element_of_text if is_text else _element_of_segments)
    if content is None:
        return None
    survey, wholes, _ = survey_of(content)
    gold = text.gold
    if is_text:
        share, count, _ = share_in(survey, gold["text"])
    else:
        # What must not stand in the frame's page stands in its frame for the most part.
        gold = {**gold, "without": [*(gold.get("without") or []), *(frame.gold.get("without") or [])]}
        share, count = share_by_segments(survey, gold)
    name = f"{text.name}+{frame.name}"
    return replace(text, name=name, gold=gold, survey=survey, share=share, count=count, wholes=wholes, weight=WEIGHT)


def _joined(corpora: Path, text: LabelledPage, frame: LabelledPage, find: Finder) -> bytes | None:
    """The frame's page with the text's element in the place of its own; nothing where either has no such element."""
    roots = [_parsed(corpora, page) for page in (text, frame)]
    element, place = (
        None if root is None else find(root, page) for root, page in zip(roots, (text, frame), strict=True)
    )
    if element is None or place is None:
        return None
    parent = place.getparent()
    assert parent is not None, "an element below body has a parent"
    element.tail = place.tail
    parent.replace(place, element)
    titles = [root.find(".//title") for root in roots if root is not None]
    if titles[0] is not None and titles[1] is not None:
        titles[1].text = titles[0].text
    # A byte order mark outranks whatever charset the frame's head states.
    return b"\xef\xbb\xbf<!doctype html>" + etree.tostring(roots[1], encoding="utf-8", method="html")


def _parsed(corpora: Path, page: LabelledPage) -> etree._Element | None:
    content = gzip.decompress((corpora / page.corpus / f"{page.name}.html.gz").read_bytes())
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    try:
        return lxml.html.document_fromstring(_DECLARATION.sub("", text))
    except (etree.LxmlError, ValueError):
        return None


def _is_parted(corpora: Path, page: LabelledPage) -> bool:
    """Whether the page's text and its frame can be told apart by one element."""
    root = _parsed(corpora, page)
    element = None if root is None else _element_of_text(root, page)
    if element is None:
        return False
    words = Counter(_tokens_of(element))
    return (words & Counter(page.gold_tokens)).total() > _PURE * words.total()


def _element_of_text(root: etree._Element, page: LabelledPage) -> etree._Element | None:
    """The smallest element below ``body`` that holds nearly all of the gold that the page has."""
    body, wanted = root.find("body"), Counter(page.gold_tokens)
    if body is None:
        return None
    whole = (Counter(_tokens_of(body)) & wanted).total()
    if whole < _FEWEST_TOKENS:
        return None
    return _smallest(body, lambda part: (Counter(_tokens_of(part)) & wanted).total() >= _MOST_OF_THE_GOLD * whole)


def _element_of_segments(root: etree._Element, page: LabelledPage) -> etree._Element | None:
    """The smallest element below ``body`` that holds every segment that the page has, if it is more than a line."""
    body = root.find("body")
    if body is None:
        return None
    segments = [" ".join(segment.split()) for segment in page.gold.get("with") or [] if segment.strip()]

    def held(part: etree._Element) -> int:
        flat = " ".join(" ".join(map(str, part.itertext())).split())
        return sum(segment in flat for segment in segments)

    whole = held(body)
    if whole < _FEWEST_SEGMENTS:
        return None
    element = _smallest(body, lambda part: held(part) >= whole)
    return None if element is None or element.tag in _LINES else element


def _smallest(body: etree._Element, holds: Callable[[etree._Element], bool]) -> etree._Element | None:
    element = body
    while True:
        within = (part for part in element if isinstance(part.tag, str) and part.tag not in _NO_TEXT)
        deeper = next((part for part in within if holds(part)), None)
        if deeper is None:
            return None if element is body else element
        element = deeper


def _tokens_of(element: etree._Element) -> list[str]:
    """The tokens of what a browser may show of an element."""
    said: list[str] = []
    for node in element.iter():
        if isinstance(node.tag, str) and node.tag not in _NO_TEXT and node.text:
            said.append(node.text)
        if node.tail and node is not element:
            said.append(node.tail)
    return tokens(" ".join(said))
