"""The records of a bag that are JSON -> findings: PRM1xx, the statements with their evidence and the report at packing.

Source: ``schemas/solander-description.schema.json`` and ``schemas/solander-report.schema.json``; RFC 8259.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from solander.checking.grammar import Checked, GrammarFault
from solander.checking.json_grammar import ParsedJson, json_faults, parse_json
from solander.checking.rules import Fault, rule, run
from solander.model.finding import SEVERITIES, Place
from solander.model.ports import SchemaStore

REPORT = "metadata/validation.json"

SCHEMAS_OF_JSON = {
    "metadata/description.json": "solander-description.schema.json",
    REPORT: "solander-report.schema.json",
}
"""By which schema each record of a bag is judged."""


@rule("PRM101", "record-not-json", severity="error", source="RFC 8259")
def record_not_json(path: str, parsed: ParsedJson, faults: list[GrammarFault]) -> Iterator[Fault]:
    """A record that should be JSON is none, is no UTF-8, or has one name twice in one object.

    Why: what was stated and judged at packing cannot be read, or is read in another way by each program.

    Remedy: pack the page again from its original, which makes the next version of the bag.
    """
    if parsed.fault is not None:
        yield Fault(Place(path, parsed.fault.line, parsed.fault.column), parsed.fault.message)


@rule("PRM102", "record-breaks-schema", severity="error", source="JSON Schema 2020-12")
def record_breaks_schema(path: str, parsed: ParsedJson, faults: list[GrammarFault]) -> Iterator[Fault]:
    """A JSON record does not keep its schema.

    Why: a program that goes by the schema would miss what was meant, or stop; the bag could not be derived again.

    Remedy: see what stands at the line; pack the page again from its original, with the right statements.
    """
    for fault in faults:
        yield Fault(Place(path, fault.line), fault.message)


@rule("PRM103", "report-contradicts-itself", severity="error", source="DESIGN, law 7")
def report_contradicts_itself(path: str, parsed: ParsedJson, faults: list[GrammarFault]) -> Iterator[Fault]:
    """The report at packing says that all is well, or counts, otherwise than its own findings do.

    Why: whoever reads only the first lines is told something that the report itself shows to be untrue.

    Remedy: pack the page again; nothing that Solander writes says this, so ask who changed the record.
    """
    if path != REPORT or parsed.fault is not None or faults:
        return
    report = parsed.value
    counted = Counter(one["severity"] for one in report["findings"])
    for severity in SEVERITIES:
        if (said := report["totals"].get(severity, 0)) != counted[severity]:
            yield Fault(Place(path), f"the count of findings of severity {severity}", str(counted[severity]), str(said))
    passed = not report["unchecked"] and not counted["error"]
    if report["passed"] != passed:
        yield Fault(Place(path), "what the report says of passing", str(passed).lower(), str(report["passed"]).lower())


RULES = (record_not_json, record_breaks_schema, report_contradicts_itself)


def check_json_record(content: bytes, path: str, schemas: SchemaStore) -> Checked:
    """Judge a JSON record by its schema, and a report by itself.

    Args:
        content: the record.
        path: its name in the bag, one of ``SCHEMAS_OF_JSON``; it tells which record it is.
        schemas: where the schemas are.
    """
    parsed = parse_json(content)
    if parsed.fault is not None:
        return Checked(run(RULES, path, parsed, []), [])
    faults, used = json_faults(parsed, SCHEMAS_OF_JSON[path], schemas)
    return Checked(run(RULES, path, parsed, faults), [used])
