"""Which kind of boilerplate a leaf is: read off its ancestors' tags, roles and class words, then off the leaf itself.

What encloses a leaf most closely speaks first, save that a comment thread, a dialog and a page's footer keep whatever
stands in them: the form under a comment is part of the comments.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import count
from typing import NamedTuple

from solander.reading.survey import Survey

MAIN, ARTICLE, PRODUCT, HIDDEN, NOSCRIPT, LIST, TABLE = (1 << bit for bit in range(10, 17))
"""Bits beside those of the kinds of boilerplate (``1 << KINDS.index(kind)``) in ``Ancestry.bits``."""

KINDS = ("", "navigation", "banner", "sidebar", "footer", "comments", "form", "related", "dialog", "other")
"""The kinds of boilerplate; the empty one is said of an element that tells nothing."""

_KEEPERS = frozenset(KINDS.index(kind) for kind in ("comments", "dialog", "footer"))
_TAGS = {
    "nav": "navigation",
    "header": "banner",
    "aside": "sidebar",
    "footer": "footer",
    "form": "form",
    "dialog": "dialog",
}
_ROLES = {
    "navigation": "navigation",
    "menu": "navigation",
    "menubar": "navigation",
    "tablist": "navigation",
    "banner": "banner",
    "complementary": "sidebar",
    "contentinfo": "footer",
    "search": "form",
    "form": "form",
    "dialog": "dialog",
    "alertdialog": "dialog",
}
_CONTROLS = frozenset(("button", "option", "select", "label", "legend", "textarea", "optgroup", "datalist"))
# An earlier kind outranks a later one where one class has words of both ("comment-form", "cookie-banner").
_CLASS_WORDS = {
    "dialog": "cookie cookies consent gdpr modal popup popover overlay dialog onetrust didomi usercentrics "
    "lightbox tooltip",
    "comments": "comment comments commentlist disqus replies respond kommentar kommentare kommentarer kommentti "
    "kommentit commentaire commentaires comentario comentarios comentaris comentarii coment coments commento commenti "
    "komentarz komentarze komentarzy koment komentar komentare komentari komentarji kommentarii kommentariev kommenty "
    "otzyvy opinia opinie opinii reactie reacties diskuze diskusia hozzaszolas hozzaszolasok yorum yorumlar sxolia "
    "scholia pinglun binhluan talkback guestbook",
    "related": "related recommended recommend recommendation recommendations trending popular mostread similar teaser "
    "teasers outbrain taboola upsell upsells crosssell readmore",
    "navigation": "nav navbar navigation menu submenu megamenu dropdown breadcrumb breadcrumbs pagination pager paging "
    "toc sitemap topnav mainnav subnav topbar toolbar skip",
    "form": "form search login signin signup subscribe subscription newsletter register",
    "footer": "footer colophon impressum copyright footnav",
    "sidebar": "sidebar aside widgetarea rightcol leftcol sidenav rail secondary",
    "banner": "masthead header logo branding",
    "other": "share sharing social addthis sharedaddy advert advertisement adsense sponsored promo werbung reklama "
    "anzeige",
}
KIND_OF_WORD = {
    word: (rank, KINDS.index(kind)) for rank, (kind, words) in enumerate(_CLASS_WORDS.items()) for word in words.split()
}
_BIT_OF_WORD = dict.fromkeys(("product", "products", "price", "sku", "cart", "buy", "shipping", "variant"), PRODUCT)
_BIT_OF_TAG = {
    "main": MAIN,
    "article": ARTICLE,
    "noscript": NOSCRIPT,
    "ul": LIST,
    "ol": LIST,
    "dl": LIST,
    "table": TABLE,
}
_BIT_OF_ROLE = {"main": MAIN, "article": ARTICLE, "article-body": MAIN | ARTICLE}
_ROOTS = frozenset(("html", "body", "frameset"))

WRAPPER_SHARE = 0.6
"""An element with more of the page's leaves than this is a wrapper: ``has-sidebar`` says nothing of what it holds."""

CLASS_CHARACTERS = 400
"""Only so much of a class string or a role is read, and held from page to page."""

# What no word begins with is passed over at the first look: an optional capital before it takes half as much again.
_WORD = re.compile(r"[a-z]{2,}|[A-Z](?:[a-z]{2,}|[A-Z]+)")

_KIND_NUMBERS = {kind: number for number, kind in enumerate(KINDS)}
_OUTRANKING = frozenset(_KIND_NUMBERS[kind] for kind in ("dialog", "comments", "related"))
"""Kinds that a class word tells whatever tag and role say."""

_TELLING_WORDS = frozenset((*KIND_OF_WORD, *_BIT_OF_WORD))
_TELLING_TAGS = frozenset((*_TAGS, *_BIT_OF_TAG))
_NOTHING = (0, 0, 0)


class Ancestry(NamedTuple):
    """What each surveyed element is, with all that encloses it."""

    kinds: list[int]
    """The kind of boilerplate (an index into ``KINDS``), 0 where nothing tells."""
    bits: list[int]
    """Everything that the element or an ancestor is said to be, together."""
    names: list[tuple[str, str, str]]
    """Each tag, class string (cut) and role once: a page has few of them for its many elements."""
    words: list[tuple[str, ...]]
    """The words of each name's class string."""
    named: list[int]
    """Which of ``names`` each element bears."""
    plain: frozenset[int] = frozenset()
    """Elements whose names say wrongly that they are boilerplate (``misnamed``)."""


