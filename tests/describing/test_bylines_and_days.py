"""Where templates and editors put a name or a day besides a byline under the title."""

from __future__ import annotations

import pytest

from solander import Capture, describe, read_page
from solander.describing.names.no_names import is_noise
from solander.describing.names.people import people
from solander.model.description import Description

PROSE = (
    "<p>The lamp of the lighthouse was lit at dusk by the keeper, and he wrote the hour into the book that lay on the "
    "table by the window, as he had done every night for twenty years and more.</p>"
)


def described(*markup: str, head: str = "", heading: str = "The Harbour at Night", lang: str = "en") -> Description:
    page = (
        f"<!DOCTYPE html><html lang={lang}><title>The Harbour at Night</title>{head}<h1>{heading}</h1>{''.join(markup)}"
    )
    capture = Capture.of_bytes(page.encode(), uri="https://coast-weekly.example/harbour")
    return describe(read_page(capture), capture)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("---- by Ann Lee", ("Ann Lee",)),
        ("An interview by Ann Lee with Bo May", ("Ann Lee",)),
        ("Text und Interview: Ann Lee", ("Ann Lee",)),
        ("By Ann Lee, PhD. Reviewed by Bo May, MD", ("Ann Lee, PhD",)),
        ("Autor: Ann Lee/SP-X", ("Ann Lee",)),
        ("Authors: Ann Lee and Bo May, harbour educators", ("Ann Lee", "Bo May")),
        ("Autoren Ann Lee und Bo Lind", ("Ann Lee", "Bo Lind")),
    ],
)
def test_a_byline_ends_where_it_names_nobody_more(line: str, names: tuple[str, ...]) -> None:
    assert people(line) == names


def test_a_user_with_dots_is_no_template_that_was_not_filled_in() -> None:
    assert is_noise("page.head.extra.author")
    assert not is_noise("ann.b.lee")


@pytest.mark.parametrize(
    ("markup", "creator"),
    [
        ("<p>11.12.2019 - Ann Lee</p>", "Ann Lee"),
        ("<p>Dec 11, 2019 • Ann Lee in Harbours</p>", "Ann Lee"),
        ("<p>by ann_lee</p>", "ann_lee"),
        ("<p>Posted in Harbours by annlee on August 3, 2019</p>", "annlee"),
    ],
)
def test_a_name_beside_its_day_or_alone_behind_by_is_the_authors(markup: str, creator: str) -> None:
    assert described(markup, PROSE).values("creator") == (creator,)


def test_a_place_behind_a_day_is_no_author() -> None:
    assert described("<p>11.12.2019 - New York</p>", PROSE).values("creator") == ()


@pytest.mark.parametrize(
    "line", ["Written by Ann Lee", "Autor: Ann Lee Tags: lamp, keeper, tower, harbour, night, book"]
)
def test_an_author_may_be_named_far_from_the_title(line: str) -> None:
    assert described(PROSE * 20, f"<div class=box><p>{line}</p></div>").values("creator") == ("Ann Lee",)


def test_an_authors_box_presents_the_name_by_the_title() -> None:
    box = "<aside><h4>Ann Lee</h4><p>Ann is a writer who keeps a lighthouse.</p></aside>"
    assert described("<ul><li>Ann Lee</li></ul>", PROSE * 3, box).values("creator") == ("Ann Lee",)
    again = "<h4>Key Points</h4><p>The lamp is lit at dusk.</p>"
    assert described("<ul><li>Key Points</li></ul>", PROSE * 3, again).values("creator") == ()


def test_an_account_gives_way_to_the_name_of_its_letters() -> None:
    description = described("<p>Author: Àn Lée</p>", PROSE, head="<meta name='dcterms.creator' content='an_lee'>")
    assert description.values("creator") == ("Àn Lée",)


def test_the_byline_outranks_a_template_that_names_another() -> None:
    description = described("<p>By Ann Lee</p>", PROSE, head="<meta name=author content='Lantern Bay Fans'>")
    assert description.values("creator") == ("Ann Lee",)


def test_a_phrase_in_an_authors_place_names_nobody() -> None:
    assert described(PROSE, head="<meta name=author content='your Harbour Friends'>").values("creator") == ()
    assert described(PROSE, head="<meta name=author content='van den Berg'>").values("creator") == ("van den Berg",)


@pytest.mark.parametrize(("content", "creator"), [("Ann Lee", ("Ann Lee",)), ("@coastweekly", ())])
def test_a_card_names_an_account_or_a_person(content: str, creator: tuple[str, ...]) -> None:
    assert described(PROSE, head=f"<meta name='twitter:creator' content='{content}'>").values("creator") == creator


def test_a_team_stands_beside_those_whom_the_same_node_names() -> None:
    node = '{"@type": "Article", "author": [{"name": "Ann Lee"}, {"name": "Harbour Team"}]}'
    description = described(PROSE, head=f'<script type="application/ld+json">{node}</script>')
    assert description.values("creator") == ("Ann Lee", "Harbour Team")


def test_a_day_in_the_titles_line_is_the_pages() -> None:
    behind = described(PROSE, heading="The Harbour at Night <small>24.05.2020 • News</small>", lang="de")
    assert behind.values("date") == ("2020-05-24",)
    head = "<meta property='og:title' content='24.05.2020 - The Harbour at Night'>"
    before = described(PROSE, head=head, lang="de")
    assert (before.first("title"), before.first("date")) == ("The Harbour at Night", "2020-05-24")


