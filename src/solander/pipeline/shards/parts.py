"""Shards that are no file of captures are named: parts of a list of addresses, and of the saved pages in a folder.

All addresses of a host are in one shard, so that no two processes ask one host at a time. What a part holds is written
down in the archive, and made into bags by ``shard_pages``.

Source: docs/decisions.md, "Bags of many pages".
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path

from solander.errors import SourceError, UsageError
from solander.files.named import kind_of
from solander.model.addresses import host_of, without_credentials
from solander.pipeline.shards.records import BATCH_FOLDER, Records
from solander.pipeline.shards.shard import ADDRESSES, PAGES
from solander.pipeline.sources.captures import holds_many
from solander.pipeline.sources.finding import find_sources
from solander.pipeline.sources.given_streams import standard_input
from solander.pipeline.sources.live import NOBODY_ASKS
from solander.profiles import load_profile

PER_SHARD = 1000
"""So many pages of a list or a folder are one shard, unless another number is asked for."""

_NOT_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")


def refuse_unnamed(records: Records) -> None:
    """Refuse to fetch pages where the archive does not say who asks; one that lies elsewhere is read by each shard.

    Raises:
        UsageError: it does not.
    """
    if not records.is_elsewhere and not load_profile(Path(records.archive)).imprint.contact_email:
        raise UsageError(NOBODY_ASKS)


def parts_of_list(place: str, records: Records, per_shard: int = PER_SHARD) -> list[str]:
    """The shards of a list of addresses: each all the addresses of some hosts.

    Args:
        place: the list, a file with an address a line, or ``-``.
        records: of the archive; the parts are written there.
        per_shard: as many addresses are in a shard, unless one host has more.

    Raises:
        SourceError: the list cannot be read, or names no address.
    """
    from solander.capturing.address_lists import LIST_LIMIT_BYTES, read_list
    from solander.capturing.file import received

    listed = read_list(received(place, LIST_LIMIT_BYTES, standard_input(place)))
    if listed.fault is not None:
        raise SourceError(place, listed.fault)
    if not listed.pages:
        raise SourceError(place, "this list names no page")
    hosts: dict[str, list[str]] = {}
    for address in map(_without_password, listed.pages):
        hosts.setdefault(host_of(address).lower(), []).append(address)
    parts: list[list[str]] = []
    for of_host in hosts.values():
        if not parts or len(parts[-1]) + len(of_host) > per_shard:
            parts.append([])
        parts[-1] += of_host
    contents = ["".join(f"{one}\n" for one in part).encode() for part in parts]
    return _written(records, Path(place).stem, ADDRESSES, contents)


def parts_of_folders(
    places: Sequence[str], records: Records, per_shard: int = PER_SHARD, *, form: str = "folder"
) -> list[str]:
    """The shards of what was named: each file of captures is one, and of saved pages so many together.

    Args:
        places: files and folders.
        records: of the archive; the parts are written there.
        per_shard: as many pages are in a shard.
        form: of the bags.

    Raises:
        SourceError: a folder holds no page, or cannot be read.
        OutputInsideSource: the archive lies in a folder that is to be packed.
        UsageError: a folder is a bag or an archive, or holds one; or it holds saved pages, and ``form`` is not theirs.
    """
    shards: list[str] = []
    for place in places:
        if not place or kind_of(Path(place)) != "folder":
            shards.append(place)
            continue
        # An archive elsewhere lies in no folder of this machine.
        into = Path("/") if records.is_elsewhere else Path(records.archive)
        found = find_sources([place], into=into)
        captures = [one for one in found if holds_many(one)]
        shards += captures
        many = set(captures)
        pages = [str(Path(one).absolute()) for one in found if one not in many]
        if pages and form != "folder":
            raise UsageError(f"{place}: it holds saved pages, which have a bag each, as folders; leave --form out")
        slices = [pages[at : at + per_shard] for at in range(0, len(pages), per_shard)]
        contents = [_listed(part) for part in slices]
        shards += _written(records, Path(place).absolute().name, PAGES, contents)
    return shards


def _listed(paths: list[str]) -> bytes:
    """Paths as a part lists them; where a name holds bytes that are no UTF-8, all that is not ASCII is escaped."""
    plain = all(path.isascii() or path.encode("utf-8", "replace").decode() == path for path in paths)
    return (json.dumps(paths, ensure_ascii=not plain, indent=0) + "\n").encode()


def _written(records: Records, stem: str, ending: str, contents: list[bytes]) -> list[str]:
    words = _NOT_PLAIN.sub("-", stem)[:50].strip(".-") or "part"
    names = []
    for number, content in enumerate(contents, 1):
        # Two lists may be called alike: what a part holds tells them apart, and no run changes a part of another.
        digest = hashlib.sha256(content).hexdigest()[:16]
        names.append(f"{BATCH_FOLDER}/parts/{digest}/{words}-{number:04}{ending}")
        records.write(names[-1], content)
    return [f"{records.archive}/{name}" for name in names]


def _without_password(address: str) -> str:
    """An address as it may be written down; one with a password stays one that is refused when its turn comes."""
    clean, had_credentials = without_credentials(address)
    return (clean or "https://address.invalid/").replace("://", "://removed@", 1) if had_credentials else address
