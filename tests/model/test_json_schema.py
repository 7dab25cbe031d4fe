"""The quick yes of JSON Schema: it never says yes where the reference implementation says no."""

import json
import re
import tomllib

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solander.encoding.report_json import encode_report
from solander.encoding.statements import encode_statements
from solander.model.description import Description, Evidence, Statement
from solander.model.finding import Finding, Place, Report, SchemaUsed
from solander.model.json_schema import plainly_keeps
from solander.profiles import SCHEMAS, default_toml

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
STATEMENT = Statement("title", "A", Evidence("meta", "og:title", "xpath(/html)"), "en", "alternative", chosen=False)
SAID = Statement("title", "A", Evidence("person", "stated when packing"))
OPTIONS = {
    "algorithms": "sha512",
    "at": "2026-11-23T12:00:00Z",
    "charset": "utf-8",
    "media-type": "text/html",
    "original-name": "page.html",
    "uri": "https://museum.example/",
}
RIGHT = {
    "solander-description.schema.json": encode_statements(
        Description(statements=(STATEMENT,)), said=(SAID,), options=OPTIONS
    ).content.decode(),
    "solander-report.schema.json": encode_report(
        Report(
            subject="a",
            findings=(Finding(Place("a", 1, 2, "/b"), "BAG003", "payload-digest-mismatch", "error", "m", "e", "f"),),
            rules=("BAG003",),
            schemas=(SchemaUsed("n", "1", "0" * 64, "libxml2"),),
            unchecked=("c",),
            counts=(("files", 3),),
        )
    ).content.decode(),
    "solander-toml.schema.json": json.dumps(
        tomllib.loads(
            default_toml().replace("# org", "org").replace("# contact", "contact").replace("# licence", "licence")
        )
    ),
}


def places(value, so_far=()):
    yield so_far
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield from places(member, (*so_far, key))


@st.composite
def nearly_right(draw, name):
    """What we write, with one part of it taken out, put in, or replaced by anything."""
    value = json.loads(RIGHT[name])
    *way, last = draw(st.sampled_from([place for place in places(value) if place]))
    holder = value
    for key in way:
        holder = holder[key]
    match draw(st.sampled_from(("keep", "replace", "remove", "add"))):
        case "replace":
            holder[last] = draw(JSON | st.sampled_from(("", "X1", "abc001", "BAG003", "fatal", 0, -1, 1, True, None)))
        case "remove":
            del holder[last]
        case "add" if isinstance(holder, dict):
            holder[draw(st.text(max_size=5) | st.sampled_from(("line", "path", "error", "value")))] = draw(JSON)
        case "add":
            holder.insert(draw(st.integers(0, len(holder))), draw(JSON))
    return value


@pytest.mark.parametrize("name", RIGHT)
def test_what_we_write_is_a_plain_yes(name):
    assert plainly_keeps(json.loads(RIGHT[name]), json.loads(SCHEMAS.read(name)))


@pytest.mark.parametrize("name", RIGHT)
def test_the_quick_yes_and_the_reference_agree(name):
    schema = json.loads(SCHEMAS.read(name))
    reference = jsonschema.Draft202012Validator(schema)

    @given(nearly_right(name))
    def agree(value):
        quick, slow = plainly_keeps(value, schema), reference.is_valid(value)
        # Only of whole numbers written as fractions does the quick one leave the word to the slow one.
        assert quick == slow or (slow and re.search(r"[0-9]\.0|[0-9]e", json.dumps(value)))

    agree()


@given(JSON)
def test_a_keyword_that_is_not_known_is_never_a_yes(value):
    assert not plainly_keeps(value, {"oneOf": [{}]})
    assert not plainly_keeps(value, {"type": ["string", "null"]})
    assert not plainly_keeps(value, {"$ref": "urn:uuid:elsewhere"})


def test_texts_are_told_apart_and_other_things_are_for_the_reference():
    assert plainly_keeps(["a", "b"], {"uniqueItems": True})
    assert plainly_keeps(["a", "a"], {"uniqueItems": False})
    assert plainly_keeps("a", {"uniqueItems": True})
    assert not plainly_keeps(["a", "a"], {"uniqueItems": True})
    assert not plainly_keeps([1, 2], {"uniqueItems": True})
    assert plainly_keeps([{"a": "b"}, {"a": "c"}, "b"], {"uniqueItems": True})
    assert not plainly_keeps([{"a": "b", "c": "d"}, {"c": "d", "a": "b"}], {"uniqueItems": True})
    assert not plainly_keeps([{"a": 1}, {"a": 2}], {"uniqueItems": True})


def test_what_needs_another_thing_beside_it_has_it():
    schema = {"dependentRequired": {"column": ["line"]}}
    assert plainly_keeps({"line": 1, "column": 2}, schema)
    assert plainly_keeps({"line": 1}, schema)
    assert plainly_keeps([], schema)
    assert not plainly_keeps({"column": 2}, schema)


def test_a_truth_is_no_number_and_a_number_no_truth():
    assert not plainly_keeps(True, {"type": "integer"})
    assert not plainly_keeps(1, {"type": "boolean"})
    assert not plainly_keeps(True, {"const": 1})
