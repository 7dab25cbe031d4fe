"""Telling the text proper from what surrounds it, by where it stands and what it is like.

Each leaf is weighed by its own text (length, sentences, share of links), by what its elements call themselves (tag,
role, class), and by how much good text stands in the containers around it; then the leaves are cut where the page's
best container ends. Nothing is dropped: a leaf that is not ``main`` gets the name of the boilerplate that it is.
"""

from __future__ import annotations

import re
from functools import lru_cache

from solander.reading.survey import Survey

_WORDS = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}")
_SENTENCE = re.compile(r"[.!?。！？…;:](?:[\s\"'”’»)]|\Z)|[，、。]")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

ZONE_WORDS = {
    "navigation": "nav navbar navigation menu breadcrumb breadcrumbs topbar toolbar pagination pager paging submenu "
    "dropdown megamenu tabs toc sitemap topnav mainnav skip",
    "banner": "header masthead logo branding topheader",
    "footer": "footer foot bottom copyright legal colophon impressum disclaimer",
    "sidebar": "sidebar aside secondary widgetarea rightcol leftcol sidenav rail widget widgets",
    "comments": "comment comments disqus reply replies respond commentlist kommentare kommentar guestbook",
    "related": "related recommended recommendation recommendations more popular trending latest recent similar teaser "
    "teasers carousel slider mostread outbrain taboola crosssell share sharing social follow tags tag categories promo "
    "sponsored sponsor advert advertisement ads banner anzeige werbung reklama",
    "dialog": "cookie cookies consent gdpr modal popup overlay newsletter subscribe subscription signup login paywall",
    "form": "search form contactform searchform",
}
_ZONE_OF_WORD = {word: zone for zone, words in ZONE_WORDS.items() for word in words.split()}
_GOOD = frozenset(
    "article articlebody articletext artikel body bodytext content contents entry entrycontent hentry main maincontent "
    "post postcontent prose richtext story storybody text detail details news tresc markdown".split()
)
_ZONE_OF_TAG = {
    "nav": "navigation",
    "footer": "footer",
    "aside": "sidebar",
    "form": "form",
    "select": "form",
    "textarea": "form",
    "dialog": "dialog",
}
_ZONE_OF_ROLE = {
    "navigation": "navigation",
    "banner": "banner",
    "contentinfo": "footer",
    "complementary": "sidebar",
    "search": "form",
    "form": "form",
    "dialog": "dialog",
    "alertdialog": "dialog",
    "menu": "navigation",
    "menubar": "navigation",
    "tablist": "navigation",
}
_RUNNING = frozenset(("p", "pre", "blockquote", "li", "dd", "td", "h1", "h2", "h3", "h4", "h5", "h6"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_NEUTRAL = frozenset(("body", "html", "main", "article"))


def zone_leaves(survey: Survey) -> list[str]:
    """Name the zone of each leaf; a page that has words has at least one leaf of ``main``."""
    count = len(survey.texts)
    if not count:
        return []
    zones, good = _inherited(survey)
    weights = [
        _weight(survey, leaf, zones[survey.elements[leaf]], good[survey.elements[leaf]]) for leaf in range(count)
    ]
    sums = _sums(weights)
    if sums[-1] == 0:
        # Nothing runs on for long here: then the text is what is no boilerplate by name.
        named = [zones[survey.elements[leaf]] or "main" for leaf in range(count)]
        return named if "main" in named else ["main"] * count
    best = _best_element(survey, sums, zones)
    first, last = survey.first[best], max(survey.last[best], survey.first[best] + 1)
    named = [_zone(survey, leaf, zones[survey.elements[leaf]], count) for leaf in range(count)]
    for leaf in range(max(first, 0), min(last, count)):
        if _belongs(survey, leaf, weights, sums, zones[survey.elements[leaf]], first, last):
            named[leaf] = "main"
    if "main" not in named:
        named[max(range(count), key=lambda leaf: (weights[leaf], len(survey.texts[leaf])))] = "main"
    return named


def _inherited(survey: Survey) -> tuple[list[str], list[int]]:
    """For each element: the boilerplate zone that it stands in, or nothing; and how good its names are."""
    zones = [""] * len(survey.parents)
    good = [0] * len(survey.parents)
    for element in range(1, len(survey.parents)):
        parent = survey.parents[element]
        tag = survey.element_tags[element]
        named, is_good = _named(survey.classes[element])
        own = _ZONE_OF_TAG.get(tag, "") or _ZONE_OF_ROLE.get(survey.roles[element], "")
        if tag == "header":
            # An article's header is no masthead.
            own = "" if good[parent] else "banner"
        if not own and tag not in _NEUTRAL and not is_good:
            own = named
        if survey.hidden[element] and not own:
            own = "other"
        good[element] = good[parent] + is_good + (tag in ("article", "main") or survey.roles[element] == "article-body")
        # A form that wraps the whole page is none to its reader.
        if own == "form" and survey.last[element] - survey.first[element] > len(survey.texts) // 2:
            own = ""
        zones[element] = zones[parent] or own
    return zones, good


@lru_cache(maxsize=8192)
def _named(classes: str) -> tuple[str, bool]:
    zone, good = "", False
    for word in _WORDS.findall(classes[:400]):
        lowered = word.lower()
        zone = zone or _ZONE_OF_WORD.get(lowered, "")
        good = good or lowered in _GOOD
    return zone, good


def _weight(survey: Survey, leaf: int, zone: str, good: int) -> float:
    """How much running text a leaf is: its characters, less links, doubled for sentences; CJK says more a character."""
    text = survey.texts[leaf]
    length = len(text)
    links = min(survey.link_characters[leaf], length)
    if zone or links * 2 > length:
        return 0.0
    own = float(length - 2 * links)
    if not text.isascii():
        own += 1.5 * len(_CJK.findall(text[:2000]))
    if own < 25 and survey.tags[leaf] not in _HEADINGS:
        return 0.0
    if _SENTENCE.search(text):
        own *= 2.0
    if survey.tags[leaf] not in _RUNNING:
        own *= 0.7
    return own * (1.0 + 0.1 * min(good, 3))


def _sums(weights: list[float]) -> list[float]:
    sums = [0.0]
    for weight in weights:
        sums.append(sums[-1] + weight)
    return sums


def _best_element(survey: Survey, sums: list[float], zones: list[str]) -> int:
    """The smallest element that holds most of the good text: from the top, go down while little is lost."""
    count = len(survey.texts)
    total = sums[-1]
    children: dict[int, list[int]] = {}
    for element in range(1, len(survey.parents)):
        if survey.last[element] > survey.first[element]:
            children.setdefault(survey.parents[element], []).append(element)
    best = 0
    while total > 0:
        within = children.get(best, [])
        if not within:
            break
        gain = [sums[min(survey.last[one], count)] - sums[survey.first[one]] for one in within]
        place = max(range(len(within)), key=gain.__getitem__)
        held = sums[min(survey.last[best], count)] - sums[survey.first[best]] if best else total
        if gain[place] < 0.66 * held or survey.element_tags[within[place]] in ("p", "li", "td", "blockquote"):
            break
        best = within[place]
    return best


def _belongs(
    survey: Survey, leaf: int, weights: list[float], sums: list[float], zone: str, first: int, last: int
) -> bool:
    """Whether a leaf of the best container is part of the text."""
    if zone:
        return False
    if weights[leaf] > 0:
        return True
    text = survey.texts[leaf]
    links = min(survey.link_characters[leaf], len(text))
    # A short line is text where text stands around it, and it is no link.
    near = sums[min(leaf + 4, last)] - sums[max(leaf - 3, first)]
    if links * 2 > len(text):
        return survey.tags[leaf] in ("p", "td") and near > 400 and len(text) < 120
    return near > 150 and leaf > first


def _zone(survey: Survey, leaf: int, zone: str, count: int) -> str:
    """The name of boilerplate: what its elements say, else where it stands."""
    if zone:
        return zone
    if survey.links[leaf] and survey.link_characters[leaf] * 2 > len(survey.texts[leaf]):
        return "navigation" if leaf * 3 < count else "related"
    return "banner" if leaf * 10 < count else "footer" if leaf * 10 > 9 * count else "other"
