"""Notes in lists of definitions and in tables, as documentation has them, are notes where both ends say so."""

import pytest
from tests.reading.sound import Sound

REFERENCE = (
    "<p>The light burns all night<a class='footnote-reference brackets' href='#n3' id='r3'>3</a>, as a rule.</p>"
)
BACK = "<span class=brackets><a class=fn-backref href='#r3'>3</a></span>"
NOTE = "Oil was burned until 1911."


@pytest.mark.parametrize("words", [NOTE, f"<p>{NOTE}</p>", f"<p>{NOTE}</p><p>Then gas.</p>", f"<pre>{NOTE}</pre>"])
def test_a_definition_is_a_note_where_its_term_is_but_the_mark(sound: Sound, words: str) -> None:
    text = sound.text(f"{REFERENCE}<dl class='footnote brackets'><dt id=n3>{BACK}</dt><dd>{words}</dd></dl>")
    assert text.xpath("//list[@type='gloss']/label/ref[@type='backlink']/@target") == ["#id.r3"]
    (note,) = text.xpath("//list[@type='gloss']/item/note[@xml:id='id.n3']")
    assert NOTE in "".join(note.itertext())
    assert text.xpath("//p/ref[@type='noteref']/@target") == ["#id.n3"]


def test_a_note_that_is_referred_to_twice_leads_back_twice(sound: Sound) -> None:
    again = "<p>It burns still<a href='#n3' id='r4'>3</a>.</p>"
    back = "3<span>(<a href='#r3'>1</a>,<a href='#r4'>2</a>)</span>"
    text = sound.text(f"{REFERENCE}{again}<dl><dt id=n3>{back}</dt><dd>{NOTE}</dd></dl>")
    assert text.xpath("//label/ref[@type='backlink']/@target") == ["#id.r3", "#id.r4"]
    assert text.xpath("count(//note)") == 1


def test_each_note_of_a_list_is_one_by_itself(sound: Sound) -> None:
    cited = "<p>So says <a href='#lee11' id='r5'>[Lee11]</a>.</p>"
    terms = f"<dt id=n3>{BACK}</dt><dd>{NOTE}</dd><dt id=lee11><a href='#r5'>Lee11</a></dt><dd>The ledger.</dd>"
    text = sound.text(f"{REFERENCE}{cited}<dl>{terms}<dt>lamp<dd>what burns</dl>")
    assert text.xpath("//note/@xml:id") == ["id.n3", "id.lee11"]


@pytest.mark.parametrize("rest", ["</td></tr>", "<p>Then gas.</p></td></tr>"])
def test_the_row_of_a_mark_and_its_words_is_a_note(sound: Sound, rest: str) -> None:
    table = f"<table class='docutils footnote' id=n3><tr><td><a href='#r3'>[3]</a></td><td>{NOTE}{rest}</table>"
    (note,) = sound.text(REFERENCE + table).xpath("//note[@xml:id='id.n3']")
    assert "".join(note.itertext()) == f"[3] {NOTE}"
    assert note.get("source").endswith("/tr[1])")


@pytest.mark.parametrize(
    "terms",
    [
        # No link leads back; nothing refers to it; the term says more than a mark; there is no definition.
        "<dt id=n3>3</dt><dd>Oil.</dd>",
        f"<dt id=n9>{BACK}</dt><dd>Oil.</dd>",
        f"<dt id=n3>{BACK} what was burned in the lamp</dt><dd>Oil.</dd>",
        f"<dt id=n3>{BACK}</dt>",
        f"<dt id=n3>{BACK}</dt><dd></dd>",
    ],
)
def test_what_one_end_alone_speaks_for_stays_a_definition(sound: Sound, terms: str) -> None:
    text = sound.text(f"{REFERENCE}<dl>{terms}</dl>")
    assert text.xpath("count(//list[@type='gloss'])") == 1
    assert not text.xpath("//note")


@pytest.mark.parametrize("before", ["<hr>", "", "<ul></ul>"])
def test_notes_in_a_list_within_an_item_are_notes_each_by_itself(sound: Sound, before: str) -> None:
    again = "<p>It burns still<a href='#n4' id='r4'>4</a>.</p>"
    notes = f"<li id=n3>{NOTE} <a href='#r3'>back</a><li id=n4>It is lit at dusk. <a href='#r4'>back</a>"
    text = sound.text(f"{REFERENCE}{again}<ul><li>{before}<ol>{notes}</ol></ul>")
    assert text.xpath("//note/@xml:id") == ["id.n3", "id.n4"]
    assert text.xpath("count(//note//note)") == 0


@pytest.mark.parametrize("before", ["<hr>", "<hr><hr>"])
def test_a_rule_above_a_note_leaves_its_name_to_the_note_alone(sound: Sound, before: str) -> None:
    text = sound.text(f"{REFERENCE}<ol><li>{before}<p id=n3>{NOTE} <a href='#r3'>back</a></p></ol>")
    assert text.xpath("//*[@xml:id='id.n3']/descendant-or-self::note") != []
    assert text.xpath("count(//*[@xml:id='id.n3'])") == 1