def test_published_before_a_time_is_said_of_the_page_wherever_it_stands() -> None:
    foot = "<p>Published on <time datetime=2020-05-04>4 May</time></p>"
    assert described(PROSE * 30, foot).values("date") == ("2020-05-04",)


def test_a_mark_in_no_line_is_weighed_by_the_lines_around_it() -> None:
    # The day of an answer stands in an element that shows nothing; that of the question beneath the title.
    asked = "<div><time itemprop=dateCreated datetime=2020-05-04>once</time></div>"
    answer = (
        "<div class=answer><div><div><div><time itemprop=dateCreated datetime=2021-06-07></time></div></div></div>"
        f"{PROSE}</div>"
    )
    assert described(asked, PROSE * 20, answer, answer).values("date") == ("2020-05-04",)


@pytest.mark.parametrize(
    ("name", "refinement"),
    [("pub_date", "date"), ("published_at", "date"), ("ms.date", "modified"), ("updated_at", "modified")],
)
def test_more_names_of_days_are_known(name: str, refinement: str) -> None:
    assert described(PROSE, head=f"<meta name='{name}' content=2020-05-04>").values(refinement) == ("2020-05-04",)


def test_several_who_wrote_something_are_readers_and_no_author() -> None:
    reviews = "".join(f"<div class=box><p>Written by {name}</p></div>" for name in ("Ann Lee", "Bo Lind", "Cy Marsh"))
    assert described(PROSE * 20, reviews).values("creator") == ()


def test_a_section_beside_a_day_is_no_author() -> None:
    menu = "<nav><ul><li><a href=/p>Project Harbour</a></li><li><a href=/n>Night Boats</a></li></ul></nav>"
    assert described("<p>Dec 11, 2019 • Project Harbour</p>", PROSE, menu).values("creator") == ()


@pytest.mark.parametrize(
    "words",
    [
        "Joined: 3 Feb 2015",
        "Joined: Tue 3 Feb 2015",
        "Joined on Tuesday, 3 February 2015",
        "Member since 3 February 2015",
        "Registered: 2015-02-03",
        "Registriert seit: 3. Februar 2015",
        "Mitglied seit 03.02.2015",
        "Dabei seit: Di 3. Februar 2015",
        "Inscrit le 3 février 2015",
        "Membre depuis le 3 février 2015",
        "Registrado: 3 de febrero de 2015",
        "Miembro desde 3 de febrero de 2015",
        "Iscritto il 3 febbraio 2015",
        "Lid sinds 2015-02-03",
        "Medlem siden 2015-02-03",
        "Medlem sedan 2015-02-03",
        "Dołączył: 2015-02-03",
        "Zarejestrowany: 2015-02-03",
        "Зарегистрирован: 03.02.2015",
        "На форуме с 03.02.2015",
        "На сайте с: 03.02.2015",
        "注册时间：2015年2月3日",
        "加入时间：2015年2月3日",
    ],
)
def test_the_day_on_which_a_member_joined_is_no_day_of_the_page(words: str) -> None:
    label, day = words[: words.index(next(filter(str.isdigit, words)))], words
    for markup in (
        f"<p>{day}</p>",
        f"<p class=date>{day}</p>",
        f"<p>{label}<time datetime=2015-02-03>3.2.</time></p>",
        f"<p>Ann Lee</p><p>{day}</p>",
    ):
        found = described(markup, PROSE)
        assert (found.values("date"), found.values("creator")) == ((), ())


def test_a_label_of_membership_above_its_day_is_one_too() -> None:
    found = described("<dl><dt>Joined</dt><dd>3 February 2015</dd></dl>", PROSE)
    assert found.values("date") == ()


def test_the_day_of_a_post_stands_beside_that_of_its_member() -> None:
    found = described("<p>Joined: 3 Feb 2015</p><p>by <b>ann_lee</b> » 12 May 2021, 19:03</p>", PROSE)
    assert found.values("date") == ("2021-05-12",)


def test_registered_before_another_word_is_no_label_of_membership() -> None:
    assert described("<p>Registered Nurse, 3 February 2015</p>", PROSE).values("date") == ("2015-02-03",)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Ann Lee <ann@coast.example>", ("Ann Lee",)),
        ("Ann Lee ‹ann@coast.example›", ("Ann Lee",)),
        ('"Ann Lee" <ann@coast.example>', ("Ann Lee",)),
        ("ann@coast.example (Ann Lee)", ("Ann Lee",)),
        ("Ann Lee", ("Ann Lee",)),
        ("ann@coast.example", ()),
        ("<ann@coast.example>", ()),
    ],
)
@pytest.mark.parametrize("label", ["From", "Von"])
def test_a_letter_by_mail_is_by_whom_its_head_says(label: str, written: str, names: tuple[str, ...]) -> None:
    rest = "To: list@coast.example\nDate: Tue, 08 Sep 1998 14:22:07 +0200\nSubject: Damp\n\nIt is damp.\n"
    text = f"{label}: {written}\n{rest}"
    capture = Capture.of_bytes(text.encode(), media_type="text/plain")
    assert describe(read_page(capture), capture).values("creator") == names


def test_a_line_that_opens_with_from_is_no_head_of_a_letter() -> None:
    capture = Capture.of_bytes(
        b"From: Ann Lee\n\nIt is damp in the map room, and it will stay so.\n", media_type="text/plain"
    )
    assert describe(read_page(capture), capture).values("creator") == ()
