"""The text's own words: datelines, bylines, copyright lines; and what is no evidence."""

from __future__ import annotations

import pytest
from tests.describing.pages import PROSE, candidates_of, capture_of, leaf, page_of

from solander.describing import describe
from solander.describing.clues.copyright_line import holder
from solander.model.description import Description
from solander.model.page import Block, Inline

TITLE = leaf("heading", "The Harbour at Night", level="1")


def described(*after: str, foot: tuple[str, ...] = (), languages: tuple[str, ...] = ()) -> Description:
    blocks = [TITLE, *(leaf("paragraph", text, at) for at, text in enumerate((*after, PROSE), 1))]
    ends = [leaf("text", text, at) for at, text in enumerate(foot, 1)]
    return describe(page_of(blocks=blocks, foot=ends, languages=languages), capture_of())


def test_a_dateline_in_brackets_gives_day_and_place() -> None:
    description = described("(December 8, 2021, Los Angeles)")
    assert description.first("date") == "2021-12-08"
    assert description.first("spatial") == "Los Angeles"
    assert description.of("date")[0].evidence.detail == "dateline"


def test_a_dateline_that_the_reader_marked_is_believed() -> None:
    marked = Block(
        "dateline",
        "char=30,60",
        ("(", Inline("date", ("8 December 2021",), {"when": "2021-12-08"}), ", ", Inline("place", ("Porto",)), ")"),
    )
    description = describe(page_of(blocks=[TITLE, marked]), capture_of())
    assert (description.first("date"), description.first("spatial")) == ("2021-12-08", "Porto")
    assert description.of("date")[0].evidence.source == "char=30,60"


@pytest.mark.parametrize("line", ["By Ann Lee", "Coast | By Ann Lee | 5 May 2020", "by Ann Lee, 5 May 2020"])
def test_a_byline_gives_its_author(line: str) -> None:
    assert described(line).values("creator") == ("Ann Lee",)


def test_a_sentence_that_mentions_a_day_is_no_dateline() -> None:
    sentence = (
        "The lighthouse was built by a company from the north, and it was lit for the first time on 3 May 1871 at dusk."
    )
    assert described(sentence).first("date") is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("The act on harbours and lights was signed into law on August 14, 1935", None),
        ("The new lamps of the harbour were lit for all on August 14, 2015", "2015-08-14"),
        ("Skerry Point, August 14, 1935", "1935-08-14"),
    ],
)
def test_a_short_sentence_of_a_day_before_the_web_tells_of_history(line: str, day: str | None) -> None:
    assert described(line).first("date") == day


def test_the_size_of_letters_beside_the_day_is_nobodys_name() -> None:
    assert described("5 May 2020", "Text Size").first("creator") is None


def test_a_sentence_that_opens_with_by_names_nobody() -> None:
    assert described("By the end of 2020 all lamps were electric").first("creator") is None


def test_an_update_is_no_publication() -> None:
    description = described("Updated on 5 May 2020")
    assert (description.first("date"), description.first("modified")) == (None, "2020-05-05")


def test_a_copyright_line_gives_rights_and_publisher_and_no_date() -> None:
    description = described(foot=("Copyright © 2010 The Harbour Society of Porto  office@harbour.example", "Tel: 213"))
    assert description.first("rights") == "Copyright © 2010 The Harbour Society of Porto"
    assert description.first("publisher") == "The Harbour Society of Porto"
    assert description.first("date") is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("© 2019–2024 Coast Weekly. All rights reserved.", "Coast Weekly"),
        ("Copyright 2020 by Ann Lee | Imprint", "Ann Lee"),
        ("(c) Harbour GmbH 2021", "Harbour GmbH"),
        ("版权所有 某某新闻网", "某某新闻网"),
        ("© 2024", None),
        ("Copyright", None),
    ],
)
def test_the_holder_is_told_from_the_rest_of_the_line(line: str, name: str | None) -> None:
    assert holder(line) == name


def test_an_ambiguous_day_is_decided_by_the_language_of_the_words() -> None:
    german = (
        "Die Lampe wurde in der Dämmerung angezündet, und der Wärter schrieb die Stunde wie immer in das Buch hinein."
    )
    assert described("03.04.2021", german).first("date") == "2021-04-03"
    assert described("03/04/2021").first("date") is None


def test_a_speakers_name_is_read_from_the_title_line() -> None:
    heading = leaf("heading", "Remarks by Mayor Ines Okafor at the Harbour", level="1")
    description = describe(page_of(blocks=[heading, leaf("paragraph", PROSE)]), capture_of())
    (creator,) = description.of("creator")
    assert (creator.value, creator.evidence) == ("Ines Okafor", ("text", "title line", heading.source))


