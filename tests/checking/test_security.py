"""What an access copy would do to its reader is found however it is written, and what is harmless is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import solander
from solander.checking.opened.access_copy import css_addresses, read_access_copy
from solander.pipeline.pages.judging import judge_access_copy

HEAD = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><title>a</title></head><body>'
)


def codes(markup: str | bytes, path: str = "data/access/page.html") -> set[str]:
    content = markup if isinstance(markup, bytes) else (HEAD + markup).encode("utf-8", "surrogatepass")
    report = judge_access_copy(content, path)
    assert not report.unchecked
    return {one.code for one in report.findings}


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<SCRIPT\n>1</SCRIPT>", {"SEC001"}),
        ("<script type=module src=a.js></script>", {"SEC001"}),
        ("<svg><script>1</script></svg>", {"SEC001"}),
        ("<svg><script href=a.js /></svg>", {"SEC001"}),
        ("<math><mtext><script>1</script></mtext></math>", {"SEC001"}),
        ("<noscript><meta http-equiv=refresh content=0></noscript>", {"SEC006", "SEC015"}),
        ("<noscript><p title='</noscript><script>1</script>'></noscript>", {"SEC015"}),
        ("<div><template shadowrootmode=open><script>1</script></template></div>", {"SEC015"}),
        ("<div><TEMPLATE ShadowRootMode=closed><p>a</TEMPLATE></div>", {"SEC015"}),
        ("<img src=a.png OnError=1>", {"SEC002"}),
        ("<svg/onload=1>", {"SEC002"}),
        ("<details ontoggle=1 open>", {"SEC002"}),
        ("<a href=JaVaScRiPt:1>", {"SEC003"}),
        ("<a href='java\tscr\nipt:1'>", {"SEC003"}),
        ("<a href='\x01 javascript:1'>", {"SEC003"}),
        ("<a href=&#106;avascript&colon;1>", {"SEC003"}),
        ("<form action=javascript:1>", {"SEC003", "SEC007"}),
        ("<svg><a xlink:href=javascript:1>", {"SEC003"}),
        ("<svg><animate attributeName=href values=javascript:1>", {"SEC003"}),
        ("<math href=javascript:1>", {"SEC003"}),
        ("<iframe src=javascript:1></iframe>", {"SEC003", "SEC008"}),
        ("<iframe srcdoc='<p>'></iframe>", {"SEC004", "SEC008"}),
        ("<object data='data:text/html,a'></object>", {"SEC004", "SEC008"}),
        ("<embed src='DATA:image/svg+xml,a'>", {"SEC004", "SEC008"}),
        ("<img src=//b.example/c.png>", {"SEC005"}),
        ("<img src='\\\\b.example\\c.png'>", {"SEC005"}),
        ("<img srcset='a.png 1x, https://b.example/c.png 2x'>", {"SEC005"}),
        ("<link rel='alternate STYLESHEET' href=https://b.example/c.css>", {"SEC005"}),
        ("<link rel=preload as=image imagesrcset='a.png 1x, https://b.example/c.png 2x'>", {"SEC005"}),
        ("<img src=a.png attributionsrc='https://b.example/ https://c.example/'>", {"SEC005"}),
        ("<style>@import 'https://b.example/c.css'</style>", {"SEC005"}),
        ("<style>p { background: \\55RL(  'https://b.example' ) }</style>", {"SEC005"}),
        ("<style>p { background: image-set('https://b.example/a' 1x) }</style>", {"SEC005"}),
        ("<svg><use href=https://b.example/#c /></svg>", {"SEC005"}),
        ("<svg><rect fill='url(https://b.example/#c)'/></svg>", {"SEC005"}),
        ("<a ping=https://b.example/ href=#>", {"SEC005"}),
        ("<td background=https://b.example/>", set()),
        ("<table background=https://b.example/>", {"SEC005"}),
        ("<button formaction=https://b.example/>", {"SEC007"}),
        ("<base href=//b.example/>", {"SEC009"}),
        ("<a href=file:///etc/passwd>", {"SEC010"}),
        ("<img src=/etc/passwd>", {"SEC010"}),
        ("<img src=%2e%2e/../../a>", {"SEC010"}),
        ("<img src='..\\..\\..\\a'>", {"SEC010"}),
    ],
)
def test_what_a_browser_would_do_is_found(markup: str, found: set[str]) -> None:
    assert codes(markup) == found


@pytest.mark.parametrize(
    "markup",
    [
        "<!-- <script>1</script> --><p>&lt;script&gt;</p>",
        "<script type=application/ld+json>{}</script>",
        "<template><script>1</script></template>",
        "<template shadowroot=open><p>a</p></template>",
        "<link rel=preload as=image imagesrcset='a.png 1x'><img src=a.png attributionsrc>",
        "<a href=https://b.example/>b</a> <a href=mailto:c@b.example>c</a> <a href=#d>d</a>",
        "<img src=../media/a.png alt=a> <img src='data:image/svg+xml,%3Csvg/%3E' alt=b>",
        "<link rel=canonical href=https://b.example/><link rel=license href=https://b.example/>",
        "<style>p { color: red } a { mask: url(#b) } /* url(https://c.example) */</style>",
        "<p style='background: url(../media/a.png)' one=1 onto>",
        "<form action='#'><input name=q></form>",
        "<textarea><script>1</script></textarea><title><script></title>",
    ],
)
def test_what_is_harmless_is_left_alone(markup: str) -> None:
    assert codes(markup) - {"SEC002"} == set()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("<p>\u00e9".encode("latin-1"), {"SEC011", "SEC012"}),
        ("\ufeff<script>".encode("utf-16-le"), {"SEC011", "SEC012"}),
        (b"<meta charset=utf-7><p>+ADw-script+AD4-", {"SEC011", "SEC012"}),
        (b"\xef\xbb\xbf<p>a", {"SEC012"}),
        (b"<meta charset='UTF-8'><meta http-equiv=content-security-policy content=\"script-src 'none'\">", set()),
        (b"<meta charset=utf-8><meta http-equiv=content-security-policy content=\"default-src 'self'\">", {"SEC012"}),
        (
            b"<meta charset=utf-8><meta http-equiv=content-security-policy "
            b"content=\"default-src 'none'; script-src 'unsafe-inline'\">",
            {"SEC012"},
        ),
    ],
)
def test_encoding_and_policy_are_plain_or_said_not_to_be(content: bytes, found: set[str]) -> None:
    assert codes(content) == found


def test_a_script_with_a_prefix_is_one_and_entities_are_not_looked_through() -> None:
    xhtml = b'<html xmlns:h="http://www.w3.org/1999/xhtml"><h:script>1</h:script></html>'
    assert "SEC001" in codes(xhtml, "data/access/page.xhtml")
    hidden = b'<!DOCTYPE a [<!ENTITY b "<script>1</script>">]><a>&b;</a>'
    assert judge_access_copy(hidden, "data/access/page.svg").unchecked


def test_a_place_has_the_line_where_that_is_sure() -> None:
    report = judge_access_copy((HEAD + "\n\n<p onclick='walk()'>").encode(), "data/access/page.html")
    (finding,) = report.findings
    assert (finding.place.path, finding.place.line, finding.found) == ("data/access/page.html", 3, "walk()")


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from(("url(", "\\", "75", "@import", "'", '"', ")", "/*", "a")), max_size=20).map("".join)
)
def test_no_style_is_beyond_being_read(style: str) -> None:
    assert all(isinstance(one, str) for one in css_addresses(style))


@given(st.binary(max_size=300))
def test_no_bytes_are_beyond_being_judged(content: bytes) -> None:
    assert not isinstance(read_access_copy(content, "data/access/page.html"), str)


def test_a_bag_that_solander_made_is_judged_with_its_access_copy_and_no_other(tmp_path, material) -> None:
    accession = solander.pack(material / "lighthouse.html", into=tmp_path / "archive", uri="https://museum.example/a")
    copy = accession.path / "data/access/page.html"
    assert not any(one.code.startswith("SEC") for one in accession.report.findings)
    copy.write_text(f"{HEAD}<script>1</script>")
    report = solander.validate(accession.path)
    assert {"SEC001", "BAG003"} <= {one.code for one in report.findings}
    assert "SEC012" in report.rules
    other = tmp_path / "payload/access"
    other.mkdir(parents=True)
    (other / "page.html").write_text("<script>1</script>")
    made = solander.make_bag(tmp_path / "payload", into=tmp_path, name="other")
    assert not any(one.code.startswith("SEC") for one in solander.validate(made.path).findings)
