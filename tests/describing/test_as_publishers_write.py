"""Pages as papers, blogs, journals and wikis write them: who wrote, on which day, and what must not be taken for it."""

from __future__ import annotations

import pytest
from tests.describing.pages import PROSE

from solander.describing import describe
from solander.describing.clues.labels import facts
from solander.describing.days.periods import is_of_else, says_modified
from solander.describing.names.no_names import is_generic, is_role
from solander.describing.names.people import has_label, people
from solander.model.capture import Capture
from solander.model.description import Description
from solander.reading import read_page

TEXT = f"<p>{PROSE}</p><p>{PROSE} Nobody else was there to see it.</p><p>{PROSE} The boats went out again.</p>"


def described(body: str, head: str = "<title>The Pier at Night</title>", language: str = "en") -> Description:
    html = f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    capture = Capture.of_bytes(html.encode(), uri="https://shore.example/pier", captured_at=None)
    return describe(read_page(capture), capture)


def told(line: str, language: str) -> tuple[tuple[str, ...], str | None, str | None]:
    """The authors, the day and the day of change of a page with one line beneath its title."""
    found = described(f"<main><h1>The Pier at Night</h1><div>{line}</div>{TEXT}</main>", language=language)
    return found.values("creator"), found.first("date"), found.first("modified")


@pytest.mark.parametrize(
    ("line", "language", "authors", "day", "change"),
    [
        ("كتب: سمير الحداد نشر في: 14 يناير 2020 - 9:35 ص | آخر تحديث: 15 يناير 2020", "ar", ("سمير الحداد",), 14, 15),
        ("Yazar: Ayşe Kaya | Giriş: 14.01.2020 - 09:14 | Güncelleme: 15.01.2020", "tr", ("Ayşe Kaya",), 14, 15),
        ("14/01/2020 a las 06:00h. Actualizado 15/01/2020 a las 19:22h.", "es", (), 14, 15),
        ("14 gennaio 2020 (modifica il 15 gennaio 2020 | 10:02)", "it", (), 14, 15),
        ("发布时间：2020-01-14 来源：江州日报 作者：李建国 浏览次数：512次 字体：大", "zh", ("李建国",), 14, None),
        ("Автор: Ольга Савельева Просмотров: 1204 Создано: 14.01.2020", "ru", ("Ольга Савельева",), 14, None),
    ],
)  # fmt: skip
def test_labels_of_one_line_are_told_apart_in_many_languages(
    line: str, language: str, authors: tuple[str, ...], day: int, change: int | None
) -> None:
    assert told(line, language) == (authors, f"2020-01-{day}", change and f"2020-01-{change}")


def test_a_word_and_a_colon_end_a_name_and_an_address_does_not() -> None:
    assert [fact.value for fact in facts("Author: Ann Lee Wordcount: 900")] == ["Ann Lee"]
    assert [fact.kind for fact in facts("URL: https://shore.example/a:b")] == ["identifier"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Von unserem Mitarbeiter Karl-Heinz Döring", ("Karl-Heinz Döring",)),
        ("Von unserer Redakteurin Ines Ott", ("Ines Ott",)),
        ("Propos recueillis par Solène MARCHAND.", ("Solène MARCHAND",)),
        ("De notre envoyée spéciale à Nantes, Ines Ott", ("Ines Ott",)),
        ("dal nostro inviato Marco Neri", ("Marco Neri",)),
        ("Por nuestro corresponsal Julio Pardo", ("Julio Pardo",)),
        ("Γράφτηκε από τον/την Ελένη Βλάχου", ("Ελένη Βλάχου",)),
        ("Rozmawiała Anna Nowak", ("Anna Nowak",)),
        ("Intervista di Marco Neri", ("Marco Neri",)),
        ("vorgelegt von Renate Voss", ("Renate Voss",)),
        ("Présentée par Luc Besnard", ("Luc Besnard",)),
    ],
)
def test_what_a_paper_says_of_its_own_people_is_no_part_of_their_names(line: str, names: tuple[str, ...]) -> None:
    assert has_label(line)
    assert people(line) == names


