"""A copyright line -> the statement of rights, and who makes it.

"Copyright © 2010 The Society of Something, mail@…": the statement is the line without the mail address, the holder
is what stands after the year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from solander.describing.candidate import Candidate, candidate
from solander.describing.kinds import Kind
from solander.describing.word_list import holds_any

STATEMENT_CHARACTERS = 300
"""A statement of rights is cut at a word beyond this."""

OPENING_CHARACTERS = 600
"""So much of a line is asked for a claim."""

STATEMENTS = 3
"""No more copyright lines are taken from one page."""

# "All rights reserved" in scripts that stand without the sign.
_RESERVED = (
    "版权所有|版權所有|著作权|著作權|все права защищены|جميع الحقوق محفوظة|كل الحقوق محفوظة|"
    "کلیه حقوق|כל הזכויות שמורות|"
    "無断転載|저작권자"
)
_MARK = re.compile(rf"©|ⓒ|\(c\)(?=\s?(?:\d{{4}}|[A-Z]))|\bcopyright\b|copr\.|{_RESERVED}", re.IGNORECASE)
_SIGNS = ("©", "ⓒ", "(c)", "copyr", "copr", "版", "著作", "все права", "حقوق", "זכויות", "無断", "저작")
_LEAD = re.compile(
    rf"(?:copyrights?\b|©|ⓒ|\(c\)|{_RESERVED}|不得[转轉][载載]|翻印必究|all rights reserved|"
    r"[\s:：,，.。|–—-]|by\b|\d{4}|"
    r"\bof(?:\sthe)?\b|\bpresent\b|\btoday\b|\bheute\b|\bseit\b|\bsince\b|\bal(?=\s)|لـ|ل(?=[\u0600-\u06ff]))*",
    re.IGNORECASE,
)
# Who made the tool, the theme or the map claims no right in the page.
_MAKERS = re.compile(
    r"\b(?:powered|designed|developed|built|made|created|hosted|maintained)\s(?:(?:and|&)\s\w+\s)?(?:by|with|on)\b|"
    r"\b(?:web|site|theme|page|graphic)\s?-?(?:design|development|hosting|template)\b|\bmap\sdata\b|kartendaten|"
    r"\bwebdesign\b|\btheme\s(?:by|from)\b|\btemplate\s(?:by|from)\b|\bsoftware\s?(?:by|von|:|©)|\bskin\sby\b|"
    r"技术支持|技術支援|設計|设计制作|\b(?:php\s?bb|vbulletin|xenforo|discourse|invision|mybb|"
    r"simple machines|smf|vanilla|"
    r"discuz!?|wordpress|joomla!?|drupal|typo3|blogger|movable type|nodebb|flarum|openstreetmap|leaflet|mapbox|"
    r"google maps|wsc|woltlab|burning board|phpwind|dotclear|mediawiki)\b",
    re.IGNORECASE,
)
# "Copyright der jeweiligen Verlage", "© their respective owners": a claim, and nobody's name.
_NOBODY = re.compile(
    r"(?:(?:bei|by|of|der|des|the|den|beim|liegt|is|are|all|any|their|its|respective|respektive|their\sowners?)\s?)*"
    r"(?:respective|jeweiligen|entsprechenden|their|owners?|authors?|autoren|urheber|verfasser|notice|policy|information|"
    r"statement|infringement|law|respectifs|respectivos|rispettivi)\b|crown\s(?:copyright|and\b)|crown\Z|(?:notice|policy|info\w*|law|reserved)\b",
    re.IGNORECASE,
)
_GLUED_LINK = re.compile(
    r"(?<=[a-z.)])(?=(?:Terms|Privacy|Imprint|Impressum|Contact|Kontakt|Cookie|Sitemap|Log\s?in|Login|Sign\s?(?:in|up)|"
    r"About|Help|Legal|Accessibility|Datenschutz|AGB|All\srights|Home|Disclaimer|Sponsored|Advertise))"
)
_LOGIN = re.compile(r"[\s|·•-]+(?:log\s?in|sign\s?(?:in|up|out)|anmelden|einloggen|login|register)\b.*\Z", re.I | re.S)
# A house number and a street, a postcode and a town: where letters go, and no part of a name.
_POSTAL = re.compile(
    r"[\s,|·•]+(?:\d{1,5}[a-z]?\s(?:[NSEW]\.?\s)?(?:[A-Z]\w+\s){1,3}(?:St|Street|Ave|Avenue|Rd|Road|"
    r"Blvd|Boulevard|Lane|Ln|Drive|Dr|Way|Court|Place|Square|Suite)\b|[A-ZÄÖÜ]\w+(?:straße|strasse|str\.|weg|platz|allee|gasse)\s\d|"
    r"(?:[A-Z]{1,2}-\d{4,5}|\d{5}|(?<=,\s)(?!19|20)\d{4})\s[A-ZÄÖÜ][a-zäöü]+|p\.?\s?o\.?\sbox|postfach|"
    r"\d{1,4},?\s(?:rue|avenue|boulevard|via|calle)\s).*\Z",
    re.S,
)
_BEFORE_CHARACTERS = 60
_END = re.compile(
    r"\S+@\S+|https?:|\bwww\.|\ball rights?\b|\balle rechte\b|\btous droits\b|\btodos (?:los|os)\b|\btutti i diritti\b|"
    r"\bwszelkie prawa\b|\bsome rights\b|\bvšechna práva\b|все права|всі права|版权所有|版權所有|未经|未經|無断|무단|"
    r"\bminden jog|\bkaikki oikeudet\b|\balla rättigheter\b|\balle rettighed?er\b|"
    r"\bt[üu]m hakları\b|\btoate drepturile\b|\balle rechten\b|\bvšetky práva\b|\bsva prava\b|με επιφύλαξη|\btel\b|"
    r"\bfax\b|\b(?:proudly\s)?powered by\b|\b(?:web)?(?:site )?design(?:ed)? by\b|\btheme\b|\bdatenschutz\b|"
    r"\bis licensed\b|\bterms of\b|\bprivacy\b|\bimpressum\b|\bcopyright\b|\bmay not be\b|"
    # A sentence ends behind a word or a host's name ("Lecker.de."), and not behind "e.V.".
    r"©|(?<!\b\w)(?<!\b\w\w)\.(?=\s|\Z)|(?<=\w\w\.[a-z][a-z])\.(?=\s|\Z)|\s?[|•·∙⋅‧●▪]|\s[-–—]\s|\d{4}",
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
    r"[\s|•·,.–—-]*\b(?:proudly\s)?powered\sby\b.*|[\s|•·,.–—-]*\btheme:?\s(?:by\s)?[A-Z].*|"
    # Who built the page and when: "Last updated on Jun 11, 2023. Created using Sphinx 7.0.1."
    r"[\s|•·,.–—-]+(?:last\s(?:updated|modified|changed|built)\son|(?:created|built|made|generated)\s(?:using|with))\b.*",
    re.IGNORECASE | re.DOTALL,
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
_SEPARATOR = re.compile(r"\s*[|•·∙⋅‧●▪]\s*|\s[-–—]\s")
_SPLIT = re.compile(r"\s*(?:[,;]\s(?:and|und|et|y|e|&)\s|[,;]\s|\s(?:and|und|et|y|e|&)\s)\s*")
_CONTACT = re.compile(r"\s+\S{1,80}@\S{1,80}\s*\Z")
_YEARS = re.compile(r"(?:19|20)\d{2}(?:\s?[-–/]\s?(?:19|20)?\d{2})?")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


def copyright_candidates(foot: Iterable[tuple[str, str]]) -> Iterator[Candidate]:
    """Candidates for rights and publisher.

    Args:
        foot: lines of the page's foot with pointers to them, the last first.
    """
    found = 0
    for text, source in foot:
        mark = _MARK.search(text[:OPENING_CHARACTERS]) if may_claim(text) else None
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
        if _is_makers(text, mark.start(), name):
            continue
        if name is None and (before := _holder_before(text[: mark.start()])):
            name, statement = before, f"{before} {statement}" if before[-1].isascii() else f"{before}{statement}"
        # "Copyright" alone is a link to a page about it; three words and more say something.
        if (
            name is None
            and not _YEAR.search(statement)
            and not re.match(_RESERVED, statement)
            and len(statement.split()) < 3
        ):
            continue
        yield candidate("rights", statement, Kind.COPYRIGHT_LINE, source, preference=found)
        if name:
            yield candidate("publisher", name, Kind.COPYRIGHT_LINE, source, preference=found)
        found += 1
        if found == STATEMENTS:
            return


def without_authors(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Mark who claims the right in a text and, by a catalogue's words, wrote it: journals leave it to the authors."""
    candidates = list(candidates)
    authors = [
        _letters(one.statement.value)
        for one in candidates
        if one.statement.element == "creator" and one.statement.evidence.origin == "meta"
    ]
    return [
        one._replace(noise=True)
        if one.statement.element == "publisher"
        and one.kind is Kind.COPYRIGHT_LINE
        and authors
        and all(_letters(name) in authors for name in _SPLIT.split(one.statement.value))
        else one
        for one in candidates
    ]


