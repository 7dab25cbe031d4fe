"""What is wrong with a JSON or a TOML file is said in our own words, at its line and column."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solander.checking.grammars.json_grammar import parse_json
from solander.checking.grammars.relax_ng import parse_xml
from solander.errors import ProfileError
from solander.model.json_text import place_of
from solander.model.toml_text import setting_place, toml_fault
from solander.pipeline.bags.profiles import load_bag_profile
from solander.profiles import load_profile

JSON_FAULTS = [
    ('{"a": 1,}', 1, 9, "a comma stands before }"),
    ("[1, 2,\n]", 2, 1, "a comma stands before ]"),
    ("{'a': 1}", 1, 2, "a name in double quotes should stand here"),
    ('{"a" 1}', 1, 6, "a colon should part the name from its value; here is 1"),
    ('{"a": 1 "b": 2}', 1, 9, "a comma should stand here, or the end of the list or object"),
    ('{"a": yes}', 1, 7, "a value should stand here"),
    ('{"a": ', 1, 7, "here the text ends"),
    ('{"a": 1}\n{}', 2, 1, "the document is at its end, and more follows: {"),
    ('{"a": "b', 1, 7, "the text that begins here has no closing quotation mark"),
    ('{\n"a": "b\tc"}', 2, 8, "a control character (U+0009) stands in a text; it is written \\t there"),
    ('{"a": "\\x"}', 1, 8, "a backslash begins none of the escapes"),
    ('{\n  "a": NaN}', 2, 8, "NaN is no number of JSON"),
    ('{"a": {"b": 1, "c": 2},\n "a": 3}', 2, 2, "the name 'a' stands twice in one object"),
    ('{"a": [{"b": 1}, {"b": 1,\n  "b": 2}]}', 2, 3, "the name 'b' stands twice in one object"),
    ("", 1, 1, "here the text ends"),
]


@pytest.mark.parametrize(("text", "line", "column", "said"), JSON_FAULTS)
def test_why_a_text_is_no_json_is_said_where_it_is_so(text: str, line: int, column: int, said: str) -> None:
    fault = parse_json(text.encode()).fault
    assert fault is not None
    assert (fault.line, fault.column, said in fault.message) == (line, column, True), fault


def test_bytes_that_are_no_utf_8_have_a_place() -> None:
    fault = parse_json('{\n "é": "'.encode() + b'\xff"}').fault
    assert fault is not None
    assert (fault.line, fault.column) == (2, 8)


@given(
    st.recursive(st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3), max_leaves=8),
    st.data(),
)
def test_whatever_is_cut_from_json_is_told_in_no_words_of_pythons(value: object, data: st.DataObject) -> None:
    text = json.dumps({"a": value}, indent=1)
    cut = data.draw(st.integers(0, len(text) - 1))
    fault = parse_json(text[:cut].encode()).fault
    assert fault is not None
    assert fault.line is not None
    assert fault.column is not None
    assert not re.search(r"Expecting|Unterminated|Extra data|Invalid|char \d", fault.message)


@given(st.dictionaries(st.text(max_size=4), st.lists(st.integers(), max_size=3), max_size=4))
def test_every_value_has_the_place_at_which_it_begins(value: dict[str, list[int]]) -> None:
    text = json.dumps(value, indent=1)
    for name, numbers in value.items():
        for index, number in enumerate(numbers):
            line, column = place_of(text, [name, index]) or (0, 0)
            assert text.split("\n")[line - 1][column - 1 :].startswith(str(number))


TOML_FAULTS = [
    ("organization = ", 1, 16, "a value should stand here"),
    ('organization "x"', 1, 14, "a key should be followed by = and its value"),
    ("[check]\n[check]", 2, 7, "a table is opened once"),
    ('a = 1\na = "x"', 2, 8, "this was set before"),
    ('a = "x', 1, 7, "no closing quotation mark"),
    ('a = "x\ny"', 1, 7, "a line's end ends it"),
    ("a = 1 b = 2", 1, 7, "the line should end here"),
    ("a = [1, 2\nb = 3", 2, 1, "no comma between two entries"),
    ("[check\nfail_on = 1", 1, 7, "should end with ]"),
    ("\n\n= 3", 3, 1, "no setting begins here"),
    ("a = 2024-02-30", 1, 5, "no day or moment"),
]


@pytest.mark.parametrize(("text", "line", "column", "said"), TOML_FAULTS)
def test_why_a_text_is_no_toml_is_said_where_it_is_so(text: str, line: int, column: int, said: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as raised:
        tomllib.loads(text)
    told = toml_fault(raised.value, text)
    assert told.startswith(f"line {line}, ")
    assert said in told


@given(st.text(alphabet="a=[]{}\"'\n#.,1- \\", max_size=12))
def test_whatever_is_no_toml_is_told_in_no_words_of_pythons(text: str) -> None:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        told = toml_fault(error, text)
        assert re.match(r"line [0-9]+, column [0-9]+: [a-z]", told)
        assert "cannot be read" not in told
        assert "something else" not in told


SETTINGS = [
    ('organization = "x"\norganisation = "y"\n', "line 2, column 1: organisation is not a setting"),
    ('[check]\nfail_on = "never"\n', "line 2, column 1: check.fail_on knows no 'never'"),
    ('# a remark = [\n[bag]\n  algorithms = "sha512"\n', "line 3, column 3: bag.algorithms must be a list"),
    ('[check]\nignore = [\n  "DCM002",\n  "BAG003",\n]\n', "line 2, column 1: check.ignore: BAG003 cannot be ignored"),
    ("[chek]\n", "line 1, column 1: chek is not a setting"),
    ('[check]\nseverity = { DCM002 = "mild" }\n', "line 2, column 1: check.severity.DCM002 knows no 'mild'"),
    ("[targets.ours]\nto = 3\n", "line 2, column 1: targets.ours.to must be a string"),
]


@pytest.mark.parametrize(("text", "said"), SETTINGS)
def test_a_setting_that_is_wrong_is_told_with_its_place(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "solander.toml").write_text(text)
    with pytest.raises(ProfileError) as raised:
        load_profile(tmp_path)
    assert said in str(raised.value)


def test_a_key_is_found_behind_texts_that_look_like_keys() -> None:
    text = 'a = """\n[b]\nc = 1\n"""\n[b]\n"d e".f = [\n 1, # c = [\n]\nc = { g = 2 }\n[[h]]\ni = 1\n'
    assert setting_place(text, ["b", "c"]) == (9, 1)
    assert setting_place(text, ["b", "c", "g"]) == (9, 1)
    assert setting_place(text, ["b", "d e", "f", 0]) == (6, 1)
    assert setting_place(text, ["h", 0, "i"]) == (11, 1)
    assert setting_place(text, ["z"]) is None


XML_FAULTS = [
    ("", 1, "there is nothing in it"),
    ("words", 1, "a tag should stand here"),
    ("<a>\n<b></a>", 2, "</a> stands where <b>, which begins in line 2, should end"),
    ("<a>\n<b>", 2, "<b>, which begins in line 2, does not end"),
    ("<a/>\n<b/>", 2, "something follows its root element"),
    ('<a b="1"\n b="2"/>', 2, "@b stands twice in one tag"),
    ("<a>\nR & D</a>", 2, "an & stands alone; it is written &amp;"),
    ("<a>&nbsp;</a>", 1, "&nbsp; is declared nowhere"),
    ("<a>" * 300 + "</a>" * 300, 1, "it nests deeper than 256 elements: more is not read"),
]


@pytest.mark.parametrize(("text", "line", "said"), XML_FAULTS)
def test_why_a_text_is_no_xml_is_said_too(text: str, line: int, said: str) -> None:
    fault = parse_xml(text.encode()).fault
    assert fault is not None
    assert (fault.line or 1, fault.message) == (line, said)


def test_a_file_that_somebody_else_named_is_not_read_out(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("secret-token-of-this-machine")
    with pytest.raises(ProfileError) as raised:
        load_bag_profile(tmp_path / "token")
    assert "line 1, column 1" in str(raised.value)
    assert "secret" not in str(raised.value)
