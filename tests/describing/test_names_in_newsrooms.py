"""Who wrote a page, as newsrooms print it: offices, houses, brackets, signatures, and what a template fills in."""

from __future__ import annotations

import pytest

from solander import Capture, describe, read_page
from solander.describing.names.people import people
from solander.model.description import Description

PROSE = (
    "<p>The lamp of the lighthouse was lit at dusk by the keeper, and he wrote the hour into the book that lay on the "
    "table by the window, as he had done every night for twenty years and more.</p>" * 3
)
PARAGRAPH = {
    "ja": "<p>灯台の明かりは日暮れとともにともされ、番人は窓辺の机に置かれた帳面にその時刻を書きつけた。</p>" * 4,
    "vi": "<p>Ngọn đèn của hải đăng được thắp lên lúc chạng vạng, và người gác đèn ghi giờ vào quyển sổ để trên "
    "bàn cạnh cửa sổ như ông vẫn làm mỗi đêm suốt mùa thu.</p>" * 3,
    "ru": "<p>Лампу маяка зажигали в сумерках, и смотритель записывал час в книгу, лежавшую на столе у окна, как делал "
    "это каждую ночь двадцать с лишним лет подряд.</p>" * 3,
}


def described(*markup: str, head: str = "", lang: str = "en", uri: str | None = None) -> Description:
    page = f"<!DOCTYPE html><html lang={lang}><title>The Pier</title>{head}<h1>The Pier</h1>{''.join(markup)}"
    capture = Capture.of_bytes(page.encode(), uri=uri)
    return describe(read_page(capture), capture)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann Lee (a historian) and Bo May (a geographer)", ("Ann Lee", "Bo May")),
        ("Por Helena Dias (historiadora) e Rui Nobre (geógrafo)", ("Helena Dias", "Rui Nobre")),
        ("Autor: Anna Lipska fot. Jan Lis", ("Anna Lipska",)),
        ("بقلم ليلى الحداد الأحد، 3 ديسمبر 2017", ("ليلى الحداد",)),
        ("By Nagy Éva kedd 11:30", ("Nagy Éva",)),
        ("Της Ελένης Μαυρίδη", ("Ελένης Μαυρίδη",)),
        ("von Olga Symbolbild imago", ("Olga",)),
        ("Por: Ana Reis em 30 de novembro de 2015 às 08:00", ("Ana Reis",)),
        ("A cura di Marco Ferri e Giulia Dossena", ("Marco Ferri", "Giulia Dossena")),
        ("Napsala Jana Dvořáková", ("Jana Dvořáková",)),
        ("By Ana de la", ("Ana de la",)),
        ("By AAA Harbour Editor, SMT", ("AAA Harbour Editor, SMT",)),
    ],
)
def test_what_stands_about_a_name_in_a_byline_is_left_out(line: str, names: tuple[str, ...]) -> None:
    assert people(line) == names


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Ann Lee, Obituaries Editor", ("Ann Lee",)),
        ("Ann Lee, Bo May", ("Ann Lee", "Bo May")),
        ("Harbour Editor, SMT", ("Harbour Editor, SMT",)),
        ("Plácido Domingo", ("Plácido Domingo",)),
        ("Jan Maria Sobota", ("Jan Maria Sobota",)),
    ],
)
def test_an_office_in_a_value_for_authors_is_no_second_author(value: str, names: tuple[str, ...]) -> None:
    assert people(value, whole=True) == names


def test_a_byline_ends_where_its_line_breaks() -> None:
    assert described("<p>By Ann Lee<br>quay.example<br><a href=/a>Archive</a></p>", PROSE).values("creator") == (
        "Ann Lee",
    )


def test_who_is_asked_is_no_author_though_a_break_follows() -> None:
    assert described(PROSE, "<h2>Interview: Ann Lee<br>Pictures: Bo May</h2>", PROSE).values("creator") == ()


def test_labels_behind_a_break_are_read() -> None:
    markup = "<p><b>The Pier</b><br>words: Ann Lee // pictures: Moth // 3rd July 2009<br><br>" + PROSE
    assert described(markup).values("creator") == ("Ann Lee",)


@pytest.mark.parametrize("house", ["Ríos Vivos", "Quay"])
def test_a_team_keeps_the_house_that_it_is_of(house: str) -> None:
    head = f"<!DOCTYPE html><html lang=es><title>El muelle | {house}</title><h1>El muelle</h1>"
    capture = Capture.of_bytes(f"{head}<p>Por Equipo de {house} | 5 mayo 2020</p>{PROSE}".encode())
    assert describe(read_page(capture), capture).values("creator") == (f"Equipo de {house}",)


