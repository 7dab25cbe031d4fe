"""Names of bags: readable, short, the same everywhere, and never a name that a shell or a system would trip over."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solander.packing import bag_name

IDENTIFIER = "urn:uuid:abcdef01-2345-5678-9abc-def012345678"


@pytest.mark.parametrize(
    ("title", "uri", "slug"),
    [
        ("Remarks at the Reception", None, "remarks-at-the-reception"),
        ("Don’t “stop” — Café Müller, Straße", None, "dont-stop-cafe-muller-strasse"),
        ("北京的茶馆", "https://example.org/2021/teahouse.html", "bei-jing-de-cha-guan"),
        ("北京 Beijing 2021", "https://example.org/x", "bei-jing-beijing-2021"),
        (
            "2018年7月1日（日）午後1時から12月まで",
            "https://example.org/x",
            "2018-nian-7-yue-1-ri-ri-wu-hou-1-shi-kara12-yue-made",
        ),
        ("Преступление и наказание", None, "prestuplenie-i-nakazanie"),
        ("Η Οδύσσεια του Ομήρου", None, "i-odysseia-toy-omiroy"),
        ("한글 이야기", None, "hangeul-iyagi"),
        ("الف ليلة وليلة", None, "lf-lylh-wlylh"),
        ("Ærø, Łódź, Þingvellir, İstanbul", None, "aero-lodz-thingvellir-istanbul"),
        ("Ｆｕｌｌ　ｗｉｄｔｈ １２", None, "full-width-12"),
        ("☃ → 🚢", "https://example.org/ship", "ship"),
        (None, "https://example.org/a/b%20c/", "b-c"),
        (None, "https://example.org/", "example-org"),
        ("", "https://例え.example/北京", "bei-jing"),
        (None, "http://[", "page"),
        ("——", None, "page"),
        ("w" * 80, None, "w" * 60),
        ("one " * 30, None, "one-" * 14 + "one"),
    ],
)
def test_the_slug_is_made_of_the_title_or_else_of_the_address(title: str | None, uri: str | None, slug: str) -> None:
    assert bag_name("2021-12-08", title, uri, IDENTIFIER, 1) == f"2021-12-08-{slug}-abcdef01"


@pytest.mark.parametrize(
    ("date", "said"),
    [(None, "undated"), ("", "undated"), ("2021", "2021"), ("2021-12", "2021-12"),
     ("2021-12-08T10:00:00Z", "2021-12-08"),
     ("yesterday", "undated"), ("2021-13-41", "2021"), ("../../etc", "undated")],
)  # fmt: skip
def test_the_date_is_as_exact_as_it_is_known(date: str | None, said: str) -> None:
    assert bag_name(date, "A title", None, IDENTIFIER) == f"{said}-a-title-abcdef01"


def test_later_versions_say_so() -> None:
    assert bag_name(None, "A", None, IDENTIFIER, 2).endswith("-abcdef01-v2")
    assert bag_name(None, "A", None, IDENTIFIER, 1).endswith("-abcdef01")


@pytest.mark.parametrize(("identifier", "version"), [("urn:uuid:", 1), ("none", 1), (IDENTIFIER, 0)])
def test_an_object_without_an_identifier_has_no_name(identifier: str, version: int) -> None:
    with pytest.raises(ValueError, match="no bag can be named"):
        bag_name(None, "A", None, identifier, version)


@given(st.none() | st.text(), st.none() | st.text(), st.none() | st.text(), st.integers(1, 10**6))
def test_whatever_a_page_says_the_name_is_plain_and_short(
    date: str | None, title: str | None, uri: str | None, version: int
) -> None:
    name = bag_name(date, title, uri, IDENTIFIER, version)
    assert re.fullmatch(r"(undated|[0-9]{4}(-[0-9]{2}){0,2})(-[a-z0-9]+)+-abcdef01(-v[0-9]+)?", name)
    assert len(name) <= 10 + 1 + 60 + 1 + 8 + 2 + 7
