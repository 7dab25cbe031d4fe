"""What it costs the checker's parser to put texts together that tags without an effect divide, before a tree is built.

Tags that change nothing in the tree leave one text on both sides of them, and what stands in a table outside its cells
is one text before the table. The parser copies such a text each time that something is added to it: that grows with the
square of its length. Where it is not sure that a tag changes the tree, it is taken to change nothing.

Source: HTML Standard, 13.2.6 (tree construction; "insert a character", foster parenting).
"""

from __future__ import annotations

from solander.checking.markup_tags import Tags

MAXIMUM_COPIED = 2_000_000_000
"""How many characters may be copied; so many take two seconds (measured)."""

_CELLS = frozenset(("caption", "td", "th"))
_TABLE_PARTS = frozenset(("caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"))
"""Elements that are made within a table alone."""

_MAY_BE_IGNORED = frozenset(("body", "form", "frame", "head", "html"))
_IN_SELECT = frozenset(("hr", "optgroup", "option", "script"))
"""All that is made within a ``select``."""

_CLOSE_SELECT = frozenset(("input", "keygen", "select", "textarea"))

_PLAIN = frozenset(("", "table", "select", "template", "frameset", *_TABLE_PARTS, *_MAY_BE_IGNORED))
"""All of which more is to be known than that it makes an element; and comments, of which that is not sure."""


def copied(page: Tags) -> int:
    """How many characters are copied at the worst; the sum ends where it exceeds ``MAXIMUM_COPIED``."""
    return _Texts().copied(page)


class _Texts:
    """How long the texts grow that are added to."""

    def __init__(self) -> None:
        self.run = 0
        """The length of the text that grows where the parser is."""
        self.fostered = 0
        """… and of that before the table."""
        self.in_table = self.in_cell = self.in_select = False
        self.around: list[tuple[int, bool, bool]] = []
        """The same of what is around each open template: a table in a template ends with it, at the latest."""
        self.lost = False
        """Whether tags may stand where the parser sees none: then none is believed to change the tree."""

    def copied(self, page: Tags) -> int:
        """See ``copied``."""
        total = 0
        known: dict[str, str] = {}
        for text, is_end, raw, written, _, _ in page.tags[: page.sure]:
            if text:
                self.run += len(text)
                if self.in_table and not self.in_cell and not text.isspace():
                    self.fostered += len(text)
            total += self.run + (self.fostered if self.in_table else 0)
            if total > MAXIMUM_COPIED:
                return total
            written = written or raw
            name = known.get(written) or known.setdefault(written, written.lower())
            if is_end:
                self._end(name)
            elif name not in _PLAIN and not (self.lost or self.in_select):
                self.run = 0
            else:
                self._start(name)
        return total + (self.run + len(page.rest)) * page.rest.count("<")

    def _start(self, name: str) -> None:
        if self.lost or not name:
            return
        if self.in_select:
            self.in_select = name not in _CLOSE_SELECT
            self.lost = name == "template"
            if name in _IN_SELECT:
                self.run = 0
            return
        if name in _TABLE_PARTS:
            if not self.in_table:
                return
            self.in_cell = name in _CELLS
        elif name in _MAY_BE_IGNORED:
            return
        elif name == "table":
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
            return
        self.run = 0

    def _end(self, name: str) -> None:
        if name == "table":
            self.in_table = self.in_cell = False
        elif name == "template" and self.around:
            self.fostered, self.in_table, self.in_cell = self.around.pop()
        elif name in _TABLE_PARTS:
            self.in_cell = False
        elif name == "select":
            self.in_select = False
