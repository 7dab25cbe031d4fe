"""Names: a byline gives its people, and what names nobody is known for noise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solander.describing.names.no_names import is_noise
from solander.describing.names.people import has_label, looks_personal, people


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann Lee", ("Ann Lee",)),
        ("ByAnn Lee", ("Ann Lee",)),
        ("Written by: Ann Lee and Bo Day", ("Ann Lee", "Bo Day")),
        ("Von Anna Groß und Jörg Klein", ("Anna Groß", "Jörg Klein")),
        ("Par Anne Martin", ("Anne Martin",)),
        ("Por José Pérez", ("José Pérez",)),
        ("Autor: Jan Kowalski", ("Jan Kowalski",)),
        ("Автор: Анна Иванова", ("Анна Иванова",)),
        ("作者：张平", ("张平",)),
        ("By Ann Lee | 5 May 2020", ("Ann Lee",)),
        ("By Ann Lee Feb. 27, 2025", ("Ann Lee",)),
        ("By Ann Lee, Harbour Correspondent", ("Ann Lee",)),
        ("By Carl Dobb, PhD, Devon Gray, PhD", ("Carl Dobb, PhD", "Devon Gray, PhD")),
        ("记者 林晓舟", ("林晓舟",)),
        ("本报记者张平、王明", ("张平", "王明")),
        ("Reporter Ann Lee", ("Ann Lee",)),
        ("By staff reporter Ann Lee", ("Ann Lee",)),
        ("von Anna Groß", ("Anna Groß",)),
        ("Ursula von der Leyen", ("Ursula von der Leyen",)),
        ("By Ludwig van Beethoven", ("Ludwig van Beethoven",)),
    ],
)
def test_a_byline_gives_its_people(line: str, names: tuple[str, ...]) -> None:
    assert people(line) == names


def test_a_value_is_not_cut_where_a_sentence_would_be() -> None:
    assert people("The Press in Exile", whole=True) == ("The Press in Exile",)


@pytest.mark.parametrize(
    "name",
    [
        "admin",
        "Administrator",
        "wpadmin",
        "https://example.org/people/ann",
        "ann@example.org",
        "@ann",
        "12",
        "N/A",
        "{{name}}",
    ],
)
def test_noise_is_known(name: str) -> None:
    assert is_noise(name)


@pytest.mark.parametrize("name", ["Ann Lee", "张平", "The Harbour Society", "mh"])
def test_a_name_is_no_noise(name: str) -> None:
    assert not is_noise(name)


def test_a_sentence_is_no_byline() -> None:
    assert not has_label("Bypassing the harbour takes an hour")
    assert people("By " + "word " * 100) == ()


@given(text=st.text(max_size=300))
def test_any_text_gives_names_without_white_space_about_them(text: str) -> None:
    for name in (*people(text), *people(text, whole=True)):
        assert name == name.strip() != ""


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann Lee Monday, November 18, 2019", ("Ann Lee",)),
        ("By Peter Sonntag", ("Peter Sonntag",)),
        ("By Joe Friday | 12 May 2020", ("Joe Friday",)),
        ("By Joe Friday Monday, November 18, 2019", ("Joe Friday",)),
        ("Ann Lee, Harbour Times", ("Ann Lee",)),
        ("Ann Lee, harbour.example.com", ("Ann Lee",)),
        ("By Ann Lee, Bo Fox, Harbour News", ("Ann Lee", "Bo Fox")),
        ("Harbour News, Coast Weekly", ("Harbour News", "Coast Weekly")),
    ],
)
def test_neither_the_weekday_nor_the_house_behind_a_name_is_a_second_author(line, names):
    assert people(line) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Theresa May", ("Theresa May",)),
        ("By Tobias 29. Juni", ("Tobias",)),
        ("By Ann Lee 12th May", ("Ann Lee",)),
        ("By April Jones", ("April Jones",)),
        ("By Jan Novak and Theresa May", ("Jan Novak", "Theresa May")),
        ("Von Friedrich März", ("Friedrich März",)),
        ("By Mark Friday", ("Mark Friday",)),
        ("By Theresa May | 12 May 2020", ("Theresa May",)),
        ("By Theresa May, 12 May 2020", ("Theresa May",)),
        ("By Theresa May, May 12, 2020", ("Theresa May",)),
        ("Von Friedrich März 12. Mai 2020", ("Friedrich März",)),
        ("By Theresa May 2020-05-12", ("Theresa May",)),
        ("By Theresa May 3 min read", ("Theresa May",)),
        ("By Theresa May 2020", ("Theresa May",)),
        ("By Ann Lee May 2020", ("Ann Lee",)),
        ("By Ann Lee May 12, 2020", ("Ann Lee",)),
        ("By Ann Lee April 4th, 2020", ("Ann Lee",)),
        ("By Ann Lee, March", ("Ann Lee",)),
        ("By Ann May 12 at 10:30", ("Ann",)),
        ("By May 12, 2020", ()),
    ],
)
def test_a_months_name_is_a_persons_unless_what_stands_about_it_makes_a_day(line, names):
    assert people(line) == names


@pytest.mark.parametrize("line", ["ANN LEE // Coast News", "Ann Lee | Coast", "Ann Lee – Coast Weekly"])
def test_in_a_value_what_is_set_off_behind_a_name_is_the_house(line):
    assert [name.title() for name in people(line, whole=True)] == ["Ann Lee"]


@pytest.mark.parametrize("name", ["Published:", "фото", "Photo", "发布于："])
def test_a_label_without_its_name_is_nobody(name):
    assert is_noise(name)


@pytest.mark.parametrize("words", ["последние новости", "Τελευταία ενημέρωση", "春節就醫 門診初五恢復"])
def test_words_written_small_in_any_script_have_no_form_of_a_name(words):
    assert not looks_personal(words)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann Lee @annlee", ("Ann Lee",)),
        ("By Ann Lee @annlee on Jun 26, 2014, 12:00p", ("Ann Lee",)),
        ("By Ann Lee (@annlee), Bo Day @bo and Cy Fox", ("Ann Lee", "Bo Day", "Cy Fox")),
        ("@annlee", ("@annlee",)),
    ],
)
def test_what_an_author_is_called_elsewhere_is_no_part_of_her_name(line, names):
    assert people(line) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Richard (R.J.) Lee, Coast Weekly", ("Richard (R.J.) Lee",)),
        ("By Richard James Lee, Coast Weekly", ("Richard James Lee",)),
        ("Par LILIANE MARAIS, LAURE BERTIN Envoyés spéciaux à Toulouse", ("LILIANE MARAIS", "LAURE BERTIN")),
        ("Por Ana Ruiz Corresponsal en París", ("Ana Ruiz",)),
        ("By Ann (Annie) Lee | May 3", ("Ann (Annie) Lee",)),
        ("By Ann (Annie) Lee and Ann Day", ("Ann (Annie) Lee", "Ann Day")),
        ("By Ann (Bo) Lee and Carl (CJ) Day", ("Ann (Bo) Lee", "Carl (CJ) Day")),
        ("By Ann Lee, Carl (CJ) Day (photos)", ("Ann Lee", "Carl (CJ) Day")),
        ("By Robert “Bob” Lee (AP)", ("Robert “Bob” Lee",)),
        ("By Ann Lee (Reuters) Berlin", ("Ann Lee",)),
        ("By Monday (M) On Day", ()),
        ("By Ann Lee (Reuters)", ("Ann Lee",)),
        ("By Ann Lee (photos) and Bo Day", ("Ann Lee",)),
    ],
)
def test_a_nickname_stands_within_a_name_and_brackets_behind_it_end_the_line(line, names):
    assert people(line) == names


def test_two_first_names_letters_are_no_firms():
    assert people("Ann Lee, James S.A. Day, Bo May", whole=True) == ("Ann Lee", "James S.A. Day", "Bo May")


def test_capitals_behind_several_names_are_their_house():
    assert people("Ann Lee, Chi-Ming Wang, and Bo Day, CNN", whole=True) == ("Ann Lee", "Chi-Ming Wang", "Bo Day")


def test_a_name_with_a_nickname_has_the_form_of_a_name():
    assert looks_personal("Richard (R.J.) Lee")
    assert looks_personal('Robert "Bob" Lee')
    assert not looks_personal("Pictures (More) to come")
