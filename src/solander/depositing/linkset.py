"""Links for machines beside a deposit: which files it has, what describes it, and by what name to cite it.

A storage has no page of its own that could say so in its header, so that a file, ``linkset.json``, says it (FAIR
Signposting, level 2). The same deposit gives the same bytes.

Source: RFC 9264, 4.2 (application/linkset+json); https://signposting.org/FAIR/ ; RFC 8574 (cite-as).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote

from solander.depositing.terms import TargetTerms
from solander.model.bag_layout import DATACITE_NAME, DUBLIN_CORE_NAME, TERMS_NAME
from solander.model.deposit import Consignment, Parcel
from solander.model.linkset import LINKSET_NAME, LINKSET_TYPE, format_linkset

_TYPES = ("https://schema.org/ArchiveComponent", "https://schema.org/WebPage")
_DESCRIBES = (
    (".dc.xml", "http://purl.org/dc/elements/1.1/"),
    (f"/{DUBLIN_CORE_NAME}", "http://purl.org/dc/elements/1.1/"),
)
_TELLS = (f"/{TERMS_NAME}", f"/{DATACITE_NAME}")
_DOI = "https://doi.org/"


class Places(NamedTuple):
    """Where a deposit's files are, as links name them.

    Where nobody knows by which address others reach them, links are relative to ``linkset.json`` itself, and hold
    wherever the whole goes. (RFC 9264, 4.2.4.1, would rather have whole addresses; of a disk they are true on one
    machine alone.)
    """

    anchor: str
    """The deposit."""
    own: str
    """``linkset.json``."""
    of: Callable[[Parcel], str]
    """A file."""


def in_folder(address: str) -> Places:
    """Of files that lie beside ``linkset.json``, in a folder with this address, or, if it is empty, with any."""
    return Places(address or "./", f"{address}{LINKSET_NAME}", lambda parcel: f"{address}{reference(parcel.name)}")


def reference(path: str) -> str:
    """A path as it stands in a link; a colon in it would be taken for the end of a scheme (RFC 3986, 4.2)."""
    return quote(path.encode("utf-8", "surrogateescape"))


def linkset(consignment: Consignment, places: Places) -> bytes:
    """The links of a deposit, from its consignment with all its files."""
    description = consignment.description
    files = [({"href": places.of(one), "type": one.media_type}, _describes(one)) for one in consignment.parcels]
    told = [{**link, **({"profile": profile} if profile else {})} for link, profile in files if profile is not None]
    licences = [one for one in (*description.values("license"), *description.values("rights")) if _is_address(one)]
    links = {
        "cite-as": [{"href": _cited(consignment)}],
        "type": [{"href": one} for one in (_TYPES if consignment.uri else _TYPES[:1])],
        "item": [link for link, profile in files if profile is None],
    }
    if told:
        links["describedby"] = told
    if licences:
        # FAIR Signposting has one licence.
        links["license"] = [{"href": licences[0]}]
    if consignment.uri is not None and _is_address(consignment.uri):
        # Where the page was: what is kept here is a memento of it (RFC 7089, 2.2.1).
        links["original"] = [{"href": consignment.uri}]
    links["linkset"] = [{"href": places.own, "type": LINKSET_TYPE}]
    return format_linkset(places.anchor, links)


def public_address(terms: TargetTerms, own: str = "") -> str:
    """The address below which others reach a storage: the setting ``public_address``, else its own; or empty."""
    address = terms.setting("public_address") or own
    return f"{address.rstrip('/')}/" if address else ""


def _describes(parcel: Parcel) -> str | None:
    """By which vocabulary a file describes the deposit; empty where it has none of its own, ``None``: it does not."""
    for ending, vocabulary in _DESCRIBES:
        if parcel.name.endswith(ending):
            return vocabulary
    return "" if parcel.name.endswith(_TELLS) else None


def _cited(consignment: Consignment) -> str:
    """By what it is to be cited: a DOI that the page has, as an address; else the object's own name."""
    for one in consignment.description.values("identifier"):
        doi = one.removeprefix("doi:").removeprefix(_DOI)
        if doi.startswith("10.") and "/" in doi:
            return _DOI + quote(doi, safe="/:;()._-")
    return consignment.identifier


def _is_address(value: str) -> bool:
    return value.startswith(("https://", "http://")) and value.isprintable() and " " not in value
