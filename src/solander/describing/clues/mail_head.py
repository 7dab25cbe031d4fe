"""The head of a letter by mail that a page shows: who sent it, on which day, and of what.

Mailing lists' archives and mail programs that save a letter as a page print its fields one beneath the other, each
under its label, in the program's language; in a table a field's words stand in the next cell.

Source: RFC 5322, 3.6 (the fields of a head).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from solander.describing.candidate import Candidate, candidate
from solander.describing.days.dates import find_date
from solander.describing.days.forms import DayOrder, is_whole_day
from solander.describing.kinds import Kind
from solander.describing.lines import OF_OTHERS, Lines
from solander.describing.names.no_names import is_noise
from solander.describing.names.people import looks_personal, sender

LINES = 40
"""A letter's head begins among so many of a page's first lines."""

PROSE_CHARACTERS = 200
"""It stands above all lines so long of running text."""

FIELDS = 12
"""A head has no more lines."""

_LABELS = {
    word: field
    for field, words in {
        "from": "from|von|de|da|od|van|från|fra|lähettäjä|feladó|kimden|gönderen|от|від|από|من|发件人|寄件者|差出人|"
        "보낸 사람",
        "sent": "sent|date|gesendet|datum|envoyé|envoyée|enviado|enviado el|enviada em|fecha|inviato|data|verzonden|"
        "wysłano|wysłane|skickat|sendt|lähetetty|elküldve|gönderildi|tarih|отправлено|дата|στάλθηκε|ημερομηνία|تاريخ|"
        "发送时间|日期|送信日時|日付|보낸 날짜",
        "to": "to|an|à|para|a|do|aan|till|til|vastaanottaja|címzett|kime|alıcı|кому|προς|إلى|收件人|宛先|받는 사람|"
        "cc|kopie",
        "subject": "subject|betreff|objet|asunto|assunto|oggetto|temat|onderwerp|ämne|emne|aihe|tárgy|konu|тема|θέμα|"
        "الموضوع|主题|主旨|件名|제목",
    }.items()
    for word in words.split("|")
}
_COLON = re.compile("[:：]")
OPENING = 20
"""Letters of a line's opening: one as long and without a colon is a text's."""

_SIGN = " <>[]"


def mail_head(lines: Lines, order: DayOrder | None) -> Iterator[Candidate]:
    """Candidates for the sender, the day and the subject of the letter that a page shows; none where it shows none.

    Args:
        lines: the page's.
        order: the order of day and month in the page's language, where that is settled.
    """
    found = _fields(lines)
    if not {"from", "subject"} <= found.keys() or len(found) < 3:
        return
    value, number = found["from"]
    name = sender(value)
    if looks_personal(name) and not is_noise(name):
        yield candidate("creator", name, Kind.LABEL, lines.blocks[number].source, name="From", preference=1)
    if "sent" in found:
        value, number = found["sent"]
        if (dated := find_date(value, order)) and is_whole_day(dated.value):
            source = lines.blocks[number].source
            yield candidate("date", dated.value, Kind.LABEL, source, name="Sent", refinement="issued", preference=1)


def mail_subject(lines: Lines) -> Iterator[Candidate]:
    """The subject of the letter that a page shows, as its title."""
    found = _fields(lines)
    if {"from", "subject"} <= found.keys() and len(found) > 2 and (value := found["subject"][0].strip(_SIGN)):
        number = found["subject"][1]
        yield candidate("title", value, Kind.LABEL, lines.blocks[number].source, name="Subject")


def _fields(lines: Lines) -> dict[str, tuple[str, int]]:
    """The fields of the first head, each with its words and its line."""
    found: dict[str, tuple[str, int]] = {}
    first = 0
    if lines.blocks and lines.blocks[0].source.startswith("char="):
        return found  # of a plain text the reader knows the fields already
    for number in range(min(len(lines), LINES)):
        if found and number - first > FIELDS:
            break
        # Most lines open with no such word: the first letters are enough to see it.
        opening = lines.openings[number]
        field = _LABELS.get(_label(opening)) if len(opening) < OPENING or _COLON.search(opening) else None
        if (
            field is None
            and not found
            and lines.zones[number] == "main"
            and len(lines.text(number)) >= PROSE_CHARACTERS
        ):
            return found  # further down a head belongs to a letter that the text quotes
        if field is None or lines.zones[number] in OF_OTHERS or lines.zones[number] == "form":
            continue
        label, _, value = lines.text(number).replace("：", ":").partition(":")
        if _LABELS.get(_label(label)) != field:
            continue
        value, at = value.strip(), number
        if not value and number + 1 < len(lines):
            value, at = lines.text(number + 1), number + 1  # the next cell of a table
        if value and _label(value) not in _LABELS:
            first = first if found else number
            found.setdefault(field, (value, at))
    return found


def _label(text: str) -> str:
    """What stands before a text's first colon, to be looked up."""
    before = text.partition(":")[0]
    return (before.partition("：")[0] if "：" in before else before).strip().casefold()
