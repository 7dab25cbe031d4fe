"""A page's word for its charset is found as the HTML Standard finds it, by every label of the Encoding Standard."""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import turbohtml
import webencodings.labels
from hypothesis import given
from hypothesis import strategies as st
from tests.reading.encoded_texts import CHINESE, HTML, NAMES, believed, meta

from solander.checking.pages.decoding import decode_bytes
from solander.reading.trees.charset import decode
from solander.reading.trees.declared_charset import PRESCAN_BYTES, canonical, find_declaration

# ------------------------------------------------------------------------------------- what the page itself says


def html5lib_cases(shared: Path) -> Iterator[tuple[bytes, str]]:
    for path in sorted((shared / "corpora/encodings/html5lib-tests").glob("*.dat")):
        for case in path.read_bytes().split(b"#data\n")[1:]:
            content, _, name = case.rpartition(b"\n#encoding\n")
            yield content, name.split(b"\n")[0].strip().decode().lower()


def test_every_case_of_html5lib_is_read_as_it_says_and_as_a_second_parser_reads_it(shared: Path):
    cases = list(html5lib_cases(shared))
    assert len(cases) == 82
    for content, name in cases:
        found = find_declaration(content, HTML)
        # Cases that begin with a mark are decided by it; where nothing is declared, the cases take the old default.
        ours = (
            "utf-8" if content.startswith(codecs.BOM_UTF8) else found.name if found and found.name else "windows-1252"
        )
        assert ours == name == str(turbohtml.parse(content).encoding).lower(), content[:200]


def test_every_case_of_html5lib_is_read_in_the_characters_it_means_and_says_by_which_evidence(shared: Path):
    told: Counter[str] = Counter()
    refuted = []
    for content, name in html5lib_cases(shared):
        decoded = decode(content, None, HTML)
        told[decoded.charset.evidence] += 1
        # Where nothing is declared and all is ASCII, the name is UTF-8 and the characters are the same.
        meant = decode_bytes(content, name).removeprefix("\ufeff")
        if decoded.charset.name != name and decoded.text != meant:
            refuted.append((decoded.charset.declared, decoded.charset.evidence))
    assert told == {"bom": 2, "meta": 47, "utf-8-valid": 33}
    # One declares EUC-JP, and its bytes beyond ASCII are all UTF-8: they refute it.
    assert refuted == [("euc-jp", "utf-8-valid")]


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        (b"<meta charset=gbk>", "gbk"),
        (b"<META CHARSET = 'gbk'>", "gbk"),
        (b"<meta/charset=gbk/>", None),
        (b"<meta/charset=gbk />", "gbk"),
        (b"<meta name=a charset=gbk charset=big5>", "gbk"),
        (b'<meta http-equiv=Content-Type content="text/html; charset=gbk">', "gbk"),
        (b'<meta content="text/html; CharSet = &quot;; charset=gbk" http-equiv=content-type>', None),
        (b"<meta content=\"charset charset='gbk'\" http-equiv=content-type>", "gbk"),
        (b'<meta content="text/html; charset=gbk">', None),
        (b'<meta http-equiv=refresh content="text/html; charset=gbk">', None),
        (b"<!-- <meta charset=big5> --><meta charset=gbk>", "gbk"),
        (b"<!--><meta charset=gbk>-->", "gbk"),
        (b"<!-- <meta charset=gbk>", None),
        (b'<a title="<meta charset=big5>"><meta charset=gbk>', "gbk"),
        (b"<? <meta charset=gbk><meta charset=big5>", "big5"),
        (b"<metacharset=gbk>", None),
        (b"<meta charset=no-such><meta charset=gbk>", "gbk"),
        (b"<meta charset=''><meta charset=gbk>", "gbk"),
        (b"<meta charset=utf-16>", "utf-8"),
        (b"<meta charset=utf-16be>", "utf-8"),
        (b"<meta charset=x-user-defined>", "windows-1252"),
        (b"<meta charset=gbk", None),
        (b'<meta charset="gbk', None),
        (b'<?xml version="1.0" encoding="gbk"?><p>', "gbk"),
        (b"<?xml version='1.0' encoding = 'gbk' ?><p>", "gbk"),
        (b'<?xml version="1.0" encoding="utf-16"?><p>', "utf-8"),
        (b'<?xml version="1.0" encoding="g bk"?><p>', None),
        (b'<?xml version="1.0"?><p encoding="gbk">', None),
        (b'<?xml version="1.0" encoding="gbk"', None),
        (b' <?xml version="1.0" encoding="gbk"?>', None),
        (b'<?xml version="1.0" encoding="big5"?><meta charset=gbk>', "gbk"),
    ],
)
def test_a_declaration_is_found_as_the_standard_finds_it(markup: bytes, name: str | None):
    found = find_declaration(markup, HTML)
    assert ((found.name or None) if found else None) == name


