"""Whose a quotation is stands in its `cit`, wherever the page has it; what only begins with a dash is no source."""

from __future__ import annotations

import pytest

SAID = "<p>The sea gives, and the clerk takes away.</p>"


@pytest.mark.parametrize(
    "markup",
    [
        f"<blockquote>{SAID}</blockquote><p>— Ann Lee, <em>Letters</em></p>",
        f"<blockquote>{SAID}</blockquote><p>– <a href=/ann>Ann Lee</a>, Letters</p>",
        f"<blockquote>{SAID}</blockquote><p>--Ann Lee, Letters</p>",
        f"<blockquote>{SAID}</blockquote><p>— Ann Lee, Letters, p. 12.</p>",
        f"<figure><blockquote>{SAID}</blockquote><figcaption>Ann Lee, <cite>Letters</cite></figcaption></figure>",
        f"<div class=quoteblock><blockquote>{SAID}</blockquote><div class=attribution>— Ann Lee<br><cite>Letters</cite>"
        "</div></div>",
        f"<blockquote class=epigraph>{SAID}<p class=attribution>—Ann Lee, Letters</p></blockquote>",
        f"<blockquote>{SAID}<p>― Ann Lee, Letters</p></blockquote>",
        f"<ul><li><blockquote>{SAID}</blockquote><p>— Ann Lee, Letters</p></li></ul>",
    ],
)
def test_the_line_that_says_whose_a_quotation_is_is_its_source(sound, markup):
    text = sound.text(markup)
    (source,) = text.findall(".//cit/bibl")
    assert "Ann Lee" in "".join(source.itertext())
    assert "Letters" in "".join(source.itertext())
    assert "The sea gives" in "".join(text.find(".//cit/quote").itertext())


@pytest.mark.parametrize("name", ["松尾 芭蕉", "Анна Ли", "von Goethe", "d’Aubigné, Les Tragiques", "ابن خلدون"])
def test_names_of_other_scripts_and_with_small_beginnings_are_sources(sound, name):
    assert len(sound.text(f"<blockquote>{SAID}</blockquote><p>— {name}</p>").findall(".//cit/bibl")) == 1


@pytest.mark.parametrize(
    "markup",
    [
        f"<blockquote>{SAID}</blockquote><p>— Not that anybody had asked the clerk.</p>",
        f"<blockquote>{SAID}</blockquote><p>— Who told you so?</p>",
        f"<blockquote>{SAID}</blockquote><p>— Да, сказал он</p><p>— Нет</p>",
        f"<blockquote>{SAID}</blockquote><p>— сказал он</p>",
        f"<blockquote>{SAID}</blockquote><p>Ann Lee</p>",
        f"<blockquote>{SAID}</blockquote><ul><li>— Ann Lee</li></ul>",
        f"<blockquote>{SAID}</blockquote><p>It was late.</p><p>— Ann Lee</p>",
        "<blockquote><p>— Da</p><p>— Nein</p></blockquote>",
        "<blockquote><p>— Ann Lee</p></blockquote>",
        f"<blockquote>{SAID}</blockquote><p>— {'Ann Lee and ' * 20}</p>",
        "<figure><img src=a.png alt=Quay><figcaption>— Ann Lee</figcaption></figure>",
        f"{SAID}<p>— Ann Lee</p>",
    ],
)
def test_other_lines_stay_what_they_are(sound, markup):
    assert sound.text(markup).findall(".//cit") == []


def test_a_quotation_that_names_its_source_has_no_second_one(sound):
    text = sound.text(f"<blockquote>{SAID}<footer>Ann Lee</footer></blockquote><p>— The Editors</p>")
    assert ["".join(one.itertext()) for one in text.findall(".//cit/bibl")] == ["Ann Lee"]


def test_a_source_that_tei_has_no_reference_for_stays_in_the_quotation(sound):
    text = sound.text(f"<blockquote>{SAID}</blockquote><p>— Ann Lee <code>x</code></p>")
    assert "Ann Lee" in "".join(text.itertext())