@pytest.mark.parametrize(
    "line", ["Rozmawiał z burmistrzem o promie", "Via Verdi 8", "Via Giuseppe Verdi 8, 20100 Milano"]
)
def test_what_only_opens_like_a_byline_is_none(line: str) -> None:
    assert not has_label(line)


def test_an_office_without_a_name_names_nobody() -> None:
    assert is_role("unserem Mitarbeiter")
    assert is_role("Docusaurus maintainer")
    assert is_generic("Haber Merkezi")
    assert told("Von unserem Mitarbeiter", "de")[0] == ()


def test_an_address_in_the_foot_names_no_author() -> None:
    body = f"<main><h1>The Pier at Night</h1><p>{PROSE}</p></main><footer>Università del Lago - Via Verdi 8</footer>"
    assert described(body, language="it").values("creator") == ()


def test_a_blogs_name_before_a_colon_is_no_part_of_the_title_that_the_text_bears() -> None:
    body = f"<header><h1><a href='/'>Harbour Notes</a></h1></header><div><h3>The Pier at Night</h3>{TEXT}</div>"
    assert described(body, "<title>Harbour Notes: The Pier at Night</title>").first("title") == "The Pier at Night"


def test_a_title_with_a_colon_of_its_own_stays_whole() -> None:
    body = f"<main><h1>Harbours: A History</h1>{TEXT}</main>"
    assert described(body, "<title>Harbours: A History</title>").first("title") == "Harbours: A History"


ONE_AUTHOR = (
    '<title>The Pier at Night</title><script type="application/ld+json">{"@context":"https://schema.org","@type":"Article",'
    '"headline":"The Pier at Night","author":{"@type":"Person","name":"Svenja Ott"}}</script>'
)


def test_a_byline_by_its_class_adds_the_authors_whom_a_template_has_no_room_for() -> None:
    mark = '<h4 class="author-name"><a href="/s">Svenja Ott</a>, <a href="/m">Malte Brandes</a></h4>'
    found = described(f"<article><h1>The Pier at Night</h1>{mark}{TEXT}</article>", ONE_AUTHOR)
    assert set(found.values("creator")) == {"Svenja Ott", "Malte Brandes"}


def test_a_byline_that_does_not_name_the_templates_author_adds_nobody() -> None:
    mark = '<h4 class="author-name"><a href="/b">Bo Ray</a>, <a href="/m">Malte Brandes</a></h4>'
    found = described(f"<article><h1>The Pier at Night</h1>{mark}{TEXT}</article>", ONE_AUTHOR)
    assert found.values("creator") == ("Svenja Ott",)


def test_where_an_author_lives_and_what_she_does_is_not_her_name() -> None:
    box = (
        '<div class="author__content"><h3 class="author__name">Owen Pryce</h3></div>'
        '<div class="author__urls-wrapper"><ul class="author__urls"><li>Swansea</li></ul></div>'
        '<div class="author-role">Pier keeper</div>'
    )
    assert described(f"<main><h1>The Pier at Night</h1>{box}{TEXT}</main>").values("creator") == ("Owen Pryce",)


def test_the_line_of_a_title_may_name_its_author_behind_a_break() -> None:
    top = "<center><font size=+3><b>The Pier at Night</b></font><br><i>by Harold Pym</i></center><hr>"
    assert described(top + TEXT).values("creator") == ("Harold Pym",)


def test_words_behind_a_title_in_its_line_that_are_no_byline_name_nobody() -> None:
    top = "<center><b>The Pier at Night</b><br><i>Harbour Museum Papers</i></center><hr>"
    assert described(top + TEXT).values("creator") == ()


def test_a_journals_story_of_a_text_ends_in_the_day_of_publication() -> None:
    story = (
        "<span>Submission received: 4 January 2021</span> / <span>Revised: 2 February 2021</span> / "
        "<span>Accepted: 10 February 2021</span> / <span>Published: 16 February 2021</span>"
    )
    around = "".join(f"<div>Department {number}</div>" for number in range(12))
    found = described(f"<article><h1>The Pier at Night</h1>{around}<div>{story}</div>{TEXT}</article>")
    assert found.first("date") == "2021-02-16"


