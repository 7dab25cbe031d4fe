"""What says by role, class or place what it is: tables without ``table``, code in ``div``s, verse, notes, numbers."""

from __future__ import annotations

import pytest
from tests.reading.sound import LEAD, words

from solander.encoding.tei_reading import body_words
from solander.model.capture import Capture
from solander.pipeline.pages.normalising import normalise
from solander.reading import read_page


def read(body: str) -> tuple[str, str]:
    """What is read on: the words of a page, and those of its TEI."""
    capture = Capture.of_bytes(f"<!doctype html><title>F</title>{LEAD}{body}{LEAD}".encode(), media_type="text/html")
    return read_page(capture).text(), body_words(normalise(capture).tei.content)


# ------------------------------------------------------------------------------------------------------------ roles


@pytest.mark.parametrize("role", ["table", "grid"])
def test_a_table_by_its_roles_is_one_and_its_cells_are_words_apart(sound, role):
    text = sound.text(
        f"<div role={role}><div role=rowgroup><div role=row><span role=columnheader>Ship</span>"
        "<span role=columnheader>Year</span></div></div><div role=row><span role=cell>Anna</span>"
        "<span role=gridcell>1870</span></div></div>"
    )
    (table,) = text.findall(".//table")
    assert [words(row.findall("cell")) for row in table.findall("row")] == [["Ship", "Year"], ["Anna", "1870"]]
    assert [one.get("role") for one in table.findall("row/cell")] == ["label", "label", None, None]


def test_lists_and_headings_by_their_roles_are_such(sound):
    text = sound.text(
        f"<div role=heading aria-level=3>Boats</div>{LEAD}<div role=list><span role=listitem>Anna</span>"
        "<span role=listitem>Bert</span></div><span role=heading>Ships</span>"
    )
    assert [(one.get("n"), one.text) for one in text.findall(".//head")] == [("3", "Boats"), ("2", "Ships")]
    assert words(text.findall(".//list/item")) == ["Anna", "Bert"]


@pytest.mark.parametrize(
    "markup",
    [
        "<div role=table><p>No rows.</p></div>",
        "<div role=list><p>No items.</p></div>",
        "<div role=listitem><p>In no list.</p></div>",
        "<div role=list><div role=listitem><p>A card.</p></div></div>",
        "<div role=presentation><p>Nothing.</p></div>",
        "<p role=heading>A paragraph.</p>",
    ],
)
def test_a_role_alone_makes_nothing(sound, markup):
    text = sound.text(markup)
    assert not [*text.iter("table"), *text.iter("list"), *text.iter("head")]


# ------------------------------------------------------------------------------------------------------------- code


@pytest.mark.parametrize(
    "markup",
    [
        "<pre><code><div>if (a) {</div><div>  b();</div><div>}</div></code></pre>",
        "<pre><div>if (a) {\n</div><div>  b();\n</div><div>}\n</div></pre>",
        "<pre><div class=line>if (a) {</div>\n<div class=line>  b();</div>\n<div class=line>}</div></pre>",
        "<pre><div>if (a) {</div><div><span>  </span>b();</div>}</pre>",
    ],
)
def test_lines_of_code_in_elements_of_their_own_are_one_block(sound, markup):
    (code,) = sound.text(markup).findall(".//ab[@type='pre']")
    assert "".join(code.itertext()).rstrip("\n") == "if (a) {\n  b();\n}"


def test_code_in_cells_keeps_its_spaces(sound):
    row = "<tr><td class=blob-num>{}<td class=blob-code>{}</tr>"
    cells = [
        row.format(1, "def boil():"),
        row.format(2, "    <b>return</b>  100"),
        row.format(3, "  "),
        row.format(4, "x"),
    ]
    text = sound.text(f"<table>{''.join(cells)}</table>")
    assert ["".join(one.itertext()) for one in text.findall(".//ab[@type='pre']")] == [
        "def boil():",
        "    return  100",
        "x",
    ]
    assert words(text.findall(".//cell"))[::2] == ["1", "2", "3", "4"]


def test_the_number_of_a_line_is_apart_from_its_code(sound):
    (code,) = sound.text("<pre><span class=ln>1</span>x = 1\n<span class=ln>2</span>y = 2</pre>").findall(".//ab")
    assert [(one.get("type"), one.text) for one in code.findall("fw")] == [("lineNum", "1"), ("lineNum", "2")]


