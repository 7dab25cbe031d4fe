"""The promises of the HTML reader: every visible text node has one home, in order, with a pointer to it."""

import re

import pytest
import turbohtml
from hypothesis import given, settings
from hypothesis import strategies as st

from solander.model.capture import Capture
from solander.model.page import TEXT_KINDS, leaves, plain
from solander.reading import read_page

LEFT_OUT = {"script", "style", "template", "datalist"}


def read(html, uri="https://example.org/a/page"):
    return read_page(Capture.of_bytes(html.encode(), uri=uri, declared_charset="utf-8"))


def blocks(page):
    return [block for division in page.divisions for block in division.blocks]


def kinds(page):
    return [leaf.kind for division in page.divisions for leaf in leaves(division.blocks)]


def lines(page):
    return page.text("all").split("\n")


def visible(html):
    """The page's text, white space left out, by a walk that knows nothing of blocks."""
    root = turbohtml.parse(html).root
    body = next(child for child in root.children if getattr(child, "tag", "") in ("body", "frameset"))
    parts = []
    stack = [iter(body.children)]
    while stack:
        for node in stack[-1]:
            if isinstance(node, turbohtml.Text):
                parts.append(node.data)
            elif isinstance(node, turbohtml.Element) and node.tag not in LEFT_OUT:
                stack.append(iter(node.children))
                break
        else:
            stack.pop()
    return re.sub(r"\s", "", "".join(parts))


def test_a_paragraph_is_a_leaf_that_points_to_its_element():
    page = read("<p>One.</p><p>Two <b>words</b>.</p>")
    assert lines(page) == ["One.", "Two words."]
    assert [leaf.source for leaf in leaves(tuple(blocks(page)))] == [
        "xpath(/html/body/p[1])",
        "xpath(/html/body/p[2])",
    ]


def test_text_beside_a_block_is_a_run_of_its_own_with_a_pointer_of_its_own():
    page = read("<div>before<p>inside</p>after</div>")
    assert [(leaf.kind, plain(leaf), leaf.source) for leaf in leaves(tuple(blocks(page)))] == [
        ("text", "before", "xpath(/html/body/div[1])"),
        ("paragraph", "inside", "xpath(/html/body/div[1]/p[1])"),
        ("text", "after", "xpath(/html/body/div[1]/text()[2])"),
    ]


def test_a_mark_that_a_block_divides_goes_on_behind_it():
    page = read("<b>one<p>two</p>three</b>")
    assert lines(page) == ["one", "two", "three"]
    assert all(leaf.content[0].kind == "bold" for leaf in leaves(tuple(blocks(page))))


def test_a_space_at_the_edge_of_a_mark_stands_outside_it():
    (block,) = blocks(read("<p>a<b> b </b>c</p>"))
    assert plain(block) == "a b c"
    assert "".join(part if isinstance(part, str) else f"<{part.content[0]}>" for part in block.content) == "a <b> c"


def test_a_no_break_space_is_kept():
    (block,) = blocks(read("<p>10&nbsp;km</p>"))
    assert block.content == ("10\u00a0km",)


def test_what_xml_forbids_becomes_the_replacement_character_and_is_counted():
    page = read("<p>a&#1;b\x07c</p>")
    assert lines(page) == ["a\ufffdb\ufffdc"]
    assert ("controls-replaced", 2) in page.normalisations


def test_scripts_are_left_out_and_counted():
    page = read("<p>seen</p><script>unseen()</script><style>p{}</style>")
    assert lines(page) == ["seen"]
    assert ("script-left-out", 1) in page.normalisations
    assert ("style-left-out", 1) in page.normalisations


@pytest.mark.parametrize("way", ["hidden", 'style="display: none"', 'style="visibility:hidden"'])
def test_hidden_text_is_kept_and_marked(way):
    (block,) = blocks(read(f"<p {way}>secret</p>"))
    assert plain(block) == "secret"
    assert block.attributes["hidden"] == "hidden"


def test_lists_nest_and_items_hold_what_they_held():
    (block,) = blocks(read("<ol start=3><li>one<ul><li>inner</ul><li>two</ol>"))
    assert block.kind == "list"
    assert block.attributes == {"ordered": "ordered", "start": "3"}
    first, second = block.content
    assert [child.kind for child in first.content] == ["text", "list"]
    assert plain(second.content[0]) == "two"


def test_a_table_of_data_keeps_rows_cells_and_spans():
    (block,) = blocks(read("<table><caption>C<tr><th colspan=2>h<tr><td>a<td>b</table>"))
    assert [part.kind for part in block.content] == ["caption", "row", "row"]
    assert block.content[1].content[0].attributes == {"role": "label", "columns": "2"}


def test_a_table_of_layout_is_passed_through():
    page = read("<table><tr><td><h1>Title</h1><p>Text</table>")
    assert kinds(page) == ["heading", "paragraph"]


def test_an_empty_cell_stays_where_it_is():
    (block,) = blocks(read("<table><tr><th>a<th>b<tr><td><td>x</table>"))
    assert [len(row.content) for row in block.content] == [2, 2]


def test_links_become_absolute_and_keep_how_they_were_written():
    (block,) = blocks(read('<p><a href="../b?x=1">b</a></p>'))
    assert block.content[0].attributes == {"target": "https://example.org/b?x=1", "written": "../b?x=1"}


def test_the_first_base_decides():
    page = read('<head><base href="https://other.example/x/"><base href="https://no.example/"></head><a href="y">y</a>')
    (block,) = blocks(page)
    assert block.content[0].attributes["target"] == "https://other.example/x/y"


