"""Whether a file of a bag can stand on a web server that knows nothing of it: whoever wrote it, nothing of it may run.

A server that sends it tells browsers what they may do with it; a file has nobody who does. XML is a document to a
browser: an element of XHTML or SVG in it is one, with scripts and all, and an instruction may call for a style that
makes one of it. So only vocabularies are let through that browsers know nothing of.

Source: HTML Standard, 13.2 ("XHTML"), "XML MIME type"; Associating Style Sheets with XML documents 1.0; RFC 8259.
"""

from __future__ import annotations

import json

_VOCABULARIES = (
    "{http://www.tei-c.org/ns/1.0}",
    "{http://www.openarchives.org/OAI/2.0/oai_dc/}",
    "{http://purl.org/dc/elements/1.1/}",
    "{http://purl.org/dc/terms/}",
    "{http://www.loc.gov/premis/v3}",
    "{http://dublincore.org/xml/dc-record/}",
)
_INSTRUCTION = "xml-model"


def is_inert(name: str, content: bytes) -> bool:
    """Whether a browser does nothing with a file but show its characters.

    Args:
        name: with the ending by which servers tell what it is.
        content: all of it.
    """
    if name.endswith(".txt"):
        return True
    if name.endswith((".json", ".jsonld")):
        return _is_object(content)
    return name.endswith(".xml") and _is_known_xml(content)


def _is_object(content: bytes) -> bool:
    # What begins so is taken for HTML by no browser, whatever it is sent as.
    if not content.startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(content), dict)
    except (ValueError, RecursionError):
        return False


def _is_known_xml(content: bytes) -> bool:
    from lxml import etree

    if not content.startswith(b"<?xml"):
        return False
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return False
    tree = root.getroottree()
    # In other encodings a browser that knows them not sees tags where the parser saw letters.
    if (tree.docinfo.encoding or "UTF-8").upper() not in ("UTF-8", "US-ASCII", "ASCII") or not _is_utf8(content):
        return False
    if tree.docinfo.internalDTD is not None or tree.docinfo.doctype:
        return False
    for node in (*root.itersiblings(preceding=True), *root.itersiblings(), *root.iter()):
        if isinstance(node, etree._ProcessingInstruction):
            if node.target != _INSTRUCTION:
                return False
        elif isinstance(node.tag, str) and not node.tag.startswith(_VOCABULARIES):
            return False
    return True


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
