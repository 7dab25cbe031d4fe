"""TEI -> findings: grammar (TEI1xx), and what grammar cannot say (TEI2xx).

Source: TEI P5 4.12.0; ``schemas/solander-tei.rng``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import unquote

from solander.checking.addresses import is_uri_reference
from solander.checking.grammars.datatypes import is_language_tag
from solander.checking.grammars.relax_ng import Checked, grammar_faults, parse_xml
from solander.checking.grammars.xml_bearing import bearing
from solander.checking.opened.tei_safety import SAFETY_RULES
from solander.checking.pages.tei_agreement import DATE_RULES
from solander.checking.records.kept import Kept
from solander.checking.rules import Check, Fault, rule, run
from solander.checking.tei.grammar import GRAMMAR_RULES
from solander.checking.tei.header import check_header
from solander.model.finding import Place
from solander.model.ports import SchemaStore

SCHEMA = "solander-tei.rng"
NAMESPACE = "{http://www.tei-c.org/ns/1.0}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

_POINTER = re.compile(
    r"\.\./original/(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9\-._~!$&'()*+,;=@])+"
    r"#(?:xpath\(/html(?:/body|/frameset)?(?:/(?:[a-z][a-z0-9-]*|\*|text\(\))\[[1-9][0-9]*\])*\)"
    r"|char=[0-9]+,[0-9]+)\Z"
)
_ID = re.compile(r"[^\W\d][\w.\-\u00b7]*\Z")
_DAY = re.compile(r"\s*([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?![0-9:])")
_SAID_OF_THINGS = frozenset(f"{NAMESPACE}{name}" for name in ("figDesc", "desc", "expan"))
"""Elements whose text was an attribute of the page, or is said of it: no words of the page."""


@rule("TEI201", "id-repeated", severity="error", source="TEI P5, att.global, xml:id")
def id_repeated(path: str, root: Any) -> Iterator[Fault]:
    """Two elements bear the same ``xml:id``.

    Why: a link to it arrives nowhere in particular.

    Remedy: give one of them another id.
    """
    seen: set[str] = set()
    for element in bearing(root, "xml:id"):
        name = _id(element)
        if name in seen:
            yield Fault(Place(path, element.sourceline), f"xml:id {name!r} is used already")
        seen.add(name)


@rule("TEI202", "link-arrives-nowhere", severity="warning", source="TEI P5, 17.1 (pointers)")
def link_arrives_nowhere(path: str, root: Any) -> Iterator[Fault]:
    """A link within the document, or an answer in a thread, points to an id that no element bears.

    Why: a footnote or a heading can no longer be reached from where it is named.

    Remedy: mend the target, or take the link out.
    """
    names = {_id(element) for element in bearing(root, "xml:id")}
    for element in root.iter(f"{NAMESPACE}ref", f"{NAMESPACE}post"):
        target = element.get("target") or element.get("replyTo", "")
        # RFC 3986, 4.4: with nothing after it, the mark means the document itself.
        if target.startswith("#") and len(target) > 1 and unquote(target[1:]) not in names:
            yield Fault(Place(path, element.sourceline), f"nothing here has the id {target[1:]!r}")


@rule("TEI203", "pointer-malformed", severity="error", source="design, section 5; RFC 5147")
def pointer_malformed(path: str, root: Any) -> Iterator[Fault]:
    """A block's ``source`` is no pointer into the original as Solander writes them.

    Why: the pointer is the block's birth certificate: with it, anybody can look the words up in the original.

    Remedy: make the bag again from its original.
    """
    for element in bearing(root, "source", of="tei:*"):
        source = element.get("source")
        if not _POINTER.match(source):
            yield Fault(Place(path, element.sourceline), "this is not a pointer into the original", None, source)


@rule("TEI204", "date-not-real", severity="error", source="TEI P5, att.datable.w3c, when")
def date_not_real(path: str, root: Any) -> Iterator[Fault]:
    """A ``when`` names a day that the calendar does not have.

    Why: programs that sort by date stop at it, or pass the text by.

    Remedy: take ``when`` out; what the page says stays in the text.
    """
    for element in bearing(root, "when", of="tei:*"):
        day = _DAY.match(element.get("when", ""))
        if day:
            try:
                date(int(day[1]), int(day[2] or 1), int(day[3] or 1))
            except ValueError:
                yield Fault(Place(path, element.sourceline), "there is no such day", None, element.get("when"))


@rule("TEI205", "address-malformed", severity="error", source="RFC 3986, appendix A")
def address_malformed(path: str, root: Any) -> Iterator[Fault]:
    """A link's or an image's address is no URI reference.

    Why: XML tools refuse the whole document for it.

    Remedy: percent-encode what is not allowed, or take the address out and keep it in ``n`` as written.
    """
    for element in bearing(root, "target", "url", of="tei:*"):
        for name in ("target", "url"):
            address = element.get(name)
            if address is not None and not _names_id(address) and not is_uri_reference(address):
                yield Fault(Place(path, element.sourceline), f"@{name} is not a URI reference", None, address)


@rule("TEI206", "body-without-words", severity="warning", source="design, section 5")
def body_without_words(path: str, root: Any) -> Iterator[Fault]:
    """The body of a TEI file that stands alone holds no words; beside its original, PAG006 and PAG010 say more.

    Why: the page may be built by scripts, a consent wall or an error; what was captured is not what a reader saw.

    Remedy: look at the page, and capture it again with a browser if it needs one.
    """
    body = root.find(f"{NAMESPACE}text/{NAMESPACE}body")
    if body is not None and not _has_words(body):
        yield Fault(Place(path, body.sourceline), "there is no word in the text proper")


@rule("TEI210", "language-tag-malformed", severity="error", source="BCP 47 (RFC 5646), 2.1 and 2.2.9")
def language_tag_malformed(path: str, root: Any) -> Iterator[Fault]:
    """A language tag is none: a part of it is too long or too short, stands twice, or nothing follows on it.

    Why: hyphenation, fonts, voices and searches choose by the tag, and pass by one that they cannot read.

    Remedy: write the tag by BCP 47: de-CH, zh-Hant, x-house.
    """
    for element in bearing(root, "xml:lang", "ident", of="tei:*"):
        for name in (XML_LANG, "ident") if element.tag == f"{NAMESPACE}language" else (XML_LANG,):
            tag = element.get(name)
            # XML Schema Part 2, 4.3.6: white space about a tag is no part of it.
            if tag is not None and not is_language_tag(tag.strip()):
                yield Fault(Place(path, element.sourceline), "this is not a language tag", None, tag)


MEANING_RULES = (
    id_repeated,
    link_arrives_nowhere,
    pointer_malformed,
    date_not_real,
    address_malformed,
    language_tag_malformed,
)
BESIDE_RULES: tuple[Check[[str, Any]], ...] = (*DATE_RULES, *SAFETY_RULES)
"""Rules of other families that ask a TEI document for its meaning."""
ALONE_RULES = (body_without_words,)
"""What is asked of a TEI file only where its words are not held against those of an original."""
RULES = (*GRAMMAR_RULES, *MEANING_RULES, *ALONE_RULES)


def check_tei(
    content: bytes, path: str, schemas: SchemaStore, kept: Kept | None = None, *, alone: bool = True
) -> Checked:
    """Judge a TEI document by its grammar, then by its meaning.

    Args:
        content: the document.
        path: what findings call it.
        schemas: where the grammar is.
        kept: what the bag has of the page; without it the header is not compared.
        alone: whether its words are held against no original, so that ``ALONE_RULES`` run.
    """
    parsed = parse_xml(content)
    faults, used = grammar_faults(parsed.root, SCHEMA, schemas, content) if parsed.root is not None else ([], None)
    findings = run(GRAMMAR_RULES, path, parsed, faults)
    if parsed.root is not None:
        findings += run((*MEANING_RULES, *BESIDE_RULES), path, parsed.root)
        findings += run(ALONE_RULES, path, parsed.root) if alone else []
    schemas_used = [used] if used else []
    if parsed.root is not None and not faults and kept is not None:
        header = check_header(parsed.root, path, schemas, kept, content)
        findings += header.findings
        schemas_used += header.schemas
    return Checked(findings, schemas_used)


def _names_id(address: str) -> bool:
    """Whether it is a pointer to an id: a name that XML allows, in whatever script."""
    # XML Schema Part 2, 3.2.17: what RFC 3986 has no character for may stand in an address as it is.
    return address[:1] == "#" and _ID.match(address, 1) is not None


def _id(element: Any) -> str:
    # xml:id, section 4: white space around a name is no part of it.
    return str(element.get(XML_ID, "")).strip()


def _has_words(body: Any) -> bool:
    # Comments and processing instructions are passed by: their names are no strings.
    return any(
        (isinstance(one.tag, str) and one.tag not in _SAID_OF_THINGS and one.text and not one.text.isspace())
        or (one is not body and one.tail and not one.tail.isspace())
        for one in body.iter()
    )
