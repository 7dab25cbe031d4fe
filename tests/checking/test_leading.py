"""Where the words of a page lead, and what it shows besides words: the same in the TEI, or told."""

from __future__ import annotations

import pytest
from tests.checking.compared_words import at, check, codes, tei
from tests.reading.test_costs import calls

from solander.checking.pages.every_word import check_words
from solander.checking.pages.led_to import Addresses

PAGE = "/html/body/p[1]"
URI = "https://example.org/a/b.html"


def told(page: str, words: str, *, uri: str | None = URI, media_type: str = "text/html") -> set[str]:
    """What is found where the first paragraph of a page has these words in the TEI."""
    return codes(
        check_words(
            page.encode(),
            original_name="page.html",
            media_type=media_type,
            charset="utf-8",
            tei=tei(at(PAGE, words)).encode(),
            path="data/tei/page.xml",
            uri=uri,
        )
    )


@pytest.mark.parametrize(
    ("href", "attributes"),
    [
        ("c.html", 'target="https://example.org/a/c.html" n="c.html"'),
        ("/c?d=1&amp;e", 'target="https://example.org/c?d=1&amp;e" n="/c?d=1&amp;e"'),
        ("https://example.net/", 'target="https://example.net/"'),
        ("https://example.net/a b", 'target="https://example.net/a%20b" n="https://example.net/a b"'),
        (" /c\n", 'target="https://example.org/c" n="/c"'),
        ("https://example.net/###", 'target="https://example.net/#%23%23" n="https://example.net/###"'),
        ("mailto:a@example.org", 'target="mailto:a@example.org"'),
        ("javascript:go()", 'n="javascript:go()"'),
        ("#", 'n="#"'),
        ("#nowhere", 'n="#nowhere"'),
        ("#here", 'target="#id.here"'),
        ("https://example.org/a/b.html#here", 'target="#id.here" n="https://example.org/a/b.html#here"'),
        ("http://", 'n="http://"'),
        ("", 'target="https://example.org/a/b.html"'),
    ],
)
def test_a_link_leads_where_its_page_says(href: str, attributes: str) -> None:
    page = f'<p>See <a href="{href}">this</a>.</p>'
    assert told(page, f"See <ref {attributes}>this</ref>.") == set()
    assert told(page, "See this.") == {"PAG021"}
    assert told(page, 'See <ref target="https://evil.example/">this</ref>.') == {"PAG020"}


def test_a_target_is_held_against_the_page_even_if_its_spelling_is_the_pages() -> None:
    page = '<p>See <a href="c.html">this</a>.</p>'
    assert told(page, 'See <ref target="https://evil.example/c.html" n="c.html">this</ref>.') == {"PAG020"}
    assert told(page, 'See <ref n="c.html">this</ref>.') == {"PAG020"}


def test_without_the_pages_address_the_spelling_alone_is_compared() -> None:
    page = '<p>See <a href="c.html">this</a>.</p>'
    assert told(page, 'See <ref target="https://example.org/c.html" n="c.html">this</ref>.', uri=None) == set()
    assert told(page, 'See <ref target="https://example.org/d.html" n="d.html">this</ref>.', uri=None) == {"PAG020"}


def test_addresses_are_resolved_against_the_first_base_that_says_one() -> None:
    page = '<base target=_blank><base href="/x/"><base href="/y/"><p>See <a href="c">this</a>.</p>'
    assert told(page, 'See <ref target="https://example.org/x/c" n="c">this</ref>.') == set()
    assert told(page, 'See <ref target="https://example.org/y/c" n="c">this</ref>.') == {"PAG020"}


