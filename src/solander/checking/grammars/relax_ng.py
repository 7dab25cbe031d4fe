"""Applying a RELAX NG grammar: faults with a place and what is allowed there, and which schema judged.

XML is parsed without DTD, entities or network, and no deeper than the library's own bound. A schema is compiled once a
process. libxml2 is quick to say yes; where it says no, ``explaining`` says what is wrong, and where.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from solander.model.finding import Finding, SchemaUsed
from solander.model.ports import SchemaStore

if TYPE_CHECKING:
    from solander.checking.grammars.explaining import Explained
    from solander.checking.grammars.rng_reading import Grammar

_PLACE = re.compile(r", line [0-9]+, column [0-9]+(?: \(<string>, line [0-9]+\))?$")
_IN_OUR_WORDS = tuple(
    (re.compile(theirs), ours)
    for theirs, ours in (
        (r"Excessive depth in document: ([0-9]+)", r"it nests deeper than \1 elements: more is not read"),
        (r"huge text node|Huge input lookup|too long", "a text or a name in it is longer than is read"),
        (r"Document is empty", "there is nothing in it"),
        (r"Extra content at the end of the document", "something follows its root element"),
        (
            r"Opening and ending tag mismatch: (\S+) line ([0-9]+) and ([^\s,]+)",
            r"</\3> stands where <\1>, which begins in line \2, should end",
        ),
        (r"Premature end of data in tag (\S+) line ([0-9]+)", r"<\1>, which begins in line \2, does not end"),
        (r"Attribute (\S+) redefined", r"@\1 stands twice in one tag"),
        (r"Namespace prefix (\S+) .*not defined", r"the prefix \1 is declared nowhere about it"),
        (r"Entity '([^']*)' not defined", r"&\1; is declared nowhere"),
        (r"Start tag expected, '<' not found", "a tag should stand here"),
        (r"xmlParseEntityRef: no name|EntityRef: expecting ';'", "an & stands alone; it is written &amp;"),
    )
)
"""What libxml2 says most often, and how it is told."""

FAULTS = 100
"""How many faults of grammar are told one by one."""

COUNTED = 10_000
"""How many are counted at most."""

LOOSENED, LONG_BYTES = "solander-tei.rng", 50_000
"""The grammar that long documents are judged by in another way; and what is long (24,000 marks in an item: 2.4 s)."""

OTHER = "other"
"""The kind of a fault that no more can be told of than that the grammar refuses the document."""


_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Checked(NamedTuple):
    """What a check found, and the schemas that it asked."""

    findings: list[Finding]
    schemas: list[SchemaUsed]


class GrammarFault(NamedTuple):
    """One thing that a grammar refuses."""

    line: int | None
    column: int | None
    xpath: str | None
    message: str
    kind: str = OTHER
    """One of ``explaining.KINDS``, or ``OTHER``."""
    allowed: str | None = None
    """All that is allowed there, in one line, where the message tells only the first."""


class Parsed(NamedTuple):
    """A document, or why it is none."""

    root: Any
    """The root element (lxml), ``None`` where the document is not well-formed."""
    fault: GrammarFault | None
    has_doctype: bool


def safe_parser(*, remarks: bool = True) -> Any:
    """A parser that reads no DTD, resolves no entity, opens no connection, and goes no deeper than 256 elements.

    Args:
        remarks: whether comments and processing instructions are kept.
    """
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        collect_ids=False,
        remove_comments=not remarks,
        remove_pis=not remarks,
    )


def parse_xml(content: bytes) -> Parsed:
    """Parse a document; a fault is a value."""
    # Late: a command that judges no XML does without the library.
    from lxml import etree

    try:
        root = etree.fromstring(content, safe_parser())
    except etree.XMLSyntaxError as error:
        line, column = error.position
        return Parsed(
            None,
            GrammarFault(line or None, column or None, None, _without_place(error.msg or "not well-formed")),
            False,
        )
    docinfo: Any = root.getroottree().docinfo
    if docinfo.xml_version != "1.0":
        # The library reads XML 1.1 and whatever comes after by the rules of 1.0, in which other characters are legal.
        fault = GrammarFault(1, None, None, f"it says that it is XML {docinfo.xml_version}, and ours is XML 1.0")
        return Parsed(None, fault, bool(docinfo.doctype))
    return Parsed(root, None, bool(docinfo.doctype))


def _without_place(message: str) -> str:
    """What libxml2 says, without the place that it adds: the finding has that already."""
    for found, ours in _IN_OUR_WORDS:
        if (match := found.search(message)) is not None:
            return match.expand(ours)
    return _PLACE.sub("", message)


def grammar_faults(
    root: Any, schema_name: str, schemas: SchemaStore, content: bytes, within: int = 0
) -> tuple[list[GrammarFault], SchemaUsed]:
    """Judge a parsed document by one of our grammars.

    Args:
        root: the element that is judged as if it were the document (lxml).
        schema_name: the grammar.
        schemas: where it is.
        content: the bytes that the element was parsed from, to find places in.
        within: the element's number in their order, from 0.
    """
    schema, used = _compiled(schema_name, schemas.read(schema_name))
    is_refused_by_looser = False
    if schema_name == LOOSENED and len(content) > LONG_BYTES:
        from solander.checking.grammars.looser import holds

        is_refused_by_looser = not _loosened(schemas.read(schema_name)).validate(root)
        if not is_refused_by_looser and (holds(root) or schema.validate(root)):
            return [], used
    elif schema.validate(root):
        return [], used
    found = _explained(schemas.read(schema_name), content, within)
    if not found and is_refused_by_looser and schema.validate(root):
        # libxml2 refuses some that is right, and not by both grammars the same.
        return [], used
    if not found:
        first = next(iter(schema.error_log), None)
        message = f"the grammar refuses it: {first.message}" if first is not None else "the grammar refuses it"
        line = first.line if first is not None else 0
        found = [GrammarFault(line or None, None, None, message)]
    return found, used


def _explained(schema: bytes, content: bytes, within: int) -> list[GrammarFault]:
    """The faults one by one, as far as anybody would read them; none if they cannot be told."""
    # Late: most documents are right, and are never explained.
    from solander.checking.grammars.explaining import explain
    from solander.checking.grammars.rng_patterns import GrammarTooLarge

    try:
        return as_faults(explain(_grammar(schema), content, within))
    except (ValueError, GrammarTooLarge, RecursionError):
        return []


def as_faults(explained: Iterable[Explained]) -> list[GrammarFault]:
    """The first of what was explained, and how many more there are."""
    from solander.checking.grammars.rng_allowed import TOLD

    every = list(islice(explained, COUNTED + 1))
    faults = [
        GrammarFault(
            one.line,
            one.column,
            one.xpath,
            one.message,
            one.kind,
            ", ".join(one.allowed) if len(one.allowed) > TOLD else None,
        )
        for one in every[:FAULTS]
    ]
    if len(every) > FAULTS:
        more = f"more than {COUNTED - FAULTS:,}" if len(every) > COUNTED else f"{len(every) - FAULTS:,}"
        last = every[FAULTS]
        faults.append(GrammarFault(last.line, None, None, f"from here on {more} more faults of grammar", last.kind))
    return faults


def as_xml_has_it(value: str) -> str:
    """A value as it comes back out of XML that we wrote: U+FFFD for what XML cannot hold (XML 1.0, 2.2)."""
    return _NOT_IN_XML.sub("\ufffd", value)


@lru_cache(maxsize=4)
def _grammar(content: bytes) -> Grammar:
    from solander.checking.grammars.rng_including import plain_name, whole_grammar
    from solander.checking.grammars.rng_reading import Grammar

    # Our grammars are whole, each in its file.
    return Grammar(whole_grammar(content, lambda name: plain_name("/" + name).encode()))


@lru_cache(maxsize=2)
def _loosened(content: bytes) -> Any:
    from lxml import etree

    from solander.checking.grammars.looser import loosened

    return etree.RelaxNG(loosened(etree.fromstring(content)))


@lru_cache(maxsize=16)
def _compiled(name: str, content: bytes) -> tuple[Any, SchemaUsed]:
    from lxml import etree

    engine = "libxml2 " + ".".join(str(part) for part in etree.LIBXML_VERSION)
    used = SchemaUsed(name, "1", hashlib.sha256(content).hexdigest(), engine)
    return etree.RelaxNG(etree.fromstring(content)), used
