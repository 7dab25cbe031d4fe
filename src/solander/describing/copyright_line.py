"""A copyright line -> the statement of rights, and who makes it.

"Copyright © 2010 The Society of Something, mail@…": the statement is the line without the mail address, the holder
is what stands after the year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from solander.describing.candidate import Candidate, candidate

STATEMENT_CHARACTERS = 300
"""A statement of rights is cut at a word beyond this."""

STATEMENTS = 3
"""No more copyright lines are taken from one page."""

_MARK = re.compile(
    r"©|\(c\)(?=\s?(?:\d{4}|[A-Z]))|\bcopyright\b|copr\.|版权所有|版權所有|著作权|все права защищены", re.IGNORECASE
)
_SIGN = re.compile(r"©|\(c\)|copy?r|版|著作|все права")
_LEAD = re.compile(
    r"(?:copyright\b|©|\(c\)|版权所有|版權所有|all rights reserved|[\s:：,.|–-]|by\b|\d{4}|"
    r"\bpresent\b|\btoday\b|\bheute\b)*",
    re.IGNORECASE,
)
_END = re.compile(
    r"\S+@\S+|https?:|\bwww\.|\ball rights?\b|\balle rechte\b|\btous droits\b|\btodos (?:los|os)\b|\btutti i diritti\b|"
    r"\bwszelkie prawa\b|\bsome rights\b|\bvšechna práva\b|все права|版权所有|版權所有|未经|\btel\b|"
    r"\bfax\b|\bpowered by\b|\bis licensed\b|\bterms of\b|\bprivacy\b|\bimpressum\b|\bcopyright\b|\bmay not be\b|"
    r"©|(?<!\b\w)(?<!\b\w\w)\.(?=\s|\Z)|\s?[|•·]|\s[-–—]\s|\d{4}",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"\s+\S{1,80}@\S{1,80}\s*\Z")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


def copyright_candidates(foot: Iterable[tuple[str, str]]) -> Iterator[Candidate]:
    """Candidates for rights and publisher.

    Args:
        foot: lines of the page's foot with pointers to them, the last first.
    """
    found = 0
    for text, source in foot:
        # Most lines claim no rights: the plain signs cost a tenth of what the pattern does.
        opening = text[:600]
        mark = _MARK.search(opening) if _SIGN.search(opening.lower()) else None
        if mark is None:
            continue
        statement = text[mark.start() : mark.start() + STATEMENT_CHARACTERS]
        if len(text) - mark.start() > STATEMENT_CHARACTERS:
            statement = statement.rsplit(" ", 1)[0]
        statement = _CONTACT.sub("", statement).strip(" |·•")
        name = holder(statement)
        # "Copyright" alone is a link to a page about it.
        if name is None and not _YEAR.search(statement):
            continue
        yield candidate("rights", statement, "text", "copyright line", source, preference=found)
        if name:
            yield candidate("publisher", name, "text", "copyright line", source, preference=found)
        found += 1
        if found == STATEMENTS:
            return


def holder(statement: str) -> str | None:
    """Who claims the right, out of the line that claims it; ``None`` if it names nobody."""
    lead = _LEAD.match(statement)
    rest = statement[lead.end() if lead else 0 :][:160]
    end = _END.search(rest)
    name = (rest[: end.start()] if end else rest).strip(" ,;:-–—|")
    if not 2 < len(name) <= 120 or not any(map(str.isalpha, name)) or not name[0].isalnum():
        return None
    # A name has a capital, or a script that knows none; "of our images belongs to us" has not.
    return (
        name if any(word[0].isupper() or word[0].isdigit() or not word[0].isascii() for word in name.split()) else None
    )
