"""How much text a parser may have to move when a page's texts grow piece by piece, before a tree is built.

Tags that change nothing in the tree leave one text on both sides of them, and what stands in a table outside its cells
is one text before the table. What grows so may cost the square of its length, whoever puts it together. Where it is not
sure that a tag changes the tree, it is taken to change nothing.

Source: HTML Standard, 13.2.6 (tree construction; "insert a character", foster parenting).
"""

from __future__ import annotations

from solander.checking.pages.markup_tags import CLOSE_SELECT, Tags

MAXIMUM_COPIED = 2_000_000_000
"""How many characters may be moved in all: far more than honest pages come to, and a matter of seconds."""

_CELLS = frozenset(("caption", "td", "th"))
_TABLE_PARTS = frozenset(("caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"))
"""Elements that are made within a table alone."""

_MAY_BE_IGNORED = frozenset(("", "body", "form", "frame", "head", "html"))
_IN_SELECT = frozenset(("hr", "optgroup", "option", "script"))
"""All that is made within a ``select``."""

_TOLD = frozenset(("table", "template", "frameset", *_IN_SELECT, *CLOSE_SELECT, *_TABLE_PARTS, *_MAY_BE_IGNORED))
"""All of which more is to be known than that it makes an element; and comments, of which that is not sure."""


def copied(page: Tags) -> int:
    """How many characters are copied at the worst; the sum ends where it exceeds ``MAXIMUM_COPIED``."""
    return _Texts().copied(page)


class _Texts:
    """How long the texts grow that are added to."""

    def __init__(self) -> None:
        self.fostered = 0
        """The length of the text that grows before the table."""
        self.in_table = self.in_cell = self.in_select = False
        self.around: list[tuple[int, bool, bool]] = []
        """The same of what is around each open template: a table in a template ends with it, at the latest."""
        self.lost = False
        """Whether tags may stand where the parser sees none: then none is believed to change the tree."""

    def copied(self, page: Tags) -> int:
        """See ``copied``."""
        total = run = 0
        known: dict[str, str] = {}
        # Whole documents go through this, tag by tag: what comes most often takes no call.
        for text, is_end, raw, written, _, _ in page.tags if page.sure == len(page.tags) else page.tags[: page.sure]:
            if text:
                run += len(text)
                if self.in_table and not self.in_cell and not text.isspace():
                    self.fostered += len(text)
            total += run
            if self.in_table:
                total += self.fostered
            if total > MAXIMUM_COPIED:
                return total
            written = written or raw
            name = known.get(written) or known.setdefault(written, written.lower())
            if name not in _TOLD:
                if not (is_end or self.lost or self.in_select):
                    run = 0
            elif is_end:
                self._end(name)
            elif self._makes(name):
                run = 0
        return total + (run + len(page.rest)) * page.rest.count("<")

    def _makes(self, name: str) -> bool:
        """Whether it is sure that an element is made where one of these begins."""
        if self.lost or name in _MAY_BE_IGNORED:
            return False
        if self.in_select:
            self.in_select = name not in CLOSE_SELECT
            self.lost = name == "template"
            return name in _IN_SELECT
        if name in _TABLE_PARTS:
            self.in_cell = self.in_table and name in _CELLS
            return self.in_table
        if name == "table":
            if not self.in_table:
                self.fostered = 0
            self.in_table, self.in_cell = True, False
        elif name == "template":
            self.around.append((self.fostered, self.in_table, self.in_cell))
            self.in_table = self.in_cell = False
        elif name == "select":
            self.in_select = True
        elif name == "frameset":
            # In one that takes the place of the body nothing is made but frames.
            self.lost = True
        return not self.lost

    def _end(self, name: str) -> None:
        if name == "table":
            self.in_table = self.in_cell = False
        elif name == "template" and self.around:
            self.fostered, self.in_table, self.in_cell = self.around.pop()
        elif name in _TABLE_PARTS:
            self.in_cell = False
        elif name == "select":
            self.in_select = False
