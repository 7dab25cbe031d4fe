"""What a turn of speech begins with: "Q:", "Moderator:", "DR. SMITH:", as plays have it "KEEPER.", in chats "<anna>".

Only the form is told here; whether what has it are turns is for the whole conversation to say.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from solander.model.late_pattern import late

COLON, CAPITALS, CHAT, ALONE, MARKED = "colon", "capitals", "chat", "alone", "marked"

_TITLES = frozenset(
    (
        *("mr", "mrs", "ms", "mx", "dr", "prof", "st", "sr", "jr", "hon", "rev", "sen", "rep", "gov", "gen", "col"),
        *("lt", "capt", "sgt", "hr", "fr", "mme", "mlle"),
    )
)
_ABBREVIATED = rf"(?:(?:[^\W\d_]|(?i:{'|'.join(sorted(_TITLES))}))\. ?){{0,3}}"
_COLON = late(rf"(?P<words>{_ABBREVIATED}[^\W\d_][^:：.!?。！？\n]{{0,48}})[:：]")
_CAPITALS = re.compile(r"(?P<words>[^\W\d_](?:[^\W\d_]|['’ -]){0,30})\.(?: ?[-–—]+)?")
_MARKED = re.compile(rf"{_ABBREVIATED}[^\W\d_](?:[^\W\d_]|[.'’ -]){{0,40}}")
_CLOCK = r"[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?(?: ?[APap]\.?[Mm]\.?)?"
_DAY = r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}"
_MOMENT = rf"(?:{_DAY},? )?{_CLOCK}(?:,? {_DAY})?"
_CHAT = late(
    rf"(?:(?:\[{_MOMENT}\]|\({_MOMENT}\)|{_MOMENT}) ?)?<[@+%~& ]?(?P<nick>[^<>\s]{{1,30}})>"
    rf"|(?:\[{_MOMENT}\] ?|{_MOMENT} ?[-–] )(?P<name>[^\W\d_][^:\n<>]{{0,40}}):"
)
_ASKS = frozenset(
    word
    for words in (
        "q a question answer interviewer interviewee moderator frage antwort f réponse r pregunta respuesta domanda",
        "risposta pergunta resposta p pytanie odpowiedź вопрос ответ в о 问 答 問 记者 記者",
    )
    for word in words.split()
)
_MOST_WORDS = 6
_MOST_CHARACTERS = 80


class Label(NamedTuple):
    """What a line begins with, if it has the form of a turn's label and words behind it."""

    written: str
    """All of it: with its colon, its brackets and the hour."""
    name: str
    """Who speaks, without case."""
    form: str
    """``colon``, ``capitals`` (with a full stop), ``chat``, ``marked`` (bold), or ``alone``: a line of its own."""

    @property
    def is_known(self) -> bool:
        """Whether it is known for a question or an answer."""
        return self.name in _ASKS


def label_at(text: str) -> Label | None:
    """The label that a text begins with; what follows it is not looked at."""
    if not text[:1].isalpha():
        chat = _CHAT.match(text)
        return Label(chat[0], (chat["nick"] or chat["name"]).casefold(), CHAT) if chat else None
    # Every block of a page is looked at: most are told by a glance.
    head = text[:_MOST_CHARACTERS]
    if (":" in head or "：" in head) and (colon := _COLON.match(text)):
        words = colon["words"]
        is_name = words[0].isupper() or words[0].lower() == words[0].upper()
        return Label(colon[0], _uncounted(words.casefold().strip()), COLON) if is_name and _is_short(words) else None
    capitals = _CAPITALS.match(text) if text[:2].isupper() else None
    if capitals is None or not capitals["words"].isupper() or not _is_short(capitals["words"]):
        return None
    name = capitals["words"].casefold().strip()
    is_name = (len(name) > 1 or name in _ASKS) and name.rpartition(" ")[2] not in _TITLES
    return Label(capitals[0], name, CAPITALS) if is_name else None


def marked_label(words: str) -> Label | None:
    """The label that words in bold are, which open a line: a short name, a stop behind it or none."""
    name = words.rstrip(" .:：-–—")
    is_name = len(words) <= _MOST_CHARACTERS and not name[:1].islower() and _is_short(name) and _MARKED.fullmatch(name)
    return Label(words, name.casefold(), MARKED) if is_name else None


def _uncounted(name: str) -> str:
    """A letter that asks or answers without its number: "q12"; "Question 3:" is as well a heading."""
    return name[0] if name[1:].isdecimal() and name[0] in _ASKS else name


def label_of(line: str) -> Label | None:
    """The label that a line of words begins with, where a space parts it from what is said."""
    label = label_at(line)
    return label if label and line[len(label.written) : len(label.written) + 1].isspace() else None


def _is_short(words: str) -> bool:
    return len(words.split()) <= _MOST_WORDS