def _letters(name: str) -> str:
    """A name to compare by, in whichever order it is written: "Lee, Ann" is Ann Lee."""
    return " ".join(sorted(name.casefold().replace(",", " ").split()))


def may_claim(text: str) -> bool:
    """Whether a line has a sign of a claim in its opening: a tenth of the pattern's cost, and most lines have none."""
    return holds_any(text[:OPENING_CHARACTERS].lower(), _SIGNS)


def claims(text: str) -> bool:
    """Whether a line claims a right."""
    return may_claim(text) and _MARK.search(text[:OPENING_CHARACTERS]) is not None


def _is_makers(text: str, start: int, name: str | None) -> bool:
    """Whether a claim is that of whoever made the tool: said so before its sign, or by the name of a known one."""
    before = re.split(r"[|•·]|\s[-–—]\s|\.\s", text[:start])[-1]
    return _MAKERS.search(before[-80:]) is not None or (name is not None and _MAKERS.match(name) is not None)


def _holder_before(before: str) -> str | None:
    """Who claims the right, where the name stands before the sign: "Lantern Bay Society © 2020"."""
    name = re.split(r"[|•·:：]|\s[-–—]\s|\.\s", before)[-1].strip(" ,，.-–—")
    if (
        not 1 < len(name) <= _BEFORE_CHARACTERS
        or not name[0].isalpha()
        or _CREDIT.search(before)
        or _LINK.match(name)
        or _RIGHTS_WORDS.search(name)
    ):
        return None
    words = name.split()
    # A sentence that ends in a claim names nobody by its end; a name is capitals, or a script that knows none.
    capitals = sum(word[0].isupper() or not word[0].isascii() for word in words)
    return name if len(words) <= 8 and 2 * capitals > len(words) else None


