"""The record of what was done -> findings.

Source: PREMIS Data Dictionary 3.0; ``schemas/solander-premis.rng``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from solander.checking.grammar import Checked, GrammarFault, Parsed, grammar_faults, parse_xml
from solander.checking.rules import Fault, rule, run
from solander.model.finding import Place
from solander.model.ports import SchemaStore

SCHEMA = "solander-premis.rng"
NAMESPACE = "{http://www.loc.gov/premis/v3}"
EXPECTED_EVENTS = ("normalization", "metadata extraction")


@rule("PRM001", "provenance-not-well-formed", severity="error", source="XML 1.0, 2.1")
def not_well_formed(path: str, parsed: Parsed, faults: list[GrammarFault]) -> Iterator[Fault]:
    """The record of what was done is no XML.

    Why: without it nobody can tell how the text came out of the page.

    Remedy: make the bag again from its original.
    """
    if parsed.fault is not None:
        yield Fault(Place(path, parsed.fault.line, parsed.fault.column), parsed.fault.message)


@rule("PRM002", "provenance-not-valid", severity="error", source="schemas/solander-premis.rng")
def not_valid(path: str, parsed: Parsed, faults: list[GrammarFault]) -> Iterator[Fault]:
    """The record does not follow the grammar of PREMIS as Solander writes it.

    Why: repositories read events and fixity out of it by their place.

    Remedy: see what stands at the line; make the bag again from its original.
    """
    for fault in faults:
        yield Fault(Place(path, fault.line, None, fault.xpath), fault.message)


@rule("PRM003", "event-missing", severity="warning", source="PREMIS 3.0, entity Event")
def event_missing(path: str, root: Any) -> Iterator[Fault]:
    """An event without which there would be no bag is not recorded.

    Why: the chain from the bytes as received to the text is broken at that link.

    Remedy: make the bag again from its original.
    """
    kinds = {element.text for element in root.iter(f"{NAMESPACE}eventType")}
    for kind in EXPECTED_EVENTS:
        if kind not in kinds:
            yield Fault(Place(path), f"no event of type {kind!r} is recorded")


@rule("PRM004", "agent-unknown", severity="error", source="PREMIS 3.0, linkingAgentIdentifier")
def agent_unknown(path: str, root: Any) -> Iterator[Fault]:
    """An event names an agent that the record does not describe.

    Why: who or what acted cannot be known.

    Remedy: make the bag again from its original.
    """
    known = {element.text for element in root.iter(f"{NAMESPACE}agentIdentifierValue")}
    for element in root.iter(f"{NAMESPACE}linkingAgentIdentifierValue"):
        if element.text not in known:
            yield Fault(Place(path, element.sourceline), f"the agent {element.text!r} is described nowhere")


GRAMMAR_RULES = (not_well_formed, not_valid)
MEANING_RULES = (event_missing, agent_unknown)
RULES = (*GRAMMAR_RULES, *MEANING_RULES)


def check_provenance(content: bytes, path: str, schemas: SchemaStore) -> Checked:
    """Judge ``premis.xml`` by its grammar, then by its meaning."""
    parsed = parse_xml(content)
    faults, used = grammar_faults(parsed.root, SCHEMA, schemas) if parsed.root is not None else ([], None)
    findings = run(GRAMMAR_RULES, path, parsed, faults)
    if parsed.root is not None:
        findings += run(MEANING_RULES, path, parsed.root)
    return Checked(findings, [used] if used else [])
