"""The records of a bag that are JSON -> findings: PRM1xx, their form, and that the report at packing is this bag's.

Source: the JSON Schemas in ``schemas/``; RFC 8259.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from solander.checking.grammars.json_grammar import ParsedJson, json_faults, parse_json
from solander.checking.grammars.relax_ng import Checked, GrammarFault
from solander.checking.rules import Check, Fault, rule, run
from solander.model.bag_layout import DATACITE_NAME, REPORT_NAME, SCHEMA_ORG_NAME, STATEMENTS_NAME
from solander.model.finding import SEVERITIES, Place
from solander.model.ports import SchemaStore

SCHEMAS_OF_JSON = {
    STATEMENTS_NAME: "solander-description.schema.json",
    REPORT_NAME: "solander-report.schema.json",
    DATACITE_NAME: "solander-datacite.schema.json",
    SCHEMA_ORG_NAME: "solander-schema-org.schema.json",
}
"""By which schema each record of a bag is judged."""


class Judged(NamedTuple):
    """What is known of the bag of which a report speaks."""

    identifier: str | None
    """``External-Identifier``; ``None`` where there is none."""
    counts: Mapping[str, int] | None
    """The words as they were counted now; ``None`` where they were not compared, or differ."""


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
        yield Fault(Place(path, fault.line, fault.column), fault.message)


@rule("PRM103", "report-contradicts-itself", severity="error", source="DESIGN, law 7")
def report_contradicts_itself(path: str, parsed: ParsedJson, faults: list[GrammarFault]) -> Iterator[Fault]:
    """The report at packing says that all is well, or counts, or names rules, otherwise than its own findings do.

    Why: whoever reads only the first lines is told something that the report itself shows to be untrue.

    Remedy: pack the page again; nothing that Solander writes says this, so ask who changed the record.
    """
    if path != REPORT_NAME or parsed.fault is not None or faults:
        return
    report = parsed.value
    counted = Counter(one["severity"] for one in report["findings"])
    for severity in SEVERITIES:
        if (said := report["totals"].get(severity, 0)) != counted[severity]:
            yield Fault(
                Place(path), f"the count of findings of severity {severity} is wrong", str(counted[severity]), str(said)
            )
    ran = set(report["rules"])
    for code in dict.fromkeys(one["code"] for one in report["findings"]):
        if code not in ran:
            yield Fault(Place(path), f"there is a finding of {code}, which is not among the rules that ran")
    if not report["unchecked"]:
        # Law 7: where nothing was asked, nothing is valid.
        for name in ("rules", "schemas"):
            if not report[name]:
                yield Fault(Place(path), f"nothing is reported as not checked, but no {name} are named")
    passed = not report["unchecked"] and not counted["error"]
    if report["passed"] != passed:
        yield Fault(
            Place(path), "whether the report passed is told wrongly", str(passed).lower(), str(report["passed"]).lower()
        )


@rule("PRM104", "report-of-another-bag", severity="error", source="DESIGN, law 7")
def report_of_another_bag(path: str, report: Any, judged: Judged) -> Iterator[Fault]:
    """The report at packing names another object than the bag, or counts other words than are there.

    Why: a report that was taken from elsewhere, or made up, says nothing of this bag.

    Remedy: pack the page again; ask who changed the record.
    """
    if judged.identifier is not None and report["subject"] != judged.identifier:
        yield Fault(Place(path), "this is not the identifier of the bag", judged.identifier, report["subject"])
    # Reports of earlier versions counted words and what was left out alone.
    reckoned = _RECKONED if _SINCE in report["counts"] else _FIRST_RECKONED
    recorded = {name: number for name, number in report["counts"].items() if name.startswith(reckoned)}
    # What could not be compared at packing was not counted either.
    if judged.counts is None or (report["unchecked"] and not recorded):
        return
    for name in sorted(recorded.keys() | {name for name in judged.counts if name.startswith(reckoned)}):
        if (found := recorded.get(name, 0)) != (expected := judged.counts.get(name, 0)):
            yield Fault(Place(path), f"the count of {name} is wrong", str(expected), str(found))
    for name in _SINCE_LATELY:
        told, reckoned_now = report["counts"].get(name), judged.counts.get(name)
        if told is not None and reckoned_now is not None and told != reckoned_now:
            yield Fault(Place(path), f"the count of {name} is wrong", str(reckoned_now), str(told))


RECORD_RULES = (record_not_json, record_breaks_schema, report_contradicts_itself)
BAG_RULES = (report_of_another_bag,)
RULES: tuple[Check[...], ...] = (*RECORD_RULES, *BAG_RULES)

_FIRST_RECKONED = ("words", "left-out-")
_RECKONED = (*_FIRST_RECKONED, "gaps-", "characters-")
"""How the counts are called that can be reckoned again from the original and the TEI."""

_SINCE_LATELY = ("links", "things-shown")
"""Counts that earlier reports have not, and that are held against the bag where both are known."""

_SINCE = "characters-replaced"
"""The count by which a report is known to have them all."""


def check_json_record(content: bytes, path: str, schemas: SchemaStore, judged: Judged | None = None) -> Checked:
    """Judge a JSON record by its schema, and a report by itself and by what was found of its bag.

    Args:
        content: the record.
        path: its name in the bag, one of ``SCHEMAS_OF_JSON``; it tells which record it is.
        schemas: where the schemas are.
        judged: what was found of the bag; without it ``BAG_RULES`` do not run.
    """
    parsed = parse_json(content)
    if parsed.fault is not None:
        return Checked(run(RECORD_RULES, path, parsed, []), [])
    faults, used = json_faults(parsed, SCHEMAS_OF_JSON[path], schemas)
    findings = run(RECORD_RULES, path, parsed, faults)
    if judged is not None and path == REPORT_NAME and not faults:
        findings += run(BAG_RULES, path, parsed.value, judged)
    return Checked(findings, [used])
