import pytest
from hypothesis import given
from hypothesis.strategies import characters, text
from lxml import etree

from solander.encoding.xml_text import (
    Outline,
    attributes,
    escape_attribute,
    escape_legal_text,
    escape_text,
)

ANYTHING = text(characters(codec=None, exclude_categories=()))  # surrogates and controls too


def as_legal(anything: str) -> str:
    """XML 1.0, 2.2, said once more: what is no ``Char`` is U+FFFD."""
    ranges = ((0x9, 0xA), (0xD, 0xD), (0x20, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x10FFFF))
    return "".join(one if any(a <= ord(one) <= b for a, b in ranges) else "\ufffd" for one in anything)


@given(ANYTHING)
def test_any_string_stands_in_xml_as_it_was_but_for_what_xml_forbids(anything):
    element = etree.fromstring(f'<a b="{escape_attribute(anything)}">{escape_text(anything)}</a>'.encode())
    assert (element.text or "") == as_legal(anything)
    assert element.get("b") == as_legal(anything)


@pytest.mark.parametrize("code", [0x0, 0x8, 0xB, 0xC, 0x1F, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF])
def test_what_xml_cannot_hold_becomes_the_replacement_character(code):
    assert escape_text(chr(code)) == escape_attribute(chr(code)) == "\ufffd"


@pytest.mark.parametrize("code", [0x9, 0xA, 0x20, 0x7F, 0x85, 0xD7FF, 0xE000, 0xFFFD, 0x10000, 0x10FFFF])
def test_what_xml_can_hold_is_kept(code):
    assert escape_text(chr(code)) == chr(code)


@given(ANYTHING)
def test_the_quick_way_for_legal_text_gives_the_same(anything):
    assert escape_legal_text(as_legal(anything)) == escape_text(anything)


def test_a_carriage_return_survives_because_it_is_a_reference():
    assert escape_text("a\r\nb") == "a&#xD;\nb"


def test_a_cdata_end_cannot_arise():
    assert "]]>" not in escape_text("]]>")


def test_attributes_keep_their_order_and_none_is_left_out():
    assert attributes({"z": "1", "a": '"<&>"\n', "gone": None}) == ' z="1" a="&quot;&lt;&amp;&gt;&quot;&#xA;"'


def test_an_outline_is_indented_by_two_and_ends_in_one_newline():
    outline = Outline()
    outline.open("a", xmlns__b="urn:b")
    outline.open("b:c")
    outline.leaf("b:d", "x & y", xml__lang="en", none=None)
    outline.close()
    outline.close()
    assert outline.document().decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<a xmlns:b="urn:b">\n  <b:c>\n    <b:d xml:lang="en">x &amp; y</b:d>\n  </b:c>\n</a>\n'
    )


def test_an_outline_left_open_is_a_mistake_of_ours():
    outline = Outline()
    outline.open("a")
    with pytest.raises(ValueError, match="still open"):
        outline.text()