@pytest.mark.parametrize(
    "line",
    [
        "Diese Seite wurde zuletzt am 6. Juli 2020 um 13:37 Uhr bearbeitet.",
        "La dernière modification de cette page a été faite le 6 juillet 2020 à 13:37.",
        "Esta página se editó por última vez el 6 jul 2020 a las 13:37.",
        "Esta página foi editada pela última vez às 13h37min de 6 de julho de 2020.",
        "Questa pagina è stata modificata per l'ultima volta il 6 lug 2020 alle 13:37.",
        "Tę stronę ostatnio edytowano 6 lip 2020, 13:37.",
        "Эта страница в последний раз была отредактирована 6 июля 2020 в 13:37.",
        "本页面最后编辑于2020年7月6日 (星期一) 13:37。",
        "最終更新 2020年7月6日 (月) 13:37",
        "Deze pagina is voor het laatst bewerkt op 6 jul 2020 om 13:37.",
        "Bu sayfa en son 13.37, 6 Temmuz 2020 tarihinde değiştirildi.",
        "Η σελίδα τροποποιήθηκε τελευταία φορά στις 13:37, στις 6 Ιουλίου 2020.",
        "آخر تعديل لهذه الصفحة كان يوم 6 يوليو 2020، الساعة 13:37.",
    ],
)
def test_a_wiki_says_in_its_own_language_when_a_page_was_changed(line: str) -> None:
    assert says_modified(line)


@pytest.mark.parametrize("line", ["Bearbeitet von Ann Lee", "The modest pier was built last year", "最后的渡口"])
def test_other_lines_say_no_change(line: str) -> None:
    assert not says_modified(line)


def test_the_day_on_which_a_program_wrote_a_page_is_not_its_own() -> None:
    assert is_of_else("Document generated by Confluence on ")
    foot = "<footer>Document generated by Confluence on Mar 03, 2023 10:11</footer>"
    assert described(f"<main><h1>The Pier at Night</h1><p>{PROSE}</p></main>{foot}").first("date") is None


def letter(*fields: str) -> Description:
    head = "".join(f"<p>{field}</p>" for field in fields)
    return described(f"<div>{head}<p>Hello,</p>{TEXT}</div>", head="", language="fr")


def test_a_letter_that_a_mail_program_saved_says_who_sent_it_when_and_of_what() -> None:
    found = letter(
        "<b>De :</b> Camille Rousset &lt;camille@shore.example&gt;",
        "<b>Envoyé :</b> mardi 9 octobre 2018 14:22",
        "<b>À :</b> Luc Besnard",
        "<b>Objet :</b> Fermeture du quai",
    )
    assert found.values("creator") == ("Camille Rousset",)
    assert (found.first("title"), found.first("date")) == ("Fermeture du quai", "2018-10-09")


def test_the_fields_of_a_letter_may_stand_in_the_cells_of_a_table() -> None:
    rows = [("De :", "Camille Rousset"), ("Envoyé :", "9 octobre 2018"), ("À :", "Luc"), ("Objet :", "Le quai")]
    table = "".join(f"<tr><td><p><b>{label}</b></p></td><td><p>{words}</p></td></tr>" for label, words in rows)
    found = described(f"<div><table>{table}</table>{TEXT}</div>", head="", language="fr")
    assert found.values("creator") == ("Camille Rousset",)
    assert (found.first("title"), found.first("date")) == ("Le quai", "2018-10-09")


def test_an_archive_of_a_mailing_list_keeps_its_own_title() -> None:
    fields = "<ul><li>To: ropes@shore.example</li><li>Subject: Re: Splices</li><li>From: Mara Kell</li></ul>"
    found = described(f"<h1>Re: Splices</h1>{fields}{TEXT}", "<title>Re: Splices - ropes</title>")
    assert (found.first("title"), found.values("creator")) == ("Re: Splices", ("Mara Kell",))


def test_a_journey_from_one_place_to_another_is_no_letter() -> None:
    fields = "<p>From: New York</p><p>To: San Diego</p><p>Date: 5 May 2020</p>"
    assert described(f"<h1>The Pier at Night</h1>{fields}{TEXT}").values("creator") == ()


