"""The Dublin Core records in their XML forms -> findings: DCM1xx, their grammar, and that all say the same.

What a description lacks or contradicts is judged in ``description``, from the value and not from its forms.

Source: ``schemas/solander-dc.rng`` and ``schemas/solander-dcterms.rng``; OAI-PMH 2.0, oai_dc; DCMI, XML guidelines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from solander.checking.grammars.relax_ng import Checked, GrammarFault, Parsed, as_xml_has_it, grammar_faults, parse_xml
from solander.checking.rules import Check, Fault, rule, run
from solander.model.bag_layout import DUBLIN_CORE_NAME, TERMS_NAME
from solander.model.description import Description
from solander.model.finding import Place
from solander.model.ports import SchemaStore

SCHEMAS_OF_RECORDS = {DUBLIN_CORE_NAME: "solander-dc.rng", TERMS_NAME: "solander-dcterms.rng"}
"""By which grammar each record of a bag is judged."""

_RECORD = "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc"
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*\Z")
"""What may stand in ``xml:lang``; what a page says beside that is written nowhere."""
_XENO_DATA = "{http://www.tei-c.org/ns/1.0}xenoData"


@rule("DCM101", "record-not-well-formed", severity="error", source="XML 1.0, 2.1")
def record_not_well_formed(path: str, parsed: Parsed, faults: list[GrammarFault]) -> Iterator[Fault]:
    """A Dublin Core record is no XML.

    Why: a repository that reads it would know nothing of the page, or refuse the deposit.

    Remedy: pack the page again from its original, which makes the next version of the bag.
    """
    if parsed.fault is not None:
        yield Fault(Place(path, parsed.fault.line, parsed.fault.column), parsed.fault.message)


@rule("DCM102", "record-not-valid", severity="error", source="oai_dc of OAI-PMH 2.0; DCMI Metadata Terms")
def record_not_valid(path: str, parsed: Parsed, faults: list[GrammarFault]) -> Iterator[Fault]:
    """A Dublin Core record does not follow its grammar.

    Why: repositories and harvesters take the elements by name and place, and pass by what they do not know.

    Remedy: see what stands at the line; to correct a description, pack the page again with the right statements.
    """
    for fault in faults:
        yield Fault(Place(path, fault.line, fault.column, fault.xpath), fault.message, fault.allowed)


@rule("DCM103", "record-differs", severity="error", source="DCMI Metadata Terms")
def record_differs(path: str, parsed: Parsed, description: Description) -> Iterator[Fault]:
    """A Dublin Core record says something else than the description with its evidence.

    Why: a correction made in one place only; what a repository is told depends on the file that it reads.

    Remedy: pack the page again with the right statements, and all forms are written from one value.
    """
    stated: dict[tuple[str, str], set[str | None]] = {}
    distinct: Counter[tuple[str, str]] = Counter()
    chosen = [one for one in description.statements if one.chosen]
    for one in {(each.element, each.refinement, each.value): each for each in chosen}.values():
        for name in {one.element, one.refinement or one.element}:
            distinct[name, as_xml_has_it(one.value)] += 1
    for one in chosen:
        language = one.language if one.language and _LANGUAGE.match(one.language) else None
        for name in (one.element, one.refinement or one.element):
            stated.setdefault((name, as_xml_has_it(one.value)), set()).add(language)
    said: Counter[tuple[str, str]] = Counter()
    for element in parsed.root:
        # Comments and processing instructions have no name.
        if not isinstance(element.tag, str):
            continue
        name, value = element.tag.rpartition("}")[2], "".join(element.itertext())
        place = Place(path, element.sourceline)
        said[name, value] += 1
        if (name, value) not in stated:
            yield Fault(place, f"the description has no such {name}", None, value)
        elif said[name, value] > distinct[name, value]:
            yield Fault(place, f"this {name} stands here more than once", None, value)
        # What is in a code, as its type says, is in no language.
        elif element.get(_TYPE) is None and element.get(_LANG) not in (known := stated[name, value]):
            expected = ", ".join(sorted(one or "none" for one in known))
            yield Fault(
                place, f"the language of this {name} is not as recorded", expected, element.get(_LANG) or "none"
            )
    # A record of the fifteen elements has of the dates only the one of publication, or of the last change without it.
    dated = (None, "issued") if description.of("date") else ("modified",)
    is_plain = parsed.root.tag == _RECORD
    for one in chosen:
        may_be_absent = is_plain and one.element == "date" and one.refinement not in dated
        value = as_xml_has_it(one.value)
        names = (one.element, one.refinement or one.element)
        if not may_be_absent and value.strip() and not any(said[name, value] for name in names):
            yield Fault(Place(path), f"the record lacks this {one.refinement or one.element}", value)


@rule("DCM104", "header-record-missing", severity="error", source="TEI P5, 2.5.3 (xenoData)")
def header_record_missing(path: str, root: Any) -> Iterator[Fault]:
    """The TEI header does not hold the Dublin Core record, or holds something else beside it.

    Why: harvesters take the record out of the header without asking what surrounds it, and know nothing else there.

    Remedy: pack the page again from its original, which makes the next version of the bag.
    """
    found = _foreign(root)
    names = [one.tag for one in found]
    if names != [_RECORD]:
        line = next((one.sourceline for one in found if one.tag != _RECORD), None)
        told = ", ".join(str(name)[:100] for name in names[:5]) or "nothing"
        yield Fault(Place(path, line), "xenoData should hold one record, oai_dc:dc, and nothing else", _RECORD, told)
    for place in root.iter(_XENO_DATA):
        if any(not (text or "").isspace() for text in (place.text, *(one.tail for one in place)) if text):
            yield Fault(Place(path, place.sourceline), "there is text beside the record")


GRAMMAR_RULES = (record_not_well_formed, record_not_valid)
AGREEMENT_RULES = (record_differs,)
RULES: tuple[Check[...], ...] = (*GRAMMAR_RULES, *AGREEMENT_RULES, header_record_missing)
HEADER_RULES: tuple[Check[...], ...] = (record_not_valid, record_differs, header_record_missing)
"""What is asked of the record in a TEI header."""


def check_record(content: bytes, path: str, schemas: SchemaStore, description: Description | None = None) -> Checked:
    """Judge a record by its grammar, and by the description that it should say.

    Args:
        content: the record.
        path: its name in the bag, one of ``SCHEMAS_OF_RECORDS``; it tells which form the record has.
        schemas: where the grammars are.
        description: without it ``AGREEMENT_RULES`` do not run.
    """
    parsed = parse_xml(content)
    if parsed.root is None:
        return Checked(run(GRAMMAR_RULES, path, parsed, []), [])
    faults, used = grammar_faults(parsed.root, SCHEMAS_OF_RECORDS[path], schemas, content)
    findings = run(GRAMMAR_RULES, path, parsed, faults)
    if not faults and description is not None:
        findings += run(AGREEMENT_RULES, path, parsed, description)
    return Checked(findings, [used])


def check_header_record(
    root: Any, path: str, schemas: SchemaStore, description: Description, content: bytes
) -> Checked:
    """Judge the record in a TEI header, by the grammar of ``dc.xml`` and by the description that it should say.

    Args:
        root: the TEI document (lxml).
        path: its name, for the findings.
        schemas: where the grammar is.
        description: with every candidate.
        content: the bytes that the document was parsed from.
    """
    findings = run((header_record_missing,), path, root)
    schemas_used = []
    for record in _foreign(root):
        if record.tag == _RECORD:
            within = next(number for number, one in enumerate(root.iter("*")) if one is record)
            faults, used = grammar_faults(record, SCHEMAS_OF_RECORDS[DUBLIN_CORE_NAME], schemas, content, within)
            schemas_used.append(used)
            parsed = Parsed(record, None, has_doctype=False)
            findings += run((record_not_valid,), path, parsed, faults)
            findings += run((record_differs,), path, parsed, description) if not faults else []
    return Checked(findings, schemas_used)


def _foreign(root: Any) -> list[Any]:
    """The elements that stand in ``xenoData``."""
    return [one for place in root.iter(_XENO_DATA) for one in place if isinstance(one.tag, str)]
