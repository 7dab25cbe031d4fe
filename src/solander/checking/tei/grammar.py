"""TEI1xx: whether the document is XML, and follows the grammar of Solander's TEI.

One rule for each kind of fault that ``explaining`` tells of.

Source: TEI P5 4.12.0; ``schemas/solander-tei.rng``.
"""

from __future__ import annotations

from collections.abc import Iterator

from solander.checking.grammars.relax_ng import OTHER, GrammarFault, Parsed
from solander.checking.rules import Fault, rule
from solander.model.finding import Place


@rule("TEI101", "tei-not-well-formed", severity="error", source="XML 1.0, 2.1")
def not_well_formed(path: str, parsed: Parsed, faults: list[GrammarFault]) -> Iterator[Fault]:
    """The TEI is no XML: no tool can read it.

    Why: a text that no tool can open is lost to all but patient people.

    Remedy: the line and column say where reading stopped; make the bag again from its original.
    """
    if parsed.fault is not None:
        yield Fault(Place(path, parsed.fault.line, parsed.fault.column), parsed.fault.message)


@rule("TEI102", "doctype-present", severity="error", source="design, law 6")
def doctype_present(path: str, parsed: Parsed, faults: list[GrammarFault]) -> Iterator[Fault]:
    """The TEI has a document type declaration.

    Why: a declaration can call for files from elsewhere, and can hide text in entities.

    Remedy: write the document without it.
    """
    if parsed.has_doctype:
        yield Fault(Place(path), "there is a DOCTYPE, which TEI in a bag must not have")


@rule("TEI103", "element-not-allowed", severity="error", source="schemas/solander-tei.rng")
def element_not_allowed(path: str, parsed: Parsed, faults: list[GrammarFault]) -> Iterator[Fault]:
    """An element stands where the grammar of Solander's TEI has no such element.

    Why: whoever reads many of these files counts on finding the same thing in the same place.

    Remedy: the finding says what may stand there; if the file was edited, mend it, otherwise make the bag again from
    its original.
    """
    yield from _of_kind("element-not-allowed", path, faults)


@rule("TEI104", "attribute-not-allowed", severity="error", source="schemas/solander-tei.rng")
def attribute_not_allowed(path: str, parsed: Parsed, faults: list[GrammarFault]) -> Iterator[Fault]:
    """An element bears an attribute that the grammar does not give it.

    Why: what it says is read by nobody, or by each program in its own way.

    Remedy: take the attribute out, or say the same thing where the grammar has a place for it.
    """
    yield from _of_kind("attribute-not-allowed", path, faults)


@rule("TEI105", "attribute-value-not-allowed", severity="error", source="schemas/solander-tei.rng")
def attribute_value_not_allowed(path: str, parsed: Parsed, faults: list[GrammarFault]) -> Iterator[Fault]:
    """An attribute says something that is none of its values, or not of its datatype.

    Why: programs sort and search by these values: one that they do not know is passed by, and XML tools refuse the
    whole document.

    Remedy: write one of the values that the finding names; for a date, W3C's form; for a language, its tag.
    """
    yield from _of_kind("attribute-value-not-allowed", path, faults)


@rule("TEI106", "attribute-missing", severity="error", source="schemas/solander-tei.rng")
def attribute_missing(path: str, parsed: Parsed, faults: list[GrammarFault]) -> Iterator[Fault]:
    """An element lacks an attribute that it must bear.

    Why: without it the element says nothing: an image without an address, a gap without a reason.

    Remedy: add the attribute, or make the bag again from its original.
    """
    yield from _of_kind("attribute-missing", path, faults)


@rule("TEI107", "content-incomplete", severity="error", source="schemas/solander-tei.rng")
def content_incomplete(path: str, parsed: Parsed, faults: list[GrammarFault]) -> Iterator[Fault]:
    """Something that must stand in an element is missing.

    Why: a list without items or a header without its source is no list and no header to those who read it.

    Remedy: the finding says what is to come, and where it was looked for; put it there, or take the element out.
    """
    yield from _of_kind("content-incomplete", path, faults)


@rule("TEI108", "text-not-allowed", severity="error", source="schemas/solander-tei.rng")
def text_not_allowed(path: str, parsed: Parsed, faults: list[GrammarFault]) -> Iterator[Fault]:
    """Words stand where only elements may stand, or say what is no value of their element.

    Why: most programs pass such words by, and they are lost to whoever reads with these.

    Remedy: put the words into an element that may hold them: a paragraph, an item, a cell.
    """
    yield from _of_kind("text-not-allowed", path, faults)


@rule("TEI109", "grammar-refused", severity="error", source="schemas/solander-tei.rng")
def grammar_refused(path: str, parsed: Parsed, faults: list[GrammarFault]) -> Iterator[Fault]:
    """The grammar refuses the document, and what is wrong cannot be told more exactly.

    Why: whoever reads many of these files counts on finding the same thing in the same place.

    Remedy: let another program judge the file by the same grammar, for example jing, and mend what it names.
    """
    yield from _of_kind(OTHER, path, faults)


GRAMMAR_RULES = (
    not_well_formed,
    doctype_present,
    element_not_allowed,
    attribute_not_allowed,
    attribute_value_not_allowed,
    attribute_missing,
    content_incomplete,
    text_not_allowed,
    grammar_refused,
)
INVALID = frozenset(check.rule.code for check in GRAMMAR_RULES[2:])
"""Codes of the findings after which a document does not follow its grammar."""


def _of_kind(kind: str, path: str, faults: list[GrammarFault]) -> Iterator[Fault]:
    for fault in faults:
        if fault.kind == kind:
            yield Fault(Place(path, fault.line, fault.column, fault.xpath), fault.message, fault.allowed)
