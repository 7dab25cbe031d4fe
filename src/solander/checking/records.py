"""The Dublin Core records in their two XML forms -> findings: DCM1xx, their grammar.

What a description lacks or contradicts is judged in ``description``, from the value and not from its forms.

Source: ``schemas/solander-dc.rng`` and ``schemas/solander-dcterms.rng``; OAI-PMH 2.0, oai_dc; DCMI, XML guidelines.
"""

from __future__ import annotations

from collections.abc import Iterator

from solander.checking.grammar import Checked, GrammarFault, Parsed, grammar_faults, parse_xml
from solander.checking.rules import Fault, rule, run
from solander.model.finding import Place
from solander.model.ports import SchemaStore

SCHEMAS_OF_RECORDS = {"metadata/dc.xml": "solander-dc.rng", "metadata/dcterms.xml": "solander-dcterms.rng"}
"""By which grammar each record of a bag is judged."""


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
        yield Fault(Place(path, fault.line, None, fault.xpath), fault.message)


RULES = (record_not_well_formed, record_not_valid)


def check_record(content: bytes, path: str, schemas: SchemaStore) -> Checked:
    """Judge a record by its grammar.

    Args:
        content: the record.
        path: its name in the bag, one of ``SCHEMAS_OF_RECORDS``; it tells which form the record has.
        schemas: where the grammars are.
    """
    parsed = parse_xml(content)
    if parsed.root is None:
        return Checked(run(RULES, path, parsed, []), [])
    faults, used = grammar_faults(parsed.root, SCHEMAS_OF_RECORDS[path], schemas)
    return Checked(run(RULES, path, parsed, faults), [used])
