"""What a page says of itself: gathered as it is written, weighed elsewhere.

Bounded: a value is cut at ``VALUE_CHARACTERS``, and a page gives at most ``SIGNALS`` of a kind.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from turbohtml import Element, Text

from solander.model.page import Signal
from solander.reading.elements import BLOCKS, LEFT_OUT, SPACED
from solander.reading.walk.bold_names import bold_name
from solander.reading.walk.class_hints import hint_in
from solander.reading.walk.permalinks import is_sign
from solander.reading.walk.script_days import days_in_script
from solander.reading.walk.set_beside import is_control, is_spoken

VALUE_CHARACTERS = 4_000
JSON_LD_CHARACTERS = 400_000
SIGNALS = 400
SHORT_CHARACTERS = 400
LABEL_CHARACTERS = 60

_TYPES = re.compile(r'"@type"\s*:\s*(?:\[\s*)?"([A-Za-z]{1,60})"')
_NAME_CLASSES = frozenset(
    ("fn", "name", "username", "author-name", "author_name", "byline-name", "author__name", "byline__name")
)
_HOLDERS = frozenset(("author", "creator", "editor", "contributor", "translator", "publisher", "copyrightholder"))
# A vocabulary's prefix, or its whole address: "dc:creator", "http://schema.org/author".
_TERM = re.compile(r"\A.*[:/#]")
_RDFA_TERMS = frozenset(
    [
        "headline",
        "author",
        "creator",
        "contributor",
        "editor",
        "datepublished",
        "datecreated",
        "datemodified",
        "date",
        "created",
        "issued",
        "modified",
        "publisher",
        "license",
        "inlanguage",
        "keywords",
        "subject",
    ]
)
_NO_TITLE = LEFT_OUT | {"rt", "rp", "rtc", "button", "select", "textarea"}
_NO_NAME = LEFT_OUT | {"rt", "rp", "rtc"}
"""What is left out of a name: readings; and of what is raised the signs of notes ("Ann Lee¹,²"), but no letters."""
_NOTE = re.compile(r"(?:[\s\W\d]|\b[a-z]\b){1,12}")
_PERSON_NAMES = ("personname", "person-name", "person_name")
INNER_ELEMENTS = 60
"""So many elements of a byline are looked through for the one that holds the name."""
BLOCK_CHARACTERS = 160
"""A block with more text than this is no byline, whatever its class says."""

_LABEL = re.compile(r"[^0-9]*\Z")
_CREDIT = re.compile(r"(?:\A|[\s_-])(?:caption|credits?|attribution|photo(?:grapher)?)(?:\Z|[\s_-])", re.IGNORECASE)
_CHANGED = re.compile(r"\b(?:updated|modified)\b", re.IGNORECASE)
_PARTING = frozenset(("br", *SPACED))


class SignalGatherer:
    """Takes elements as the walk meets them."""

    __slots__ = ("asks_scripts", "counts", "hints", "json_ld_types", "og_type", "signals", "title")

    def __init__(self, *, asks_scripts: bool = True) -> None:
        self.signals: list[Signal] = []
        self.counts: dict[str, int] = {}
        self.asks_scripts = asks_scripts
        """Whether scripts are looked through: not once the page itself has said when it was published."""
        self.title = ""
        self.og_type = ""
        self.json_ld_types: set[str] = set()
        self.hints: dict[str, str | None] = {}
        """What each class string of the page hints at, once it was looked at; ``None`` for nothing."""

    def add(self, origin: str, name: str, value: str, source: str) -> None:
        """Keep one, white space collapsed, unless the page says far too much of that kind."""
        limit = JSON_LD_CHARACTERS if origin == "json-ld" else VALUE_CHARACTERS
        count = self.counts[origin] = self.counts.get(origin, 0) + 1
        value = value if origin == "json-ld" else " ".join(value[: 2 * limit].split())
        if value and count <= SIGNALS:
            self.signals.append(Signal(origin, name, value[:limit], source))

    def head(self, head: Element, path: str) -> str | None:
        """Read the ``head``; give what its first ``base`` says, if any does."""
        base: str | None = None
        counts: dict[str, int] = {}
        for node in head.children:
            if type(node) is not Element:
                continue
            tag = node.tag
            count = counts[tag] = counts.get(tag, 0) + 1
            source = f"xpath({path}/{tag}[{count}])"
            if tag == "title" and not self.title:
                self.title = " ".join(node.text.split())[:VALUE_CHARACTERS]
                self.add("title", "", self.title, source)
            elif tag == "base" and base is None and "href" in node.attrs:
                base = str(node.attrs["href"] or "")
            else:
                self.element(node, tag, source)
        return base

    def element(self, node: Element, tag: str, source: str) -> None:
        """Take a ``meta``, ``link`` or ``script``, wherever it stands."""
        attributes: Mapping[str, Any] = node.attrs
        if tag == "meta":
            content = attributes.get("content")
            if not content:
                return
            name = attributes.get("property") or attributes.get("name") or attributes.get("http-equiv")
            if name:
                name = name.strip().lower()
                self.add("meta", name, content, source)
                self.asks_scripts &= not ("publish" in name and "time" in name)
                if name == "og:type":
                    self.og_type = content
            elif attributes.get("itemprop"):
                self.microdata(node, source)
        elif tag == "link":
            rel, href = attributes.get("rel"), attributes.get("href")
            if rel and href:
                name = " ".join(rel) if isinstance(rel, list) else rel
                if "stylesheet" not in name and "icon" not in name and "pre" not in name:
                    self.add("link", name.lower(), href, source)
        elif tag == "script" and "ld+json" in (attributes.get("type") or ""):
            text = node.text
            self.add("json-ld", "", text, source)
            self.asks_scripts &= '"datePublished"' not in text
            self.json_ld_types.update(_TYPES.findall(text[:JSON_LD_CHARACTERS])[:40])
        elif tag == "script" and self.asks_scripts:
            for name, day in days_in_script(node.text):
                self.add("script", name, day, source)

    def microdata(self, node: Element, source: str) -> None:
        """Take an element with ``itemprop``."""
        attributes: Mapping[str, Any] = node.attrs
        names = attributes.get("itemprop")
        name = " ".join(names) if isinstance(names, list) else names
        if not name or name in ("articleBody", "text", "description", "review", "reviewBody"):
            return
        value = (
            attributes.get("content")
            or attributes.get("datetime")
            or (attributes.get("href") if name in ("license", "url", "mainEntityOfPage") else None)
            or (_inner_name(node) if "itemscope" in attributes and name.lower() in _HOLDERS else None)
            or _short_text(node)
        )
        if value:
            self.add("microdata", name, value, source)

    def rdfa(self, node: Element, source: str) -> None:
        """Take an element with ``property``, where it names a term that says what a page is.

        Source: RDFa Lite 1.1, section 2.2 (``property``); RDFa Core 1.1, section 6 (``content`` outranks the text).
        """
        attributes: Mapping[str, Any] = node.attrs
        written = attributes.get("property")
        names = " ".join(written) if isinstance(written, list) else str(written or "")
        terms = [name for name in names.split()[:6] if _TERM.sub("", name).lower() in _RDFA_TERMS]
        if not terms:
            return
        inner = _inner_name(node) if "typeof" in attributes else ""
        # RDFa Core 1.1, 7.5, step 11: without words of its own a property's value is where it leads.
        leads = (attributes.get("resource") or attributes.get("href")) if "license" in " ".join(terms).lower() else None
        value = attributes.get("content") or leads or attributes.get("datetime") or inner or _short_text(node)
        if value:
            self.add("rdfa", " ".join(terms), value, source)

    def heading(self, node: Element, source: str) -> None:
        """Take a first-level heading."""
        # A reading set above its characters is no word of the title, nor is what a button beside it says.
        self.add("heading", "h1", words_of(node, 2_000, _NO_TITLE), source)

    def related(self, node: Element, rel: Collection[str], source: str) -> None:
        """Take what a link to the author or to a subject says, and where one to the licence leads.

        Source: HTML Standard, 4.6.6 (``author``, ``license``, ``tag``).
        """
        if "author" in rel:
            self.add("rel", "author", words_of(node, 400), source)
        elif "license" in rel:
            name = "picture license" if _in_credit(node) else "license"
            self.add("rel", name, str(node.attrs.get("href") or ""), source)
        elif "tag" in rel and type(rel) is list:
            self.add("rel", "tag", words_of(node, LABEL_CHARACTERS), source)

    def time(self, node: Element, source: str, before: str) -> None:
        """Take a ``time`` element: its ``datetime``, or else its text; and the few words that lead up to it.

        Args:
            node: the element.
            source: its pointer.
            before: the words of its line so far; they say which date it is ("Updated").
        """
        # What stands before another date or number belongs to that one.
        label = " ".join(_LABEL.search(before[-LABEL_CHARACTERS:])[0].split())  # type: ignore[index]
        classes = node.attrs.get("class") or ()
        named = " ".join(classes) if isinstance(classes, list) else str(classes)
        if not label and _CHANGED.search(named) and "publish" not in named:
            label = "updated"
        self.add("time", label, str(node.attrs.get("datetime") or "") or _short_text(node), source)

    def hint(self, classes: str, node: Element, source: str, block: bool = False) -> None:
        """Take a small element whose class says that it holds an author or a date.

        Args:
            classes: the element's class and id.
            node: the element.
            source: its pointer.
            block: whether it is of block level: then it may hold a biography or a whole teaser as well.
        """
        if classes in self.hints:
            name = self.hints[classes]
        else:
            name = self.hints[classes] = hint_in(classes)
        if name:
            text = (
                _inner_name(node) or _persons_in(node) or bold_name(node, INNER_ELEMENTS) if name != "date" else ""
            ) or _short_text(node, _NO_NAME if name != "date" else LEFT_OUT)
            if not block or len(text) <= BLOCK_CHARACTERS:
                self.add("class", name, text, source)


def _in_credit(node: Element) -> bool:
    """Whether a link stands in what is classed as a picture's caption or credit."""
    around = node.parent
    for _ in range(3):
        if type(around) is not Element:
            return False
        classes = around.attrs.get("class") or ()
        written = " ".join(classes) if isinstance(classes, list) else str(classes)
        if _CREDIT.search(written):
            return True
        around = around.parent
    return False