@pytest.mark.parametrize(
    "page",
    [
        '<body><base href="/x/"><p><a href="y">y</a>',
        '<div></div><BASE HREF="/x/"><p><a href="y">y</a>',
        '<head><base target=_top></head><p><a href="y">y</a></p><base href="/x/">',
        '<template><base href="/no/"></template><svg><base href="/no/"></svg><base href="/x/"><p><a href="y">y</a>',
        '<head><base href="/x/"></head><p><a href="y">y</a></p><base href="/no/">',
    ],
)
def test_a_base_holds_where_it_stands_behind_what_ended_the_head(page: str) -> None:
    block = blocks(read(page))[-1]
    assert block.content[0].attributes["target"] == "https://example.org/x/y"


@pytest.mark.parametrize("says", ["javascript:void(0)", " DATA:text/html,x", ""])
def test_a_base_of_scripts_or_data_says_nothing(says: str) -> None:
    (block,) = blocks(read(f'<head><base href="{says}"></head><a href="/y">y</a>'))
    assert block.content[0].attributes["target"] == "https://example.org/y"


def test_a_film_is_shown_from_its_own_sources_alone():
    page = read("<p>x <audio><video><source><source src=in.mp4><source src=in.webm></video></audio> y</p>")
    (block,) = blocks(page)
    shown = [part.attributes["url"] for part in block.content if not isinstance(part, str)]
    assert shown == ["https://example.org/a/in.mp4"]


def test_a_lazy_image_is_found_and_its_noscript_twin_is_not_doubled():
    page = read('<p><img data-src="/a.jpg" alt="A"><noscript><img src="/a.jpg" alt="A"></noscript></p>')
    (block,) = blocks(page)
    assert [part.kind for part in block.content] == ["image"]
    assert block.content[0].attributes["url"] == "https://example.org/a.jpg"


def test_an_id_is_kept_where_a_link_points_to_it_and_once_only():
    page = read('<a href="#x">to</a><p id=x>here</p><p id=x>again</p><p id=y>unpointed</p>')
    anchors = [
        part.attributes["id"]
        for leaf in leaves(tuple(blocks(page)))
        for part in leaf.content
        if not isinstance(part, str) and part.kind == "anchor"
    ]
    assert anchors == ["x"]


def test_a_page_of_frames_names_them_and_says_so():
    page = read('<html><frameset><frame src="a.html"><noframes>Sorry</noframes></frameset></html>')
    assert "frames-only" in page.facts
    assert "Sorry" in page.text("all")


def test_ten_thousand_nested_elements_lose_no_word_and_raise_nothing():
    page = read("<div>" * 10_000 + "deep" + "</div>" * 10_000 + "after")
    assert page.text("all").split() == ["deep", "after"]
    assert "depth-cut" in page.facts


def test_a_thousand_nested_marks_and_lists_lose_no_word():
    page = read("<b>" * 1000 + "bold" + "</b>" * 1000 + "<ul><li>" * 300 + "deep")
    assert page.text("all").split() == ["bold", "deep"]


tags = st.sampled_from(
    [
        "p",
        "div",
        "span",
        "b",
        "i",
        "a",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "tr",
        "td",
        "th",
        "caption",
        "blockquote",
        "h1",
        "h2",
        "h3",
        "pre",
        "code",
        "figure",
        "figcaption",
        "img",
        "br",
        "hr",
        "ruby",
        "rt",
        "rp",
        "svg",
        "math",
        "button",
        "select",
        "option",
        "textarea",
        "label",
        "noscript",
        "details",
        "summary",
        "section",
        "nav",
        "q",
        "abbr",
        "time",
        "script",
        "style",
        "template",
        "datalist",
        "custom-tag",
        "iframe",
        "noframes",
        "form",
        "fieldset",
        "legend",
        "center",
        "font",
    ]
)
texts = st.text(
    st.characters(codec="utf-8", exclude_characters="<&\x00", exclude_categories=["Cc", "Cs", "Cn"]), max_size=8
)
markup = st.lists(
    st.one_of(
        tags.map(lambda tag: f"<{tag}>"),
        tags.map(lambda tag: f"</{tag}>"),
        texts,
        st.sampled_from([" ", "\n", "word", "<!-- -->", "<p id=x>", "<a href='#x'>", "<p hidden>", "<i lang=fr>"]),
    ),
    max_size=40,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(markup)
def test_whatever_the_markup_each_visible_character_stands_in_the_page_once_and_in_order(html):
    html = f"<body>{html}"
    page = read(html)
    assert re.sub(r"\s", "", page.text("all")) == visible(html)


@settings(max_examples=100, deadline=None)
@given(markup)
def test_whatever_the_markup_containers_hold_blocks_and_leaves_hold_text(html):
    stack = blocks(read(html))
    while stack:
        block = stack.pop()
        if block.kind in TEXT_KINDS:
            assert all(isinstance(part, str) or part.kind not in TEXT_KINDS for part in block.content)
        else:
            stack.extend(block.content)


def test_a_page_that_is_no_xml_after_all_shows_its_shadow_trees_as_html_does():
    host = "<div><template shadowrootmode=open><p>The ledger.</template></div>"
    page = f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>{host}</body></html>'
    read_as = read_page(Capture.of_bytes(page.encode()))
    assert "xhtml-read-as-html" in read_as.facts
    assert read_as.text("all") == "The ledger."
