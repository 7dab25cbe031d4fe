"""The publisher out of JSON-LD that speaks of the site: ``WebSite``, and the ``Organization`` that keeps it.

Such nodes say nothing of the page but whose it is. One whose address is on another host is somebody else.

Source: schema.org, WebSite (``name``, ``publisher``), Organization.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from solander.describing.candidate import Candidate, candidate
from solander.describing.kinds import Kind
from solander.describing.linked.values import BODIES, agents, strings, texts, types
from solander.describing.names.no_names import is_noise
from solander.describing.titles.no_titles import is_no_title
from solander.model.addresses import host_of

NAME_CHARACTERS = 120
"""A name is not longer."""

PREFERENCE = 60
"""Among what JSON-LD says of publishers this comes last."""

_OURS = (Kind.SITE_NODE, Kind.SITE_NODE_WITHOUT_BODY)

Node = dict[str, Any]


def site_publishers(nodes: Sequence[tuple[Node, str]], by_id: dict[str, Node], uri: str | None) -> Iterator[Candidate]:
    """Candidates for the publisher, the strongest first.

    Args:
        nodes: the page's, with pointers to their scripts.
        by_id: the same by their ``@id``.
        uri: the page's address.
    """
    host = _site_host(uri or "")
    for node, source in nodes:
        if "website" not in types(node) or not _is_of(node, host):
            continue
        for value, kind in agents(node.get("publisher"), by_id):
            yield _one(value, "WebSite.publisher", source, 0, is_body=kind == "body")
        for value in texts(node.get("name"))[:1]:
            yield _one(value, "WebSite.name", source, 1)
        return
    bodies = [(node, source) for node, source in nodes if types(node) & BODIES and texts(node.get("name"))]
    # A page about firms has their nodes too: the one with the site's own address keeps the site.
    bodies = [(node, source) for node, source in bodies if host and _site_host(_address(node)) == host]
    if len(bodies) == 1:
        ((node, source),) = bodies
        yield _one(texts(node.get("name"))[0], "Organization.name", source, 2, is_body=True)


def only_for_want_of_others(candidates: list[Candidate]) -> list[Candidate]:
    """Mark what the site's nodes say of its publisher where anything else names one: they give slogans as well."""
    ours = [at for at, one in enumerate(candidates) if _is_ours(one)]
    if ours and any(_is_publisher(one) and not _is_ours(one) for one in candidates):
        for at in ours:
            candidates[at] = candidates[at]._replace(noise=True)
    return candidates


def _is_publisher(one: Candidate) -> bool:
    return one.statement.element == "publisher" and not one.noise


def _is_ours(one: Candidate) -> bool:
    return one.kind in _OURS


def _one(value: str, name: str, source: str, more: int, *, is_body: bool = False) -> Candidate:
    noise = is_noise(value) or is_no_title(value) or len(value) > NAME_CHARACTERS
    kind = Kind.SITE_NODE if is_body else Kind.SITE_NODE_WITHOUT_BODY
    return candidate("publisher", value, kind, source, name=name, preference=PREFERENCE + more, noise=noise)


def _is_of(node: Node, host: str) -> bool:
    """Whether a node has the page's host or tells none."""
    named = _site_host(_address(node))
    return not named or not host or named == host


def _address(node: Node) -> str:
    return next((value for key in ("url", "@id") for value in strings(node.get(key))), "")


def _site_host(uri: str) -> str:
    return host_of(uri).removeprefix("www.")
