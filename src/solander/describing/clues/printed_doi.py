"""A DOI that the page prints as its own: under "Cite as", or alone in a line by the title.

Other DOIs are those of the works that a text cites. Where the lines name several, none is the page's.

Source: DOI Handbook, 2.2 (``10.`` and a registrant's figures) and 3.7 (how a DOI is displayed).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from solander.describing.candidate import Candidate, candidate
from solander.describing.kinds import Kind
from solander.describing.lines import NOT_OF_THE_PAGE, Lines
from solander.model.caseless import Caseless

NEAR = 15
"""Lines beneath the title in which a DOI alone is the page's."""

BENEATH = 3
"""Lines beneath "How to cite" that may be the citation."""

LINE_CHARACTERS = 800
ALONE_CHARACTERS = 120

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"'<>|，。；]{1,200}", re.IGNORECASE)
_ALONE = re.compile(r"(?:(?:article |full )?doi\s?[:：]?\s*)?(?:https?://(?:dx\.)?doi\.org/)?\Z", re.IGNORECASE)
_CITE = Caseless(
    r"(?:please )?(?:cite|citing|to cite) (?:as|this)|how to cite|to cite|"
    r"(?:recommended |suggested |preferred )?citation\b|"
    r"(?:empfohlene )?zitier(?:weise|vorschlag|en als|hinweis|empfehlung)|comment citer|pour citer|"
    r"(?:cómo|como) citar|citar (?:como|este)|come citare|sposób cytowania|как цитировать|для цитирования|"
    r"引用(?:格式|本文|方法)"
)
# Most lines open otherwise, and are not looked at.
_INITIALS = frozenset("PpCcHhTtRrSsEeZzКкДд引")
_CASES = _INITIALS | {"\u017f"}  # a long s is a case of "s"


def printed_doi(lines: Lines, title_at: int | None) -> Iterator[Candidate]:
    """The one DOI that the page's lines give it.

    Args:
        lines: the page's.
        title_at: the number of the title's line.
    """
    found: dict[str, str] = {}
    by = range(title_at, title_at + NEAR + 1) if title_at is not None else range(0)
    for number, opening in enumerate(lines.openings):
        by_title = number in by
        # Of the words that are ASCII each has these letters.
        may_cite = opening[:1] in _CASES and ("it" in opening.lower() or not opening.isascii())
        if not (may_cite or by_title):
            continue
        first = lines.blocks[number].content[0] if lines.blocks[number].content else ""
        if isinstance(first, str) and first[:1] not in _INITIALS and not by_title:
            continue
        cites = may_cite and _CITE.opens(opening)
        if not (cites or by_title) or lines.zones[number] in NOT_OF_THE_PAGE:
            continue
        for sought in range(number, min(len(lines), number + BENEATH + 1)) if cites else (number,):
            text = lines.text(sought)
            dois = _DOI.findall(text) if "10." in text and len(text) <= LINE_CHARACTERS else []
            if len(dois) != 1 or not (cites or _is_alone(text, dois[0])):
                continue
            found.setdefault(dois[0].rstrip(".,;:)]}").casefold(), lines.blocks[sought].source)
            break
    if len(found) == 1:
        ((doi, source),) = found.items()
        yield candidate("identifier", f"doi:{doi}", Kind.PRINTED_DOI, source)


def _is_alone(text: str, doi: str) -> bool:
    """Whether a line is a DOI with its label, and nothing of weight besides."""
    before, _, after = text.partition(doi)
    return len(text) <= ALONE_CHARACTERS and not after.strip(" .") and _ALONE.match(before) is not None