@pytest.mark.parametrize(
    ("lang", "signature", "names"),
    [
        ("ja", "<p>（佐伯健太）</p>", ("佐伯健太",)),
        ("ja", "<p>(佐伯 健太)</p>", ("佐伯健太",)),
        ("ja", "<p>（時事通信）</p>", ("時事通信",)),
        ("ja", "<p>（敬称略）</p>", ()),
        ("ja", "<p>（終わり）</p>", ()),
        ("ja", "<p>（東京本社）</p>", ()),
        ("vi", "<p><strong>Nguyễn Thu Hà</strong></p>", ("Nguyễn Thu Hà",)),
        ("vi", "<p><strong>Mùa Thu</strong></p>", ()),
        ("ru", "<p><i>Марина Лунина, фото автора</i></p>", ("Марина Лунина",)),
        ("ru", "<p>Короткий абзац.</p><p><i>Марина Лунина</i></p>", ("Марина Лунина",)),
    ],
)
def test_an_author_signs_beneath_the_text(lang: str, signature: str, names: tuple[str, ...]) -> None:
    assert described("<p>2020-05-04</p>", PARAGRAPH[lang], signature, lang=lang).values("creator") == names


def test_the_house_in_a_template_gives_way_to_whom_the_page_marks() -> None:
    head = "<meta name=author content='Ediciones del Muelle'><meta name=dc.publisher content='Ediciones del Muelle'>"
    byline = "<p><a rel=author href=/a>Ann Lee</a></p>"
    assert described(byline, PROSE, head=head).values("creator") == ("Ann Lee",)
    # Who keeps a site alone is its publisher as well.
    own = head.replace("Ediciones del Muelle", "Bo May")
    assert described(PROSE, head=own).values("creator") == ("Bo May",)


def test_a_byline_in_a_space_of_whoever_counts_is_an_authors() -> None:
    assert described(PROSE, head="<meta name=Search.Byline content='Ann Lee'>").values("creator") == ("Ann Lee",)
    assert described(PROSE, head="<meta name=Search.Section content='Ann Lee'>").values("creator") == ()


def test_the_account_of_a_system_wrote_nothing() -> None:
    foot = "<div>Last modified at 3/2/2026 4:11 PM by System Account</div>"
    assert described(PROSE, foot).values("creator") == ()


def test_the_program_is_no_publisher() -> None:
    house = '{"@type": "Organization", "name": "Inkwell"}'
    node = f'{{"@type": "BlogPosting", "headline": "The Pier", "publisher": {house}}}'
    said = f'<script type="application/ld+json">{node}</script>'
    generator = "<meta name=generator content='Inkwell 6.4'>"
    assert described(PROSE, head=said).values("publisher") == ("Inkwell",)
    assert described(PROSE, head=said + generator).values("publisher") == ()


@pytest.mark.parametrize(("holder", "publisher"), [("Ann Lee/Bay Pictures", ()), ("Bay Herald", ("Bay Herald",))])
def test_who_holds_the_rights_in_a_picture_publishes_nothing(holder: str, publisher: tuple[str, ...]) -> None:
    markup = f"<p>A boat.<meta itemprop=copyrightHolder content='{holder}'></p>"
    assert described(markup, PROSE).values("publisher") == publisher


@pytest.mark.parametrize(
    "line",
    [
        "Copyright (C) 港新聞社 無断転載を禁じます",
        "© 港新聞社 未經授權 請勿轉載",
    ],
)
def test_the_ban_behind_a_claim_is_no_part_of_the_name(line: str) -> None:
    assert described(PARAGRAPH["ja"], f"<footer>{line}</footer>", lang="ja").values("publisher") == ("港新聞社",)


@pytest.mark.parametrize(
    ("line", "issued", "modified"),
    [
        ("28.11.2023 klo 12.40 | Päivitetty 29.11.2023 klo 8.15", "2023-11-28", "2023-11-29"),
        ("Yayınlanma: 25 Temmuz 2022 13:07 | Güncelleme: 26 Temmuz 2022 09:10", "2022-07-25", "2022-07-26"),
        ("5 mai 2020 à 18h04 • Mis à jour le 6 mai 2020", "2020-05-05", "2020-05-06"),
    ],
)
def test_a_day_before_that_of_a_change_is_the_days_of_publication(line: str, issued: str, modified: str) -> None:
    description = described(f"<div>{line}</div>", PROSE)
    assert (*description.values("date"), *description.values("modified")) == (issued, modified)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("2 March 2016 | dpa", ("dpa",)),
        ("02. März 2016, 14:30 Uhr | dpa/AFP", ("dpa", "AFP")),
        ("By Reuters", ("Reuters",)),
        ("Quelle: kathpress", ("kathpress",)),
        ("(時事通信)", ("時事通信",)),
        # A word beside the day is no agency for standing there.
        ("2 March 2016 | Harbours", ()),
        ("2 March 2016 | dpa harbours", ()),
        ("By Ann Lee | dpa", ("Ann Lee",)),
    ],
)
def test_an_agency_is_the_author_where_nobody_else_is_named(line: str, names: tuple[str, ...]) -> None:
    assert described(f"<div>{line}</div>", PROSE).values("creator") == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("<address>ANN LEE<br>Harbour Town</address>", ("ANN LEE",)),
        ("<p>Words Ann Lee Photography Bo May</p>", ("Ann Lee",)),
        ("<p>ライター：高橋みどり</p>", ("高橋みどり",)),
        ("<p>ライター：佐々木健</p>", ("佐々木健",)),
        ("<p>続きを読む</p>", ()),
    ],
)
def test_a_name_by_the_day_stands_without_what_is_set_about_it(line: str, names: tuple[str, ...]) -> None:
    assert described(line, "<p>3 December 2021</p>", PROSE).values("creator") == names