@lru_cache(maxsize=16384)
def class_words(classes: str) -> tuple[str, ...]:
    """The first sixteen words of class and id, each once, lower case: ``postBody post-12`` is ``post body``."""
    if len(classes) <= CLASS_CHARACTERS:
        found = _WORD.findall(classes)
        return tuple(dict.fromkeys(found if classes.islower() else " ".join(found).lower().split()))[:16]
    words: dict[str, None] = {}
    for word in _WORD.finditer(classes):
        words[word[0].lower()] = None
        if len(words) == 16:
            break
    return tuple(words)


def ancestry(survey: Survey) -> Ancestry:
    """Read each element's kind once, parents before children."""
    # Each name that was not met before gets the next number.
    numbers: dict[tuple[str, str, str], int] = defaultdict(count().__next__)
    named = [*map(numbers.__getitem__, zip(survey.element_tags, survey.classes, survey.roles, strict=True))]
    names = [(tag, classes[:CLASS_CHARACTERS], role[:CLASS_CHARACTERS]) for tag, classes, role in numbers]
    words = [class_words(classes) for _, classes, _ in names]
    # Most names tell nothing: a look costs less than a call.
    owns = [
        _own(*name) if name[0] in _TELLING_TAGS or name[2] or not _TELLING_WORDS.isdisjoint(said) else _NOTHING
        for name, said in zip(names, words, strict=True)
    ]
    tells = [own != _NOTHING for own in owns]
    kinds, bits = [0], [0]
    wrapper = WRAPPER_SHARE * len(survey.texts)
    around_main = _around_main(survey)
    elements = zip(survey.parents, named, survey.hidden, survey.first, survey.last, strict=True)
    next(elements)
    for element, (parent, number, hidden, first, last) in enumerate(elements, 1):
        if not (tells[number] or hidden):
            bits.append(bits[parent])
            kinds.append(kinds[parent])
            continue
        kind, worded, own = owns[number]
        if worded and last - first <= wrapper and element not in around_main:
            kind = worded
        if kind:
            own |= 1 << kind
        outer, above = kinds[parent], bits[parent]
        if kind in (2, 4) and above & ARTICLE:
            # HTML Standard, 4.3.8 and 4.3.9: within an article a header or footer is the article's own.
            own &= ~(1 << kind)
            kind = 0
        if hidden:
            own |= HIDDEN
        bits.append(above | own)
        kinds.append(outer if outer in _KEEPERS or not kind else kind)
    return Ancestry(kinds, bits, names, words, named)


def _around_main(survey: Survey) -> frozenset[int]:
    """The elements around what calls itself the page's main part: ``nav-content`` is no menu if that stands in it."""
    found: set[int] = set()
    for names in (survey.element_tags, survey.roles):
        if "main" in names:
            element = survey.parents[names.index("main")]
            while element and element not in found:
                found.add(element)
                element = survey.parents[element]
    return frozenset(found)


@lru_cache(maxsize=16384)
def _own(tag: str, classes: str, role: str) -> tuple[int, int, int]:
    """An element's own kind by role and tag, its kind by class words where they outrank that, and its bits."""
    bits = _BIT_OF_TAG.get(tag, 0) | _BIT_OF_ROLE.get(role, 0)
    if tag in _ROOTS:
        return 0, 0, bits
    named, worded = _KIND_NUMBERS[_ROLES.get(role) or _TAGS.get(tag) or ""], 0
    words = class_words(classes)
    if not _TELLING_WORDS.isdisjoint(words):
        for word in words:
            if word in _BIT_OF_WORD:
                bits |= _BIT_OF_WORD[word]
        kinds = [KIND_OF_WORD[word] for word in words if word in KIND_OF_WORD]
        worded = min(kinds)[1] if kinds else 0
        if named and worded not in _OUTRANKING:
            worded = 0
    return named, worded, bits | ((1 << named) if named else 0)


def worded_kind(tag: str, classes: str, role: str) -> int:
    """The kind of boilerplate that an element's class alone gives it; 0 where tag or role outranks it."""
    named, worded, _ = _own(tag, classes, role)
    return 0 if named else worded


def boilerplate(survey: Survey, kinds: Sequence[int], main: Sequence[bool]) -> list[str]:
    """Name the zone of every leaf, where ``main`` says which are the text proper and ``kinds`` what encloses each.

    A leaf of which nothing tells is a form's if it is a control, navigation if it is little but links before the main
    text, the footer's if it claims copyright after it, and else ``other``.
    """
    first = next((index for index, chosen in enumerate(main) if chosen), 0)
    zones: list[str] = []
    for index, (text, tag, element, link, chosen) in enumerate(
        zip(survey.texts, survey.tags, survey.elements, survey.link_characters, main, strict=True)
    ):
        if chosen:
            zones.append("main")
        elif kinds[element]:
            zones.append(KINDS[kinds[element]])
        elif tag in _CONTROLS:
            zones.append("form")
        elif index < first and 5 * link >= 4 * len(text):
            zones.append("navigation")
        elif index > first and ("©" in text[:200] or "copyright" in text[:200].lower()):
            zones.append("footer")
        else:
            zones.append("other")
    return zones
