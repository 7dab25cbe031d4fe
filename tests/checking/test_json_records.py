"""PRM1xx rules: each trips on its specimen and on nothing else; JSON is read strictly, and never without bounds."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solander.checking.grammars.json_grammar import DEPTH, parse_json, pointer
from solander.checking.records.json_records import RECORD_RULES, check_json_record
from solander.encoding.report_json import encode_report
from solander.encoding.statements import encode_statements
from solander.model.bag_layout import REPORT_NAME
from solander.model.description import Description, Evidence, Statement
from solander.model.finding import SEVERITIES, Finding, Place, Report, SchemaUsed
from solander.model.json_text import place_of
from solander.profiles import SCHEMAS

FAULTS = Path(__file__).parents[1] / "faults"
SPECIMENS = sorted(path.parent for path in FAULTS.glob("PRM1*/*.json"))
DESCRIPTION = "metadata/description.json"
OPTIONS = {
    "algorithms": "sha512 md5",
    "at": "2026-11-24T10:00:00Z",
    "charset": "utf-8",
    "media-type": "text/html",
    "original-name": "page.html",
}
STATEMENT = Statement("title", "The well", Evidence("markup", "title"), language="en", refinement="alternative")
SAID = Statement("title", "The well", Evidence("person", "stated when packing"))


def judge(content: bytes | str, path: str = DESCRIPTION) -> list[Finding]:
    return check_json_record(content.encode() if isinstance(content, str) else content, path, SCHEMAS).findings


def codes(content: bytes | str, path: str = DESCRIPTION) -> set[str]:
    return {one.code for one in judge(content, path)}


def description() -> bytes:
    return encode_statements(Description(statements=(STATEMENT,)), said=(SAID,), options=OPTIONS).content


def report(*severities: str, unchecked: tuple[str, ...] = ()) -> bytes:
    found = [
        Finding(Place("a", 1, 2, "/b"), "BAG003", "payload-digest-mismatch", one, "m", "e", "f") for one in severities
    ]
    used = SchemaUsed("solander-tei.rng", "1", "0" * 64, "libxml2")
    return encode_report(
        Report(subject="x", findings=tuple(found), rules=("BAG003",), schemas=(used,), unchecked=unchecked)
    ).content


# --------------------------------------------------------------------------------------------------- the rules' own


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda path: path.name)
def test_a_specimen_trips_its_rule_and_no_other(specimen: Path) -> None:
    (record,) = specimen.glob("*.json")
    found = judge(record.read_bytes(), f"metadata/{record.name}")
    assert {f"{one.code}-{one.name}" for one in found} == {specimen.name}
    assert len(found) == 1


def test_every_rule_has_a_specimen() -> None:
    assert {path.name[:6] for path in SPECIMENS} == {check.rule.code for check in RECORD_RULES}


def test_what_is_written_has_no_finding() -> None:
    assert judge(description()) == []
    for severities in ((), ("info",), ("error", "warning", "warning")):
        assert judge(report(*severities), REPORT_NAME) == []
    assert judge(report(unchecked=("a file",)), REPORT_NAME) == []


def test_which_schema_judged_is_told() -> None:
    for content in (description(), b"{}"):
        (used,) = check_json_record(content, DESCRIPTION, SCHEMAS).schemas
        assert used.name == "solander-description.schema.json"
    assert check_json_record(b"", DESCRIPTION, SCHEMAS).schemas == []


# ------------------------------------------------------------------------------------------------------- no JSON


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" ",
        b"{",
        b"{} {}",
        b"{'a': 1}",
        b"{a: 1}",
        b'{"a": 1,}',
        b"[1 2]",
        b"/* a */ {}",
        b"\xff",
        "{}".encode("utf-16"),
        b"\xef\xbb\xbf{}",
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b'{"a": ' + b"1" * 5000 + b"}",
        b'{"a": 1.' + b"1" * 5000 + b"}",
        b'{"a": 1, "a": 1}',
        b'{"a": {"b": 1, "\\u0062": 1}}',
        b'"\x01"',
    ],
)
def test_what_is_no_strict_json_is_told_so_and_nothing_else(content: bytes) -> None:
    assert codes(content) == {"PRM101"}


def test_the_line_of_what_is_no_json_is_told() -> None:
    assert [one.place.line for one in judge('{\n"a": 1,\n"b" 2}')] == [3]
    assert [one.place.line for one in judge(b'{\n"a": 1,\n\n"b": "\xff"}')] == [4]


@pytest.mark.parametrize(("begin", "end"), [("[", "]"), ('{"a":', "}"), ('[{"a":', "}]")])
def test_depth_is_bounded(begin: str, end: str) -> None:
    steps = begin.count("[") + begin.count("{")
    fits = DEPTH // steps
    assert parse_json((begin * fits + "1" + end * fits).encode()).fault is None
    for deep in (fits + 1, 1_000, 200_000):
        fault = parse_json((begin * deep + "1" + end * deep).encode()).fault
        assert fault is not None
        assert fault.message == f"it nests deeper than {DEPTH} levels here"
    assert parse_json(b"[" * 200_000).fault is not None


def test_brackets_within_words_are_no_depth() -> None:
    assert parse_json(json.dumps(["[{" * 1_000 + '"\\' * 1_000]).encode()).fault is None


def test_a_name_that_stands_twice_is_found_among_very_many() -> None:
    names = ",".join(f'"{number}":1' for number in range(50_000))
    (found,) = judge("{" + names + ',"49999":1}')
    assert found.message == "the name '49999' stands twice in one object"


# --------------------------------------------------------------------------------------------------------- schema


def test_a_fault_is_placed_at_its_line_and_way() -> None:
    content = description().decode()
    line = next(number for number, one in enumerate(content.splitlines(), 1) if '"chosen"' in one)
    (found,) = judge(content.replace('"chosen": true', '"chosen": "true"', 1))
    assert (found.place.line, found.message) == (line, '/statements/0/chosen: "true" should be true or false')


@pytest.mark.parametrize("content", ["null", "[]", "1", '"a"', "{}", "true"])
def test_json_of_another_kind_is_no_record(content: str) -> None:
    for path in (DESCRIPTION, REPORT_NAME):
        assert codes(content, path) == {"PRM102"}


def test_very_many_faults_are_told_within_bounds() -> None:
    value = json.loads(description())
    value["statements"] = [1] * 20_000
    assert 0 < len(judge(json.dumps(value))) <= 100
    value["statements"] = ["x" * 1_000_000]
    assert all(len(one.message) < 400 for one in judge(json.dumps(value)))


def test_a_hostile_name_is_told_and_harms_nothing() -> None:
    value = json.loads(report())
    value["counts"]["\ud800\x1b[31m/~"] = -1
    found = judge(json.dumps(value), REPORT_NAME)
    assert any(one.message.startswith("/counts/\ud800\x1b[31m~1~0: ") for one in found)


def mutated(value: Any, chance: random.Random) -> Any:
    """A copy in which one place, at random, holds something else."""
    value = copy.deepcopy(value)
    places: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        one = waiting.pop()
        keys = one if isinstance(one, dict) else range(len(one))
        places.extend((one, key) for key in keys)
        waiting.extend(one[key] for key in keys if isinstance(one[key], (dict, list)))
    holder, key = chance.choice(places)
    action = chance.randrange(3)
    if action == 0:
        del holder[key]
    elif action == 1 and isinstance(holder, dict):
        holder[chance.choice(("a", "value", "language", "line", "error"))] = chance.choice(VALUES)
    else:
        holder[key] = chance.choice(VALUES)
    return value


VALUES = (None, True, False, 0, 1, -1, 1.0, 1.5, "", "a", "error", "BAG003", "0" * 64, [], {}, ["a"], {"a": 1})


@pytest.mark.parametrize(
    ("path", "content", "schema"),
    [
        (DESCRIPTION, description(), "solander-description.schema.json"),
        (REPORT_NAME, report("info", "error", unchecked=("a file",)), "solander-report.schema.json"),
    ],
    ids=["description", "report"],
)
def test_our_verdict_on_a_harmed_record_is_that_of_json_schema(path: str, content: bytes, schema: str) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMAS.read(schema)))
    chance = random.Random(5)
    verdicts = []
    for _ in range(400):
        value = mutated(json.loads(content), chance)
        verdicts.append(validator.is_valid(value))
        assert ("PRM102" not in codes(json.dumps(value), path)) == verdicts[-1], value
    assert 20 < sum(verdicts) < 380


# --------------------------------------------------------------------------------------------------------- report


def edited(content: bytes, **changes: Any) -> str:
    return json.dumps({**json.loads(content), **changes})


@pytest.mark.parametrize("severity", SEVERITIES)
def test_a_wrong_count_is_found(severity: str) -> None:
    content = report("info", "warning", "error")
    totals = {"info": 1, "warning": 1, "error": 1}
    assert codes(edited(content, totals=totals), REPORT_NAME) == set()
    for wrong in (0, 2):
        (found,) = judge(edited(content, totals={**totals, severity: wrong}), REPORT_NAME)
        assert (found.code, found.expected, found.found) == ("PRM103", "1", str(wrong))
    del totals[severity]
    assert codes(edited(content, totals=totals), REPORT_NAME) == {"PRM102"}


def test_where_nothing_was_asked_nothing_is_valid() -> None:
    for name in ("rules", "schemas"):
        assert codes(edited(report(), **{name: []}), REPORT_NAME) == {"PRM103"}
        unchecked = report(unchecked=("all of it",))
        assert codes(edited(unchecked, **{name: []}), REPORT_NAME) == set()


def test_a_finding_is_that_of_a_rule_that_ran() -> None:
    (found,) = judge(edited(report("info", "info"), rules=["TEI103"]), REPORT_NAME)
    assert (found.code, "BAG003" in found.message) == ("PRM103", True)


@pytest.mark.parametrize(
    ("content", "passed"),
    [(report(), True), (report("warning"), True), (report("error"), False), (report(unchecked=("a",)), False)],
)
def test_a_report_passes_without_errors_and_with_all_checked(content: bytes, passed: bool) -> None:
    assert codes(edited(content, passed=passed), REPORT_NAME) == set()
    (found,) = judge(edited(content, passed=not passed), REPORT_NAME)
    assert (found.code, found.expected, found.found) == ("PRM103", str(passed).lower(), str(not passed).lower())


# ---------------------------------------------------------------------------------------------------------- lines

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=20,
)


@given(JSON, st.integers(0, 4), st.randoms(use_true_random=False))
def test_the_line_of_a_value_is_where_it_begins(value: Any, indent: int, chance: random.Random) -> None:
    text = json.dumps(value, indent=indent)
    way: list[str | int] = []
    while isinstance(value, (dict, list)) and value and chance.random() < 0.8:
        key = chance.choice(list(value) if isinstance(value, dict) else range(len(value)))
        way.append(key)
        value = value[key]
    (line, _) = place_of(text, way) or (None, None)
    assert line is not None
    begin = json.dumps(value, indent=indent)[:1]
    last = json.dumps(way[-1]) + ": " if way and isinstance(way[-1], str) else ""
    assert text.splitlines()[line - 1].strip(" ").startswith(last + begin)


def test_what_is_not_there_has_no_line() -> None:
    assert place_of('{"a": [1]}', ["b"]) is None
    assert place_of('{"a": [1]}', ["a", 1]) is None


def test_a_way_is_a_json_pointer() -> None:
    assert pointer([]) == ""
    assert pointer(["a/b", 0, "~"]) == "/a~1b/0/~0"


def test_an_empty_object_before_a_fault_does_no_harm() -> None:
    value = {"said": [], "statements": [{"evidence": {}, "value": 1}], "options": {}, "schema": 1}
    text = json.dumps(value, indent=1)
    wrong = [one.place.line for one in judge(text) if "should be a text" in one.message]
    assert wrong == [number for number, line in enumerate(text.splitlines(), 1) if '"value": 1' in line]
