"""The day of publication that a page tells far from its title: at the text's end, or in a sentence about itself.

"This entry was posted on Monday, May 4th, 2020 at 9:00 am and is filed under …": blogs' templates say so beneath the
text, in a dozen languages. Looked for only where nothing else tells the day. At its foot it tells when it was changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from solander.describing.candidate import Candidate, candidate
from solander.describing.clues.labels import facts
from solander.describing.days.dates import find_date, may_hold_date
from solander.describing.days.forms import DayOrder, is_whole_day
from solander.describing.days.periods import says_modified
from solander.describing.kinds import Kind
from solander.describing.lines import NOT_OF_THE_PAGE, Lines
from solander.model.late_pattern import late

SENTENCE_CHARACTERS = 400
LINE_CHARACTERS = 160
"""A line that tells of the last change is not longer."""

LABEL_CHARACTERS = 120
LABELS_WITHIN = 40
"""Characters of a line in which a label of publication stands."""

LINES = 500
"""So many lines are looked at; what follows is another page's or nobody's."""

ABOVE = 20
"""Lines above the title from which on such a day is looked for."""

FARTHER = 40
"""Added to the preference of such a day."""

POSTS_WITHIN = 30
"""Lines beneath the title in which the first post says when it was written."""

_YEAR = re.compile(r"\d\d{3}")
_LISTS = frozenset(("navigation", "related", "form", "dialog"))
_POSTED = late(
    r"(?:\b(?:asked|posted|published|written|started|created|submitted|verfasst|geschrieben|erstellt|gepostet|"
    r"gespeichert|eingetragen|publié|posté|soumis|envoyé|ajouté|"
    r"publicado|escrito|enviado|pubblicato|scritto|inviato|inserito|geplaatst|ingediend|toegevoegd|napisane|wysłan[ya]|"
    r"отправлено|добавлено|создано)\b|"
    r"\A(?:re: .{2,60} )?(?:post )?(?:by|von|par|por|da|door|przez|от)\b)\W.{0,40}\Z|"
    r"\b(?:asked|posted|published)\W*\Z",
    re.IGNORECASE,
)
_OPENS = late(
    r"(?:This (?:entry|article|post|story|page)|D(?:er|ieser) (?:Beitrag|Artikel|Eintrag|Text)|Diese Seite|Ce billet|"
    r"Cet article|Cette entrée|Esta entrada|Este (?:artículo|artigo|post)|Quest(?:o articolo|a voce)|"
    r"Dit (?:bericht|artikel)|(?:Ten )?[Ww]pis|Artykuł|Tento|Příspěvek|(?:Эта )?[Зз]апись|Статья|Detta inlägg|"
    r"Dette (?:innlegget|indlæg))\b"
)
_INITIALS = frozenset("TDCEQWAwPpЭЗзС")
# One of these stands in every label of publication: most lines with a day have none.
_MAY_SAY = re.compile(
    r"publi|post|issued|released|veröff|ersch|erst|dat|fecha|mis en|gepub|opubl|dodan|utworz|опубл|добав|дата|время|"
    r"ημερ|δημοσ|αναρτ|发布|发表|發布|發佈|發表|日期|时间|時間|公開|投稿|掲載",
    re.IGNORECASE,
)
_STORY = re.compile(
    r"received|accepted|submitted|eingegangen|eingereicht|angenommen|reçu|accepté|recibido|aceptado|recebido|aceito|ricevuto|"
    r"accettato|otrzyman|przyjęt|поступила|принята|收稿|接受|received|受付|受理|접수",
    re.IGNORECASE,
)
"""How a journal opens the story of a text, of which the day of publication is the last."""
_PUBLISHED = late(
    r"\b(?:published|posted|appeared|written|veröffentlicht|erschien(?:en)?|geschrieben|verfasst|erstellt|publiée?|"
    r"postée?|écrite?|parue?|publicad[oa]|escrit[oa]|pubblicat[oa]|scritt[oa]|gepubliceerd|geplaatst|"
    r"opublikowan[ya]|"
    r"zamieszczon[ya]|dodan[ya]|publikován|vložen|опубликована?|размещена?|publicerad|postades|publiserad?t?)\b",
    re.IGNORECASE,
)


def days_far_off(lines: Lines, order: DayOrder | None, title_at: int | None) -> Iterator[Candidate]:
    """The day that a sentence about the page or a label tells, where all that tell one tell the same.

    Args:
        lines: the page's.
        title_at: the number of the title's line; in a thread, the first post beneath it is the page's.
        order: the order of day and month in the page's language, where that is settled.
    """
    found: dict[str, str] = {}
    first = max(0, (title_at or 0) - ABOVE)
    for number in range(first, min(len(lines), first + LINES)):
        if lines.zones[number] in NOT_OF_THE_PAGE or number in lines.of_others:
            continue
        opening = lines.openings[number]
        if not opening:
            continue
        is_sentence = opening[0] in _INITIALS and _OPENS.match(opening) is not None
        text = lines.text(number)
        is_story = ":" in text[: 2 * LABELS_WITHIN] and _STORY.search(text[:LABELS_WITHIN]) is not None
        if not 8 < len(text) <= (SENTENCE_CHARACTERS if is_sentence or is_story else LABEL_CHARACTERS):
            continue
        day = ""
        if is_sentence:
            dated = find_date(text, order)
            said = _PUBLISHED.search(text) if dated else None
            day = dated.value if dated and said and abs(dated.start - said.start()) <= LABEL_CHARACTERS else ""
        elif may_hold_date(text) and (is_story or _MAY_SAY.search(text[:LABELS_WITHIN])):
            day = next((fact.value for fact in facts(text, order) if fact.kind == "issued"), "")
        if is_whole_day(day):
            found.setdefault(day, lines.blocks[number].source)
    if len(found) == 1:
        for day, source in found.items():
            yield candidate("date", day, Kind.FAR_DAY, source, refinement="issued", preference=FARTHER)
    elif not found and title_at is not None:
        yield from _first_post(lines, order, title_at)


def _first_post(lines: Lines, order: DayOrder | None, title_at: int) -> Iterator[Candidate]:
    """The day of the first line beneath the title that says who posted, asked or wrote, and when."""
    for number in range(title_at + 1, min(len(lines), title_at + 1 + POSTS_WITHIN)):
        text = lines.text(number)
        if lines.zones[number] in _LISTS or number in lines.of_others or not 8 < len(text) <= LABEL_CHARACTERS:
            continue
        dated = find_date(text, order) if may_hold_date(text) else None
        if dated and says_modified(text[: dated.start]):
            continue
        if dated and is_whole_day(dated.value) and _POSTED.search(text[: dated.start]):
            source = lines.blocks[number].source
            yield candidate("date", dated.value, Kind.POSTED_DAY, source, refinement="issued", preference=FARTHER)
            return


def last_change(lines: Lines, order: DayOrder | None, foot: Iterable[int]) -> Iterator[Candidate]:
    """A line at the foot of the page such as "This page was last edited on …"."""
    for number in foot:
        text = lines.text(number)
        if len(text) <= LINE_CHARACTERS and _YEAR.search(text) and says_modified(text):
            dated = find_date(text, order)
            if dated and is_whole_day(dated.value):
                source = lines.blocks[number].source
                yield candidate("date", dated.value, Kind.LAST_CHANGE, source, refinement="modified", preference=50)
                return
