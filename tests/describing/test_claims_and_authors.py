"""What copyright lines say and do not say, and how many wrote a page that names one author in its head."""

from __future__ import annotations

import json

import pytest
from tests.describing.pages import PROSE, capture_of, leaf, page_of

from solander.describing import describe
from solander.model.description import Description


def described(*signals: tuple[str, str, str], foot: str = "") -> Description:
    blocks = [leaf("heading", "The last telegraph", level="1"), leaf("paragraph", PROSE)]
    page = page_of(("title", "", "The last telegraph"), *signals, blocks=blocks, foot=[leaf("text", foot, 9)])
    return describe(page, capture_of())


def article(author: str, *more: str) -> tuple[str, str, str]:
    node = {"@type": "Article", "headline": "The last telegraph", "author": {"@type": "Person", "name": author}}
    return ("json-ld", "", json.dumps({**node, "contributor": [{"@type": "Person", "name": name} for name in more]}))


def card(names: str) -> list[tuple[str, str, str]]:
    return [("meta", "twitter:label1", "Written by"), ("meta", "twitter:data1", names)]


def test_the_second_author_on_the_card_is_an_author() -> None:
    description = described(article("Ada Quill", "Tom Reed"), *card("Ada Quill, Tom Reed"))
    assert description.values("creator") == ("Ada Quill", "Tom Reed")
    assert description.values("contributor") == ()


@pytest.mark.parametrize(
    "label",
    [
        "Written by",
        "Écrit par",
        "Skrivet av",
        "Kirjoittanut",
        "Yazan",
        "Napsal(a)",
        "Scris de",
        "Написано автором",
        "Γράφτηκε από",
        "كُتب بواسطة",
        "נכתב על ידי",
        "Được viết bởi",
        "Ditulis oleh",
        "執筆者",
        "글쓴이",
    ],
)
def test_the_card_says_in_many_languages_who_wrote_a_page(label: str) -> None:
    signals = [("meta", "twitter:label1", label), ("meta", "twitter:data1", "Ann Lee")]
    assert described(*signals).values("creator") == ("Ann Lee",)


def test_who_contributed_and_is_no_author_stays_a_contributor() -> None:
    description = described(article("Ada Quill", "Tom Reed"), *card("Ada Quill"))
    assert description.values("creator") == ("Ada Quill",)
    assert description.values("contributor") == ("Tom Reed",)


@pytest.mark.parametrize("names", ["Tom Reed", "Ada Quill, Bay Herald Newsroom desk", "A, B"])
def test_a_card_without_the_first_author_or_with_more_than_persons_adds_nobody(names: str) -> None:
    assert described(article("Ada Quill"), *card(names)).values("creator") == ("Ada Quill",)


@pytest.mark.parametrize(
    ("foot", "rights", "publisher"),
    [
        (
            "© Copyright 2014-2023, Nora Vance. Last updated on Jun 11, 2023. Created using Sphinx 7.0.1.",
            "© Copyright 2014-2023, Nora Vance",
            "Nora Vance",
        ),
        ("© 2026 Lena Fisk Privacy ∙ Terms ∙ Collection notice", "© 2026 Lena Fisk", "Lena Fisk"),
        ("© Musée maritime – 2026 | Crédits photos : Paul Aubin", "© Musée maritime – 2026", "Musée maritime"),
        ("© Bay Herald – 1999-2026 | Imprint", "© Bay Herald – 1999-2026", "Bay Herald"),
        ("© 2020 | Bay Herald | Imprint", "© 2020 | Bay Herald", "Bay Herald"),
    ],
)
def test_a_claim_keeps_its_year_and_loses_what_only_stands_behind_it(foot: str, rights: str, publisher: str) -> None:
    description = described(foot=foot)
    assert description.values("rights") == (rights,)
    assert description.values("publisher") == (publisher,)


@pytest.mark.parametrize("foot", ["© Crown copyright", "© Crown Copyright 2020"])
def test_the_crown_publishes_nothing(foot: str) -> None:
    description = described(foot=foot)
    assert description.values("publisher") == ()
    assert description.values("rights") == (foot,)
    assert described(foot="© 2020 Crown Books").values("publisher") == ("Crown Books",)


def test_the_authors_of_a_journal_who_keep_their_rights_are_no_publisher() -> None:
    authors = [("meta", "citation_author", "Ingrid Solheim"), ("meta", "citation_author", "Teixeira, Paulo")]
    description = described(*authors, foot="Copyright (c) 2019 Ingrid Solheim, Paulo Teixeira")
    assert description.values("publisher") == ()
    assert description.values("rights") == ("Copyright (c) 2019 Ingrid Solheim, Paulo Teixeira",)
    assert described(*authors, foot="© 2019 Harbour Press").values("publisher") == ("Harbour Press",)
    assert described(*authors, foot="© 2019 Ingrid Solheim, Harbour Press").values("publisher") != ()
