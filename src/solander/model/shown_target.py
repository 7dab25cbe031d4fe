"""A place of deposit as readers are told of it: its kind, and the host or collection; no path, and no user's name.

The keeper's own lists (``receipts``, ``show``) say it in full. A path of the keeper's disk is of no use to others, and
tells them what is none of their business.

Source: docs/showing.md, "The catalogue" (of a folder no path is told).
"""

from __future__ import annotations

from solander.model.addresses import host_of

_ON_A_DISK = {"dir": "a folder", "ocfl": "an OCFL storage root", "saf": "packages for DSpace"}
_BUCKETS = frozenset(("aptrust", "s3"))


def shown_target(target: str) -> str:
    """What a target is called before readers: ``zenodo:``, ``s3:BUCKET``, ``invenio:HOST``, ``a folder``."""
    scheme, _, rest = target.partition(":")
    scheme = scheme.lower()
    if scheme in _ON_A_DISK:
        return _ON_A_DISK[scheme]
    if scheme in _BUCKETS:
        return f"{scheme}:{rest.partition('/')[0]}"
    return f"{scheme}:{host_of(rest if '://' in rest else f'//{rest}')}"


def shown_place(url: str | None, record: str) -> str:
    """Where a deposit is, before readers: its address on the web; else what it is called there, if that is no path."""
    for one in (url, record):
        if one and one.startswith(("https://", "http://")) and "@" not in one.partition("://")[2].partition("/")[0]:
            return one
    return "" if "/" in record or "\\" in record else record
