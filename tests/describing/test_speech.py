"""Titles of speeches: the speaker is named, the office is not, and nobody is made up."""

from __future__ import annotations

import pytest

from solander.describing.clues.speech import speakers


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Remarks by Ambassador Ines Okafor at the Opening of the Reading Room", ("Ines Okafor",)),
        ("Keynote Address by Minister of Foreign Affairs Wang Yi to the Assembly", ("Wang Yi",)),
        ("Speech by President of the European Commission Ursula von der Leyen on Energy", ("Ursula von der Leyen",)),
        ("Statement by H.E. Mr. Juan Pérez, Permanent Representative of Peru, before the Council", ("Juan Pérez",)),
        ("Remarks by Secretary Okafor at a Press Availability", ("Okafor",)),
        ("Governor Ann Lee's Remarks on the Harbour", ("Ann Lee",)),
        ("Remarks by President Ann Lee and Prime Minister Bo Day in Joint Press Conference", ("Ann Lee", "Bo Day")),
        ("Rede von Bundeskanzlerin Anna Groß bei der Eröffnung", ("Anna Groß",)),
        ("Discours de la présidente Anne Martin devant le Parlement", ("Anne Martin",)),
        ("Discurso del presidente José Pérez en la apertura", ("José Pérez",)),
        ("驻某地总领事张平在欢迎会上的致辞", ("张平",)),
        ("Remarks by the Ambassador of Ruritania, Ada Quist, at the Opening", ("Ada Quist",)),
        ("Remarks by the Ambassador of Ruritania Ada Quist at the Opening", ("Ada Quist",)),
        ("Rede des Bundesministers der Verteidigung, Jan Petersen", ("Jan Petersen",)),
        ("Grußwort des Generalkonsuls Jan Petersen", ("Jan Petersen",)),
        ("Remarks by Mayor-elect Ann Lee at the Town Hall", ("Ann Lee",)),
        ("Opening Remarks of Ann Lee", ("Ann Lee",)),
        ("Ambassador Ann Lee Delivers Remarks at the Harbour", ("Ann Lee",)),
        ("Press Conference by Ann Lee", ("Ann Lee",)),
        ("王毅国务委员兼外长在开幕式上致辞", ("王毅",)),
        ("总领事李明：共同的未来", ("李明",)),
        ("李明总领事新年致辞", ("李明",)),
        ("上海市长王晓梅在论坛的演讲", ("王晓梅",)),
    ],
)
def test_the_speaker_is_named(title: str, names: tuple[str, ...]) -> None:
    assert speakers(title) == names


@pytest.mark.parametrize(
    "title",
    [
        "Remarks by the President on the Economy",
        "Speech by Moonlight",
        "The harbour at night",
        "A statement of accounts",
        "我们在一起的讲话",
        "Discours du président de la République à Dakar",
        "Remarks by the Press Office",
        "Interview by Harbour Television",
        "",
    ],
)
def test_where_nobody_is_named_nobody_is_given(title: str) -> None:
    assert speakers(title) == ()


def test_what_follows_a_colon_is_a_name_unless_the_text_has_its_words_as_words() -> None:
    text = "the climate and its change move the harbour"
    assert speakers("Speech: Ann Lee", text) == ("Ann Lee",)
    assert speakers("Rede: Jan Petersen", text) == ("Jan Petersen",)
    assert speakers("Speech: Climate Change", text) == ()
    assert speakers("Speech: Ann Lee") == ()
