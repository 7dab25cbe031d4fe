"""Lines that lead to a page's neighbours are no text: "Previous message: …", "Next by date: …", "Sorted by: [ date ]".

Archives of mail, manuals and series set such lines right above and below the text, in its own element and without a
name. They are known by a label for going on or back, or for an order, with a colon, behind which nearly all is links.

A row of the pages of one article is such a line too ("« Previous 1 2 3 Next »"): every word in it is for turning pages.

Promise: a pure function, in time linear in the leaves; what has words of its own, or no link, behind the label stays.

Source: HTML Standard, 4.6.7.17 (sequential link types: ``next``, ``prev``).
"""

from __future__ import annotations

import re

from solander.reading.survey import Survey
from solander.reading.zoning.leaf_measures import Flags, Ints

LINE_CHARACTERS, LABEL_CHARACTERS = 400, 40
"""A longer line leads nowhere in particular; a longer label is a sentence."""

_LABELS = tuple(
    label
    for language in (
        "prev|next|messages sorted|contemporary messages|related messages|this message",
        "index(es)|in reply to|follow-ups",
        "vorige|vorherige|nächste|nachrichten sortiert|zurück|weiter",
        "précédent|suivant|message précédent|message suivant|prochain message|messages triés",
        "anterior|siguiente|mensaje anterior|próximo mensaje|mensajes ordenados|mensagem anterior|próxima mensagem",
        "messaggio precedente|messaggio successivo|prossimo messaggio|messaggi ordinati|precedente|successivo",
        "vorig|volgend|berichten gesorteerd|föregående|nästa|forrige|neste|næste|edellinen|seuraava",
        "poprzedni|następn|wiadomości posortowane|předchozí|další|előző|következő|önceki|sonraki",
        "предыдущ|следующ|сообщения отсортированы|попередн|наступн|προηγούμεν|επόμεν|上一|下一|前の|次の",
    )
    for label in language.split("|")
)


ROW_CHARACTERS = 120
"""A row of pages is no longer."""

_PART = re.compile(r"[^\W\d_]+|\d+")
_FIGURE = re.compile(r"\d")
_TURNING = frozenset(
    word
    for language in (
        "previous prev next first last older newer back page pages of",
        "vorherige nächste zurück weiter erste letzte seite seiten von",
        "précédent précédente suivant suivante première dernière page pages sur",
        "anterior siguiente próxima próximo primera última página páginas de",
        "precedente successiva successivo prima ultima pagina pagine di",
        "poprzednia następna pierwsza ostatnia strona strony z",
        "vorige volgende föregående nästa forrige neste næste edellinen seuraava sida side sivu",
        "předchozí další stránka előző következő oldal önceki sonraki sayfa",
        "предыдущая следующая назад вперед вперёд далее первая последняя страница страницы из",
        "попередня наступна сторінка προηγούμενη επόμενη σελίδα",
        "上一页 下一页 首页 末页 尾页 上一頁 下一頁 首頁 末頁 第 页 頁 共 前へ 次へ 前のページ 次のページ ページ",
    )
    for word in language.split()
)


def is_row_of_pages(text: str, link_characters: int) -> bool:
    """Whether a line holds nothing but numbers of pages, two at least, and words for turning them, with a link."""
    if not link_characters or len(text) > ROW_CHARACTERS:
        return False
    parts = _PART.findall(text.casefold())
    numbers = sum(map(str.isdecimal, parts))
    return 2 <= numbers < len(parts) and all(part.isdecimal() or part in _TURNING for part in parts)


def leads_to_neighbours(text: str, link_characters: int) -> bool:
    """Whether a line is a label for going on or back, and behind it links, brackets and bars."""
    if not link_characters or len(text) > LINE_CHARACTERS:
        return False
    colon = max(text.find(":"), text.find("："))
    if not 0 < colon <= LABEL_CHARACTERS or not text[:LABEL_CHARACTERS].casefold().startswith(_LABELS):
        return False
    behind = sum(map(str.isalnum, text[colon + 1 :]))
    return 5 * link_characters >= 4 * behind > 0


def without_neighbours(chosen: Flags, chances: Ints, survey: Survey) -> tuple[Flags, Ints]:
    """Leave lines that lead to a page's neighbours out of its text, and let nothing draw them in again."""
    leading = [
        leaf
        for leaf, (text, linked) in enumerate(zip(survey.texts, survey.link_characters, strict=True))
        # Most links have neither a colon nor a figure.
        if linked
        and (
            ((":" in text or "：" in text) and leads_to_neighbours(text, linked))
            or (len(text) <= ROW_CHARACTERS and _FIGURE.search(text) and is_row_of_pages(text, linked))
        )
    ]
    kept, known = chosen.copy(), chances.copy()
    kept[leading], known[leading] = False, 0
    # A page of nothing else keeps them.
    return (kept, known) if leading and kept.any() else (chosen, chances)
