"""Names in bold that come back before what is said are speakers, though no class and no colon says so."""

from __future__ import annotations

import pytest
from tests.reading.sound import Sound

SAID = (
    ("ANNA", "Who has struck out the wool of the last ship?"),
    ("CLERK", "Nobody strikes out anything in this house."),
    ("ANNA", "And yet it is gone: I see the line."),
    ("CLERK", "(rising) Then it was the rain that did it, and not I."),
    ("ANNA", "Rain has no pen, and no hand to hold it."),
)


def speakers(sound: Sound, form: str, said: tuple[tuple[str, str], ...] = SAID) -> list[str]:
    text = sound.text("".join(form.format(*turn) for turn in said))
    return ["".join(one.itertext()) for one in text.iter("speaker")]


@pytest.mark.parametrize(
    "form", ["<p><b>{0}</b> {1}</p>", "<p><strong>{0}.</strong> {1}</p>", "<p><b>{0}</b><br>{1}</p>", "<p>{0}. {1}</p>"]
)
def test_names_before_what_is_said_are_speakers(sound: Sound, form: str) -> None:
    assert [one.rstrip(".") for one in speakers(sound, form)] == ["ANNA", "CLERK", "ANNA", "CLERK", "ANNA"]


@pytest.mark.parametrize("names", [("Anna Lee", "The Clerk"), ("安娜", "书记员"), ("Анна", "Писарь")])
def test_names_of_any_script_are(sound: Sound, names: tuple[str, str]) -> None:
    said = tuple((names[at % 2], words) for at, (_, words) in enumerate(SAID))
    assert speakers(sound, "<p><b>{0}</b> {1}</p>", said) == [name for name, _ in said]


@pytest.mark.parametrize(
    "said",
    [
        SAID[:3],
        tuple((f"Term {chr(65 + at)}", words) for at, (_, words) in enumerate(SAID)),
        tuple(("ANNA", words) for _, words in SAID),
        tuple((name, words.rstrip(".?")) for name, words in SAID),
        tuple((f"<a href=/{name}>{name}</a>", words) for name, words in SAID),
        tuple((f"{name} said that it was late and went", words) for name, words in SAID),
    ],
)
def test_other_words_in_bold_are_none(sound: Sound, said: tuple[tuple[str, str], ...]) -> None:
    assert speakers(sound, "<p><b>{0}</b> {1}</p>", said) == []
