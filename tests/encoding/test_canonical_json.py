"""JSON is written by our own hand, and to the byte as Python writes it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solander.encoding.canonical_json import canonical

_ODD = st.text(st.characters(codec=None, categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Co"]))
_SIMPLE = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text() | _ODD
)
_VALUES = st.recursive(
    _SIMPLE,
    lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(st.text() | _ODD, inner),
    max_leaves=20,
)


@given(_VALUES)
def test_it_is_what_python_writes(value: Any):
    written = json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    try:
        expected = written.encode()
    except UnicodeEncodeError:
        expected = (json.dumps(value, indent=2, allow_nan=False) + "\n").encode()
    assert canonical(value) == expected


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_of_json_is_refused(value: float):
    for one in (value, [value], {"a": {"b": value}}):
        with pytest.raises(ValueError, match="not JSON compliant"):
            canonical(one)


@pytest.mark.parametrize("value", [{1: "a"}, {None: "a"}, {"a": {True: 1}}, b"a", {"a"}, [object()]])
def test_what_has_no_form_in_json_is_refused_and_no_name_is_made_up(value: Any):
    with pytest.raises(TypeError):
        canonical(value)