def test_in_xhtml_the_xml_declaration_comes_first():
    content = b'<?xml version="1.0" encoding="big5"?><html><meta charset="gbk"/></html>'
    assert find_declaration(content, "application/xhtml+xml") == ("big5", "big5", "xml-declaration")
    assert find_declaration(content, HTML) == ("gbk", "gbk", "meta")


def test_beyond_the_first_bytes_only_a_true_meta_element_counts():
    before = b"<!DOCTYPE html><title>Ferry</title>" + b"<!-- " + b"x" * PRESCAN_BYTES + b" -->"
    assert believed(before + meta("gbk") + CHINESE.encode("gbk")) == ("gbk", "meta")
    for fake in (
        b"<script>'<meta charset=big5>'</script>",
        b"<!-- <meta charset=big5> -->",
        b"<title><meta charset=big5></title>",
        b"<textarea><meta charset=big5></textarea>",
        b"<p title='<meta charset=big5>'>",
    ):
        assert find_declaration(before + fake, HTML) is None
        assert find_declaration(before + fake + meta("gbk"), HTML) == ("gbk", "gbk", "meta")


def test_plain_text_is_not_searched_for_a_declaration():
    assert believed(b'A page begins with <meta charset="gbk">.', media_type="text/plain") == ("utf-8", "utf-8-valid")


# --------------------------------------------------------------------------------------------------- every label


def test_every_label_of_the_standard_is_known_in_any_case():
    labels = webencodings.labels.LABELS
    assert len(labels) >= 228
    assert len(NAMES) == 39
    for label, name in labels.items():
        expected = None if name == "replacement" else name
        assert canonical(label) == canonical(f"\t{label.upper()} \n") == expected


def test_what_is_no_label_is_none():
    for label in (None, "", "utf8x", "u\u0131so", "\N{KELVIN SIGN}OI8-R", "utf-8\xa0", "é"):
        assert canonical(label) is None


@pytest.mark.parametrize("name", NAMES)
def test_every_encoding_is_decoded_and_bytes_that_fit_nothing_are_counted(name: str):
    decoded = decode(b"Ferry", name, "text/plain")
    if name.startswith("utf-16"):
        assert decoded.charset.name == "utf-8"  # five letters and no zero byte: no UTF-16
        return
    assert decoded == ("Ferry", (name, "transport", 0, None))
    whole = decode(bytes(range(1, 256)), name, "text/plain")
    assert whole.charset.replaced == whole.text.count("\N{REPLACEMENT CHARACTER}")


@pytest.mark.parametrize("name", NAMES)
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\N{REPLACEMENT CHARACTER}")))
def test_what_python_can_write_in_an_encoding_reads_the_same_for_reader_and_checker(name: str, text: str):
    if name == "x-user-defined":
        return
    content = text.encode(webencodings.lookup(name).codec_info.name, "ignore")
    decoded = decode(content, name, "text/plain")
    if decoded.charset.evidence == "transport":
        assert decoded.text == decode_bytes(content, name)


def test_the_standards_tables_are_followed_where_pythons_differ():
    for content, name, text in (
        (b"\x81", "windows-1252", "\x81"),
        (b"\xa4\xe0\xae", "koi8-u", "єЮў"),
        (b"\xa1\xc1", "euc-jp", "～"),
        (b"\x81\x60\x87\x40", "shift_jis", "～①"),
        (b"\x80", "gbk", "€"),
        (b"\xff", "x-user-defined", "\uf7ff"),
        (b"\xa1\x45", "big5", "‧"),
    ):
        assert decode(content, name, "text/plain").text == text


def test_a_page_that_would_be_refused_is_not_parsed_to_find_its_declaration(monkeypatch: pytest.MonkeyPatch):
    late = b"<title>a</title>" + b" " * PRESCAN_BYTES + meta("gbk")
    assert find_declaration(late, HTML) == ("gbk", "gbk", "meta")
    monkeypatch.setattr(turbohtml, "parse", lambda *_, **__: pytest.fail("it was parsed"))
    assert find_declaration(late + b"".join(b"<body a%d=1>" % number for number in range(6_000)), HTML) is None
