"""Applying a RELAX NG grammar: faults with a line and a path, and which schema judged.

XML is parsed without DTD, entities or network, and no deeper than the library's own bound. A schema is compiled once a
process.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import Any, NamedTuple

from solander.model.finding import Finding, SchemaUsed
from solander.model.ports import SchemaStore

FAULTS = 100
"""How many faults of grammar are told one by one."""


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
            None, GrammarFault(line or None, column or None, None, str(error.msg or "not well-formed")), False
        )
    docinfo: Any = root.getroottree().docinfo
    if docinfo.xml_version != "1.0":
        # The library reads XML 1.1 and whatever comes after by the rules of 1.0, in which other characters are legal.
        fault = GrammarFault(1, None, None, f"it says that it is XML {docinfo.xml_version}, and ours is XML 1.0")
        return Parsed(None, fault, bool(docinfo.doctype))
    return Parsed(root, None, bool(docinfo.doctype))


def grammar_faults(root: Any, schema_name: str, schemas: SchemaStore) -> tuple[list[GrammarFault], SchemaUsed]:
    """Judge a parsed document by one of our grammars."""
    content = schemas.read(schema_name)
    schema, used = _compiled(schema_name, content)
    if schema.validate(root):
        return [], used
    faults = [
        GrammarFault(entry.line or None, entry.column or None, entry.path, entry.message)
        for entry in list(schema.error_log)[:FAULTS]
    ]
    return faults, used


def as_xml_has_it(value: str) -> str:
    """A value as it comes back out of XML that we wrote: U+FFFD for what XML cannot hold (XML 1.0, 2.2)."""
    return _NOT_IN_XML.sub("\ufffd", value)


@lru_cache(maxsize=16)
def _compiled(name: str, content: bytes) -> tuple[Any, SchemaUsed]:
    from lxml import etree

    engine = "libxml2 " + ".".join(str(part) for part in etree.LIBXML_VERSION)
    used = SchemaUsed(name, "1", hashlib.sha256(content).hexdigest(), engine)
    return etree.RelaxNG(etree.fromstring(content)), used
