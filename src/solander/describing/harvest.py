"""What a page says of itself (``Page.signals``) -> candidates.

Every statement keeps the word that it came from (``citation_author``, ``html lang``) and a pointer to it. Nothing is
chosen here.

Source: DCMI Metadata Terms; Highwire's ``citation_*`` names; HTML Standard, "Standard metadata names"; Open Graph.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import urljoin

from solander.describing.candidate import Candidate, candidate
from solander.describing.clues.copyright_line import is_rights
from solander.describing.clues.labels import credited, says_published
from solander.describing.clues.letterhead import harvest_line
from solander.describing.clues.names_by_the_day import han_names
from solander.describing.clues.sharing_card import harvest_card
from solander.describing.days.dates import find_date, parse_date
from solander.describing.days.forms import DayOrder
from solander.describing.days.in_javascript import harvest_scripts
from solander.describing.days.periods import is_of_else, says_modified
from solander.describing.kinds import Kind
from solander.describing.linked.data import harvest_json_ld
from solander.describing.meta_names import MetaName, meta_name
from solander.describing.names.no_names import is_noise, is_role, tells_of_somebody
from solander.describing.names.people import is_editors, people
from solander.describing.subjects import headings_in, keywords_in
from solander.describing.word_list import words_of
from solander.describing.written_markup import without_markup
from solander.model.description import ELEMENTS
from solander.model.membership import tells_membership
from solander.model.page import Page, Signal

UNREAD_CHARACTERS = 80
"""So much is kept of what stands in a date's place and is none."""

CREATED = 3
"""Added to the preference of a day of making where it is taken for that of publication."""

_DUBLIN_CORE = re.compile(r"(?:dc|dct|dcterms|dcterm)[.:_]", re.IGNORECASE)
# What a site runs on, and who made it, is marked as an author's by some templates.
_OF_MAKERS = re.compile(r"(?:proudly\s)?(?:powered|built|hosted|designed|developed)\s(?:by|with|on)\b", re.IGNORECASE)
_ELEMENTS = {"author": "creator", "rightsholder": "rights", "keywords": "subject"}
_CC = re.compile(r"https?://creativecommons\.org/(?:licenses|publicdomain)/[a-z+.-]{1,20}/", re.IGNORECASE)
_DATE_NAMES = {
    "datepublished": ("issued", 0),
    "datecreated": ("created", 0),
    "uploaddate": ("issued", 1),
    "datemodified": ("modified", 0),
}
_PARTICLES = words_of("von van de der den del della di da dos du la le el al bin ibn zu zur ten ter af av d' 't")


def harvest(page: Page, order: DayOrder | None) -> list[Candidate]:
    """All candidates from a page's signals, in the order of the page.

    Args:
        page: its signals are read, never its text.
        order: the order of day and month in the page's language, where that is settled.
    """
    found = [
        *harvest_json_ld(page.signals, page.uri, order),
        *harvest_scripts(page.signals),
        *harvest_card(page.signals),
    ]
    counts: dict[str, int] = {}
    for signal in page.signals:
        if signal.origin == "json-ld":
            continue
        counts[signal.origin] = counts.get(signal.origin, 0) + 1
        reader = _READERS.get(signal.origin)
        # Most metas are a template's own.
        if reader is not None and (reader is not _meta or meta_name(signal.name) or _dublin_core(signal.name)):
            found.extend(reader(signal, order, counts[signal.origin]))
    return [_resolved(one, page.uri) for one in found]


def _resolved(one: Candidate, base: str | None) -> Candidate:
    """An address that is written without its host, resolved against the page's; noise where there is none."""
    statement = one.statement
    if statement.element != "identifier" or statement.evidence.origin == "meta" or "://" in statement.value:
        return one
    try:
        address = urljoin(base or "", statement.value)
    except ValueError:
        address = ""
    if not address.startswith(("http://", "https://")):
        return one._replace(noise=True)
    return one._replace(statement=statement._replace(value=address))


