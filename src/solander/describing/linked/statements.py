"""A node of JSON-LD that speaks of the page -> what it says of it, as Dublin Core has it.

Source: schema.org, CreativeWork.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from solander.describing.candidate import Candidate, candidate
from solander.describing.clues.copyright_line import is_rights
from solander.describing.days.dates import parse_date
from solander.describing.days.forms import DayOrder
from solander.describing.kinds import Kind
from solander.describing.linked.values import VALUES, agents, dois, strings, texts
from solander.describing.names.no_names import is_noise
from solander.describing.names.people import looks_personal, people
from solander.describing.subjects import keywords_in

_TRACES = 5


def statements_of(
    node: dict[str, Any], source: str, by_id: dict[str, dict[str, Any]], order: DayOrder | None, preference: int
) -> Iterator[Candidate]:
    """What a node that speaks of the page says of it.

    Args:
        node: the node.
        source: the pointer to its script.
        by_id: all nodes that have an ``@id``, for those that are only referred to.
        order: the order of day and month in the page's language.
        preference: that of its strongest statement; a weaker property of the same element has a higher number.
    """
    speaker = _Node(node, source, by_id, preference)
    yield from speaker.titles()
    yield from speaker.people()
    yield from speaker.publishers()
    yield from speaker.dates(order)
    yield from speaker.contents()
    yield from speaker.rights()
    yield from speaker.coverage()
    yield from speaker.identifiers()


class _Node:
    """One node, and how strongly it speaks."""

    __slots__ = ("_by_id", "_kind", "_node", "_preference", "_source", "_written")

    def __init__(self, node: dict[str, Any], source: str, by_id: dict[str, dict[str, Any]], preference: int) -> None:
        self._node, self._source, self._by_id, self._preference = node, source, by_id, preference
        self._written = next(iter(strings(node.get("@type"))), "node")
        # A page's node says who put the page up as often as who wrote what stands on it.
        self._kind = Kind.PAGE_NODE if self._written.endswith("Page") else Kind.NODE

    def _one(
        self,
        element: str,
        value: str,
        name: str,
        refinement: str | None = None,
        more: int = 0,
        *,
        noise: bool = False,
        is_person: bool = False,
        kind: Kind | None = None,
    ) -> Candidate:
        return candidate(
            element,
            value,
            self._kind if kind is None else kind,
            self._source,
            name=f"{self._written}.{name}",
            refinement=refinement,
            preference=self._preference + more,
            noise=noise,
            person=is_person,
        )

    def titles(self) -> Iterator[Candidate]:
        """Its headline, its name, and its other title."""
        for more, name in enumerate(("headline", "name")):
            for value in texts(self._node.get(name))[:1]:
                yield self._one("title", value, name, more=more)
        for value in texts(self._node.get("alternativeHeadline"))[:1]:
            yield self._one("title", value, "alternativeHeadline", "alternative")

    def people(self) -> Iterator[Candidate]:
        """Who made it, and who had a part in it."""
        for more, name in enumerate(("author", "creator")):
            for value, kind_of in agents(self._node.get(name), self._by_id):
                is_body = kind_of == "body"
                for person in (value,) if is_body else people(value, whole=True):
                    yield self._one(
                        "creator",
                        person,
                        name,
                        more=more + 5 * is_body,
                        noise=is_noise(person),
                        is_person=kind_of == "person" and looks_personal(person),
                    )
        for name in ("contributor", "editor", "translator"):
            for value, _ in agents(self._node.get(name), self._by_id):
                yield self._one("contributor", value, name, noise=is_noise(value))

    def publishers(self) -> Iterator[Candidate]:
        """Who put it up."""
        for more, name in enumerate(("publisher", "sourceOrganization", "copyrightHolder")):
            for value, kind_of in agents(self._node.get(name), self._by_id):
                # A person may publish what she writes; the name of a body is no author's.
                kind = self._kind if kind_of == "body" else Kind.NODE_WITHOUT_BODY
                yield self._one("publisher", value, name, more=more, noise=is_noise(value), kind=kind)

    def dates(self, order: DayOrder | None) -> Iterator[Candidate]:
        """When it was made, put up and changed."""
        for name, refinement, more in (
            ("datePublished", "issued", 0),
            ("dateCreated", "created", 0),
            ("uploadDate", "issued", 2),
            ("dateModified", "modified", 0),
        ):
            for value in texts(self._node.get(name))[:1]:
                date = parse_date(value, order)
                yield self._one("date", date or value[:80], name, refinement, more, noise=date is None)

    def contents(self) -> Iterator[Candidate]:
        """What it is about, and in which language."""
        for value in texts(self._node.get("description"))[:1]:
            yield self._one("description", value, "description")
        for value in texts(self._node.get("keywords"))[:VALUES]:
            for word in keywords_in(value):
                yield self._one("subject", word, "keywords")
        # Traces of what the page is about: sections of the site are too coarse, and things too many, to stand as
        # subjects.
        for name in ("articleSection", "about"):
            for value in texts(self._node.get(name))[:_TRACES]:
                yield self._one("subject", value, name, noise=True)
        for value in texts(self._node.get("inLanguage"))[:1]:
            yield self._one("language", value, "inLanguage")

    def rights(self) -> Iterator[Candidate]:
        """Its licence, and its notice."""
        for value in texts(self._node.get("license"))[:1]:
            yield self._one("rights", value, "license", "license")
        for value in texts(self._node.get("copyrightNotice"))[:1]:
            yield self._one("rights", value, "copyrightNotice", noise=not is_rights(value))

    def coverage(self) -> Iterator[Candidate]:
        """Of which places it speaks, and of which times."""
        for name in ("contentLocation", "locationCreated", "spatialCoverage"):
            for value, _ in agents(self._node.get(name), self._by_id):
                yield self._one("coverage", value, name, "spatial")
        for value in texts(self._node.get("temporalCoverage"))[:_TRACES]:
            yield self._one("coverage", value, "temporalCoverage", "temporal", noise=not any(map(str.isalnum, value)))

    def identifiers(self) -> Iterator[Candidate]:
        """Its DOIs and its addresses."""
        for name in ("identifier", "@id", "sameAs"):
            for value in dois(self._node.get(name)):
                yield self._one("identifier", value, name)
        for value in strings(self._node.get("url")):
            if value.startswith(("http://", "https://")):
                yield self._one("identifier", value, "url")