@pytest.mark.parametrize(
    "page",
    [
        '<template><base href="/y/"></template><base href="/x/"><p>See <a href="c">this</a>.</p>',
        '<p>See <a href="c">this</a>.<base href="/x/"></p>',
        '<base href="/x/"><p>See <a href="c">this</a>.<base href="/y/"></p>',
        '<p>See <a href="c">this</a>.</p><datalist><base href="/x/"></datalist>',
        '<svg><base href="/y/"></svg><base href="/x/"><p>See <a href="c">this</a>.</p>',
    ],
)
def test_a_base_holds_wherever_it_stands_and_none_of_a_template_does(page: str) -> None:
    assert told(page, 'See <ref target="https://example.org/x/c" n="c">this</ref>.') == set()
    assert told(page, 'See <ref target="https://example.org/y/c" n="c">this</ref>.') == {"PAG020"}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("c", "https://example.org/a/c"),
        ("c/d?e=f#g", "https://example.org/a/c/d?e=f#g"),
        ("./c", "https://example.org/a/c"),
        ("../c", "https://example.org/c"),
        ("c/../d", "https://example.org/a/d"),
        ("c//d", "https://example.org/a/c/d"),
        ("?c", "https://example.org/a/b?c"),
        ("/c/./d", "https://example.org/c/d"),
        ("/.c", "https://example.org/.c"),
        ("//example.net/c", "https://example.net/c"),
        ("mailto:c", "mailto:c"),
    ],
)
def test_an_address_that_is_not_whole_means_what_rfc_3986_says(written: str, meant: str) -> None:
    assert Addresses("https://example.org/a/b?x#y", None).resolved(written) == meant
    page = f'<p>See <a href="{written}">this</a>.</p>'
    assert told(page, f'See <ref target="{meant}" n="{written}">this</ref>.', uri="https://example.org/a/b") == set()
    assert told(page, f'See <ref target="{meant}x" n="{written}">this</ref>.', uri="https://example.org/a/b") == {
        "PAG020"
    }


def test_two_links_that_change_places_are_found_though_their_words_are_the_same() -> None:
    page = '<p><a href="/1">More</a> and <a href="/2">More</a></p>'
    first, second = '<ref target="/1">More</ref>', '<ref target="/2">More</ref>'
    assert told(page, f"{first} and {second}", uri=None) == set()
    assert told(page, f"{second} and {first}", uri=None) == {"PAG020"}


def test_a_link_over_blocks_may_stand_in_each() -> None:
    page = '<a href="/1"><p>One</p><p>Two</p></a>'
    link = '<ref target="/1">{}</ref>'
    one, two = at("/html/body/a[1]/p[1]", link.format("One")), at("/html/body/a[1]/p[2]", link.format("Two"))
    assert codes(check(page, tei(one, two))) == set()
    assert codes(check(page, tei(one, at("/html/body/a[1]/p[2]", "Two")))) == {"PAG021", "PAG022"}


def test_a_link_that_the_page_has_not_is_found() -> None:
    assert told("<p>See this.</p>", 'See <ref target="https://evil.example/">this</ref>.') == {"PAG022"}
    assert told("<p>See <a>this</a>.</p>", 'See <ref target="https://evil.example/">this</ref>.') == {"PAG022"}


@pytest.mark.parametrize("says", ["javascript:void(0)", "data:text/html,x", " "])
def test_a_base_of_scripts_or_data_says_nothing(says: str) -> None:
    page = f'<base href="{says}"><p>See <a href="/c">this</a>.</p>'
    assert told(page, 'See <ref target="https://example.org/c" n="/c">this</ref>.') == set()


@pytest.mark.parametrize("head", ['<head><base href="/x/"/></head><body>', '<head/><body><base href="/x/"/>'])
def test_links_in_pages_of_xhtml_are_compared_too(head: str) -> None:
    root = f'<html xmlns="http://www.w3.org/1999/xhtml">{head}'
    page = f'{root}<p>See <a href="c">this</a>.</p></body></html>'
    kind = "application/xhtml+xml"
    assert told(page, 'See <ref target="https://example.org/x/c" n="c">this</ref>.', media_type=kind) == set()
    assert told(page, 'See <ref target="https://example.org/c" n="c">this</ref>.', media_type=kind) == {"PAG020"}


# --------------------------------------------------------------------------------------------------------- pictures


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="a.png">',
        '<img src="blank.gif" data-src="a.png">',
        '<img srcset="b.png 1x, a.png 2x">',
        '<img srcset="b.png 320w,a.png 640w">',
        '<picture><source srcset="a.png"><img src="data:image/gif;base64,R0lGODdh"></picture>',
        '<img data-src="a.png"><noscript><img src="a.png"></noscript>',
        '<img src="data:image/gif;base64,R0lGODdh"> <img src="a.png">',
    ],
)
def test_a_picture_is_shown_from_any_of_its_addresses_and_from_no_other(markup: str) -> None:
    page = f"<p>Look: {markup} well.</p>"
    assert told(page, 'Look: <graphic url="https://example.org/a/a.png" n="a.png"/> well.') == set()
    assert told(page, 'Look: <graphic url="../media/001-a.png" n="a.png"/> well.') == set()
    assert "PAG024" in told(page, 'Look: <graphic url="https://evil.example/a.png"/> well.')


