"""The checker's own decoders: every encoding of the Standard, by its name, without an exception."""

from __future__ import annotations

import pytest
import webencodings
from hypothesis import given
from hypothesis import strategies as st
from webencodings.labels import LABELS

from solander.checking.pages.decoding import decode_bytes

NAMES = sorted({*LABELS.values(), "replacement"})


@given(content=st.binary(max_size=60), name=st.sampled_from(NAMES))
def test_any_bytes_in_any_encoding_give_text(content: bytes, name: str) -> None:
    text = decode_bytes(content, name)
    # No half of a pair is left: the text can be written.
    assert text.encode("utf-8").decode() == text


@pytest.mark.parametrize("name", NAMES)
def test_ascii_is_ascii_in_all_encodings_that_hold_it(name: str) -> None:
    if not name.startswith(("utf-16", "replacement")):
        assert decode_bytes(b"The well, 1821.", name.upper()) == "The well, 1821."


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("utf-8", b"\xef\xbb\xbfa\xef\xbb\xbf", "a\ufeff"),
        ("utf-8", b"a\xe2\x82b\xff", "a\ufffdb\ufffd"),
        ("utf-16le", b"\xff\xfea\0", "a"),
        ("utf-16be", b"\xfe\xff\0a\xd8\0\0b", "a\ufffdb"),
        ("windows-1252", b"\x80\x81\x9d\xe9", "€\x81\x9dé"),
        ("windows-1253", b"\xaa\xe1", "\ufffdα"),
        ("windows-1255", b"\xca", "\u05ba"),
        ("gbk", b"\x80\xd6\xd0\xff", "€中\ufffd"),
        ("gb18030", b"\x81\x30\x81\x30\xa8\xbc", "\x80ḿ"),
        ("gbk", b"\xd6<p>", "\ufffd<p>"),
        ("big5", b"\xa4\xa4\xa1\x45\xa3\xe1\x88\x66", "中‧€Ê"),
        ("euc-kr", b"\xc7\xd1\x81\x41", "한갂"),
        ("shift_jis", b"\x93\xfa\x87\x40\xb1\x80\xa0", "日①ｱ\x80\ufffd"),
        ("euc-jp", b"\xc6\xfc\xad\xa1\x8e\xb1\xa1\xc1", "日①ｱ～"),
        ("iso-2022-jp", b"\x1b$BF|-!\x1b(B a \x1b(J\\~\x1b(I1", "日① a ¥‾ｱ"),
        ("koi8-u", b"\xae\xc1", "ўа"),
        ("x-user-defined", b"a\x80\xff", "a\uf780\uf7ff"),
        ("replacement", b"anything", "\ufffd"),
        ("replacement", b"", ""),
        ("iso-8859-8-i", b"\xe0", "א"),
        ("macintosh", b"\xdb", "€"),
    ],
)
def test_characters_are_the_standards(name: str, content: bytes, text: str) -> None:
    assert decode_bytes(content, name) == text


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(LookupError):
        decode_bytes(b"x", "klingon")


def test_every_name_that_the_reader_may_record_is_known() -> None:
    for label in LABELS:
        found = webencodings.lookup(label)
        assert found is not None
        decode_bytes(b"x", found.name)
