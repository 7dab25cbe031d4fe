"""The foot of a plain text: from the first of its last lines that is of a footer's kind to the end.

A line below it that nothing tells is the footer's too. What stands above it is the text's: a signature, a last cheer,
a closing dateline.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from solander.reading.plain.blocks import is_running
from solander.reading.plain.lines import SENTENCE_END
from solander.reading.plain.mail import SIGNATURE_MARK
from solander.reading.plain.menu_words import is_entry, is_menu
from solander.reading.plain.units import Unit

FOOT_UNITS = 14
"""How many of the last units may be a footer."""

_CLAIM = re.compile(
    r"\s*(?:copyright|©|\(c\) ?[12][0-9]{3}|版权所有|all rights reserved|alle rechte vorbehalten|tous droits réservés)",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"\Acopyright\b|\bcopyright\W{0,3}(?:\(c\)|[12][0-9]{3})|©|\(c\) ?[12][0-9]{3}|all rights reserved|"
    r"\b(?:tel|tél|téléphone|telefon|telephone|fax|télécopie|phone|тел|tlf|tfn|τηλ)\b ?\.? ?[:：]|suggest to a friend|"
    r"print this page|share this|send to a friend|back to top|版权所有|电话[:：]|传真[:：]|ICP备|推荐给朋友|"
    r"alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|tutti i diritti riservati|"
    r"wszelkie prawa|все права|\A(?:mentions légales|impressum|datenschutz|privacy policy|terms (?:of|and) |"
    r"legal notice|aviso legal|note legali|nota prawna)\b",
    re.IGNORECASE,
)
# Addresses, hours, places on the web: a footer's where it has begun.
_BESIDE = re.compile(
    r"@|https?://|www\.|[0-9]{1,2}[:.h][0-9]{0,2} ?[-–—] ?[0-9]|\b[0-9]{4,6}\b|webmaster", re.IGNORECASE
)

FOOTER_CHARACTERS = 4_000
"""A longer unit is none of a footer's, whatever stands in it."""

SIGNATURE_LINES = 8
"""How many lines the signature of a letter by mail may have, its mark among them."""

CLAIM_CHARACTERS = 600
"""A claim of rights may be a sentence or two."""


def footer_at(units: Sequence[Unit], least: int) -> int:
    """Where the footer begins; how many units there are, where there is none."""
    low = max(least, len(units) - FOOT_UNITS)
    signed = next((at for at in range(max(low, 1), len(units) - 1) if units[at].text == SIGNATURE_MARK), None)
    if signed is not None and sum(len(unit.lines) for unit in units[signed:]) <= SIGNATURE_LINES:
        return signed
    for at in range(low, len(units)):
        if is_footer(units[at]) and _is_foot(units[at:]):
            while at > low and units[at - 1].form == "line" and _leads_away(units[at - 1].text):
                at -= 1
            return at
    return len(units)


def _leads_away(text: str) -> bool:
    return is_entry(text) or is_menu(text)


def is_footer(unit: Unit) -> bool:
    """Whether a unit is of a footer's kind by its words."""
    text = unit.text
    if is_running(unit):
        return len(text) <= CLAIM_CHARACTERS and _CLAIM.match(text) is not None
    if len(text) > FOOTER_CHARACTERS:
        return False
    return _FOOTER.search(text) is not None or (is_menu(text) and unit.form == "line")


def _is_foot(units: Sequence[Unit]) -> bool:
    """Whether no text follows: a few lines that nothing tells do not undo a footer."""
    sure = unknown = 0
    for unit in units:
        text = unit.text
        if is_footer(unit):
            sure += 1
        elif is_running(unit):
            return False
        elif is_entry(text) or _BESIDE.search(text) or (len(text) < 30 and not SENTENCE_END.search(text)):
            continue
        else:
            unknown += 1
    return unknown <= sure
