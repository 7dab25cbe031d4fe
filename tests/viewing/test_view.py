"""The view for reading: every word of the TEI, nothing that acts, the same bytes each time."""

from __future__ import annotations

import gzip
import random
import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.viewing.hostile import TITLES, pages

from solander.checking.opened.view import check_view, read_view_words
from solander.describing import describe
from solander.encoding import encode_tei
from solander.model.capture import Capture
from solander.model.document import Imprint
from solander.model.page import Block
from solander.pipeline.pages.judging import judge_access_copy
from solander.reading import read_page
from solander.reading.trees.positions import positions
from solander.viewing import view_page, view_side_by_side
from solander.viewing.blocks import BlockViewer
from solander.viewing.word_map import MOST_PIECES

AT = datetime(2026, 1, 1, tzinfo=UTC)
MATERIAL = sorted((Path(__file__).parents[1] / "material").iterdir())
ELEMENTS = sorted((Path(__file__).parents[1] / "golden" / "elements").glob("*.html"))
HOSTILE = pages()

ALLOWED = frozenset(
    (
        *("html", "head", "meta", "title", "style", "body", "a", "abbr", "article", "b", "bdi", "bdo", "blockquote"),
        *("br", "caption", "cite", "code", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption"),
        *("figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "ins", "kbd", "li", "main"),
        *("mark", "nav", "ol", "p", "path", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span"),
        *("strong", "sub", "summary", "sup", "svg", "table", "tbody", "td", "th", "time", "tr", "u", "ul", "var"),
    )
)


class Made:
    """A page with what was made of it."""

    def __init__(self, content: bytes, uri: str | None = "https://example.org/a/b.html") -> None:
        self.capture = Capture.of_bytes(content, uri=uri)
        self.page = read_page(self.capture)
        self.description = describe(self.page, self.capture)
        self.tei = encode_tei(self.page, self.description, self.capture, at=AT)
        self.view = view_page(
            self.page, self.description, self.capture, at=AT, imprint=Imprint(organization="<b>Museum</b>")
        )

    @property
    def html(self) -> str:
        return self.view.content.decode()

    @property
    def tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.html)


def assert_harmless(html: str) -> None:
    tree = LexborHTMLParser(html)
    for node in tree.root.traverse():
        assert node.tag in ALLOWED or node.tag == "-doctype", node.html
        for name, value in node.attributes.items():
            assert not name.startswith("on"), node.html
            assert name not in ("style", "src", "srcset", "action", "ping", "background", "poster", "target"), node.html
            if name in ("href", "xlink:href"):
                scheme = urlsplit(value).scheme
                within = value.startswith(("#", "../tei/", "../../metadata/"))
                assert within or scheme in ("http", "https", "mailto"), node.html
                assert within or node.attributes["rel"] == "noopener noreferrer nofollow"
    (style,) = tree.css("style")
    assert "url(" not in style.text()
    assert "@import" not in style.text()
    assert [meta.attributes.get("http-equiv") for meta in tree.css("meta[http-equiv]")] == ["Content-Security-Policy"]


@pytest.mark.parametrize("path", [*MATERIAL, *ELEMENTS], ids=lambda path: path.name)
def test_a_view_has_the_words_of_the_tei_and_nothing_that_acts(path: Path) -> None:
    made = Made(path.read_bytes())
    assert check_view(made.view.content, "page.html", made.tei.content) == ((), ())
    assert_harmless(made.html)


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_of_a_hostile_page_acts_in_its_view(name: str) -> None:
    made = Made(HOSTILE[name].encode(), uri='https://example.org/"><script>alert(1)</script>')
    assert check_view(made.view.content, "page.html", made.tei.content) == ((), ())
    assert_harmless(made.html)
    report = judge_access_copy(made.view.content, made.view.name)
    assert (report.findings, report.unchecked) == ((), ())


def test_five_megabytes_in_an_address_are_not_carried_along() -> None:
    huge = "A" * 5_000_000
    links = f"<a href='data:text/html;base64,{huge}'>a</a><a href='https://example.org/{huge}'>b</a>"
    made = Made(f"<main><p>Words.</p>{links}<img src='data:image/png;base64,{huge}'></main>".encode())
    assert len(made.view.content) < 40_000


def test_real_pages_lose_no_word_in_their_views(shared: Path) -> None:
    found = sorted((shared / "corpora" / "extraction").glob("*/*.html.gz"))
    for path in random.Random(8).sample(found, 40):
        made = Made(gzip.decompress(path.read_bytes()))
        assert check_view(made.view.content, path.name, made.tei.content) == ((), ())
        assert len(made.view.content) < 3 * len(made.tei.content) + 25_000


def test_a_view_without_a_word_or_with_one_more_is_found() -> None:
    made = Made(MATERIAL[0].read_bytes())
    for there, instead in ((b"biscuit", b""), (b"biscuit", b"biscuit tin"), (b"biscuit tin", b"tin biscuit")):
        (finding,) = check_view(made.view.content.replace(there, instead, 1), "page.html", made.tei.content).findings[
            :1
        ]
        assert finding.code == "PAG090"
    checked = check_view(b"<p>no text</p>", "page.html", made.tei.content)
    assert checked.unchecked == (
        "page.html: its words were not compared: it has 0 elements main, where one holds the text",
    )


def test_what_stands_in_the_line_is_no_word_but_is_told() -> None:
    made = Made(b"<main><p>One <img src=a.png alt='a <b> lamp'> two.<video src=v.mp4></video></p></main>")
    assert read_view_words(made.view.content) == ["One", "two."]
    labels = [node.attributes["aria-label"] for node in made.tree.css("main .thing")]
    assert labels == ["picture: a <b> lamp", "video"]


NOTED = (
    "<main><h1>Notes</h1>"
    + "".join(
        f"<h2>Part {n}<sup id=r{n}><a href='#fn{n}'>[{n}]</a></sup></h2><p>Some words of part {n}, and a few more.</p>"
        for n in range(1, 4)
    )
    + "<ol>"
    + "".join(f"<li id=fn{n}><a href='#r{n}'>^</a> What <b>note</b> {n} says.</li>" for n in range(1, 4))
    + "</ol></main>"
)


def test_a_note_is_shown_where_it_is_referred_to_and_where_it_stands() -> None:
    made = Made(NOTED.encode())
    assert [node.text() for node in made.tree.css(".again")] == [f"What note {n} says." for n in range(1, 4)]
    for reference in made.tree.css("a.noteref"):
        (anchor,) = made.tree.css(f'.note [id="{reference.attributes["href"][1:]}"]')
        assert "says" in anchor.parent.text()
    assert check_view(made.view.content, "page.html", made.tei.content) == ((), ())


def test_the_number_of_a_note_is_no_word_of_the_contents() -> None:
    items = [node.text(strip=True) for node in Made(NOTED.encode()).tree.css("nav li")]
    assert items == ["Notes", "Part 1", "Part 2", "Part 3"]


def test_an_anchor_stays_whatever_stands_around_its_block() -> None:
    one = Made(b"<main><h1>Title</h1><p>First.</p><p>Second.</p></main>")
    other = Made(b"<main><h1>Another title</h1><p>A <b>longer</b> first.</p><p>Second.</p><p>Third.</p></main>")
    anchors = [made.tree.css("main p")[1].attributes["id"] for made in (one, other)]
    assert anchors[0] == anchors[1]


def test_no_id_stands_twice() -> None:
    for content in (*(path.read_bytes() for path in ELEMENTS), b"<p id=a>x</p><p id=a>y<a name=a></a></p>"):
        ids = [node.attributes["id"] for node in Made(content).tree.css("[id]")]
        assert len(ids) == len(set(ids))


def test_anchors_of_blocks_that_lie_too_deep_are_numbered_one_by_one() -> None:
    """All these have one place; to look through the numbers given already took minutes for 40,000."""
    looked: list[str] = []

    class Looked(set[str]):
        def __contains__(self, anchor: object) -> bool:
            looked.append(str(anchor))
            return super().__contains__(anchor)

    viewer = BlockViewer(frozenset(), {})
    viewer.written = Looked()
    for _ in range(100):
        viewer.block(Block("paragraph", "xpath(/html/body/div[1])", ("word",), None))
    assert len({cell.anchor for cell in viewer.cells}) == 100
    assert len(looked) <= 200


def test_what_surrounds_the_text_is_folded_in_its_place() -> None:
    tree = Made(MATERIAL[0].read_bytes()).tree
    assert [node.tag for node in tree.css_first("main").iter()] == ["details", "article", "details"]
    assert all("open" not in node.attributes for node in tree.css("details.around"))


def test_a_long_row_of_parts_around_the_text_is_one_fold_and_comments_have_their_own() -> None:
    prose = "<p>The ferry crosses the sound four times a day in summer, and twice in winter, but for the ice.</p>"
    frame = "<header><p>Harbour news</p></header><nav><a href=/a>Ferries</a></nav><aside><p>Boat hire</p></aside>"
    comment = (
        "<div class=comment><b class=author>Ada</b><time datetime=2024-05-01>1 May</time><p>It was late.</p></div>"
    )
    page = (
        f"{frame}<nav><a href=/b>Tides</a></nav><main>{prose * 6}</main><div class=comments>{comment * 3}</div>{frame}"
    )
    made = Made(f"<!DOCTYPE html><title>The ferry</title><body>{page}".encode())
    before, text, *after = made.tree.css_first("main").iter()
    assert (before.tag, text.tag) == ("details", "article")
    told = [summary.text() for summary in before.css("summary")]
    assert told == ["Around the text 6 words in 4 parts", "Banner 2 words", "Navigation 1 word", *told[3:]]
    assert [one.css_first("summary").text().split()[0] for one in after] == [
        "Comments",
        "Banner",
        "Navigation",
        "Beside",
    ]
    assert len(read_view_words(made.view.content)) == len(made.page.text("all").split())


def test_the_word_map_has_every_block_once_in_the_order_of_the_original() -> None:
    made = Made(MATERIAL[0].read_bytes())
    blocks = [node.attributes["id"] for node in made.tree.css("main [data-from]")]
    cells = [node.attributes["href"][1:] for node in made.tree.css("svg a")]
    assert sorted(blocks) == sorted(cells)
    words = len(read_view_words(made.view.content))
    assert "161 words of text, 17 words around it, 1 gap" in made.html
    assert words == 161 + 17


def test_of_too_many_blocks_neighbours_share_a_piece_of_the_word_map() -> None:
    """A piece each for 100,000 blocks made the picture larger than the text, and of no use."""
    count = 2 * MOST_PIECES + 1
    made = Made(f"<title>Many</title><main>{''.join(f'<p>Word {at}</p>' for at in range(count))}</main>".encode())
    pieces = made.tree.css("svg a")
    assert MOST_PIECES // 2 < len(pieces) <= MOST_PIECES
    assert f"{2 * count:,} words in {count:,} blocks" in made.tree.css_first(".legend").text()
    told = [re.match(r"Text, ([0-9]+) words in ([0-9]+) blocks\n", node.text()) for node in pieces]
    assert [sum(int(one[at]) for one in told if one) for at in (1, 2)] == [2 * count, count]
    blocks = [node.attributes["id"] for node in made.tree.css("main [data-from]")]
    assert [node.attributes["href"][1:] for node in pieces] == blocks[::3]
    assert check_view(made.view.content, "page.html", made.tei.content) == ((), ())


def test_a_direction_is_turned_only_where_the_page_does_and_nowhere_in_our_words() -> None:
    for title in TITLES[3:5]:
        made = Made(f"<title>{title}</title><main><p>{title} and more.</p></main>".encode())
        assert title in made.tree.css_first("main").text()
        before, _, behind = made.html.partition("<main")
        for mark in "\u202e\u2066\u2069":
            assert mark not in before
            assert mark not in behind.partition("</main>")[2]
    arabic = Made("<html lang=ar><title>x</title><main><p>\u0645\u0631\u062d\u0628\u0627</p></main>".encode())
    assert arabic.tree.css_first("main").attributes["dir"] == "rtl"


def test_the_same_page_gives_the_same_view() -> None:
    for path in MATERIAL:
        assert Made(path.read_bytes()).view == Made(path.read_bytes()).view


def test_three_columns_hold_the_original_in_a_frame_that_can_do_nothing() -> None:
    for content in HOSTILE.values():
        made = Made(content.encode())
        markup = made.capture.content.decode()
        columns = view_side_by_side(
            made.page, made.description, made.capture, made.tei, markup=markup, places=positions(markup)
        )
        tree = LexborHTMLParser(columns.content.decode())
        (frame,) = tree.css("iframe")
        assert frame.attributes["sandbox"] == ""
        assert "<link" not in frame.attributes["srcdoc"].lower()
        policy = tree.css_first("meta[http-equiv]").attributes["content"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert not tree.css("script")
        assert not any(name.startswith("on") for node in tree.root.traverse() for name in node.attributes)


def test_three_columns_are_linked_by_the_pointers() -> None:
    made = Made(MATERIAL[0].read_bytes())
    markup = made.capture.content.decode()
    columns = view_side_by_side(
        made.page, made.description, made.capture, made.tei, markup=markup, places=positions(markup)
    )
    tree = LexborHTMLParser(columns.content.decode())
    original = LexborHTMLParser(tree.css_first("iframe").attributes["srcdoc"])
    blocks = tree.css("main [data-from]")
    assert len(blocks) == 33
    for block in blocks:
        there, written = (link.attributes["href"] for link in block.css("a.to")[:2])
        assert len(original.css(f'[id="{there.removeprefix("about:srcdoc#")}"]')) == 1
        assert len(tree.css(f'.tei [id="{written[1:]}"]')) == 1
    assert all(len(tree.css(f'main [id="{a.attributes["href"][1:]}"]')) <= 1 for a in tree.css(".tei a"))
