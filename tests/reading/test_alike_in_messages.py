"""What stands in one place in the messages of a thread is text in all of them where it is in many."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest

from solander.model.capture import Capture
from solander.reading import read_page
from solander.reading.naming.zones import ancestry
from solander.reading.survey import Survey
from solander.reading.zoning.alike_in_messages import alike_in_messages

SAID = (
    "The ferry was late again this morning, and nobody on the quay could say why it was.",
    "It had ice in the intake, as it has whenever the wind stands on the bar for two days.",
    "So they should have said at the office, where ten people stood and waited in the cold.",
    "There is a list of telephone numbers on the door, but the one that answers is not on it.",
    "I have asked the council for a shelter these three years, and I shall ask them again.",
    "Ask the pilots and not the council, for they have a stove and a kettle, and good company.",
)


def surveyed(page: str) -> Survey:
    kept: list[Survey] = []

    def note(survey, wholes):
        kept.append(survey)
        return ["main"] * len(survey.texts)

    with patch("solander.reading.html.zone_leaves", note):
        read_page(Capture.of_bytes(page.encode()))
    return kept[0]


def thread(name: str = "message", count: int = len(SAID)) -> str:
    messages = (
        f"<li class={name} id=p{at}><h3 class=who>Keeper {at}</h3><blockquote class=said>{said}</blockquote></li>"
        for at, said in enumerate(SAID[:count])
    )
    return f"<!doctype html><body><h1>The ferry</h1><ol>{''.join(messages)}</ol><p>Another page of this board.</p>"


def chosen_of(page: str, chosen: set[int]) -> list[str]:
    """The lines chosen of a page, where of the messages these were by themselves."""
    survey = surveyed(page)
    tokens = np.array([len(text.split()) for text in survey.texts])
    by_itself = np.array([text in {SAID[at] for at in chosen} for text in survey.texts])
    found = alike_in_messages(by_itself, tokens, survey, ancestry(survey))
    return [text for text, keep in zip(survey.texts, found.tolist(), strict=True) if keep]


@pytest.mark.parametrize("chosen", [{3, 5}, {0, 2, 5}, {1, 2, 3, 4, 5}])
def test_what_a_third_of_the_messages_says_in_one_place_all_say(chosen: set[int]) -> None:
    assert chosen_of(thread(), chosen) == list(SAID)


def test_one_message_of_many_speaks_for_no_other() -> None:
    assert chosen_of(thread(), {0}) == [SAID[0]]


def test_names_and_what_stands_elsewhere_stay_what_they_were() -> None:
    found = chosen_of(thread(), {0, 1, 2})
    assert not [line for line in found if line.startswith(("Keeper", "Another", "The ferry\n"))]


@pytest.mark.parametrize("name", ["comment", "tile"])
def test_comments_and_what_is_called_no_message_are_judged_line_by_line(name: str) -> None:
    assert chosen_of(thread(name), {0, 1, 2}) == list(SAID[:3])


def test_messages_beside_a_longer_text_are_judged_line_by_line() -> None:
    text = f"<p>{' '.join(SAID)}</p>"
    survey = surveyed(thread().replace("<ol>", f"{text}<ol>"))
    tokens = np.array([len(line.split()) for line in survey.texts])
    by_itself = np.array([line in (SAID[0], SAID[1], SAID[2], " ".join(SAID)) for line in survey.texts])
    assert alike_in_messages(by_itself, tokens, survey, ancestry(survey)).tolist() == by_itself.tolist()


def test_two_messages_are_no_thread() -> None:
    assert chosen_of(thread(count=2), {0}) == [SAID[0]]