def _meta(signal: Signal, order: DayOrder | None, _: int) -> Iterator[Candidate]:
    name = signal.name
    known = meta_name(name) or _dublin_core(name)
    if known is None:
        return
    element, refinement, kind, preference = known
    value = signal.value.strip()
    # "&amp;" in an attribute is the parser's to resolve; what is still there was escaped twice.
    if "&" in value and element not in ("identifier", "relation"):
        value = html.unescape(value)
    if "<" in value:
        value = " ".join(without_markup(value).split())

    def one(text: str, *, noise: bool = False, credit: str = "") -> Candidate:
        return candidate(
            credit or element,
            text,
            kind,
            signal.source,
            name=name,
            refinement=refinement,
            preference=preference,
            noise=noise,
        )

    if element == "date":
        date = parse_date(value, order)
        # "0000-00-00", "03/04/2021": kept as it is written, for a person to read.
        yield one(date) if date else one(value[:UNREAD_CHARACTERS], noise=True)
    elif element == "creator":
        # A catalogue's own field holds one name, perhaps "Family, Given"; it is not taken apart at the comma.
        names = (value,) if kind.origin == "meta" and ";" not in value and not is_editors(value) else None
        for role, person in [("creator", name) for name in names] if names else credited(value, whole=True):
            yield one(person, noise=is_noise(person) or (kind is Kind.META and _is_phrase(person)), credit=role)
    elif element == "subject":
        for word in headings_in(value) if _DUBLIN_CORE.match(name) else keywords_in(value):
            yield one(word)
    elif element == "publisher":
        yield one(value, noise=is_noise(value))
    elif element == "coverage":
        # A place in a page's head is mostly its publisher's seat; only a catalogue's says what the text is about.
        yield one(value, noise=kind.origin != "meta")
    elif element == "rights" and refinement is None:
        # "Coast Weekly" under a name for rights says who holds them, and nothing of what they are.
        yield one(value, noise=not is_rights(value))
    elif value:
        yield one(value)


def _is_phrase(name: str) -> bool:
    """Whether a name begins small and goes on in capitals, as a phrase does and a user's name does not."""
    first, *rest = name.split()
    return first.islower() and first not in _PARTICLES and any(word[0].isupper() for word in rest)


def _dublin_core(name: str) -> MetaName | None:
    """``DC.date.issued``, ``dcterms:issued``, ``DC_creator``: an element or a refinement behind any of the prefixes."""
    prefix = _DUBLIN_CORE.match(name)
    if prefix is None:
        return None
    for more, part in enumerate(reversed(re.split(r"[.:_]", name[prefix.end() :]))):
        term = _ELEMENTS.get(part, part)
        if known := _TERMS.get(term):
            return MetaName(known[0], known[1], Kind.DUBLIN_CORE, more)
    return None


_TERMS: dict[str, tuple[str, str | None]] = {
    **{element: (element, None) for element in ELEMENTS},
    "alternative": ("title", "alternative"),
    "abstract": ("description", "abstract"),
    "created": ("date", "created"),
    "modified": ("date", "modified"),
    "issued": ("date", "issued"),
    "available": ("date", "available"),
    "license": ("rights", "license"),
    "ispartof": ("relation", "isPartOf"),
    "spatial": ("coverage", "spatial"),
    "temporal": ("coverage", "temporal"),
}


def _link(signal: Signal, _: str | None, __: int) -> Iterator[Candidate]:
    rels = signal.name.split()
    if "canonical" in rels:
        yield candidate("identifier", signal.value, Kind.LINK, signal.source, name="canonical")
    if "license" in rels or "copyright" in rels:
        refinement = "license" if "license" in rels else None
        yield candidate("rights", signal.value, Kind.LINK, signal.source, name=rels[0], refinement=refinement)


def _title(signal: Signal, _: str | None, __: int) -> Iterator[Candidate]:
    yield candidate("title", signal.value, Kind.TITLE, signal.source, preference=1)


def _heading(signal: Signal, _: str | None, count: int) -> Iterator[Candidate]:
    if count <= 8:
        yield candidate("title", signal.value, Kind.H1, signal.source)


def _lang(signal: Signal, _: str | None, count: int) -> Iterator[Candidate]:
    if count == 1:
        yield candidate("language", signal.value, Kind.HTML_LANG, signal.source)


def _time(signal: Signal, order: DayOrder | None, count: int) -> Iterator[Candidate]:
    # The name of a time's signal is what its line says before it.
    if count <= 40 and not tells_membership(signal.name) and (date := parse_date(signal.value, order)):
        refinement = "modified" if says_modified(f"{signal.name} {signal.value}") else "issued"
        one = candidate("date", date, Kind.TIME, signal.source, refinement=refinement, preference=1)
        yield one._replace(labelled=refinement == "issued" and says_published(signal.name))


def _rdfa(signal: Signal, order: DayOrder | None, _: int) -> Iterator[Candidate]:
    """RDFa says in ``property`` what microdata says in ``itemprop``, and weighs the same."""
    for written in signal.name.split():
        term = re.split(r"[:/#]", written)[-1].lower()
        yield from _said(_RDFA_NAMES.get(term, term), signal, Kind.PROPERTY, written, order)


_RDFA_NAMES = {
    "subject": "keywords",
    "date": "datepublished",
    "issued": "datepublished",
    "created": "datecreated",
    "modified": "datemodified",
}


