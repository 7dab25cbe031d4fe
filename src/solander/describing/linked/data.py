"""JSON-LD in a page -> candidates: the node that is the page's own, and what it says of title, people, dates, rights.

Broken JSON gives nothing and harms nothing; depth, number and length are bounded.

Source: JSON-LD 1.1, section 9 (``@graph``, ``@id``, ``@type``); schema.org, CreativeWork.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from solander.describing.candidate import Candidate, candidate
from solander.describing.days.forms import DayOrder
from solander.describing.kinds import Kind
from solander.describing.linked.patient_json import loads
from solander.describing.linked.site import site_publishers
from solander.describing.linked.statements import statements_of
from solander.describing.linked.values import strings, texts, types
from solander.describing.titles.by_rules import bare
from solander.describing.word_list import words_of
from solander.model.page import Signal

SCRIPTS = 20
NODES = 2_000

# The types that a page may be, the ones that speak of its own text first.
_ARTICLES = words_of(
    "article newsarticle blogposting reportagenewsarticle opinionnewsarticle analysisnewsarticle "
    "advertisercontentarticle backgroundnewsarticle reviewnewsarticle satiricalarticle scholarlyarticle "
    "medicalscholarlyarticle techarticle report speech socialmediaposting liveblogposting discussionforumposting "
    "creativework book chapter thesis recipe howto review legislation poem governmentservice guide medicalwebpage "
    "learningresource"
)
# What a page may show or hand out: its node speaks of the page where it is the one of its kind and the page's title
# names it. A shop's programs and a paper's videos are shown beside texts of other people.
_WORKS = words_of(
    "dataset datacatalog podcastepisode radioepisode tvepisode episode softwareapplication webapplication "
    "mobileapplication softwaresourcecode visualartwork painting photograph sculpture map manuscript musicalbum "
    "musicrecording musiccomposition movie course digitaldocument textdigitaldocument presentationdigitaldocument "
    "archivecomponent publicationissue publicationvolume audioobject product videoobject"
)
_DESCRIBED_ALONE = words_of("product videoobject")
"""Of these but the description is taken: whoever made the boat, or the film, wrote nothing of the page."""

_PAGES = words_of("webpage aboutpage faqpage itempage contactpage qapage profilepage collectionpage")

_Pair = tuple[dict[str, Any], str]
"""A node, and the pointer to its script."""


def harvest_json_ld(signals: Iterable[Signal], uri: str | None, order: DayOrder | None) -> Iterator[Candidate]:
    """Candidates from a page's JSON-LD.

    Args:
        signals: those of origin ``json-ld``, and the page's titles, which tell what it shows.
        uri: the page's address: a node that names it is the page's own.
        order: the order of day and month in the page's language.
    """
    signals = list(signals)
    titles = [one.value for one in signals if one.origin in ("title", "heading") or one.name == "og:title"]
    nodes: list[_Pair] = []
    by_id: dict[str, dict[str, Any]] = {}
    scripts = 0
    for signal in signals:
        if signal.origin != "json-ld" or scripts >= SCRIPTS:
            continue
        scripts += 1
        value = loads(signal.value)
        if value is None:
            # What cannot be read is kept as it begins: a person may see what it would have said.
            yield candidate("description", signal.value[:200], Kind.UNREADABLE, signal.source, noise=True)
        for node in _nodes(value):
            if len(nodes) >= NODES:
                break
            nodes.append((node, signal.source))
            identity = node.get("@id")
            # A reference names its node and says nothing: the node with more to say is kept.
            if isinstance(identity, str) and len(node) > len(by_id.get(identity, ())):
                by_id[identity] = node
    own = _own(nodes, uri, titles)
    published = False
    for preference, (node, source) in enumerate(own):
        for one in statements_of(node, source, by_id, order, preference * 10):
            published |= one.statement.element == "publisher" and not one.noise
            yield one
    if not published:
        yield from site_publishers(nodes, by_id, uri)
    if not any(types(node) & (_ARTICLES | _WORKS) for node, _ in own):
        yield from _shown(nodes, titles)


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object that may be about something, in the order of the text."""
    stack = [value]
    seen = 0
    while stack and seen < NODES:
        one = stack.pop()
        seen += 1
        if isinstance(one, list):
            stack.extend(reversed(one[:NODES]))
        elif isinstance(one, dict):
            yield one
            stack.extend(
                one[key]
                for key in ("mainEntity", "mainEntityOfPage", "@graph")
                if isinstance(one.get(key), (dict, list))
            )


def _own(nodes: list[_Pair], uri: str | None, titles: Sequence[str]) -> list[_Pair]:
    """The nodes that speak of this page, the strongest first: its article, then the page as such."""
    articles = [pair for pair in nodes if types(pair[0]) & _ARTICLES]
    pages = [pair for pair in nodes if types(pair[0]) & _PAGES]
    if not articles and any("qapage" in types(node) for node, _ in pages):
        # Who asks and when is the page's author and day; the questions of a FAQ are nobody's.
        articles = [pair for pair in nodes if "question" in types(pair[0])]
    if uri and len(articles) > 1:
        wanted = _address_without_scheme(uri)
        same = [
            pair for pair in articles if wanted in {_address_without_scheme(address) for address in _addresses(pair[0])}
        ]
        articles = same or articles
    # Several articles that are not told apart are a list of others' pages; the first with a text is the likeliest.
    return (articles[:1] or _work(nodes, uri, titles)) + pages[:1]


def _work(nodes: list[_Pair], uri: str | None, titles: Sequence[str]) -> list[_Pair]:
    """The node of the work that the page shows: by its address, else the only one, if the page's title names it."""
    works = [pair for pair in nodes if (kinds := types(pair[0])) & _WORKS and not kinds & _DESCRIBED_ALONE]
    wanted = _address_without_scheme(uri) if uri else ""
    same = [
        pair
        for pair in works
        if wanted and wanted in {_address_without_scheme(address) for address in _addresses(pair[0])}
    ]
    if same:
        return same[:1]
    named = [pair for pair in works if _is_named(pair[0], titles)]
    return named if len(works) == len(named) == 1 else []


def _is_named(node: dict[str, Any], titles: Sequence[str]) -> bool:
    """Whether one of the page's titles names what a node speaks of."""
    names = [bare(name) for name in texts(node.get("name"))[:1]]
    return any(len(name) > 2 and any(name in bare(title) for title in titles) for name in names)


def _shown(nodes: list[_Pair], titles: Sequence[str]) -> Iterator[Candidate]:
    """The description of the one thing or film that the page's title names."""
    shown = [pair for pair in nodes if types(pair[0]) & _DESCRIBED_ALONE and _is_named(pair[0], titles)]
    if len(shown) == 1:
        ((node, source),) = shown
        kind = next(iter(strings(node.get("@type"))), "node")
        for value in texts(node.get("description"))[:1]:
            yield candidate("description", value, Kind.NODE, source, name=f"{kind}.description", preference=30)


def _address_without_scheme(uri: str) -> str:
    """An address as two that mean one page share it: no scheme, ``www``, query, fragment and last slash."""
    return re.sub(r"\Ahttps?://(?:www\.)?", "", uri.split("#")[0].split("?")[0]).rstrip("/").lower()


def _addresses(node: dict[str, Any]) -> Iterator[str]:
    for key in ("url", "@id", "mainEntityOfPage"):
        value = node.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        yield from strings(value)