# ------------------------------------------------------------------------------------------------- verse and numbers


@pytest.mark.parametrize(
    "markup",
    [
        "<div class=poetry><div class=stanza><div class=verse>Tyger,</div><div class=verse>bright</div></div>"
        "<div class=stanza><div class=verse>In what</div><div class=verse>skies</div></div></div>",
        "<div class=poem><div class=stanza><span>Tyger,<br></span><span>bright<br></span></div>"
        "<div class=stanza>In what<br>skies</div></div>",
        "<blockquote><div class=poem-container><p class=stanza>Tyger,<br>bright</p><p class=stanza>In what<br>skies</p>"
        "</div></blockquote>",
    ],
)
def test_a_poem_by_its_classes_has_stanzas_and_lines(sound, markup):
    text = sound.text(markup)
    assert [words(one.findall("l")) for one in text.iter("lg")] == [["Tyger,", "bright"], ["In what", "skies"]]


def test_lines_that_are_named_in_a_poem_without_stanzas_are_one_group(sound):
    text = sound.text("<div class=poem><div class=line>Tyger,</div><div class=line>bright</div></div>")
    assert [words(one.findall("l")) for one in text.iter("lg")] == [["Tyger,", "bright"]]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Tyger,<br>bright</p>",
        "<p class=stanza>Tyger,<br>bright</p>",
        "<div class=poem><p>Tyger,<br>bright</p></div>",
        "<div class=verses><div class=verse>In the beginning.</div></div>",
    ],
)
def test_no_verse_is_guessed(sound, markup):
    assert not list(sound.text(markup).iter("lg"))


def test_the_number_of_a_page_stands_apart_and_the_sentence_is_read_past_it(sound):
    body = "<p>Printed in 1794 <span class=pagenum><a id=P12></a>[Pg 12]</span>by its author, <span class=pagenum>"
    body += "[Pg 13]</span> alone.</p>"
    text = sound.text(body)
    assert [one.get("n") for one in text.iter("pb")] == ["12", "13"]
    assert [(one.get("type"), one.text) for one in text.iter("fw")] == [("pageNum", "[Pg 12]"), ("pageNum", "[Pg 13]")]
    for told in read(body):
        assert "Printed in 1794 by its author, alone." in told.split("\n")


def test_a_long_text_of_such_a_class_is_text(sound):
    assert not list(sound.text(f"<p><span class=pagenum>{'All of it. ' * 9}</span></p>").iter("fw"))


def test_a_note_in_the_margin_is_one_where_it_stands(sound):
    text = sound.text(
        "<p>Salt is cheap.<label for=s class=margin-toggle></label><input type=checkbox id=s>"
        "<span class=sidenote>Pliny <i>says</i> so.</span> It goes on.</p>"
    )
    assert [(one.get("place"), words([one])) for one in text.findall(".//p/note")] == [("margin", ["Pliny says so."])]


# ----------------------------------------------------------------------------------------------- formulas and times


def test_a_formula_that_no_script_has_set_is_told_of(sound):
    (gap,) = sound.text("<p>Let <script type='math/tex'>x \\ge 0</script> be.</p>").findall(".//gap")
    assert (gap.get("reason"), gap.find("desc").text, gap.tail) == ("formula", "x \\ge 0", " be.")


@pytest.mark.parametrize(
    "markup",
    [
        "<span class=MathJax_Preview>x</span><script type='math/tex'>x</script>",
        "<span class=MathJax>x</span><script type='math/tex'>x</script>",
        "<script type='text/x-template'>x</script>",
        "<script type='math/tex'> </script>",
    ],
)
def test_other_scripts_leave_no_gap(sound, markup):
    assert not sound.text(f"<p>Let {markup} be.</p>").findall(".//gap")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("P2D", ("P2D", None)),
        ("PT4H18M3.5S", ("PT4H18M3.5S", None)),
        ("P1W", (None, "P1W")),
        ("PT", (None, "PT")),
    ],
)
def test_a_span_of_time_is_one(sound, written, said):
    (date,) = sound.text(f"<p>In <time datetime={written}>some time</time>.</p>").findall(".//date")
    assert (date.get("dur"), date.get("n")) == said
