"""A survey in pieces: what belongs together by its markup, and where each piece stands.

A piece is a whole (a list, table, figure or quotation as it will be encoded, a form, a set of notes), a heading, or a
single leaf. The pieces of a page lie side by side and hold each leaf once, in the order of the source.

Source: HTML Standard, 4.3.6 (headings), 4.4 (grouping content), 4.10.3 (forms); DPUB-ARIA 1.1, 3 (roles of notes).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from solander.reading.naming.zones import HIDDEN, Ancestry, class_words
from solander.reading.survey import Survey

Range = tuple[int, int]
"""Leaves: from the first to before the last."""

NEAR_ELEMENTS = 24
"""How many elements up two pieces may meet and still stand side by side; keeps the work linear."""

PROSE_CHARACTERS = 80
"""A run of text so long is a paragraph, whatever its element."""

ROW_LEAVES, ROW_CHARACTERS = 6, 600
"""How much a row of a table of layout, or what is unfolded, may hold to be one thing; more is a part of the page."""

REPEATS = 3
"""Words that a page says so often are furniture."""

NOTED, OPENING, CAPTION, OUTSIDE = 1, 2, 4, 8
"""What an element is said to be: notes, what opens a text, a caption, no part of a text."""

_NOTE_ROLES = frozenset(("doc-endnotes", "doc-endnote", "doc-footnote", "doc-bibliography", "doc-biblioentry"))
_SAID = {
    NOTED: "footnote footnotes endnote endnotes references reflist bibliography citations einzelnachweise",
    OPENING: "byline bylines author authors meta date dates dateline datetime info published posted pubdate timestamp "
    "time lead lede dek deck standfirst subtitle subhead subheadline subheading kicker summary abstract autor datum",
    CAPTION: "caption captions bildunterschrift legende",
    OUTSIDE: "ad ads adslot adbox adsbygoogle dfp gpt promo promotion newsletter share sharing social comments related "
    "recommended print tags nav breadcrumb breadcrumbs signup subscribe",
}
_BIT_OF_WORD = {word: bit for bit, words in _SAID.items() for word in words.split()}
_SAID_WORDS = frozenset(_BIT_OF_WORD)
_PROSE = frozenset(("p", "pre", "blockquote", "figcaption", "dd", "dt", "listing", "center", "address"))
_ROWS = frozenset(("tr", "details"))
_OPTIONS = frozenset(("option", "optgroup", "select"))
_ITEMS = frozenset(("li", "dt", "dd", "option"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ARTICLES = frozenset(("article", "main"))
_ARTICLE_ROLES = frozenset(("main", "article", "article-body"))
_PARTED_BY = frozenset(("article", "main", "nav", "header", "footer", "aside", "section"))
# What apparatus is called, where nothing but its heading tells it from a list of links.
_NOTE_HEADINGS = frozenset(
    heading
    for language in (
        "notes|footnotes|endnotes|references|sources|source|bibliography|citations|works cited|notes and references",
        "references and notes|external links|quellen|quelle|fußnoten|anmerkungen|einzelnachweise|literatur|weblinks",
        "literaturverzeichnis|bibliographie|références|notes et références|remarques|fuentes|notas|referencias",
        "bibliografía|fonti|bibliografia|riferimenti|note|referências|bronnen|noten|źródła|przypisy|källor",
        "referenser|kilder|примечания|источники|литература|πηγές|σημειώσεις|βιβλιογραφία",
        "参考文献|参考资料|注释|脚注|出典|来源|المراجع|المصادر|الهوامش",
    )
    for heading in language.split("|")
)


class Said(NamedTuple):
    """What the names of an element and of all around it say; most elements say nothing, and share their parent's."""

    article: int = 0
    """The innermost ``article``, ``main`` or article body that it is or stands in; 0 where there is none."""
    heading: int = 0
    """The outermost heading that it is or stands in."""
    outside: int = 0
    """How many elements, from the document on, say that they are no part of a text."""
    bits: int = 0
    """Its kinds, each a bit: ``NOTED``, ``OPENING``, ``CAPTION``, ``OUTSIDE``."""


