"""What readers wrote is kept message by message, each word in its place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solander.cli import main
from solander.model.capture import Capture
from solander.model.page import Block, Division, Page, leaves, plain
from solander.reading import read_page
from solander.reading.dividing.posts import posted

SENTENCE = "The harbour master kept his ledgers in a dry loft, and every ship that came in was entered there. "
ARTICLE = f"<main><article><h1>The ledgers</h1>{f'<p>{SENTENCE * 3}</p>' * 4}</article></main>"
DIVS = (
    "<section class=comments><h2>3 comments</h2>"
    "<div class=comment><b>Ada</b> <time datetime=2021-03-04>4 March</time><p>I never knew of ledgers of this kind.</p>"
    "<div class=children><div class=comment><b>Bea</b><p>Nor did I, and I worked there.</p></div>"
    "<div class=comment><b>Cy</b><p>So they say, but who would believe that?</p></div></div></div>"
    "<div class=comment><b>Dee</b><p>A lovely piece.</p><p>It is about a forgotten trade.</p></div></section>"
)
LIST = (
    "<ol class=comments><li><p>Ada</p><p>I never knew of ledgers of this kind.</p><ol><li><p>Bea</p><p>Nor did I, and "
    "I worked there.</p></li></ol></li><li><p>Cy</p><p>So they say, but who would believe that?</p></li></ol>"
)
TABLE = (
    "<table class=comments><tr><td>Ada</td><td>I never knew of ledgers of this kind.</td></tr></table>"
    "<div class=comments><table><tr><td>Bea</td></tr></table></div>"
)


def read(body: str) -> Page:
    return read_page(Capture.of_bytes(f"<!doctype html><title>The ledgers</title><body>{body}".encode()))


def posts(page: Page) -> list[Block]:
    return [block for division in page.divisions for block in division.blocks if block.kind == "post"]


def words(page: Page) -> list[str]:
    return [line for division in page.divisions for leaf in leaves(division.blocks) if (line := plain(leaf))]


@pytest.mark.parametrize(("comments", "first_lines"), [(DIVS, "Ada Bea Cy Dee"), (LIST, "Ada Bea Cy")])
def test_each_comment_is_a_post_and_answers_stand_behind_what_they_answer(comments, first_lines):
    found = [plain(next(leaves((post,)))).split()[0] for post in posts(read(ARTICLE + comments))]
    assert found == first_lines.split()


def test_a_post_tells_its_day_where_the_page_does():
    first, *rest = posts(read(ARTICLE + DIVS))
    assert (first.attributes or {})["when"] == "2021-03-04"
    assert all("when" not in (post.attributes or {}) for post in rest)


def test_the_text_of_an_article_has_no_posts():
    cards = "<div><div><h3>Iron</h3><p>It was dear that year.</p></div><div><h3>Oak</h3><p>It was not.</p></div></div>"
    assert not posts(read(ARTICLE.replace("</article>", f"{cards}</article>")))


def test_the_messages_of_a_thread_are_posts_of_the_main_text():
    message = "<div class='post message'><div class=author>Ada</div><div class=body><p>{}</p></div></div>"
    thread = "".join(message.format(SENTENCE * (2 + number)) for number in range(4))
    page = read(f"<div class='forum thread'><h1>What became of the ledgers?</h1>{thread}</div>")
    found = [block for division in page.divisions if division.zone == "main" for block in division.blocks]
    assert sum(block.kind == "post" for block in found) == 4


@pytest.mark.parametrize("comments", [DIVS, LIST, TABLE])
def test_posts_lose_no_word_and_move_none(comments):
    page = read(ARTICLE + comments)
    apart = tuple(
        Division(division.zone, tuple(inner for block in division.blocks for inner in _opened(block)))
        for division in page.divisions
    )
    assert words(page) == [line for one in apart for leaf in leaves(one.blocks) if (line := plain(leaf))]
    for line in ("Ada", "I never knew of ledgers of this kind."):
        assert sum(line in found for found in words(page)) == 1


def _opened(block: Block) -> tuple[Block, ...]:
    return block.content if block.kind == "post" else (block,)  # type: ignore[return-value]


STEPS = st.lists(st.sampled_from(("div[1]", "div[2]", "li[1]", "p[1]", "p[2]", "*[1]", "text()[1]")), max_size=5)
BLOCKS = st.lists(
    st.builds(
        lambda steps, text: Block("paragraph", f"xpath(/html/body/{'/'.join(steps)})", (text,)),
        STEPS,
        st.sampled_from(("Ada", "4 March", "What she said is longer than a name, and ends.", "?")),
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=150)
@given(blocks=BLOCKS)
def test_whatever_stands_in_comments_keeps_its_order(blocks):
    (division,) = posted((Division("comments", tuple(blocks)),), False)
    assert [plain(leaf) for leaf in leaves(division.blocks)] == [plain(block) for block in blocks]
    assert not any(
        inner.kind == "post" for block in division.blocks for inner in block.content if isinstance(inner, Block)
    )


def test_the_tei_of_comments_is_valid_by_our_grammar(tmp_path, capsys):
    page, tei = tmp_path / "page.html", tmp_path / "page.xml"
    page.write_text(
        f"<!doctype html><html lang=en><title>The ledgers</title><body>{ARTICLE}{DIVS}{LIST}</body></html>",
        encoding="utf-8",
    )
    assert main(["normalise", str(page), "--at", "2026-11-23T12:00:00Z"]) == 0
    made = capsys.readouterr().out
    assert made.count("<post ") == 7
    tei.write_text(made, encoding="utf-8")
    assert main(["validate", str(tei)]) == 0


def test_an_article_in_parts_is_no_thread_though_the_page_speaks_of_posts_and_threads():
    told = (
        "The keeper of the light had written down every ship that passed the point, and what the wind was.",
        "When the board asked for the books, it was told that they had gone to the paper mill in the autumn.",
        "A binder in the town had bought two loads of paper that winter, and paid for them in coin.",
    )
    more = "<p>And so it went on for the rest of the year, which was a long one for all of us, as it is said.</p>"
    parts = "".join(f'<div class="part"><h2>Part {at}</h2><p>{line}</p>{more}</div>' for at, line in enumerate(told))
    teasers = "".join(f'<div class="post-teaser"><a href="/{n}">Of other lights, part {n}</a></div>' for n in range(5))
    page = read_page(
        Capture.of_bytes(
            f"""<!doctype html><html lang="en"><title>The lost books</title><body class="thread-comments">
            <div class="topic"><h1>The lost books</h1>{parts}</div><aside>{teasers}</aside></html>""".encode()
        )
    )
    assert not [block for division in page.divisions for block in division.blocks if block.kind == "post"]
    assert all(line in page.text() for line in told)