def test_a_heading_that_names_who_speaks_again_and_again_names_no_author() -> None:
    turns = f"<h2>Ann Lowther</h2><p>{PROSE}</p><h2>Tom Vale</h2><p>{PROSE}</p><h2>Ann Lowther</h2><p>{PROSE}</p>"
    body = f"<main><h1>Ferry Landing (Saltmarsh)</h1><div>Debated on Wednesday 10 February 2021</div>{turns}</main>"
    assert described(body, "<title>Ferry Landing (Saltmarsh)</title>").values("creator") == ()


def test_who_translated_a_text_contributed_to_it() -> None:
    lines = "<p>Von Maëlle Ferrand</p><p>Aus dem Französischen von Dieter Kolb</p>"
    found = described(f"<main><h1>The Pier at Night</h1>{lines}{TEXT}</main>", language="de")
    assert (found.values("creator"), found.values("contributor")) == (("Maëlle Ferrand",), ("Dieter Kolb",))


def test_a_preposition_before_a_day_is_no_user() -> None:
    authors, day, change = told("Geplaatst op 14 januari 2020, 06:30 - Laatst bijgewerkt: 15 januari 2020", "nl")
    assert (authors, day, change) == ((), "2020-01-14", "2020-01-15")


def test_a_thai_month_may_be_short_and_its_year_the_buddhist_eras() -> None:
    assert told("เผยแพร่: 12 มี.ค. 2564 09:15", "th")[1] == "2021-03-12"


@pytest.mark.parametrize(
    ("line", "language", "authors"),
    [
        ("Texto de Inês Carvalho e fotografia de Rui Paz", "pt", ("Inês Carvalho",)),
        ("Του ανταποκριτή μας Νίκου Σπανού", "el", ("Νίκου Σπανού",)),
        ("本报记者 陈晓东 刘芳", "zh", ("陈晓东", "刘芳")),
        ("本报记者 陈晓东 北京报道", "zh", ("陈晓东",)),
    ],
)
def test_a_mark_for_an_author_names_those_who_wrote(line: str, language: str, authors: tuple[str, ...]) -> None:
    body = f'<main><h1>The Pier at Night</h1><div class="author">{line}</div>{TEXT}</main>'
    assert described(body, language=language).values("creator") == authors


def test_a_sentence_that_tells_of_a_text_is_no_byline() -> None:
    assert not has_label("Texto de la ley de puertos")
    assert not has_label("Article d’une revue de marine")


def test_marks_within_a_mark_name_each_author_once() -> None:
    marks = '<div class="authors"><span class="author">Ann Lee</span><span class="author">Bo Day</span></div>'
    assert described(f"<main><h1>The Pier at Night</h1>{marks}{TEXT}</main>").values("creator") == ("Ann Lee", "Bo Day")


def test_a_columnist_is_told_by_a_class_in_her_pages_language() -> None:
    mark = '<div class="yazar-adi">Mehmet Arslan</div>'
    assert described(f"<main>{mark}<h1>The Pier at Night</h1>{TEXT}</main>", language="tr").values("creator") == (
        "Mehmet Arslan",
    )


MASTHEAD = "<header><a href='/'>The Quay</a> <span>25/12/2025</span></header>"


def test_a_mastheads_day_that_is_later_than_the_change_is_not_the_articles() -> None:
    line = "<div>17/02/2018 a las 06:00h. Actualizado 18/02/2018 a las 19:22h.</div>"
    found = described(f"{MASTHEAD}<main><h1>The Pier at Night</h1>{line}{TEXT}</main>", language="es")
    assert (found.first("date"), found.first("modified")) == ("2018-02-17", "2018-02-18")


def test_a_day_stands_that_no_other_gainsays() -> None:
    line = "<div>17/02/2018 a las 06:00h.</div>"
    found = described(f"<main><h1>The Pier at Night</h1>{line}{TEXT}</main>", language="es")
    assert (found.first("date"), found.first("modified")) == ("2018-02-17", None)
