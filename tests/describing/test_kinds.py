"""What a candidate was read from steers the rules; the words that tell people of it do not."""

import ast
from pathlib import Path

import pytest
from tests.house import FILES, assert_none, nodes, room

from solander.describing import describe
from solander.describing.candidate import candidate
from solander.describing.kinds import Kind
from solander.model.capture import Capture
from solander.model.description import ORIGINS, Description
from solander.reading import read_page

MATERIAL = Path(__file__).parents[1] / "material"
ARTICLE = """<html lang="en"><head><title>The well runs dry | Bay Herald</title>
<meta name="author" content="Bay Herald"><meta property="og:title" content="The well runs dry - Bay Herald">
<meta name="title" content="The well runs dry | Bay Herald"><meta name="dc.subject" content="Wells">
<meta name="dcterms.spatial" content="Lantern Bay"><meta name="dcterms.contributor" content="Ann Lee">
<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ann Lee, Jan Okoro">
<script type="application/ld+json">{"@type": "WebPage", "name": "The well runs dry", "author": {"name": "Web Desk"},
"datePublished": "2021-12-07", "contributor": "Ann Lee", "publisher": {"name": "Ann Lee"}}</script></head>
<body><header><a href="https://bay.example/">Bay Herald</a></header>
<main><article><h1>The well runs dry</h1><p class="byline">By Ann Lee</p><time>8 December 2021</time>
<p>Published: 8 December 2021</p><p>The keeper wrote the hour into the book, as he had done for twenty years.</p>
<a rel="tag" href="/t/w">water</a><a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY</a>
</article></main><footer>&copy; 2021 Ann Lee</footer></body></html>"""
LETTER = "From: Ann Lee <ann@bay.example>\nDate: 8 December 2021\nSubject: The well\n\nThe keeper wrote the hour.\n"
PAGES = {
    "article": (ARTICLE.encode(), "text/html"),
    "letter": (LETTER.encode(), "text/plain"),
    **{
        path.stem: (path.read_bytes(), "text/html" if path.suffix == ".html" else "text/plain")
        for path in sorted(MATERIAL.glob("*.*"))
        if path.suffix in (".html", ".txt")
    },
}


def described(content: bytes, media_type: str) -> Description:
    capture = Capture(content=content, uri="https://bay.example/well", media_type=media_type)
    return describe(read_page(capture), capture)


def without_words(description: Description) -> list[tuple[object, ...]]:
    """All statements, those that lost as well, without the words of their evidence."""
    return [
        (*one._replace(evidence=one.evidence._replace(detail="")), one.evidence.source)
        for one in description.statements
    ]


@pytest.mark.parametrize("page", PAGES)
def test_other_words_for_the_evidence_change_nothing_but_those_words(page, monkeypatch):
    before = described(*PAGES[page])
    for kind in Kind:
        monkeypatch.setattr(kind, "words", f"from {kind.words}")
    after = described(*PAGES[page])
    assert without_words(after) == without_words(before)
    assert [one.evidence.detail for one in after.statements] == [
        f"from {one.evidence.detail}" for one in before.statements
    ]


def test_no_rule_asks_for_the_words_of_the_evidence():
    assert_none(
        [
            f"{file}:{node.lineno} asks for {ast.unparse(node)}"
            for file in FILES
            if room(file) in ("describing", "checking") and file.name not in ("kinds.py", "candidate.py")
            for node in nodes(file)
            if (isinstance(node, ast.Attribute) and node.attr == "detail" and isinstance(node.ctx, ast.Load))
            or (isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith(".evidence"))
        ]
    )


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_has_an_origin_and_words_and_is_none_but_itself(kind):
    assert kind.origin in ORIGINS
    assert kind.words
    assert [one for one in Kind if one == kind] == [kind]


@pytest.mark.parametrize(
    ("kind", "name", "detail"),
    [
        (Kind.BYLINE, "", "byline"),
        (Kind.CLASS, "author", "class author"),
        (Kind.META, "author", "author"),
        # Braces in a page's own name are its own.
        (Kind.CLASS, "{}", "class {}"),
        (Kind.LABEL, "", "label "),
    ],
)
def test_the_words_of_the_evidence_are_those_of_the_kind_with_the_name_in_them(kind, name, detail):
    evidence = candidate("creator", "Ann Lee", kind, "xpath(/html)", name=name).statement.evidence
    assert evidence == (kind.origin, detail, "xpath(/html)")


def test_one_mark_is_one_kind_of_one_name():
    author, byline = (candidate("creator", "Ann Lee", Kind.CLASS, name=name) for name in ("author", "byline"))
    assert author.mark == candidate("creator", "Jan Okoro", Kind.CLASS, name="author").mark
    assert author.mark != byline.mark
    assert author.mark != candidate("creator", "Ann Lee", Kind.META, name="author").mark