def _inner_name(node: Element) -> str:
    """The text of the one element within that is marked as a name; empty where none is, or several are."""
    found: list[str] = []
    elements = 0
    stack: list[Iterator[Any]] = [iter(node.children)]
    while stack and elements < INNER_ELEMENTS:
        for child in stack[-1]:
            if type(child) is not Element:
                continue
            elements += 1
            attributes: Mapping[str, Any] = child.attrs
            classes = attributes.get("class") or ()
            if "name" in (attributes.get("itemprop"), attributes.get("property")) or not _NAME_CLASSES.isdisjoint(
                classes if isinstance(classes, list) else str(classes).split()
            ):
                found.append(str(attributes.get("content") or "") or words_of(child, SHORT_CHARACTERS))
            else:
                stack.append(iter(child.children))
            break
        else:
            stack.pop()
    names = list(dict.fromkeys(name.strip() for name in found if name.strip()))
    return names[0] if len(names) == 1 and len(names[0]) < SHORT_CHARACTERS else ""


def _persons_in(node: Element) -> str:
    """The names of the persons that elements within are said to name, a comma between them.

    What a break parts from a name is the person's house and address; raised marks and notes are none of it.
    """
    found: list[str] = []
    elements = [node]
    for looked, element in enumerate(elements):
        if looked == INNER_ELEMENTS:
            break
        if any(one.endswith(_PERSON_NAMES) for one in _names_of(element)):
            found.append(_first_line(element))
        elif len(elements) < INNER_ELEMENTS:
            elements.extend(child for child in element.children if type(child) is Element)
    names = ", ".join(name for name in found if name)
    return names if len(names) < SHORT_CHARACTERS else ""


