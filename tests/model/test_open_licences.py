"""Which words of rights give a page to the public, and which only speak of it."""

from __future__ import annotations

import pytest

from solander.model.open_licences import are_open


@pytest.mark.parametrize(
    "said",
    [
        "https://creativecommons.org/licenses/by/4.0/",
        "CC BY-SA 4.0",
        "Except where otherwise noted, this page is licensed under a Creative Commons Attribution 4.0 licence.",
        "Some rights reserved: http://creativecommons.org/licenses/by-nc-nd/3.0/",
        "This page is in the public domain.",
        "We do not ask for a fee. The texts are in the public domain.",
        "Der Text ist gemeinfrei.",
        "© 2024 Lantern Bay Museum, CC BY 4.0",
    ],
)
def test_a_licence_gives_a_page_to_the_public(said):
    assert are_open([said])
    assert are_open(["© 2024 Lantern Bay Museum", said])


@pytest.mark.parametrize(
    "said",
    [
        "This page is not in the public domain.",
        "No Creative Commons licence holds for these pictures.",
        "Dieser Text ist nicht gemeinfrei.",
        "Ce texte n'est pas dans le domaine public.",
        "This isn't licensed under Creative Commons",
        "Texts CC BY 4.0; photographs: all rights reserved.",
        "Text unter CC BY 4.0, Bilder: alle Rechte vorbehalten",
        "© Museum",
        "",
    ],
)
def test_what_denies_a_licence_or_keeps_a_part_leaves_a_page_closed(said):
    assert not are_open([said])


@pytest.mark.parametrize(
    "kept", ["All rights reserved.", "Tous droits réservés", "Все права защищены", "版权所有", "جميع الحقوق محفوظة"]
)
def test_who_says_both_leaves_it_to_a_person(kept):
    assert are_open(["https://creativecommons.org/licenses/by/4.0/"])
    assert not are_open(["https://creativecommons.org/licenses/by/4.0/", kept])


def test_who_says_nothing_opens_nothing():
    assert not are_open([])
