"""UTF-16 without its mark is known by what it holds, and nothing else is taken for it."""

from __future__ import annotations

import random

import pytest

from solander.model.unmarked_utf16 import unmarked_utf16

CHINESE = "你好世界这是一个测试页面没有标记，茶馆在河边。" * 10
JAPANESE = "灯台守の日記は、毎朝六時に始まる。ランプを消す。" * 10
KOREAN = "등대지기의 일지는 매일 아침 여섯 시에 시작된다. 밥을 먹는다." * 10
GERMAN = "Die Fähre fährt um sieben. " * 10


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [CHINESE, JAPANESE, KOREAN, GERMAN, f"<title>茶</title><p>{CHINESE}</p>"])
def test_a_text_of_any_script_is_known_without_its_mark(codec: str, text: str):
    assert unmarked_utf16(text.encode(codec)) == codec.replace("16-", "16")


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (CHINESE, "gb18030"),
        (CHINESE, "utf-8"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (KOREAN, "euc_kr"),
        (GERMAN, "latin-1"),
        ("茶館在河邊" * 10, "big5"),
    ],
)
def test_older_encodings_are_not_taken_for_it(text: str, codec: str):
    assert unmarked_utf16(text.encode(codec)) is None


def test_random_bytes_are_not_taken_for_it():
    some = random.Random(16)
    assert not any(unmarked_utf16(some.randbytes(size)) for size in (16, 64, 400, 5_000) for _ in range(100))