def _first_line(node: Element) -> str:
    parts: list[str] = []
    for child in node.children:
        if type(child) is Text:
            parts.append(child.data)
        elif type(child) is Element:
            if child.tag == "br" and "".join(parts).strip():
                break
            noted = any("note" in one for one in _names_of(child)) or (
                child.tag == "sup" and _NOTE.fullmatch(child.text)
            )
            parts.append("" if noted else words_of(child, SHORT_CHARACTERS))
    return " ".join("".join(parts).split()).strip(" ,;&")


def _names_of(node: Element) -> list[str]:
    classes = node.attrs.get("class") or ()
    return classes if isinstance(classes, list) else str(classes).split()


def words_of(node: Element, limit_characters: int, left_out: Collection[str] = LEFT_OUT) -> str:
    """The text of an element in one line: a ``br`` and a block's edge part words. Bounded, and without recursion."""
    parts: list[str] = []
    size = 0
    stack: list[tuple[str, Iterator[Any]]] = [("", iter(node.children))]
    while stack and size < limit_characters:
        edge, children = stack[-1]
        for child in children:
            kind = type(child)
            if kind is Text:
                parts.append(child.data)
                size += len(child.data)
            elif kind is Element and child.tag not in left_out:
                if left_out is _NO_TITLE and (is_control(child) or _is_permalink(child)):
                    continue
                if left_out is _NO_NAME and child.tag == "sup" and _NOTE.fullmatch(child.text):
                    continue
                tag = child.tag
                edge = " " if tag in BLOCKS or tag in _PARTING or is_spoken(child.attr("class") or "") else ""
                parts.append(edge)
                stack.append((edge, iter(child.children)))
                break
        else:
            stack.pop()
            parts.append(edge)
    return " ".join("".join(parts).split())[:limit_characters]


def _is_permalink(node: Element) -> bool:
    return node.tag == "a" and str(node.attrs.get("href") or "").startswith("#") and is_sign(node.text)


def _short_text(node: Element, left_out: Collection[str] = LEFT_OUT) -> str:
    """The text of a small element; an element with much text is no byline."""
    text = words_of(node, SHORT_CHARACTERS + 1, left_out)
    return text if len(text) < SHORT_CHARACTERS else ""
