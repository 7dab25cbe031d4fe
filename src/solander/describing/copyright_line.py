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
    r"\bfax\b|\b(?:proudly\s)?powered by\b|\b(?:web)?(?:site )?design(?:ed)? by\b|\btheme\b|\bdatenschutz\b|"
    r"\bis licensed\b|\bterms of\b|\bprivacy\b|\bimpressum\b|\bcopyright\b|\bmay not be\b|"
    r"©|(?<!\b\w)(?<!\b\w\w)\.(?=\s|\Z)|\s?[|•·]|\s[-–—]\s|\d{4}",
    re.IGNORECASE,
)
_LICENCE_NUMBER = re.compile(
    r"\s?[一-鿿]?\s?ICP\s?[备備证證].*|\s?[一-鿿]?公网安备.*|\s?(?:增值电信|网络视听|互联网新闻).*", re.DOTALL
)
# A picture's credit stands by its picture, and an agency's claim is on what it delivered, not on the page.
_CREDIT = re.compile(
    r"\b(?:photos?|fotos?|photograph\w*|image|images|bild(?:er)?|picture|credits?|quelle|source|grafik|illustration|video|"
    r"crédits?|imagen|immagine|zdj\.?|fot\.?)\s?(?:by|von|de|credits?|:|/)?\s*[:：(/]?\s*\Z|(?:图|圖|摄影|图片来源)[:：]?\s*\Z",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"(?:dpa|afp|ap|epa|reuters|getty(?:\simages)?|i?stock(?:photo)?|shutterstock|imago(?:\simages)?|adobe\s?stock|alamy|"
    r"picture[\s-]alliance|unsplash|pixabay|pexels|fotolia|xinhua|efe|ansa|tass|apa|keystone|ddp|sid|bloomberg|pap|"
    r"depositphotos|123rf|flickr|wikimedia(?:\scommons)?|新华社)(?:\b|(?=[\s/]|\Z)).*",
    re.IGNORECASE,
)
_RIGHTS_WORDS = re.compile(
    r"©|\(c\)|copyright|copyleft|licen[cs]|lizenz|licencia|licença|licenza|\brights?\b|\brechte\b|droits?\b|derechos|"
    r"direitos|diritti|prawa|права|permission|reproduc|public domain|gemeinfrei|domaine public|dominio público|"
    r"creative commons|\bcc[\s-](?:by|0)|\bfree\b|open access|版权|版權|著作权|著作權|公有领域|轉載|转载|https?://",
    re.IGNORECASE,
)
_POWERED = re.compile(
    r"[\s|•·,.–—-]*\b(?:proudly\s)?powered\sby\b.*|[\s|•·,.–—-]*\btheme:?\s(?:by\s)?[A-Z].*", re.IGNORECASE | re.DOTALL
)
_TRAILING_LINK = re.compile(
    r"(?<=[\w.])[\s,]+(?:(?:privacy|terms|impressum|imprint|datenschutz|contact|kontakt|sitemap|cookies?)"
    r"(?:\s(?:policy|notice|of\s(?:use|service)))?[\s,]*)+\Z",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:impressum|imprint|datenschutz|privacy|terms|contact|kontakt|about|agb|cookie|sitemap|legal|home|wordpress|theme)",
    re.I,
)
_SEPARATOR = re.compile(r"\s*[|•·]\s*|\s[-–—]\s")
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
        statement = _without_neighbours(statement)
        name = holder(statement)
        if _CREDIT.search(text[: mark.start()]) or (name and _AGENCY.fullmatch(name)):
            continue
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
    rest = _LICENCE_NUMBER.sub("", rest)
    end = _END.search(rest)
    name = (rest[: end.start()] if end else rest).strip(" ,;:-–—|")
    if not 2 < len(name) <= 120 or not any(map(str.isalpha, name)) or not name[0].isalnum():
        return None
    # A name has a capital, or a script that knows none; "of our images belongs to us" has not.
    return (
        name if any(word[0].isupper() or word[0].isdigit() or not word[0].isascii() for word in name.split()) else None
    )


def is_rights(value: str) -> bool:
    """Whether a value that stands under a name for rights says something of them: a bare name does not."""
    return _RIGHTS_WORDS.search(value[:STATEMENT_CHARACTERS]) is not None or len(value.split()) > 8


def _without_neighbours(statement: str) -> str:
    """A statement without what only stands in its line: links to the imprint, the theme's maker, a licence number."""
    statement = _POWERED.sub("", statement)
    parts = _SEPARATOR.split(statement)
    kept = len(parts[0])
    end = kept
    for at, part in enumerate(parts[1:], 1):
        begin = statement.index(part, end) if part else end
        end = begin + len(part)
        # The year and its holder may stand in two parts: "© 2020 | Coast Weekly | Imprint".
        if _RIGHTS_WORDS.search(part) or (at == 1 and not _names(statement[:kept]) and not _LINK.match(part)):
            kept = end
        else:
            break
    return _TRAILING_LINK.sub("", _LICENCE_NUMBER.sub("", statement[:kept])).strip(" |·•-–—,")


def _names(statement: str) -> bool:
    """Whether a statement says whose the right is, after the sign and the years."""
    lead = _LEAD.match(statement)
    return any(map(str.isalpha, statement[lead.end() if lead else 0 :]))