def _microdata(signal: Signal, order: DayOrder | None, _: int) -> Iterator[Candidate]:
    for name in signal.name.lower().split()[:4]:
        yield from _said(name, signal, Kind.ITEMPROP, name, order)


def _said(name: str, signal: Signal, kind: Kind, written: str, order: DayOrder | None) -> Iterator[Candidate]:
    """What an element in the body states under one of schema.org's names, however the page writes it."""
    value = signal.value
    if name in _DATE_NAMES:
        refinement, more = _DATE_NAMES[name]
        date = parse_date(value, order)
        yield candidate(
            "date",
            date or value[:UNREAD_CHARACTERS],
            kind,
            signal.source,
            name=written,
            refinement=refinement,
            preference=more,
            noise=date is None,
        )
        if name == "datecreated" and date:
            # A question or a post bears no other day: it was published when it was made.
            yield candidate("date", date, kind, signal.source, name=written, refinement="issued", preference=CREATED)
    elif name in ("author", "creator"):
        for role, person in credited(value):
            yield candidate(role, person, kind, signal.source, name=written, noise=is_noise(person) or is_role(person))
    elif name in ("editor", "contributor", "translator"):
        for person in people(value):
            yield candidate("contributor", person, kind, signal.source, name=written, noise=is_noise(person))
    elif name == "headline":
        yield candidate("title", value, kind, signal.source, name=written)
    elif name in ("publisher", "copyrightholder", "sourceorganization"):
        # "Ann Lee/Bay Pictures" holds the rights in a picture.
        credit = name == "copyrightholder" and "/" in value
        yield candidate("publisher", value, kind, signal.source, name=written, noise=credit or is_noise(value))
    elif name == "license":
        yield candidate("rights", value, kind, signal.source, name=written, refinement="license")
    elif name == "keywords":
        for word in keywords_in(value):
            yield candidate("subject", word, kind, signal.source, name=written)
    elif name == "inlanguage":
        yield candidate("language", value, kind, signal.source, name=written)
    elif name in ("contentlocation", "locationcreated"):
        yield candidate("coverage", value, kind, signal.source, name=written, refinement="spatial")


def _rel(signal: Signal, _: str | None, count: int) -> Iterator[Candidate]:
    if signal.name == "tag":
        yield candidate("subject", signal.value.strip("#, "), Kind.REL, signal.source, name="tag", preference=1)
    elif signal.name.endswith("license"):
        noise = signal.name != "license"
        yield candidate(
            "rights", signal.value, Kind.REL, signal.source, name="license", refinement="license", noise=noise
        )
    elif signal.name == "author" and count <= 20:
        for role, person in credited(signal.value):
            yield candidate(
                role,
                person,
                Kind.REL,
                signal.source,
                name="author",
                preference=1,
                noise=is_noise(person) or is_role(person) or _OF_MAKERS.match(signal.value) is not None,
            )


def _class(signal: Signal, order: DayOrder | None, count: int) -> Iterator[Candidate]:
    if count > 120:
        return
    text = signal.value
    if (found := find_date(text, order)) and not is_of_else(text[: found.start], text[found.end :]):
        refinement = "modified" if says_modified(text[: found.start]) else "issued"
        preference = 2 if signal.name == "date" else 4
        yield candidate(
            "date",
            found.value,
            Kind.CLASS,
            signal.source,
            name=signal.name,
            refinement=refinement,
            preference=preference,
        )
    if signal.name in ("byline", "author"):
        han = () if text.isascii() else han_names(text)
        for role, person in [("creator", name) for name in han] if han else credited(text):
            yield candidate(
                role,
                person,
                Kind.CLASS,
                signal.source,
                name=signal.name,
                preference=1,
                noise=is_noise(person) or is_role(person) or tells_of_somebody(person),
            )


def _transport(signal: Signal, order: DayOrder | None, _: int) -> Iterator[Candidate]:
    name = signal.name.lower()
    if name == "last-modified" and (date := parse_date(signal.value, order)):
        yield candidate("date", date, Kind.HEADER, signal.source, name="Last-Modified", refinement="modified")
    elif name == "content-language":
        yield candidate("language", signal.value.split(",")[0], Kind.HEADER, signal.source, name="Content-Language")
    elif name == "link" and (licence := _CC.search(signal.value)):
        yield candidate("rights", licence[0], Kind.HEADER, signal.source, name="Link", refinement="license")


_READERS = {
    "meta": _meta,
    "link": _link,
    "title": _title,
    "heading": _heading,
    "line": harvest_line,
    "lang": _lang,
    "time": _time,
    "microdata": _microdata,
    "rdfa": _rdfa,
    "rel": _rel,
    "class": _class,
    "transport": _transport,
}
