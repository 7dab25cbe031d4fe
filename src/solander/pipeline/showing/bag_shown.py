"""A bag as its page shows it: what the catalogue knows, what the bag holds, what receipts and signposts say.

Source: docs/showing.md, "What is served" and "As files"; Signposting, "FAIR Signposting Profile".
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from solander.encoding.w3c import uri_reference
from solander.errors import SolanderError
from solander.files.folder import Folder
from solander.model.bag_layout import DATACITE_NAME, DUBLIN_CORE_NAME, SCHEMA_ORG_NAME, TEI_NAME
from solander.model.catalogue import SignedLink
from solander.model.deposit import Receipt
from solander.model.finding import Finding
from solander.model.linkset import LINKSET_NAME, LINKSET_TYPE
from solander.model.shown_target import shown_place, shown_target
from solander.pipeline.archive import RECORD_LIMIT_BYTES
from solander.pipeline.showing.holdings import look_into

_TYPES = ("https://schema.org/AboutPage", "https://schema.org/WebPage")
_DESCRIBED_BY = (
    (DUBLIN_CORE_NAME, "application/xml"),
    (DATACITE_NAME, "application/vnd.datacite.datacite+json"),
    (SCHEMA_ORG_NAME, "application/ld+json"),
)
_ADDRESS_CHARACTERS = 1000
_LD_LIMIT_BYTES = 64 * 1024
"""Of a record in JSON-LD that stands in a page; a larger one is linked."""

ReceiptLine = tuple[str, str, str, str]
"""Target, state, day and address of a deposit."""


class ShownBag(NamedTuple):
    """What is shown of one bag."""

    about: dict[str, Any]
    files: Sequence[tuple[str, int]]
    story: tuple[str, ...]
    findings: Sequence[Finding]
    rights: tuple[str, ...]
    """Addresses of licences."""
    described: dict[str, Any]
    """JSON-LD."""

    @property
    def names(self) -> frozenset[str]:
        """Of its files."""
        return frozenset(name for name, _ in self.files)


def shown_bag(path: Path, about: dict[str, Any]) -> ShownBag:
    """Look into a bag; what is wrong with it is told in ``about``, whose ``damage`` is written anew.

    Args:
        path: where it stands.
        about: what the catalogue knows of it.
    """
    files: Sequence[tuple[str, int]] = ()
    story: tuple[str, ...] = ()
    findings: Sequence[Finding] = ()
    rights: tuple[str, ...] = ()
    described: dict[str, Any] | None = None
    if about["kind"] == "bag":
        try:
            holding = look_into(path)
            files, story = holding.files, holding.story
            findings = holding.report.findings[:200] if holding.report is not None else ()
            about["damage"] = list(dict.fromkeys((*about["damage"], *holding.damage)))[:40]
            said = holding.description.values("rights") if holding.description is not None else ()
            rights = tuple(one for one in said if _is_web(one))
            described = _described(path, frozenset(name for name, _ in files))
        except SolanderError as error:
            about["damage"] = [*about["damage"], str(error)]
    return ShownBag(about, files, story, findings, rights, described or in_short(about))


def signposts(
    shown: ShownBag, address: Callable[[str], str | None], *, view: str | None, zipped: str | None
) -> tuple[SignedLink, ...]:
    """What signposts say of a bag's page.

    Args:
        shown: the bag.
        address: of a file of it; ``None`` for one that is not to be had alone.
        view: the address of its view.
        zipped: the address of all of it as one file.
    """
    links = _cited_as(shown.about["identifier"])
    links += [SignedLink("type", one) for one in _TYPES]
    links += [SignedLink("license", one) for one in shown.rights[:3]]
    there = shown.names
    for name, media_type in _DESCRIBED_BY:
        if name in there and (where := address(name)) is not None:
            links.append(SignedLink("describedby", where, media_type))
    if TEI_NAME in there and (where := address(TEI_NAME)) is not None:
        links.append(SignedLink("item", where, "application/tei+xml"))
    links += [SignedLink("item", view, "text/html")] if view is not None else []
    links += [SignedLink("item", zipped, "application/zip")] if zipped is not None else []
    return (*links, SignedLink("linkset", LINKSET_NAME, LINKSET_TYPE))


def page_signposts(
    about: Mapping[str, Any], *, tei: str | None, view: str | None, bag: str = "../../"
) -> tuple[SignedLink, ...]:
    """What signposts say of a page of a bag of many pages.

    Args:
        about: what the catalogue knows of it.
        tei: the address of its TEI.
        view: the address of its view.
        bag: the address of its bag.
    """
    links = [*_cited_as(about["identifier"]), *(SignedLink("type", one) for one in _TYPES)]
    links += [SignedLink("item", tei, "application/tei+xml")] if tei is not None else []
    links += [SignedLink("item", view, "text/html")] if view is not None else []
    return (*links, SignedLink("collection", bag, "text/html"))


def _cited_as(identifier: str) -> list[SignedLink]:
    is_one = ":" in identifier and _is_short(identifier) and uri_reference(identifier) == identifier
    return [SignedLink("cite-as", identifier)] if is_one else []


def receipt_lines(receipts: Sequence[Receipt]) -> list[ReceiptLine]:
    """Receipts as a page shows them: to readers, so that no path of the keeper's disk is told."""
    return [
        (shown_target(one.target), one.state, one.at.date().isoformat(), shown_place(one.url, one.record))
        for one in receipts
    ]


def _is_web(value: str) -> bool:
    return value.startswith(("http://", "https://")) and _is_short(value) and uri_reference(value) == value


def _is_short(value: str) -> bool:
    """Whether it can stand in a header, and in a table of a page."""
    return len(value) <= _ADDRESS_CHARACTERS


def _described(path: Path, there: frozenset[str]) -> dict[str, Any] | None:
    if SCHEMA_ORG_NAME not in there:
        return None
    try:
        content = Folder(path).read(SCHEMA_ORG_NAME, RECORD_LIMIT_BYTES)
        value = json.loads(content) if len(content) <= _LD_LIMIT_BYTES else None
    except (SolanderError, ValueError, RecursionError):
        return None
    # A context that is not schema.org's could say anything in its name.
    is_known = isinstance(value, dict) and value.get("@context") == "https://schema.org"
    return value if is_known else None


def in_short(about: Mapping[str, Any]) -> dict[str, Any]:
    """What the catalogue knows, as JSON-LD."""
    told = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": about["title"],
        "url": about["uri"],
        "inLanguage": about["language"],
        "datePublished": about["date"],
        "identifier": about["identifier"],
    }
    return {name: value for name, value in told.items() if value}
