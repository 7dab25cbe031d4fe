"""The words of a page of XHTML: the checker's tree, built from the events of expat, which is not the reader's parser.

The promise: nothing is loaded. Of the prolog nothing is read, so that no entity can be declared; XML's five are
resolved, the names that HTML gives to characters are looked up here, and every other reference stands as it is written.

Source: XML 1.0, 2 and 4.1; Namespaces in XML 1.0; HTML Standard, 14.2 (parsing XML documents).
"""

from __future__ import annotations

import re
from html.entities import html5
from typing import TYPE_CHECKING

from solander.checking.pages.tree import COMMENT, FOREIGN, LINK, OUT, TEXT, THING, TreeOriginal, edge_of, kind_of
from solander.checking.pages.words import APART, WHITE_SPACE, joined

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

_HTML = "http://www.w3.org/1999/xhtml"
_VOCABULARIES = {"http://www.w3.org/2000/svg": "svg", "http://www.w3.org/1998/Math/MathML": "math"}
_SEPARATOR = "\n"
"""Between namespace and name, as expat hands them over; a namespace that holds one is no namespace of ours."""

# A doctype that points elsewhere makes of an unknown name a reference to skip, and not a fault of the page; nothing is
# looked up there.
_DOCTYPE = '<!DOCTYPE html SYSTEM "about:nothing">'
_DOCTYPE_PART = re.compile(r"[\"'\[\]>]|<!--|<\?")
_ENDS = {'"': '"', "'": "'", "<!--": "-->", "<?": "?>"}
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")


class NotXhtml(ValueError):
    """The page is not well-formed, or its root is no ``html`` of XHTML's namespace."""


class XhtmlOriginal(TreeOriginal):
    """A page of XHTML.

    Raises:
        NotXhtml: it is to be read as HTML.
    """

    def __init__(self, markup: str) -> None:
        # expat is loaded only where a page calls itself XHTML.
        from xml.parsers import expat

        super().__init__(markup)
        self._numbers: dict[str, int] = {}
        self._opened: list[tuple[int, str, str]] = []
        """Of each open element its number, the mark at its edges, and the vocabulary around it."""
        self._vocabulary = ""
        self._unseen = 0
        """How many elements are open within one that is left out, that one included."""
        self._counted = False
        """Whether that one was counted."""
        self._mark = APART
        self._marks: list[str] = []
        parser: XMLParserType = expat.ParserCreate(None, _SEPARATOR)
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = self._comment
        parser.ProcessingInstructionHandler = self._instruction
        parser.SkippedEntityHandler = self._reference
        try:
            parser.Parse(_DOCTYPE + markup[_root_at(markup) :], True)
        except expat.ExpatError as error:
            raise NotXhtml(str(error)) from error
        self.marked, self.replaced = joined(self.texts, self._marks)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(_SEPARATOR)
        if not self.tags and (namespace, local) != (_HTML, "html"):
            raise NotXhtml(f"its root is {local}")
        vocabulary = self._vocabulary
        if self.base is None and (namespace, local) == (_HTML, "base") and not vocabulary:
            self.base = attributes.get("href")
        if self._unseen:
            self._within_unseen()
            self._unseen += 1
            return
        if namespace == _HTML or (namespace in _VOCABULARIES and (vocabulary or local == _VOCABULARIES[namespace])):
            known = local
        else:
            known = f"{{{namespace}}}{local}"
        kind = kind_of(known)
        edge = edge_of(known, kind, foreign=bool(vocabulary))
        number = self._node(self._numbers.setdefault(known, len(self._numbers)))
        self.names[self.tags[number]] = known
        self._edge(edge)
        if kind == THING and not vocabulary:
            self._add_thing(number, known, attributes)
        elif kind == LINK and not vocabulary and "href" in attributes:
            self.links.append((number, attributes["href"]))
        self._opened.append((number, edge, vocabulary))
        if known in FOREIGN:
            self._vocabulary = known
        if kind == OUT:
            self._unseen, self._counted = 1, False

    def _end(self, name: str) -> None:
        if self._unseen > 1:
            self._unseen -= 1
            return
        number, edge, self._vocabulary = self._opened.pop()
        self.after[number] = len(self.tags)
        if self._unseen:
            self._unseen = 0
        else:
            self._edge(edge)

    def _text(self, data: str) -> None:
        if self._unseen:
            self._within_unseen()
            return
        self._node(TEXT)
        if data.strip(WHITE_SPACE):
            self.texts.append(data)
            self._marks.append(self._mark)
            self._mark = ""
        else:
            self._mark = APART

    def _reference(self, name: str, is_parameter: bool) -> None:
        if not _NAME.match(name):
            raise NotXhtml(f"no name in HTML is written like {name}")
        self._text(html5.get(f"{name};", f"&{name};"))

    def _comment(self, data: str) -> None:
        if self._unseen:
            self._within_unseen()
        elif self._opened:
            self._node(COMMENT)

    def _instruction(self, target: str, data: str) -> None:
        self._comment(data)

    def _within_unseen(self) -> None:
        """Count an element that is left out once something is seen to stand in it."""
        name = self.names[self.tags[self._opened[-1][0]]]
        if not self._counted:
            self.left_out[name] = self.left_out.get(name, 0) + 1
            self._counted = True

    def _node(self, tag: int) -> int:
        number = len(self.tags)
        self.tags.append(tag)
        self.parents.append(self._opened[-1][0] if self._opened else 0)
        self.parts.append(len(self.texts))
        self.after.append(number + 1)
        return number

    def _edge(self, edge: str) -> None:
        self._mark = edge if edge == APART else self._mark or edge


def _root_at(markup: str) -> int:
    """Where the root element begins: after declaration, doctype, comments and instructions, whatever they say."""
    at = 0
    while at < len(markup):
        if markup[at] in " \t\r\n":
            at += 1
        elif markup.startswith("<?", at):
            at = _after(markup, "?>", at + 2)
        elif markup.startswith("<!--", at):
            at = _after(markup, "-->", at + 4)
        elif markup[at : at + 9].upper() == "<!DOCTYPE":
            at = _after_doctype(markup, at + 9)
        else:
            break
    return at


def _after(markup: str, end: str, at: int) -> int:
    found = markup.find(end, at)
    return len(markup) if found < 0 else found + len(end)


def _after_doctype(markup: str, at: int) -> int:
    inside = False
    while (part := _DOCTYPE_PART.search(markup, at)) is not None:
        at = part.end()
        written = part[0]
        if written in "[]":
            inside = written == "["
        elif written == ">":
            if not inside:
                return at
        elif inside or written in "\"'":
            at = _after(markup, _ENDS[written], at)
    return len(markup)
