"""The lines of a page: its leaf blocks in order, each with its zone, and where an element stands among them.

Text is taken from a leaf only when it is asked for; most lines never are.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import filterfalse, islice

from solander.model.membership import is_membership_label
from solander.model.page import Block, Inline, InlineContent, Page, leaves, one_line, plain

LINES = 4_000
"""No more lines of a page are looked at."""


HEADING_CHARACTERS = 60

WITHIN = 200
"""So many lines within an element are looked at for its first: by spelling, the tenth comes before the second."""

AROUND = 4
"""So many elements around one that is in no line are asked for a line."""

OF_OTHERS = frozenset(("comments", "related", "dialog"))
"""Zones whose words are not the page's own: of readers, of other pages, of who asks for consent."""

NOT_OF_THE_PAGE = OF_OTHERS | {"navigation", "form"}
"""Zones in which nothing is said of the page: those, and where one is led on or writes oneself."""

PARTS_OF_A_LINE = re.compile(r"\s*[|•·⋅●►»]\s*|\s+[-–—/]+\s+")
"""What parts the statements of a line above a text, as a name from a day."""

_OPENS = re.compile(
    r"(?P<comments>(?:\d+\s?|(?:leave|post|add)\sa\s|reader\s|your\s|all\s|user\s)?(?:comments?|replies|responses?|kommentare?|"
    r"lesermeinungen|commentaires?|comentarios?|comentários?|commenti|komentarze|reacties|kommentarer|kommentit|"
    r"комментарии|σχόλια|评论|評論|留言|网友评论|コメント|댓글)(?:\s?[(（]?\d+[)）]?)?|"
    # Reviews by customers; "Reviews" alone may be what a paper calls its section.
    r"(?:customer|product|user|guest|verified|buyer|shopper)s?['’]?\s(?:reviews?|ratings?)"
    r"(?:\s(?:and|&)\s(?:ratings?|reviews?))?(?:\s?[(（]?\d+[)）]?)?|"
    r"(?:\d+\s)?reviews?\s?[(（]\d+[)）]?|\d+\sreviews?|based on \d+ reviews?|write a review|"
    r"kunden(?:bewertungen|rezensionen|meinungen)|avis (?:de nos )?clients?|"
    r"(?:opiniones|reseñas|valoraciones) de (?:los )?clientes|"
    r"recensioni (?:dei )?clienti|avaliações (?:de|dos) clientes|klantbeoordelingen|kundrecensioner|kundeanmeldelser|"
    r"opinie (?:klientów|o produkcie)|отзывы(?: покупателей)?|用户评价|商品评价|買家評價|"
    r"カスタマーレビュー|상품평|고객\s?리뷰)|"
    r"(?:(?:related|more|other|latest|recent|similar|further|popular|top|trending)\s(?:articles?|stories|posts?|news|content|"
    r"topics?|links?|reading|headlines|from\s.{1,30})|related|read (?:more|next|also)|you (?:may|"
    r"might) (?:also )?(?:like|enjoy)|"
    r"(?:ähnliche|weitere|neueste|aktuelle|verwandte|andere|letzte|mehr)\s(?:artikel|beiträge|themen|meldungen|nachrichten|"
    r"news|posts?)|das könnte (?:sie|dich).{0,30}|mehr zum thema|articles? (?:liés|similaires|récents)|à lire aussi|"
    r"artículos relacionados|noticias relacionadas|últimas noticias|articoli correlati|leggi anche|"
    r"podobne artykuły|czytaj także|читайте также|похожие статьи|"
    r"相关(?:阅读|新闻|文章|链接)|相關(?:閱讀|新聞|文章)|推荐阅读|延伸阅读|関連記事)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_KNOWN = frozenset(("footer", "comments", "related", "dialog", "navigation"))


ABOVE_TEXT = 4
"""So many lines above the text its heading may stand, where the text itself has none."""


class Lines:
    """A page's leaf blocks, by number."""

    __slots__ = (
        "_about",
        "_by_source",
        "_sorted",
        "_texts",
        "blocks",
        "headings",
        "main",
        "of_others",
        "openings",
        "zones",
    )

    def __init__(self, page: Page) -> None:
        self.blocks: list[Block] = []
        self.zones: list[str] = []
        for division in page.divisions:
            self.blocks.extend(islice(leaves(division.blocks), LINES - len(self.blocks)))
            self.zones.extend([division.zone] * (len(self.blocks) - len(self.zones)))
        self._texts: list[str | None] = [None] * len(self.blocks)
        self.openings = [_opening(block) for block in self.blocks]
        """The first letters of each line, as far as they bear one mark-up: nearly all are asked for."""
        self._by_source: dict[str, int] = {}
        self._about: dict[str, int | None] = {}
        self._sorted: list[str] = []
        self.headings = [number for number, block in enumerate(self.blocks) if block.kind == "heading"]
        """Numbers of the headings."""
        self.of_others: frozenset[int] = frozenset()
        """Numbers of the lines beneath a heading that says "Comments" or "Related"."""
        self._rezone()
        self.main = [number for number, zone in enumerate(self.zones) if zone == "main"]
        """Numbers of the lines of the text proper."""

    def __len__(self) -> int:
        return len(self.blocks)

    def _rezone(self) -> None:
        """What stands beneath a heading that says "Comments" or "Related" is that, whatever its mark-up says."""
        zone, level = "", "0"
        beneath: list[int] = []
        ends = [*self.headings[1:], len(self.blocks)]
        for number, end in zip(self.headings, ends, strict=False):
            own = (self.blocks[number].attributes or {}).get("level", "6")
            text = self.text(number) if number else ""
            if len(text) <= HEADING_CHARACTERS and (opens := _OPENS.fullmatch(text.strip(" :…»>()"))):
                zone, level = ("comments" if opens["comments"] else "related"), own
            elif own <= level:
                zone = ""
            if zone:
                beneath.extend(range(number, end))
                for at in range(number, end):
                    if self.zones[at] not in _KNOWN:
                        self.zones[at] = zone
        self.of_others = frozenset(beneath)

    def text(self, number: int) -> str:
        """The words of a line, white space collapsed."""
        text = self._texts[number]
        if text is None:
            content = self.blocks[number].content
            if len(content) == 1 and isinstance(content[0], str):
                text = one_line(content[0])
            elif self.blocks[number].kind == "heading":
                # The link by which a heading gives its own address is none of its words.
                said: InlineContent = tuple(filterfalse(_is_permalink, content))  # type: ignore[arg-type]
                text = plain(self.blocks[number]._replace(content=said))
            else:
                text = plain(self.blocks[number])
            self._texts[number] = text
        return text

    def heading_above(self) -> int | None:
        """The heading right above a text that has none: a template may set the title in a banner of its own."""
        if not self.main or self.main[0] == 0:
            return None
        above = range(max(0, self.main[0] - ABOVE_TEXT), self.main[0])
        found = [at for at in self.headings if at in above and self.zones[at] in ("banner", "other")]
        return found[-1] if found and " " in self.text(found[-1]) else None

    def is_said_again(self, number: int) -> bool:
        """Whether a line is a heading that another repeats: in records of what was said they name who speaks."""
        if self.blocks[number].kind != "heading":
            return False
        opening, text = self.opening(number), self.text(number)
        return any(
            other != number and self.opening(other) == opening and self.text(other) == text for other in self.headings
        )

    def is_members(self, number: int) -> bool:
        """Whether a line stands beneath a label of membership of its own: the day in it is a member's."""
        return number > 0 and is_membership_label(self.text(number - 1))

    def opening(self, number: int) -> str:
        """The first letters of a line, as far as they bear one mark-up."""
        return self.openings[number]

    def number_of(self, source: str) -> int | None:
        """The line in which an element stands, or the first that stands in it; ``None`` if there is none.

        Args:
            source: a pointer as signals bear it, ``xpath(/html/body/p[2])``.
        """
        self._index()
        path = source.rstrip(")")
        if not path.startswith("xpath("):
            return self._by_source.get(path)
        if path in self._by_source:
            return self._by_source[path]
        # An element around lines is asked for before what is around the element: a whole page may be a line, if words
        # stand loose in it.
        if (within := self._first_within(path)) is not None:
            return within
        # An element within a line: the line's own pointer is the beginning of its.
        upward = path
        for _ in range(5):
            upward = upward.rpartition("/")[0]
            if upward in self._by_source:
                return self._by_source[upward]
        return None

    def about(self, source: str) -> int | None:
        """As ``number_of``; for an element that is in no line, the first line of the nearest element around it."""
        if source in self._about:
            return self._about[source]
        number = self.number_of(source)
        upward = source.rstrip(")")
        for _ in range(AROUND):
            if number is not None:
                break
            upward = upward.rpartition("/")[0]
            number = self._first_within(upward)
        self._about[source] = number
        return number

    def are_several(self, opening: str) -> bool:
        """Whether lines stand in several of the elements whose pointers open so: ``xpath(/html/body/article[``."""
        order = self._in_order()
        first, last = bisect_left(order, opening), bisect_left(order, opening[:-1] + chr(ord("[") + 1))
        ends = {order[at][len(opening) :].partition("]")[0] for at in (first, last - 1)} if first < last else ()
        return len(ends) > 1

    def writes_small(self, names: Iterable[str]) -> bool:
        """Whether the page writes a name's word small somewhere: it is a word of the language then, and no surname."""
        # A particle is always small, and a script without capitals tells nothing.
        words = {small for name in names for word in _WORD.findall(name) if (small := word.casefold()) != word}
        for at in range(len(self)):
            text = self.text(at)
            # Looking for the letters costs a tenth of what taking words apart does, and most lines have none of them.
            if any(word in text for word in words) and any(word in words for word in _WORD.findall(text)):
                return True
        return False

    def _index(self) -> None:
        if not self._by_source:
            # From the last on, for of several lines with one pointer the first is meant.
            last = len(self.blocks) - 1
            self._by_source = {block.source.rstrip(")"): last - at for at, block in enumerate(reversed(self.blocks))}

    def _in_order(self) -> list[str]:
        """The pointers by spelling; sorted once one is sought that is no line's own."""
        self._index()
        if not self._sorted:
            self._sorted = sorted(self._by_source)
        return self._sorted

    def _first_within(self, path: str) -> int | None:
        """The first line within an element, among the first of them by spelling."""
        order = self._in_order()
        first, last = bisect_left(order, f"{path}/"), bisect_left(order, f"{path}0")
        return min([self._by_source[one] for one in order[first : min(last, first + WITHIN)]], default=None)


def opening_line(block: Block) -> str:
    """The words of a block before its first break; empty where no break parts it."""
    for at, part in enumerate(block.content):
        if isinstance(part, Inline) and part.kind == "break":
            before = Block(block.kind, block.source, tuple(block.content[:at]))  # type: ignore[arg-type]
            return " ".join(plain(before).split())
    return ""


def broken_lines(block: Block) -> list[str]:
    """The lines that breaks make of a block; none where there is no break."""
    runs: list[list[Inline | str | Block]] = [[]]
    for part in block.content:
        if isinstance(part, Inline) and part.kind == "break":
            runs.append([])
        else:
            runs[-1].append(part)
    if len(runs) < 2:
        return []
    texts = (" ".join(plain(Block(block.kind, block.source, tuple(run))).split()) for run in runs)  # type: ignore[arg-type]
    return [text for text in texts if text]


def _opening(block: Block) -> str:
    part = block.content[0] if block.content else ""
    for _ in range(3):
        if isinstance(part, str):
            return part.lstrip()[:20]
        part = part.content[0] if part.content else ""
    return ""


def _is_permalink(part: Inline | str) -> bool:
    return not isinstance(part, str) and (part.attributes or {}).get("role") == "permalink"
