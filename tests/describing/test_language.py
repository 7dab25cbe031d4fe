"""Language: the words outrank the template, and both are kept."""

from __future__ import annotations

import socket
from typing import NoReturn

import pytest
from tests.describing.pages import PROSE, candidates_of, capture_of, leaf, page_of

from solander.describing import describe
from solander.describing.languages.chinese_scripts import SIMPLIFIED, TRADITIONAL, script_of
from solander.describing.languages.telling import normalise_tag

GERMAN = (
    "Die Lampe wurde in der Dämmerung angezündet, und der Wärter schrieb die Stunde in das Buch, wie er es seit "
    "zwanzig Jahren jede Nacht getan hatte."
)
SIMPLIFIED_TEXT = (
    "黄昏时分，守塔人点亮了灯，并把时间写进书里，二十年来他每天晚"
    "上都这样做，从来没有间断过，镇上的人们都说他是个认真的人。"
)
TRADITIONAL_TEXT = (
    "黃昏時分，守塔人點亮了燈，並把時間寫進書裡，二十年來他每天晚"
    "上都這樣做，從來沒有間斷過，鎮上的人們都說他是個認真的人。"
)


def language_of(text: str, *declared: str) -> str | None:
    page = page_of(blocks=[leaf("paragraph", text)], languages=declared)
    return describe(page, capture_of()).first("language")


@pytest.mark.parametrize(
    ("text", "tag"),
    [(PROSE, "en"), (GERMAN, "de"), (SIMPLIFIED_TEXT, "zh-Hans"), (TRADITIONAL_TEXT, "zh-Hant")],
)
def test_the_words_tell_their_language(text: str, tag: str) -> None:
    assert language_of(text) == tag


def test_a_declaration_that_agrees_stands_for_it_knows_the_region() -> None:
    assert language_of(PROSE, "en_gb") == "en-GB"


def test_a_template_that_lies_is_outvoted_and_its_word_is_kept() -> None:
    page = page_of(blocks=[leaf("paragraph", GERMAN)], languages=("en-US",))
    description = describe(page, capture_of())
    assert description.values("language") == ("de",)
    assert [(one.value, one.evidence.detail) for one in candidates_of(description, "language") if not one.chosen] == [
        ("en-US", "html lang")
    ]


def test_too_few_words_do_not_outvote_a_declaration() -> None:
    assert language_of("Guten Tag", "fr") == "fr"


def test_a_declared_region_tells_the_script_and_stands_as_written() -> None:
    simplified = (
        "灯塔的守护人在黄昏时点亮了灯，并且把时间写进了本子里，就像二十年来的每一个晚上一样，这是他的习惯。" * 2
    )
    assert language_of(simplified, "zh-CN") == "zh-CN"
    assert language_of(simplified, "zh") == "zh"
    assert language_of(simplified, "zh-TW") == "zh-Hans"


def test_nothing_said_and_nothing_to_read_gives_none() -> None:
    assert language_of("…") is None


def test_what_is_no_tag_is_kept_and_not_chosen() -> None:
    description = describe(page_of(languages=("english language",)), capture_of())
    assert description.first("language") is None
    assert candidates_of(description, "language")[0].value == "english language"


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("en_us", "en-US"),
        ("DE", "de"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("iw", "iw"),
        ("zh-CN", "zh-CN"),
        ("eng", "en"),
        ("i-klingon", "i-klingon"),
        ("english", None),
        ("", None),
        ("xx", None),
    ],
)
def test_tags_come_to_their_canonical_form(written: str, tag: str | None) -> None:
    assert normalise_tag(written) == tag


def test_no_character_counts_for_both_scripts() -> None:
    assert not SIMPLIFIED & TRADITIONAL
    assert script_of("中文") == "zh"


def test_no_network_is_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("the detector opened a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    assert language_of(GERMAN) == "de"