def holder(statement: str) -> str | None:
    """Who claims the right, out of the line that claims it; ``None`` if it names nobody."""
    lead = _LEAD.match(statement)
    rest = statement[lead.end() if lead else 0 :][:160]
    rest = _POSTAL.sub("", _LOGIN.sub("", _LICENCE_NUMBER.sub("", rest)))
    if glued := _GLUED_LINK.search(rest):
        rest = rest[: glued.start()]
    if _NOBODY.match(rest):
        return None
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
    statement = _POSTAL.sub("", _LOGIN.sub("", _POWERED.sub("", statement)))
    if glued := _GLUED_LINK.search(statement):
        statement = statement[: glued.start()]
    parts = _SEPARATOR.split(statement)
    kept = len(parts[0])
    end = kept
    for index, part in enumerate(parts[1:], 1):
        begin = statement.index(part, end) if part else end
        end = begin + len(part)
        # The year and its holder may stand in two parts: "© 2020 | Coast Weekly | Imprint", "© Coast Weekly – 2020".
        if index == 1 and _YEARS.fullmatch(part):
            kept = end
            break
        if _RIGHTS_WORDS.search(part) or (index == 1 and not _names(statement[:kept]) and not _LINK.match(part)):
            kept = end
        else:
            break
    return _TRAILING_LINK.sub("", _LICENCE_NUMBER.sub("", statement[:kept])).strip(" |·•-–—,")


def _names(statement: str) -> bool:
    """Whether a statement says whose the right is, after the sign and the years."""
    lead = _LEAD.match(statement)
    return any(map(str.isalpha, statement[lead.end() if lead else 0 :]))
