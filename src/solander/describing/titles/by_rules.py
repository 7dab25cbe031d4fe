"""Which of a page's titles is its title: the heading that a reader sees, where the page's other words bear it out.

A template adds the site's name, sections and advertisements to ``<title>`` and ``og:title``. What stands behind a sign
is taken off when another title, a heading or the site's own name proves that it is not the title's, or when a bar, or
a dash after a title's worth of words, sets it off and no heading has it. What is chosen stands on the page or in its
head, letter by letter; only what nobody sees (a soft hyphen) and a heading's link to itself are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from solander.describing.candidate import Candidate, candidate
from solander.describing.kinds import Kind
from solander.describing.lines import Lines
from solander.describing.names.people import has_label
from solander.describing.titles.cleaned import KEPT_CHARACTERS, fit, is_heading
from solander.describing.titles.likeness import likeness
from solander.describing.titles.no_titles import is_no_title
from solander.model.addresses import host_of

HEADINGS = 60
"""Headings of the text that may prove what part of a title is the title."""

OPENING_CHARACTERS = 600
"""So much of a title is taken apart."""

LIKE = 0.5
"""How like a heading must be to the page's other titles to be taken for the title.

Measured on pages with a title by hand: .4 to .5 is best, and from .6 on headings are lost to what templates say."""

# "_" and the wide signs stand without spaces, as do all of them between Han characters.
SEPARATOR = re.compile(
    r"\s+[|–—·•»«:/>›]+\s+|\s+-{1,2}\s+|\s?[|｜]\s?|\s*[_－»«]+\s*|(?<=[぀-鿿！-｠”’》])\s?[-–—·]+\s?|"
    r"\s?[-–—·]+\s?(?=[぀-鿿《“])|:\s"
)
TIMES = 3
"""So many times as long as the text's heading no site's name is."""

_SIGN = re.compile("[|–—·•»«:/>›_－｜-]")
_FOLD = str.maketrans({"‘": "'", "’": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-"})
_WORDS = re.compile(r"\w+")
_BEFORE_AUTHOR = re.compile(r",?\s(?=[^\W\d_]{1,12}:?\s[^\W\d_])")
_BAR = re.compile(r"\s?[|｜]\s?")
_DASH = re.compile(r"\s+(?:-{1,2}|[–—])\s+")
_WORDS_OF_A_TITLE = 4
"""So many words before a dash are a title by themselves; "Ships - A History" is one as a whole."""

# "Express.gr", "www.coast-weekly.example": a host is a site, whatever the page's address.
_HOST = re.compile(r"(?:www\.)?[\w-]{2,40}(?:\.[\w-]{2,40}){0,2}\.[a-z]{2,6}", re.IGNORECASE)


def breaks_of(title: str) -> tuple[re.Match[str], ...]:
    """The signs at which the opening of a title may be taken apart, in its order."""
    return _breaks(title[:OPENING_CHARACTERS])


@lru_cache(maxsize=256)
def _breaks(title: str) -> tuple[re.Match[str], ...]:
    return tuple(SEPARATOR.finditer(title)) if _SIGN.search(title) else ()


def fold(title: str) -> str:
    """A title to compare by: case, quotation marks, dashes and white space aside."""
    return _folded(title) if len(title) <= KEPT_CHARACTERS else _folded.__wrapped__(title)


@lru_cache(maxsize=1024)
def _folded(title: str) -> str:
    if not title.isascii() or "`" in title:
        title = title.translate(_FOLD)
    return " ".join(title.casefold().split())


def bare(text: str) -> str:
    """Letters and figures alone, case-folded: a space lost at a line break makes no difference."""
    return _bared(text) if len(text) <= KEPT_CHARACTERS else _bared.__wrapped__(text)


@lru_cache(maxsize=1024)
def _bared(text: str) -> str:
    return "".join(_WORDS.findall(text.casefold()))


def site_names(candidates: Iterable[Candidate], uri: str | None) -> frozenset[str]:
    """What the site is called, folded: by its publisher statements and by its host."""
    names: set[str] = set()
    addresses = [uri] if uri else []
    for one in candidates:
        if one.statement.element == "publisher":
            names.add(fold(one.statement.value))
        elif one.statement.element == "identifier" and not addresses:
            addresses.append(one.statement.value)
    for address in addresses:
        host = host_of(address).removeprefix("www.")
        names.add(host)
        names.update(label for label in host.split(".")[:-1] if len(label) > 2)
    return frozenset(name for name in names if name)


def without_site(title: str, sites: frozenset[str], others: frozenset[str]) -> str:
    """A title without the site's name at its end or beginning, and without what a template sets off behind it.

    Args:
        title: as written.
        sites: names of the site, folded.
        others: the page's headings, as ``bare`` writes them: what equals one is the title, and the rest is not.
    """
    others = others - {""}
    return without_half_quotation(_without_site(title, sites, others))


def without_half_quotation(part: str) -> str:
    """A part of a title without the sign of a quotation that was cut: "« The Pier" out of "« The Pier », a talk"."""
    part = part.strip()
    if part.startswith("«") and "»" not in part:
        return part[1:].strip()
    return part[:-1].strip() if part.endswith("»") and "«" not in part else part


def _without_site(title: str, sites: frozenset[str], others: frozenset[str]) -> str:
    breaks = list(breaks_of(title))
    for separator in reversed(breaks):
        if bare(title[: separator.start()]) in others and not is_site(title[: separator.start()], sites):
            return title[: separator.start()].strip()
    for separator in breaks:
        # What stands last is more often the site than the title; after a colon it is the title.
        if bare(title[separator.end() :]) in others and (
            separator[0] == ": " or is_site(title[: breaks[0].start()], sites)
        ):
            return title[separator.end() :].strip()
    if named := _without_author(title, others):
        return named
    for _ in range(3):
        breaks = [separator for separator in breaks if separator[0] != ": "]
        if not breaks:
            break
        last, first = breaks[-1], breaks[0]
        if is_site(title[last.end() :], sites) and title[: last.start()].strip():
            title = title[: last.start()].strip()
        elif is_site(title[: first.start()], sites) and title[first.end() :].strip():
            title = title[first.end() :].strip()
        else:
            break
        breaks = list(breaks_of(title))
    return title if bare(title) in others else _set_off(title, sites)


def _without_author(title: str, others: frozenset[str]) -> str:
    """The heading with which a title begins, where its author follows; empty else: "The Pier by Ann Lee | Coast"."""
    for space in _BEFORE_AUTHOR.finditer(title[:OPENING_CHARACTERS]):
        if bare(title[: space.start()]) in others and has_label(title[space.end() :]):
            return title[: space.start()].strip()
    return ""


def _set_off(title: str, sites: frozenset[str]) -> str:
    """What stands before the first bar, or before a dash after a title's worth of words."""
    for sign, fewest in ((_BAR, 2), (_DASH, _WORDS_OF_A_TITLE)):
        separator = sign.search(title[:600])
        head = title[: separator.start()].strip() if separator else ""
        # Where words are not parted by spaces, three characters count as one.
        words = len(head.split()) if head.isascii() else max(len(head.split()), len(bare(head)) // 3)
        if words >= fewest and not is_site(head, sites):
            title = head
    return title


def is_site(part: str, sites: frozenset[str]) -> bool:
    """Whether a part of a title is the site's name, or a host."""
    return _is_site(part, sites) if len(part) <= KEPT_CHARACTERS else _is_site.__wrapped__(part, sites)


@lru_cache(maxsize=512)
def _is_site(part: str, sites: frozenset[str]) -> bool:
    words = bare(part)
    if len(words) < 2:
        return False
    if _HOST.fullmatch(part.strip()):
        return True
    for site in sites:
        name = bare(site)
        if words == name or (len(name) > 4 and name in words and len(words) < 3 * len(name)):
            return True
        # "Wag!" on wagwalking.com.
        if len(words) >= 3 and name.startswith(words):
            return True
    return False


def choose_title(
    candidates: Sequence[Candidate], sites: frozenset[str], lines: Lines | None = None
) -> Candidate | None:
    """The title that stands, and the strongest evidence for it; ``None`` if the page has none.

    Args:
        candidates: those of ``title``, the strongest first, in the order of the page among equals.
        sites: what ``site_names`` found.
        lines: the page's, for its headings.
    """
    candidates = fit(candidates)
    headings = [one for one in candidates if is_heading(one)]
    labelled = next((one for one in candidates if one.kind is Kind.LABEL), None)
    if labelled:
        # "Title: The Harbour": the line that bears the label is the title and its label, and not the title.
        headings = [one for one in headings if not one.statement.value.endswith(labelled.statement.value)]
        if all(one.statement.evidence.origin == "text" for one in candidates):
            return labelled
    machine = [one for one in candidates if not is_heading(one)]
    if not machine and lines:
        # Nothing says which it is: the first, whatever its element.
        headings.sort(key=lambda one: lines.number_of(one.statement.evidence.source) or 0)
    known = {bare(one.statement.value) for one in headings} | headings_of(lines)
    trailing = sites_in(machine, known, headings_of(lines), sites)
    proved, sites = frozenset(known - trailing), sites | trailing
    # A page says one title in many places.
    alone = {value: without_site(value, sites, proved) for value in {one.statement.value for one in machine}}
    stripped = [one.valued(alone[one.statement.value]) for one in machine]
    stripped = [one for one in stripped if _names_page(one.statement.value, sites)] or stripped
    for one in stripped:
        # Written for a catalogue: nothing of the page's can gainsay it.
        if one.kind.origin == "meta" and not is_site(one.statement.value, sites):
            return one
    best = _likest(headings, stripped, proved, sites)
    if best and best[0] >= LIKE:
        return _settle(best[1], stripped)
    if stripped and (_names_page(stripped[0].statement.value, sites) or not lines):
        return stripped[0]
    first = best[1] if best else headings[0] if headings else None
    if first and _names_page(first.statement.value, sites):
        return first
    if lines and (heading_of_text := _first_heading(lines, sites)):
        return heading_of_text
    if stripped:
        return stripped[0]
    return first


def _likest(
    headings: Iterable[Candidate], machine: Sequence[Candidate], proved: frozenset[str], sites: frozenset[str]
) -> tuple[float, Candidate] | None:
    """The first of the headings that are most like a machine's title, and how like; ``None`` if none names the page."""
    best: tuple[float, Candidate] | None = None
    for heading in headings:
        folded = fold(heading.statement.value)
        if bare(folded) not in proved or len(folded) > 300 or not _names_page(folded, sites):
            continue
        nearest = max((likeness(folded, fold(one.statement.value)) for one in machine), default=1.0)
        if best is None or nearest > best[0]:
            best = nearest, heading
    return best


def _names_page(title: str, sites: frozenset[str]) -> bool:
    """Whether a title names the page, and not its site or nothing at all."""
    return not is_site(title, sites) and not is_no_title(title)


def _first_heading(lines: Lines, sites: frozenset[str]) -> Candidate | None:
    """The first heading of the main text, of whatever level, where nothing else names the page."""
    number = next((one for one in lines.headings if lines.zones[one] == "main"), None)
    if number is None and lines.main:
        number = lines.heading_above()
    if (
        number
        and (lines.blocks[number].attributes or {}).get("level") != "1"
        and lines.blocks[0].source.startswith("char=")
    ):
        return None  # in plain text, what stands below other words heads a part
    text = lines.text(number) if number is not None else ""
    if number is not None and 1 < len(text) <= 300 and _names_page(text, sites):
        return candidate("title", text, Kind.TEXT_HEADING, lines.blocks[number].source)
    return None


def headings_of(lines: Lines | None) -> set[str]:
    """The first headings of the text, bare."""
    if lines is None:
        return set()
    numbers = [number for number in lines.headings if lines.zones[number] == "main"]
    return {bare(lines.text(number)) for number in numbers[:HEADINGS]} - {""}


def sites_in(
    machine: Iterable[Candidate], known: set[str], of_text: set[str], sites: frozenset[str] = frozenset()
) -> set[str]:
    """Headings that end ``<title>``, shorter than what stands before, or open it before one of the text: the site's."""
    found: set[str] = set()
    for one in machine:
        value = one.statement.value
        breaks = [separator for separator in breaks_of(value) if separator[0] != ": "]
        # "Harbour Notes: The Pier" as well: a blog's name, a colon, and the heading of the text.
        pairs = [(bare(value[: at.start()]), bare(value[at.end() :])) for at in breaks_of(value)]
        if len(breaks) > 1:
            # "Harbour Notes » Archive » The Pier".
            pairs.append((bare(value[: breaks[0].start()]), bare(value[breaks[-1].end() :])))
        # A topic of a forum stands in its masthead, before the forum's own name: it is much the longer.
        pairs = [(head, rest) for head, rest in pairs if len(head) < TIMES * len(rest)]
        opening = {head for head, rest in pairs if rest in of_text and head in known - of_text}
        found.update(opening)
        if (
            breaks
            and not opening
            and not is_site(value[: breaks[0].start()], sites)
            and (tail := bare(value[breaks[-1].end() :])) in known
            and len(bare(value[: breaks[-1].start()])) > len(tail)
        ):
            found.add(tail)
    return found


def _settle(heading: Candidate, stripped: Sequence[Candidate]) -> Candidate:
    """The heading with the strongest evidence for it; without what a template glues to it, where a title shows that."""
    value = heading.statement.value
    words = bare(value)
    for one in stripped:
        if one.statement.value == value:
            return one
    for one in stripped:
        title = one.statement.value
        # A line break within a heading may have left no space: "NewsProduct". The other spelling is the true one.
        if bare(title) == words and len(title.split()) > len(value.split()):
            return one
        inner = fold(title)
        # A kicker or a date set into the heading: "27.01.2022Mineral oil …", "News Digital cameras …".
        if (
            2 * len(inner) > len(value)
            and len(inner) < len(value)
            and fold(value).endswith(inner)
            and ": " not in value
        ):
            return one
        # A subtitle set into the heading, where the page's own titles do without it.
        if 2 * len(inner) > len(value) and len(inner.split()) >= 3 and fold(value).startswith(f"{inner} "):
            return one
    return heading