def test_a_picture_that_is_not_there_is_found_unless_a_gap_tells_of_it() -> None:
    page = '<p>Look: <img src="a.png"> well.</p>'
    assert told(page, "Look: well.") == {"PAG023"}
    assert told(page, 'Look: <gap reason="image"/> well.') == set()


def test_pictures_that_change_places_are_found() -> None:
    page = '<p>Look: <img src="a.png"> and <img src="b.png"></p>'
    first, second = '<graphic url="a.png"/>', '<graphic url="b.png"/>'
    assert told(page, f"Look: {first} and {second}", uri=None) == set()
    assert "PAG024" in told(page, f"Look: {second} and {first}", uri=None)


def test_a_picture_leads_where_its_page_says() -> None:
    page = '<p>Look: <a href="/1"><img src="a.png"></a></p>'
    shown = '<graphic url="a.png"/>'
    assert told(page, f'Look: <ref target="/1">{shown}</ref>', uri=None) == set()
    assert told(page, f'Look: <ref target="/2">{shown}</ref>', uri=None) == {"PAG020"}
    assert told(page, f"Look: {shown}", uri=None) == {"PAG021"}
    assert told('<p>Look: <img src="a.png"></p>', f'Look: <ref target="/1">{shown}</ref>', uri=None) == {"PAG022"}


def test_films_and_frames_are_compared_as_pictures_are() -> None:
    page = '<p>Look: <video src="a.mp4"></video> <iframe src="https://example.net/f"></iframe> well.</p>'
    film, frame = '<media url="a.mp4" mimeType="video/mp4"/>', '<ref type="frame" target="https://example.net/f"/>'
    assert told(page, f"Look: {film} {frame} well.", uri=None) == set()
    assert told(page, f"Look: {film} well.", uri=None) == {"PAG023"}
    assert told(page, f"Look: {film} {frame.replace('net', 'com')} well.", uri=None) == {"PAG023", "PAG024"}


FILM = '<media url="a.mp4" mimeType="video/mp4"/>'
POSTER = '<graphic url="p.jpg" type="poster"/>'
TRACK = '<media url="de.vtt" mimeType="text/vtt" type="subtitles" xml:lang="de"/>'


@pytest.mark.parametrize(
    "film",
    [
        '<video src="a.mp4" poster="p.jpg"><track src="de.vtt" srclang="de"></video>',
        '<video poster="p.jpg"><source src="a.mp4"><source src="a.webm"><track src="de.vtt"></video>',
        '<video poster="p.jpg"><track src="de.vtt"><source src="b.webm"><source src="a.mp4"></video>',
    ],
)
def test_what_stands_for_a_film_and_what_is_read_beside_it_are_compared_as_pictures_are(film: str) -> None:
    page = f"<p>Look: {film} well.</p>"
    assert told(page, f"Look: {POSTER}{FILM} {TRACK} well.", uri=None) == set()
    assert told(page, f"Look: {FILM} {TRACK} well.", uri=None) == {"PAG023"}
    assert told(page, f"Look: {POSTER}{FILM} well.", uri=None) == {"PAG023"}
    assert told(page, f"Look: {POSTER.replace('p.', 'q.')}{FILM} {TRACK} well.", uri=None) == {"PAG023", "PAG024"}
    assert told(page, f"Look: {POSTER}{FILM} {TRACK.replace('de.', 'en.')} well.", uri=None) == {"PAG023", "PAG024"}
    assert "PAG024" in told(page, f"Look: {TRACK} {FILM} {POSTER} well.", uri=None)


def test_a_source_of_no_film_and_no_picture_shows_nothing() -> None:
    page = '<p>Look: <source srcset="/a.png 1x, /b.png 2x"> <img src="/a.png" alt=""> well.</p>'
    picture = '<graphic url="https://example.org/a.png" n="/a.png"/>'
    assert told(page, f"Look: {picture} well.") == set()
    assert told(page, "Look: well.") == {"PAG023"}
    assert told(page, f"Look: {picture} {picture} well.") == {"PAG024"}


