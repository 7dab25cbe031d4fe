"""What stands about a day: words that make it a change's, or something else's than a text's; an hour behind it."""

from __future__ import annotations

import re

from solander.model.caseless import Caseless
from solander.model.late_pattern import late

_WEB = "1993"
BEFORE_CHARACTERS = 40
"""So much of what stands before a day is asked for such words."""

_ENDS_PERIOD = Caseless(
    r"(?<!\w)(?:end(?:ing|ed|s)|clos(?:ing|ed)|until|till|expir(?:ing|es)|valid to|not later than|"
    r"bis(?: zum)?|endend|endet|endete|abgelaufen|gültig bis|clos|closes|close(?= (?:le|au|on)\b)|arrêtée?s?|"
    r"terminée?|expirant|jusqu['’](?:au|à)|hasta|terminad[oa]|finalizad[oa]|fino al|chius[oa]|até|encerrad[oa]|"
    r"do dnia|zakończon\w+|(?:с|со|от) [^;]{1,30} по|截至|截止)"
    r"(?:\s(?:on|at|am|zum|le|au|el|en|il|al|em|a|w dniu))?[\s:：]*\Z"
)

_MODIFIED = Caseless(
    r"updated?\b|modified|last\s(?:edit|change|review)|aktualisiert|geändert|stand\b|mis? à jour|modifié|actualizado|"
    r"modificat|aggiornat|atualizado|aktualiz|обновлен|изменен|更新|修改|ενημέρωση|actualisé|päivitetty|muokattu|"
    r"bijgewerkt|gewijzigd|uppdaterad|oppdatert|opdateret|güncelle|frissít|módosít|оновлено|ажурирано|수정|업데이트|"
    r"cập nhật|diperbarui|تحديث|עודכן|به‌روز|"
    # How wikis say it at the foot of their pages.
    r"zuletzt .{1,40}bearbeitet|dernière modification|(?:editó|editad[ao]) (?:por|pela) última vez|"
    r"última (?:edición|edição|modificación)|"
    r"ultima modifica|ostatnio (?:edytowan|zmodyfikowan)|"
    r"последн\w+ (?:раз )?.{0,20}(?:отредактирован|изменен|изменён|правк)|"
    r"最后编辑|最後編輯|最終更新|τροποποιήθηκε|(?:آخر|أخر) تعديل|عُ?دلت|değiştirildi|düzenlendi|"
    r"laatst (?:bewerkt|gewijzigd)|"
    r"(?:senast|sist|senest) (?:redig|ändr|endr|ændr)|viimeksi (?:muutettu|muokattu)|naposledy (?:edit|změn)|편집되었|"
    r"آخرین ویرایش|utoljára .{1,30}szerkeszt"
)
HOUR = late(
    r"[\s,]*(?:\b(?:at|um|à|om|kl|a\slas|às|ore|o|saat)\b\s)?\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\s?(?:[ap]\.?m\.?|uhr|h|[A-Z]{2,4}))?",
    re.I,
)
"""An hour right behind a day: ", 7:00 PM"."""

HOUR_BEFORE = late(
    r"(?<![\d:.])\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?|\suhr)?(?:\s[A-Z]{3})?[\s,|·–-]{1,4}(?:(?:on|am|den)\s)?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?\Z",
    re.I,
)
"""An hour right before a day: "18:13 28.11.2011", "11:23 PM on 10 January 2012"."""


_OF_ELSE = Caseless(
    r"(?<!\w)(?:"
    # a time to come, or its end
    r"deadline(?: for [^:]{1,20})?|due(?: date| by| on)?|(?:closing|opening|start|end|event|expiry|effective) date|"
    r"apply by|applications? close|submit by|rsvp by|register by|valid (?:from|since)|effective(?: from)?|"
    r"(?:runs|open|starts?|starting|begins?|beginning|available|on sale|in force|as) (?:from|on|of)|premieres?|"
    r"einsendeschluss|bewerbungsschluss|anmeldeschluss|bewerbungsfrist|frist|beginn|gültig (?:ab|seit)|in kraft seit|"
    r"date limite(?: de [^:]{1,20})?|clôture|valable (?:du|dès|à partir du)|entrée en vigueur|"
    r"plazo|fecha límite|válido desde|vigente desde|scadenza|valido dal|prazo|válido de|termin|ważne od|"
    r"срок(?: подачи)?|действует с|κατάληξη|προθεσμία|截止日期|活动时间|会议时间|開催日|"
    # a life
    r"born(?: on)?|died(?: on)?|date of (?:birth|death)|birthday|birth ?date|geboren(?: am)?|gestorben(?: am)?|"
    r"geburtsdatum|née?s? le|décédée? le|mort(?:e)? le|nacid[oa] el|fallecid[oa] el|nat[oa] il|mort[oa] il|"
    r"nascid[oa] (?:em|a)|urodzon[ya]|zmarł[ay]?|родил(?:ся|ась)|умер(?:ла)?|γεννήθηκε|生于|出生|逝世|"
    # a program's making
    r"(?:site |page |docs? |documentation )?(?:built|generated|rendered|compiled|deployed|crawled|indexed)"
    r"(?: by \S{2,20}| with \S{2,20})?"
    r"(?: on| at)?"
    r")[\s:：]*(?:(?:on|at|am|le|el|il|em|w dniu)\s)?(?:\w{2,12},\s)?\Z"
)
_IN_A_SPAN = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th)?\.?(?:\s[^\W\d_]{3,12})?(?:\s\d{4})?\s?(?:[-–—]|\bto\b|\bau\b|\bal\b|\bbis\b|\baté\b|\bpo\b)\s?)\Z"
)
_GOES_ON = re.compile(r"\s?(?:[-–—]|to\b|au\b|al\b|bis\b|até\b)\s?(?:[^\W\d_]{2,10},?\s)?\d{1,2}(?!\d|[:.h]\d)")


def ends_period(before: str) -> bool:
    """Whether the words right before a day say that a time ends on it."""
    return _ENDS_PERIOD.is_in(before[-BEFORE_CHARACTERS:])


def is_of_else(before: str, after: str = "") -> bool:
    """Whether a day is told by what stands about it for that of something else than a text.

    That is an event or its deadline, a birth, the making of a site, or one end of a span of days.
    """
    near = before[-BEFORE_CHARACTERS:]
    return _OF_ELSE.is_in(near) or _IN_A_SPAN.search(near) is not None or _GOES_ON.match(after) is not None


def is_history(day: str) -> bool:
    """Whether a day is older than the web: in a sentence it is told of; a dateline alone may be a digitised text's."""
    return day < _WEB


def says_modified(text: str) -> bool:
    """Whether the words around a date say that the page was changed on it, not published."""
    return _MODIFIED.is_in(text[:200])