class Pieces:
    """Columns: a line a piece, and a line an element."""

    __slots__ = (
        "around",
        "containers",
        "elements",
        "first",
        "last",
        "levels",
        "linked",
        "lists",
        "mixed",
        "notes",
        "opening",
        "options",
        "prose",
        "repeated",
        "said",
        "starts",
        "survey",
        "weights",
        "wholes",
        "wider",
    )

    def __init__(self, survey: Survey, around: Ancestry, wholes: Iterable[Range]) -> None:
        self.survey, self.around = survey, around
        # A line an element:
        self.wider = [0]
        """The nearest element around that holds more leaves; of those that hold all, the document."""
        self.said = [Said()]
        self._elements()
        # A line a piece:
        self.first: list[int] = []
        self.last: list[int] = []
        self.wholes: list[bool] = []
        self.lists: list[bool] = []
        """Its first leaf is a list's item; true of the single leaves of a list of layout too."""
        self.notes: list[bool] = []
        """A set of notes or references, by role or class."""
        self.levels: list[int] = []
        """Of a heading, 1 to 6; else 0."""
        self.elements: list[int] = []
        """The innermost element that holds the piece."""
        self.containers: list[int] = []
        """The innermost element that holds more than the piece."""
        self.mixed: list[bool] = []
        """Something within it is of another kind than the whole: share buttons in a figure, a menu in a list."""
        self.prose: list[bool] = []
        """A whole, a paragraph, a caption: what a text is made of, not a label beside it."""
        self.options: list[bool] = []
        """The choices of a form's field."""
        self.opening: list[bool] = []
        """A byline, a dateline, a lead, by class."""
        self.starts: list[int] = [0] * (len(survey.texts) + 1)
        """A line a leaf: the piece that holds it; after the last leaf, how many pieces there are."""
        self._cut(wholes)
        words, links = [0, *accumulate(map(len, survey.texts))], [0, *accumulate(survey.link_characters)]
        self.weights = [words[last] - words[first] for first, last in self.ranges()]
        self.linked = [
            2 * (links[last] - links[first]) > weight
            for (first, last), weight in zip(self.ranges(), self.weights, strict=True)
        ]
        """Whether more than half of its words are links."""
        times = Counter(survey.texts)
        self.repeated = [times[survey.texts[first]] >= REPEATS and last - first == 1 for first, last in self.ranges()]
        """One leaf, of which the words stand in the page several times."""

    def _cut(self, wholes: Iterable[Range]) -> None:
        """Cut the leaves into pieces: wholes, headings of several leaves, and each other leaf by itself."""
        survey, said = self.survey, self.said
        words = [len(text) for text in survey.texts]
        ranges = [*wholes, *_forms(survey, words), *_rows(survey, words, said), *_note_sets(survey, said)]
        whole_at = dict(_outermost((first, min(last, len(words))) for first, last in ranges))
        leaf = 0
        while leaf < len(words):
            element = survey.elements[leaf]
            last = whole_at.get(leaf, 0)
            level, whole = 0, last > leaf
            if not whole:
                last = leaf + 1
                heading = said[element].heading
                level = _HEADINGS[survey.element_tags[heading]] if heading else 0
                while heading and last < len(words) and last not in whole_at:
                    if said[survey.elements[last]].heading != heading:
                        break
                    last += 1
            for _ in range(NEAR_ELEMENTS):
                if not element or survey.last[element] >= last:
                    break
                element = survey.parents[element]
            spread = survey.first[element] < leaf or survey.last[element] > last
            for inner in range(leaf, last):
                self.starts[inner] = len(self.first)
            self.first.append(leaf)
            self.last.append(last)
            self.wholes.append(whole)
            self.lists.append(survey.tags[leaf] in _ITEMS)
            self.options.append(whole and survey.tags[leaf] in _OPTIONS)
            self.notes.append(said[element].bits & NOTED > 0)
            self.levels.append(level)
            self.mixed.append(
                whole and not all(self.of_one_kind(inner, element) for inner in survey.elements[leaf:last])
            )
            self.prose.append(
                whole
                or survey.tags[leaf] in _PROSE
                or said[element].bits & CAPTION > 0
                or words[leaf] >= PROSE_CHARACTERS
                or not survey.classes[element]
            )
            self.elements.append(element)
            self.containers.append(element if spread else self.wider[element])
            self.opening.append(said[element].bits & OPENING > 0)
            leaf = last
        self.starts[len(words)] = len(self.first)

    def _elements(self) -> None:
        """Fill the lines of the elements."""
        survey, around = self.survey, self.around
        wider, said = self.wider, self.said
        told = [
            _told(words, role) if role in _NOTE_ROLES or not _SAID_WORDS.isdisjoint(words) else 0
            for words, (_, _, role) in zip(around.words, around.names, strict=True)
        ]
        tells = [
            bits > 0 or tag in _ARTICLES or tag in _HEADINGS or role in _ARTICLE_ROLES
            for bits, (tag, _, role) in zip(told, around.names, strict=True)
        ]
        # A name that most of the page bears (``has-comments``) says nothing of what it holds.
        wrapper = max(len(survey.texts) // 2, 1)
        firsts, lasts = survey.first, survey.last
        lines = zip(survey.parents, firsts, lasts, around.named, strict=True)
        next(lines)
        for element, (parent, first, last, number) in enumerate(lines, 1):
            wider.append(wider[parent] if firsts[parent] == first and lasts[parent] == last else parent)
            outer = said[parent]
            if not tells[number]:
                said.append(outer)
                continue
            tag, _, role = around.names[number]
            bits = told[number] if last - first <= wrapper else 0
            said.append(
                Said(
                    element if tag in _ARTICLES or role in _ARTICLE_ROLES else outer.article,
                    outer.heading or (element if tag in _HEADINGS else 0),
                    outer.outside + (bits & OUTSIDE > 0),
                    outer.bits | bits,
                )
            )

    def ranges(self) -> Iterable[Range]:
        """The leaves of each piece."""
        return zip(self.first, self.last, strict=True)

    def __len__(self) -> int:
        return len(self.first)

    def end(self, element: int) -> int:
        """The piece after the last one that begins in an element."""
        # A run of text that came to nothing may have been counted at an element's end.
        return self.starts[min(self.survey.last[element], len(self.starts) - 1)]

    def meet(self, before: int, after: int) -> int | None:
        """The innermost element that holds both pieces, unless it is far from the first."""
        element = self.containers[before]
        for _ in range(NEAR_ELEMENTS):
            if self.survey.last[element] >= self.last[after]:
                return element
            element = self.wider[element]
        return None

    def headed(self, piece: int) -> int:
        """The element that a heading stands in; the section, where a ``header`` of its own holds nothing else."""
        survey, element = self.survey, self.elements[piece]
        header = survey.parents[element]
        if survey.element_tags[header] != "header" or survey.element_tags[survey.parents[header]] != "section":
            return element
        if survey.first[header] < self.first[piece] or survey.last[header] > self.last[piece]:
            return element
        return survey.parents[header] if self.levels[piece] > 1 else element

    def of_one_kind(self, element: int, other: int) -> bool:
        """Whether nothing between the two says that the inner one is something else."""
        kinds, bits = self.around.kinds, self.around.bits
        return (
            kinds[element] == kinds[other]
            and self.said[element].outside == self.said[other].outside
            and not (bits[element] ^ bits[other]) & HIDDEN
        )

    def names_notes(self, piece: int) -> bool:
        """Whether a heading says that notes or sources follow."""
        text = self.survey.texts[self.first[piece]]
        return len(text) < 40 and text.strip(" :.[]0123456789\u2026").casefold() in _NOTE_HEADINGS


def _told(words: Iterable[str], role: str) -> int:
    """What class words and role say of an element, in bits."""
    bits = NOTED if role in _NOTE_ROLES else 0
    for word in words:
        if word in _BIT_OF_WORD:
            bits |= _BIT_OF_WORD[word]
    # "author-share" is no byline.
    return bits & ~OPENING if bits & OUTSIDE else bits


_BYLINES = frozenset(["byline", "bylines", "author", "authors", "autor", "autoren", "auteur", "auteurs", "autore"])


@lru_cache(maxsize=16384)
def says_byline(classes: str) -> bool:
    """Whether class words call an element a byline, and nothing that stands beside one."""
    words = class_words(classes)
    return not _BYLINES.isdisjoint(words) and not any(_BIT_OF_WORD.get(word, 0) & OUTSIDE for word in words)


def _forms(survey: Survey, words: Sequence[int]) -> list[Range]:
    """Forms that hold fields: not a page, nor the greater part of one."""
    if "form" not in survey.element_tags:
        return []
    until, holding = [0, *accumulate(words)], [0] * len(survey.parents)
    for element, tag in enumerate(survey.element_tags):
        if tag in _PARTED_BY:
            while not holding[element]:
                holding[element], element = 1, survey.parents[element]
    return [
        (first, last)
        for tag, first, last, held in zip(survey.element_tags, survey.first, survey.last, holding, strict=True)
        if tag == "form" and not held and 2 * (until[min(last, len(words))] - until[first]) <= until[-1]
    ]


def _rows(survey: Survey, words: Sequence[int], said: Sequence[Said]) -> list[Range]:
    """What is short and read as one: a row of a table of layout, a label beside what it labels; what is unfolded."""
    found: list[Range] = []
    if "tr" not in survey.element_tags and "details" not in survey.element_tags:
        return found
    until = [0, *accumulate(words)]
    for tag, first, last in zip(survey.element_tags, survey.first, survey.last, strict=True):
        if tag not in _ROWS or not 1 < last - first <= ROW_LEAVES or last > len(words):
            continue
        characters = until[last] - until[first]
        if characters > ROW_CHARACTERS or 2 * characters > until[-1]:
            continue
        if not any(said[survey.elements[leaf]].heading for leaf in range(first, last)):
            found.append((first, last))
    return found


def _note_sets(survey: Survey, said: Sequence[Said]) -> list[Range]:
    return [
        (survey.first[element], survey.last[element])
        for element, (own, parent) in enumerate(zip(said, survey.parents, strict=True))
        if own is not said[parent] and own.bits & NOTED and not said[parent].bits & NOTED
    ]


def _outermost(ranges: Iterable[Range]) -> list[Range]:
    """Ranges that lie in no other, or begin in none; one that overlaps another's end is none of ours."""
    kept: list[Range] = []
    for first, last in sorted(set(ranges), key=lambda one: (one[0], -one[1])):
        if first < last and (not kept or first >= kept[-1][1]):
            kept.append((first, last))
    return kept
