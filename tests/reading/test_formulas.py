"""A formula's signs keep where they stand to one another: high, low, above and below; and no word is added by it."""

from __future__ import annotations

import pytest

POWER = "<msup><mn>10</mn><mn>6</mn></msup>"


def marks(formula) -> list[tuple[str, str]]:
    return [(one.get("rend"), "".join(one.itertext())) for one in formula.iter("hi")]


@pytest.mark.parametrize(
    ("written", "words", "found"),
    [
        (POWER, "10 6", [("sup", "6")]),
        ("<msub><mi>a</mi><mn>1</mn></msub>", "a 1", [("sub", "1")]),
        ("<msubsup><mi>a</mi><mn>1</mn><mo>*</mo></msubsup>", "a 1*", [("sub", "1"), ("sup", "*")]),
        ("<mfrac><mn>1</mn><mn>2</mn></mfrac>", "1 2", [("numerator", "1"), ("denominator", "2")]),
        ("<munder><mo>lim</mo><mi>n</mi></munder>", "lim n", [("under", "n")]),
        ("<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>", "x+1", [("root", "x+1")]),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "x 3", [("root", "x"), ("sup", "3")]),
        (f"<mfrac>{POWER}<mn>2</mn></mfrac>", "10 6 2", [("numerator", "10 6"), ("sup", "6"), ("denominator", "2")]),
        ("<msup><mi></mi><mn>2</mn></msup>", "2", [("sup", "2")]),
        ("<mi>v</mi><mo>=</mo><mn>4</mn>", "v=4", []),
    ],
)
def test_where_a_sign_stands_is_kept(sound, written, words, found):
    (formula,) = sound.text(f"<p>It is <math>{written}</math>.</p>").findall(".//formula")
    assert "".join(formula.itertext()) == words
    assert marks(formula) == found
    assert formula.get("notation") is None


def test_what_a_formula_is_in_tex_is_kept_once(sound):
    tex = r"10^{6}"
    (alone,) = sound.text(f"<p><math alttext='{tex}'>{POWER}</math></p>").findall(".//formula")
    assert alone.get("n") == tex
    both = f"<semantics>{POWER}<annotation encoding='application/x-tex'>{tex}</annotation></semantics>"
    formula, twin = sound.text(f"<p><math alttext='{tex}'>{both}</math></p>").findall(".//formula")
    assert (formula.get("n"), twin.get("n"), twin.get("notation"), twin.text) == (None, None, "TeX", tex)


def test_a_formula_that_nests_without_end_keeps_its_words(sound):
    (formula,) = sound.text(f"<p><math>{'<msup><mi>x</mi>' * 90}<mi>y</mi></math></p>").findall(".//formula")
    assert "".join(formula.itertext()).split() == ["x"] * 90 + ["y"]
