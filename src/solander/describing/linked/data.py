"""JSON-LD in a page -> candidates: the node that is the page's own, and what it says of title, people, dates, rights.

Broken JSON gives nothing and harms nothing; depth, number and length are bounded.

Source: JSON-LD 1.1, section 9 (``@graph``, ``@id``, ``@type``); schema.org, CreativeWork.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from solander.describing.candidate import Candidate, candidate
from solander.describing.clues.copyright_line import is_rights
from solander.describing.days.dates import parse_date
from solander.describing.days.forms import DayOrder
from solander.describing.kinds import Kind
from solander.describing.linked.patient_json import loads
from solander.describing.linked.site import site_publishers
from solander.describing.linked.values import VALUES, agents, dois, strings, texts, types
from solander.describing.names.no_names import is_noise
from solander.describing.names.people import looks_personal, people
from solander.describing.subjects import keywords_in
from solander.describing.titles.by_rules import bare
from solander.describing.word_list import words_of
from solander.model.page import Signal

SCRIPTS = 20
NODES = 2_000
_TRACES = 5

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
        for one in _statements(node, source, by_id, order, preference * 10):
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


def _statements(
    node: dict[str, Any], source: str, by_id: dict[str, dict[str, Any]], order: DayOrder | None, preference: int
) -> Iterator[Candidate]:
    """What a node that speaks of the page says of it, as Dublin Core has it.

    Args:
        node: the node.
        source: the pointer to its script.
        by_id: all nodes that have an ``@id``, for those that are only referred to.
        order: the order of day and month in the page's language.
        preference: that of its strongest statement; a weaker property of the same element has a higher number.
    """
    written = next(iter(strings(node.get("@type"))), "node")
    # A page's node says who put the page up as often as who wrote what stands on it.
    kind_of_node = Kind.PAGE_NODE if written.endswith("Page") else Kind.NODE

    def one(
        element: str,
        value: str,
        name: str,
        refinement: str | None = None,
        more: int = 0,
        *,
        noise: bool = False,
        is_person: bool = False,
        kind: Kind = kind_of_node,
    ) -> Candidate:
        return candidate(
            element,
            value,
            kind,
            source,
            name=f"{written}.{name}",
            refinement=refinement,
            preference=preference + more,
            noise=noise,
            person=is_person,
        )

    for more, name in enumerate(("headline", "name")):
        for value in texts(node.get(name))[:1]:
            yield one("title", value, name, more=more)
    for value in texts(node.get("alternativeHeadline"))[:1]:
        yield one("title", value, "alternativeHeadline", "alternative")
    for more, name in enumerate(("author", "creator")):
        for value, kind_of in agents(node.get(name), by_id):
            is_body = kind_of == "body"
            for person in (value,) if is_body else people(value, whole=True):
                yield one(
                    "creator",
                    person,
                    name,
                    more=more + 5 * is_body,
                    noise=is_noise(person),
                    is_person=kind_of == "person" and looks_personal(person),
                )
    for name in ("contributor", "editor", "translator"):
        for value, _ in agents(node.get(name), by_id):
            yield one("contributor", value, name, noise=is_noise(value))
    for more, name in enumerate(("publisher", "sourceOrganization", "copyrightHolder")):
        for value, kind_of in agents(node.get(name), by_id):
            # A person may publish what she writes; the name of a body is no author's.
            kind = kind_of_node if kind_of == "body" else Kind.NODE_WITHOUT_BODY
            yield one("publisher", value, name, more=more, noise=is_noise(value), kind=kind)
    for name, refinement, more in (
        ("datePublished", "issued", 0),
        ("dateCreated", "created", 0),
        ("uploadDate", "issued", 2),
        ("dateModified", "modified", 0),
    ):
        for value in texts(node.get(name))[:1]:
            date = parse_date(value, order)
            yield one("date", date or value[:80], name, refinement, more, noise=date is None)
    for value in texts(node.get("description"))[:1]:
        yield one("description", value, "description")
    for value in texts(node.get("keywords"))[:VALUES]:
        for word in keywords_in(value):
            yield one("subject", word, "keywords")
    # Traces of what the page is about: sections of the site are too coarse, and things too many, to stand as subjects.
    for name in ("articleSection", "about"):
        for value in texts(node.get(name))[:_TRACES]:
            yield one("subject", value, name, noise=True)
    for value in texts(node.get("inLanguage"))[:1]:
        yield one("language", value, "inLanguage")
    for value in texts(node.get("license"))[:1]:
        yield one("rights", value, "license", "license")
    for value in texts(node.get("copyrightNotice"))[:1]:
        yield one("rights", value, "copyrightNotice", noise=not is_rights(value))
    for name in ("contentLocation", "locationCreated", "spatialCoverage"):
        for value, _ in agents(node.get(name), by_id):
            yield one("coverage", value, name, "spatial")
    for value in texts(node.get("temporalCoverage"))[:_TRACES]:
        yield one("coverage", value, "temporalCoverage", "temporal", noise=not any(map(str.isalnum, value)))
    for name in ("identifier", "@id", "sameAs"):
        for value in dois(node.get(name)):
            yield one("identifier", value, name)
    for value in strings(node.get("url")):
        if value.startswith(("http://", "https://")):
            yield one("identifier", value, "url")
