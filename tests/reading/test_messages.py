"""Messages that are called so become posts, and each says which it answers."""

import pytest
from tests.reading.test_posts import ARTICLE, SENTENCE, posts, read, words

from solander.cli import main
from solander.model.page import Page, leaves, plain

QUESTION = (
    "<div id=content><div id=question-header><h1>Which thread is it that binders use?</h1></div><div id=mainbar>"
    "<div class=question><div class=post-body><p>I have three small books, and each of them comes "
    "apart.</p></div></div>"
    "<div id=answers><div class=answer><div class=post-body><p>Silk for the small ones, it lies "
    "flatter.</p></div></div>"
    "<div class=answer><div class=post-body><p>Linen and wax it well before you "
    "begin.</p></div></div></div></div></div>"
)
NESTED = (
    "<div class=comments><div class=comment><p>bob <time datetime=2019-01-01>1 January</time></p><p>Mine is an "
    "oyster "
    "smack, and she leaks.</p><div class=child><div class=comment><p>ann</p><p>They all leak, that is what they "
    "are for."
    "</p></div></div></div><div class=comment><p>cy</p><p>I have only a canoe, but it is older.</p></div></div>"
)
LISTED = (
    "<ol class=comment-list><li class=comment><b>Bob</b><p>I use silk thread for small books.</p><ol "
    "class=children><li "
    "class=comment><b>Ann</b><p>Thank you, I shall try that tomorrow.</p></li></ol></li><li "
    "class=comment><b>Cy</b><p>Or "
    "you may take linen for it.</p></li></ol>"
)
INDENTED = (
    "<div id=comments><div class=comment><b>Bob</b><p>I use silk thread for small books.</p></div><div "
    "class=indented>"
    "<div class=comment><b>Ann</b><p>Thank you, I shall try that tomorrow.</p></div></div><div "
    "class=comment><b>Cy</b>"
    "<p>Or you may take linen for it.</p></div></div>"
)
DEEP = (
    "<div id=comments><div class='comment depth-1'><b>Bob</b><p>I use silk thread for small books.</p></div><div "
    "class='comment depth-2'><b>Ann</b><p>Thank you, I shall try that tomorrow.</p></div><div class='comment "
    "depth-1'><b>"
    "Cy</b><p>Or you may take linen for it.</p></div></div>"
)
DATA_DEEP = DEEP.replace("comment depth-1'", "comment' data-depth=0").replace(
    "comment depth-2'", "comment' data-depth=1"
)
ITEMS = (
    "<div class=comments><ul><li class=comment><span>Did you look at the manual?</span> – <a "
    "href=/u/4>mole</a></li><li "
    "class=comment><span>I did, and it says nothing of it.</span> – <a href=/u/5>kettle</a></li></ul></div>"
)
SIGNED = (
    "<div class=comments><ul><li><b>Ann</b>, 2 January 2020: It boils quickly and looks well.</li><li><b>Bob</b>, 3 "
    "January 2020: The whistle wakes the dog, though.</li></ul></div>"
)
REVIEW = "<div {}><h3>{}</h3><span>{}</span> <time datetime=2020-01-02>2 January</time><p>{}</p></div>"
LOVELY = ("Lovely", "Ann", "It boils quickly, and looks well on the stove.")
LOUD = ("Loud", "Bob", "The whistle wakes the dog, and the dog wakes us.")


def reviews(said: str) -> str:
    both = "".join(REVIEW.format(said, *one) for one in (LOVELY, LOUD))
    return f"<main><h1>Copper kettle</h1><p>{SENTENCE * 2}</p><section><h2>What is said</h2>{both}</section></main>"


def answered(page: Page) -> list[str]:
    """Of each post the name of its writer, or its first words, and of the one that it answers."""
    found = {(post.attributes or {}).get("name", ""): begins(post) for post in posts(page)}
    said = [(begins(post), (post.attributes or {}).get("answers")) for post in posts(page)]
    return [f"{one} > {found[other]}" if other else one for one, other in said]


def begins(post) -> str:
    return plain(next(leaves((post,)))).split()[0]


def test_a_question_is_a_post_its_answers_are_and_its_title_is_none():
    page = read(QUESTION)
    assert answered(page) == ["I", "Silk > I", "Linen > I"]
    assert next(leaves(page.divisions[0].blocks)).kind == "heading"
    assert next(iter(page.divisions[0].blocks)).kind == "heading"


def test_a_title_is_no_message_where_nothing_is_called_one():
    bare = QUESTION.replace("class=post-body", "").replace("class=question", "").replace("class=answer", "")
    page = read(f'<script type="application/ld+json">{{"@type": "QAPage"}}</script>{bare}')
    assert page.divisions[0].blocks[0].kind == "heading"


@pytest.mark.parametrize("comments", [NESTED, LISTED, INDENTED, DEEP, DATA_DEEP])
def test_an_answer_says_which_comment_it_answers(comments):
    first, second, third = answered(read(ARTICLE + comments))
    assert first.lower() == "bob"
    assert second.lower() == "ann > bob"
    assert third.lower() == "cy"