def test_a_track_of_no_film_is_none() -> None:
    assert told('<p>Look: <track src="de.vtt"> well.</p>', "Look: well.", uri=None) == set()
    assert told('<p>Look: <track src="de.vtt"> well.</p>', f"Look: {TRACK} well.", uri=None) == {"PAG024"}


# ------------------------------------------------------------------------------------------------ parts of pictures

PLAN = '<p>Look: <map><area href="/1" alt="One"><area href="/2"><area alt="None"><area href="/c"></map> well.</p>'


def area(target: str) -> str:
    return f'<ref type="area" target="{target}"><gap reason="area"/></ref>'


AREAS = [area("/1"), area("/2"), area("/c")]


def test_each_part_of_a_picture_leads_where_its_page_says() -> None:
    assert told(PLAN, f"Look: {' '.join(AREAS)} well.", uri=None) == set()
    assert told(PLAN, f"Look: {area('/1')} {area('/3')} {AREAS[2]} well.", uri=None) == {"PAG020"}
    assert told(PLAN, f"Look: {area('/1')} {AREAS[2]} well.", uri=None) == {"PAG021"}
    assert told(PLAN, "Look: well.", uri=None) == {"PAG021"}
    assert told(PLAN, f"Look: {' '.join(AREAS)} {area('/1')} well.", uri=None) == {"PAG022"}
    assert told(PLAN, f"Look: {' '.join(reversed(AREAS))} well.", uri=None) == {"PAG021", "PAG022"}


def test_a_part_of_a_picture_stands_in_the_block_that_has_it() -> None:
    page = f"<p>First</p>{PLAN}"
    first, second = at("/html/body/p[1]", "First {}"), at("/html/body/p[2]", "Look: {} well.")
    together = " ".join(AREAS)
    assert codes(check(page, tei(first.format(""), second.format(together)))) == set()
    late = PLAN + "<p>Last</p>"
    moved = at("/html/body/p[1]", "Look: well."), at("/html/body/p[2]", f"Last {together}")
    assert codes(check(late, tei(*moved))) == {"PAG021", "PAG022"}


def test_a_part_of_a_picture_is_no_lost_picture() -> None:
    page = '<p>Look: <img src="a.png"><map><area href="/1"></map> well.</p>'
    assert told(page, f"Look: {area('/1')} well.", uri=None) == {"PAG023"}


def test_very_many_parts_of_pictures_take_time_by_their_number() -> None:
    def work(number: int) -> int:
        page = "<p>Look: <map>" + "".join(f'<area href="/{at}">' for at in range(number)) + "</map></p>"
        return calls(lambda: told(page, "Look: " + area("/x") * number, uri=None))

    work(10)
    assert work(2_000) <= 4.6 * work(500) + 500


# ----------------------------------------------------------------------------------------------------------- counts


def test_links_and_things_shown_are_counted_beside_the_words() -> None:
    page = '<p>See <a href="/1">this</a> <img src="a.png"></p>'
    ledger = check(page, tei(at(PAGE, 'See <ref target="/1">this</ref> <graphic url="a.png"/>'))).ledger
    assert ledger is not None
    assert dict(ledger.counts)["links"] == 1
    assert dict(ledger.counts)["things-shown"] == 1


def test_where_words_are_lost_links_are_neither_counted_nor_told() -> None:
    checked = check('<p>See <a href="/1">this</a> well</p>', tei(at(PAGE, "See this")))
    assert codes(checked) == {"PAG001"}
    assert checked.ledger is not None
    assert "links" not in dict(checked.ledger.counts)


@pytest.mark.parametrize("size", [17_000, 1_100_000])
def test_an_address_longer_than_any_leads_nowhere(size: int) -> None:
    long = "data:text/plain," + "a" * size
    written = long if size < 1_000_000 else f"{long[:1_000_000]}…"
    assert told(f'<p>A <a href="{long}">file</a>.</p>', f'A <ref n="{written}">file</ref>.') == set()


def test_a_page_of_very_many_links_and_pictures_takes_time_by_their_number() -> None:
    def work(number: int) -> int:
        page = "<p>" + '<a href="/1">x</a> <img src="a.png"> ' * number + "</p>"
        words = '<ref target="/1">x</ref> <graphic url="a.png"/> ' * number
        found = set[str]()
        count = calls(lambda: found.update(told(page, words, uri=None)))
        assert found == set()
        return count

    work(10)  # what is made ready once for all pages is no page's work
    assert work(4_000) <= 4.6 * work(1_000) + 500
