"""How programs print who said something in a chat, and when: a pattern a form, with its ``moment`` and its ``who``.

Programs differ in hardly more than brackets, dashes and the order of the two; the words are in many languages and are
told by where they stand.

Source: the exports of WhatsApp, Telegram, Signal, Slack, LINE, KakaoTalk, Zoom and Discord, and the journals of IRC's
clients, in outline.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from solander.reading.plain.chat_moments import CLOCK, moment

_UNSEEN = "[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]*"
"""Marks of direction, which programs put before a name and nobody sees."""
_NAME = r"[^\s:：\[\]<>|(][^:：\n\[\]<>|]{0,47}?"
_ANY = rf"(?:{moment('any')}|{CLOCK})"
_ALONE = r"[^\s:\[\]<>|,][^:\n\[\]<>|\t]{0,47}?"


class Form(NamedTuple):
    """One way of printing messages."""

    said: re.Pattern[str]
    """The head of a message, up to what is said: ``moment`` and ``who``."""
    told: re.Pattern[str] | None
    """A moment before what nobody says (somebody came, or left); ``None`` where such lines have no form."""
    alone: bool = False
    """Whether a head has lines of its own, and what is said stands below."""
    nicks: bool = False
    """Whether names may be written small: brackets or columns tell them."""


def _form(said: str, told: str | None = None, *, alone: bool = False, nicks: bool = False) -> Form:
    before = re.compile(_UNSEEN + told) if told else None
    return Form(re.compile(_UNSEEN + said), before, alone, nicks)


_FROM, _TO = "From|Von|De|Da|Van|Från|Od|От", "to|To|an|An|a|A|à|À|para|Para|naar|till|do|для"
_WHO = rf"(?P<who>{_UNSEEN}{_NAME})"
_NICK = r"(?P<who><[@+%~&! ]?[^<>\s]{1,30}>)"

FORMS = (
    # [04/03/2019, 10:11:12] <ann> …     10:11 <ann> …
    _form(
        rf"[\[(]?(?P<moment>{_ANY})[\])]?\s{{1,2}}{_NICK}(?=\s|\Z)", rf"[\[(]?(?P<moment>{_ANY})[\])]?\s", nicks=True
    ),
    # [04/03/2019, 10:11:12] Ann: …
    _form(rf"\[(?P<moment>{_ANY})\]\s{{1,2}}{_WHO} ?[:：](?=\s|\Z)", rf"\[(?P<moment>{_ANY})\]\s"),
    _form(rf"\((?P<moment>{_ANY})\)\s{{1,2}}{_WHO}:(?=\s|\Z)", rf"\((?P<moment>{_ANY})\)\s", nicks=True),
    # 04.03.19, 10:11 - Ann: …
    _form(rf"(?P<moment>{moment('dash')})\s?[-–—]\s{_WHO} ?[:：](?=\s|\Z)", rf"(?P<moment>{moment('dash')})\s?[-–—]\s"),
    # 2019년 3월 4일 오전 10:11, Ann : …
    _form(rf"(?P<moment>{moment('comma')}), {_WHO} ?[:：](?=\s|\Z)", rf"(?P<moment>{moment('comma')})(?:, |:? )"),
    # 10:11:12 From Ann to Everyone : …
    _form(
        rf"(?P<moment>{CLOCK})\s{{1,3}}(?:{_FROM})\s{{1,2}}(?P<who>{_NAME})"
        rf"(?:\s{{1,2}}(?:{_TO})\s{{1,2}}{_NAME}(?:\([^()\n]{{1,30}}\))?)? ?[:：](?=\s|\Z)"
    ),
    # 10:11<tab>Ann<tab>…
    _form(rf"(?P<moment>{_ANY})\t(?P<who>[^\t\n]{{1,40}})(?:\t|\Z)", rf"(?P<moment>{_ANY})\t", nicks=True),
    # Ann, [04.03.19 10:11]
    _form(rf"(?P<who>{_ALONE}), \[(?P<moment>{moment('told')})\]:?\Z", alone=True),
    # [2019-03-04 10:11] Ann
    _form(rf"\[(?P<moment>{_ANY})\]\s{{1,2}}(?P<who>{_ALONE})\Z", alone=True),
    # ann — 03/04/2019 10:11 AM
    _form(rf"(?P<who>{_ALONE})\s[—–]\s(?P<moment>(?:[^\W\d_]{{2,9}} (?:at )?)?{_ANY})\Z", alone=True),
    # Ann  10:11 AM
    _form(rf"(?P<who>{_ALONE})(?: {{2,}}|\t+)\[?(?P<moment>{CLOCK})\]?\Z", alone=True),
)
"""The forms, those that prove more first."""

HEAD_CHARACTERS = 200
"""So much of a line may be the head of a message."""
