"""What a text says twice it keeps twice; a second showing of it, for another screen, is no text."""

import pytest
from tests.reading.test_coherence import Specimen

TEXTS = [
    f"The {number} kettle boils over a fire of birch, and it is taken off before its lid begins to dance about."
    for number in ("first", "second", "third", "fourth", "fifth", "sixth")
]
SAMPLE = "<pre>kettle --fill 3 --heat 90 --whistle off --lid on --keep-warm 20 --pour-into pot --then clean</pre>"
HOLDS = "<p>It raises an error where the kettle is dry, or where the lid is off, or where there is no fire at all.</p>"


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def shown(body: str, words: str) -> list[str]:
    specimen = Specimen(body)
    zones = specimen.again(["main"] * len(specimen.survey.texts))
    return [zone for zone, text in zip(zones, specimen.survey.texts, strict=True) if text.startswith(words)]


@pytest.mark.parametrize("around", ["div", "section"])
def test_a_sample_of_code_may_come_again(around):
    body = "".join(f"<{around}>{paragraphs(*TEXTS[at : at + 2])}{SAMPLE}</{around}>" for at in (0, 2, 4))
    assert shown(body, "kettle --fill") == ["main"] * 3


def test_what_holds_of_two_functions_may_stand_with_both():
    body = "".join(f"<div>{paragraphs(*TEXTS[at : at + 2])}{HOLDS}</div>" for at in (0, 2, 4))
    assert shown(f"<main>{body}</main>", "It raises") == ["main"] * 3


def test_a_second_showing_is_none():
    once = "".join(f"<p>{text}</p>" for text in TEXTS)
    zones = shown(f"<main><div class=wide>{once}</div><div class=small>{once}</div></main>", "The fifth")
    assert zones[0] == "main" != zones[1]


def test_what_comes_again_right_behind_is_a_second_showing():
    twice = f"<div class=wide>{HOLDS}<p>Wide.</p></div><div class=small>{HOLDS}<p>Small.</p></div>"
    zones = shown(f"<main>{paragraphs(*TEXTS[:3])}{twice}{paragraphs(*TEXTS[3:])}</main>", "It raises")
    assert zones[0] == "main" != zones[1]


def test_what_is_hidden_is_a_second_showing():
    body = f"<div>{paragraphs(*TEXTS[:2])}{SAMPLE}</div><div>{paragraphs(*TEXTS[2:4])}<div hidden>{SAMPLE}</div></div>"
    zones = shown(f"<main>{body}{paragraphs(*TEXTS[4:])}</main>", "kettle --fill")
    assert zones[0] == "main" != zones[1]