def test_authors_of_comments_are_not_the_pages() -> None:
    comments = [leaf("text", f"Reader {name}", at) for at, name in enumerate(("One", "Two", "Three"), 60)]
    body = [leaf("paragraph", PROSE, at) for at in range(1, 40)]
    signals = [("class", "author", f"Reader {name}") for name in ("One", "Two", "Three")]
    page = page_of(("heading", "h1", "The Harbour at Night"), blocks=[TITLE, *body, *comments])
    page = page_of(
        ("heading", "h1", "The Harbour at Night"),
        *((*signal, block.source) for signal, block in zip(signals, comments, strict=True)),  # type: ignore[arg-type]
        blocks=[TITLE, *body, *comments],
    )
    description = describe(page, capture_of())
    assert description.first("creator") is None
    assert len(candidates_of(description, "creator")) == 3


@pytest.mark.parametrize(
    "line",
    [
        "Held on 4 May 2020 in the town hall",
        "Date: 4 May 2020",
        "By Olu Adeyemi | 4 May 2020",
        "作者：林晓舟 2020年5月4日",
        "Ann Lee, 4 May 2020",
    ],
)
def test_what_stands_beside_a_date_is_no_place_without_proof(line: str) -> None:
    before, _, after = line.partition("4 May 2020" if "May" in line else "2020年5月4日")
    marked = Block(
        "dateline",
        "char=30,60",
        (
            Inline("place", (before.strip(),)),
            " ",
            Inline("date", (line[len(before) : len(line) - len(after)],), {"when": "2020-05-04"}),
            after,
        ),
    )
    assert describe(page_of(blocks=[TITLE, marked]), capture_of()).values("coverage") == ()
    assert described(line).values("coverage") == ()


def test_an_agencys_line_proves_its_place() -> None:
    assert described("NEW YORK (AP) — The lamp was lit at dusk.").values("coverage") == ("New York",)
    assert described("WATCH (Video) — The lamp was lit at dusk.").values("coverage") == ()


def test_a_place_beneath_the_title_is_no_author() -> None:
    assert described("Los Angeles", "Los Angeles is the largest town of the coast.").first("creator") is None
    assert described("Ann Lee", "Ann Lee is a writer who lives by the sea.").first("creator") == "Ann Lee"


@pytest.mark.parametrize(
    ("line", "rights", "publisher"),
    [
        ("© 2020 Coast Weekly | Impressum | Datenschutz", "© 2020 Coast Weekly", "Coast Weekly"),
        ("© 2020 Coast Weekly. Proudly powered by Press", "© 2020 Coast Weekly", "Coast Weekly"),
        ("© 2020 | Coast Weekly | Imprint", "© 2020 | Coast Weekly", "Coast Weekly"),
        ("版权所有 海岸新闻网 京ICP备00000000号", "版权所有 海岸新闻网", "海岸新闻网"),
        ("© dpa", None, None),
        ("Foto: © Ann Lee", None, None),
        ("Powered by Lamp © Lamp", None, None),
        ("Web design by Ann Lee © 2020", None, None),
        ("Map data © Mapper", None, None),
        ("© 2020 phpBB Limited", None, None),
        ("灯塔湾日报版权所有 ©1997-2012", "灯塔湾日报版权所有 ©1997-2012", "灯塔湾日报"),
        ("Lantern Bay Society © 2020", "Lantern Bay Society © 2020", "Lantern Bay Society"),
        ("本站版權所有 不得轉載 © 2012 灯塔湾日报", "版權所有 不得轉載 © 2012 灯塔湾日报", "灯塔湾日报"),
        ("Copyright der jeweiligen Verlage", "Copyright der jeweiligen Verlage", None),
        ("© 2023 Lantern IncTermsPrivacy", "© 2023 Lantern Inc", "Lantern Inc"),
        ("© 2020 Coast Weekly, 12 Quay Street, Porto", "© 2020 Coast Weekly", "Coast Weekly"),
        ("© 2020 Coast Weekly Log in", "© 2020 Coast Weekly", "Coast Weekly"),
        ("جميع الحقوق محفوظة لصحيفة المنارة 2020", "جميع الحقوق محفوظة لصحيفة المنارة 2020", "صحيفة المنارة"),
        ("© 2020 Coast Weekly | All rights reserved", "© 2020 Coast Weekly | All rights reserved", "Coast Weekly"),
    ],
)
def test_a_statement_of_rights_ends_where_its_line_goes_on(
    line: str, rights: str | None, publisher: str | None
) -> None:
    description = described(foot=(line,))
    assert (description.first("rights"), description.first("publisher")) == (rights, publisher)
