"""Greetings: how a letter or a speech begins. Whom it greets is the reader, and not who wrote it.

A few of the words are given names too (Cara, Caro): where names are looked for, these greet nobody.
"""

from __future__ import annotations

import re

from solander.model.late_pattern import late

_BY_NAME = (
    r"(?:my )?dear|hello|hi|hey|liebe[rs]?|sehr geehrte[rs]?|hallo|chère?s?|estimad[oa]s?|querid[oa]s?|szanown\w+|"
    r"drodzy|дорог\w+|уважаем\w+"
)
_OTHERS = (
    r"good (?:morning|evening|afternoon)|guten (?:tag|morgen|abend)|bonjour|mesdames|messieurs|madame|monsieur|"
    r"excellenc(?:y|ies|es?)|your excellenc(?:y|ies)|ladies and gentlemen|"
    r"distinguished (?:guests|colleagues|friends)|mr\.? (?:president|speaker|chairman)|"
    r"meine (?:sehr geehrten |sehr verehrten )?damen und herren|exzellenzen|señoras y señores|señor(?:es|a)?|"
    r"senhoras e senhores|signore e signori|gentili|caro|cara|дамы и господа|κυρίες και κύριοι"
)
_IN_CHINESE = "尊敬的|亲爱的|各位|女士们|先生们"
_GREETING = late(rf"(?:{_BY_NAME}|{_OTHERS})(?:\W|\Z)|{_IN_CHINESE}", re.IGNORECASE)
_GREETING_BY_NAME = re.compile(rf"(?:{_BY_NAME})\s|{_IN_CHINESE}", re.IGNORECASE)


def is_greeting(text: str) -> bool:
    """Whether a line opens as greetings do."""
    return _GREETING.match(text) is not None


def greets_somebody(name: str) -> bool:
    """Whether what looks like a name greets somebody of that name: "Dear Martha"."""
    return _GREETING_BY_NAME.match(name) is not None