def test_comments_in_two_lists_do_not_answer_one_another():
    again = f"<div class=comments><div><div class=comment><b>Dee</b><p>{SENTENCE}</p></div></div></div>"
    flat = DEEP.replace(" depth-1", "").replace(" depth-2", "")
    assert answered(read(ARTICLE + flat + again)) == ["Bob", "Ann", "Cy", "Dee"]


@pytest.mark.parametrize("comments", [ITEMS, SIGNED])
def test_a_comment_of_one_line_is_a_post(comments):
    assert len(posts(read(ARTICLE + comments))) == 2


def test_a_list_beside_comments_stays_one():
    rules = "<div class=comments><ul><li>Be kind to those who wrote before.</li><li>Say who you are.</li></ul></div>"
    assert not posts(read(ARTICLE + rules))


@pytest.mark.parametrize("said", ["class=review", "itemprop=review itemscope itemtype='https://schema.org/Review'"])
def test_reviews_in_the_text_proper_are_posts(said):
    page = read(reviews(said))
    assert [(post.attributes or {})["when"] for post in posts(page)] == ["2020-01-02"] * 2


def test_teasers_of_reviews_are_none_nor_are_the_entries_of_a_blog():
    assert not posts(read(reviews("class=review").replace("<h3>Lo", "<h3><a href=/a>Lo").replace("</h3>", "</a></h3>")))
    assert not posts(read(reviews("class=post")))
    assert not posts(read(reviews("class=card")))


def test_what_is_often_asked_is_no_thread():
    asked = "<div class=question><h3>{0}?</h3></div><div class=answer><p>{1}</p></div>"
    page = read(
        f"<main><h1>Asked</h1>{''.join(asked.format(f'What is the {one}', SENTENCE) for one in range(4))}</main>"
    )
    found = posts(page)
    assert page.text("all").count("What is the") == 4
    assert all("answers" not in (post.attributes or {}) for post in found)


def test_a_part_of_a_message_is_no_message():
    parted = NESTED.replace("<p>They", "<div class=comment-body><p>They").replace("for.</p>", "for.</p></div>")
    assert answered(read(ARTICLE + parted)) == answered(read(ARTICLE + NESTED))


def test_what_is_called_as_all_comments_within_it_is_none():
    flat = DEEP.replace(" depth-1", "").replace(" depth-2", "").replace("id=comments", "class=comment")
    whole = flat.replace("<div class=comment>", "<div class=comment><p>What three of our readers have said</p>", 1)
    assert answered(read(ARTICLE + whole)) == ["Bob", "Ann", "Cy"]


def test_a_message_bears_the_id_that_links_lead_to():
    profile = "<dl><dt>Ada</dt><dd>Posts: 12</dd></dl>"
    post = f"<div id=p{{0}} class='post'>{profile}<h3><a href='#p{{0}}'>Re</a></h3><p>{{1}}</p></div>"
    thread = "".join(post.format(number, SENTENCE * (number + 1)) for number in range(1, 4))
    page = read(f"<div class='forum thread'><h1>What became of the ledgers?</h1>{thread}</div>")
    assert [(one.attributes or {})["id"] for one in posts(page)] == ["p1", "p2", "p3"]


@pytest.mark.parametrize(
    "body",
    [QUESTION, *(ARTICLE + one for one in (NESTED, LISTED, INDENTED, DEEP, ITEMS, SIGNED)), reviews("class=review")],
)
def test_the_words_stay_and_the_tei_is_valid(body, tmp_path, capsys):
    plainly = read(body.replace("class=", "data-class=").replace("id=", "data-id="))
    assert sorted(" ".join(words(read(body))).split()) == sorted(" ".join(words(plainly)).split())
    page, tei = tmp_path / "page.html", tmp_path / "page.xml"
    page.write_text(f"<!doctype html><html lang=en><title>A page</title><body>{body}</body></html>", encoding="utf-8")
    assert main(["normalise", str(page), "--at", "2026-11-23T12:00:00Z"]) == 0
    tei.write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["validate", str(tei)]) == 0


def test_what_goes_on_behind_an_answer_has_no_name_of_its_own():
    inner = "<div class=comment><p>Thank you, I shall try that.</p><div class=comment><p>Try linen, too, for once.</p>"
    goes_on = "<p>And it wears for many years.</p><p>Linen does not last so long.</p>"
    first = f"<div class=comment><p>{SENTENCE}</p><p>It lies flatter, too.</p>{inner}</div></div>{goes_on}</div>"
    page = read(f"{ARTICLE}<div class=comments>{first}<div class=comment><p>I have only a canoe.</p></div></div>")
    names = [(post.attributes or {}).get("name") for post in posts(page)]
    assert [begins(post) for post in posts(page)] == ["The", "Thank", "Try", "And", "I"]
    assert names == ["post.1", "post.2", None, None, None]
    assert [(post.attributes or {}).get("answers") for post in posts(page)] == [None, "post.1", "post.2", None, None]
    assert all("message" not in (post.attributes or {}) for post in posts(page))
