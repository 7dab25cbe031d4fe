"""Where the payload of a bag comes from: folders and files that are surveyed first, and looked at again afterwards.

What no bag can hold is refused before anything is written, all of it at once.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

from solander.errors import OutputInsideSource, PayloadRefused, SourceMissing, UsageError
from solander.files.descent import written
from solander.files.folder import Folder
from solander.files.links import file_behind, read_link
from solander.files.named import kind_of
from solander.model.bag import PAYLOAD_FOLDER
from solander.model.ports import Entry
from solander.packing.payload import Chosen, choose_payload
from solander.pipeline.outside_bags import outside_bags

LINKS_NAME = "metadata/links.json"
"""The tag file that has the symbolic links of the source, where they were to be recorded."""

Refusal: TypeAlias = tuple[str, str]
"""A path and why no bag can hold it."""


class Source(NamedTuple):
    """A folder from which files are taken."""

    folder: Path
    names: dict[str, str]
    """Where each file comes to lie in the bag, by its path in the folder."""
    sizes: dict[str, int]
    chosen: Chosen | None
    """What became of its names; ``None`` where files were named one by one."""
    below: str
    """Where its names come to lie: ``data/`` or a folder in it."""
    choose: Callable[[], Chosen] | None = None
    """Says again what becomes of its names."""


def survey(places: list[Path], patterns: Sequence[str], links: str) -> list[Source]:
    """What is taken from where, or everything for which that cannot be done.

    Args:
        places: files and folders that are there (``refuse_places``); of several, each lies under its own name.
        patterns: of names that are left out.
        links: one of ``LINK_POLICIES``; those that are to be recorded are left out here.

    Raises:
        PayloadRefused: names that no bag can hold, all of them at once.
        ArchiveError: a folder could not be looked through.
    """
    taken: list[Source] = []
    refused: list[Refusal] = []
    for place in places:
        below = PAYLOAD_FOLDER if len(places) == 1 else f"{PAYLOAD_FOLDER}{base_name(place)}/"
        if kind_of(place) == "folder":
            choose = _choice(place, below, patterns, links_are_refused=links == "refuse")
            chosen = choose()
            names = {one.path: below + one.path for one in chosen.files}
            sizes = {one.path: one.size_bytes for one in chosen.files}
            taken.append(Source(place, names, sizes, chosen, below, choose))
            refused += [(str(place / written(path)), why) for path, why in chosen.refused]
            behind: Iterable[Source | Refusal] = _behind(taken[-1]) if links == "follow" else ()
        else:
            behind = (_alone(place),)
        for one in behind:
            if isinstance(one, Source):
                taken.append(one)
            else:
                refused.append(one)
    if refused:
        raise PayloadRefused(str(places[0]), tuple(refused), _remedy(refused, links))
    return taken


def _alone(place: Path) -> Source | Refusal:
    """A file that was named by itself; if by a link, the link is followed, for the user named it."""
    name = base_name(place)
    chosen = choose_payload((Entry(name, "file"),), below=PAYLOAD_FOLDER)
    if chosen.refused:
        return str(place), chosen.refused[0][1]
    behind = Path(os.path.realpath(place))
    return Source(
        behind.parent, {behind.name: PAYLOAD_FOLDER + name}, {behind.name: behind.stat().st_size}, None, PAYLOAD_FOLDER
    )


def _behind(source: Source) -> Iterator[Source | Refusal]:
    """The files behind a source's links, each as a source of its own."""
    for link in source.chosen.links if source.chosen else ():
        found = file_behind(source.folder, link)
        if isinstance(found, str):
            yield str(source.folder / written(link)), found
        else:
            path, size_bytes = found
            yield Source(path.parent, {path.name: source.below + link}, {path.name: size_bytes}, None, source.below)


def changes(source: Source) -> list[Refusal]:
    """What was added to a source, taken from it or made of another size since it was surveyed."""
    if source.choose is None:
        return []
    before, after = source.chosen, source.choose()
    if before == after:
        return []
    names = [
        {*chosen.files, *(Entry(link, "symlink") for link in chosen.links)} for chosen in (before or Chosen(), after)
    ]
    paths = sorted({one.path for one in names[0] ^ names[1]}) or ["."]
    return [(str(source.folder / written(path)), "it changed while it was read") for path in paths]


def _choice(place: Path, below: str, patterns: Sequence[str], *, links_are_refused: bool) -> Callable[[], Chosen]:
    return lambda: choose_payload(
        Folder(place).entries(), below=below, exclude=patterns, links_are_refused=links_are_refused
    )


def recorded_links(taken: list[Source]) -> tuple[tuple[str, bytes], ...]:
    """The tag file that says which links the sources have, and where these lead; none if there are no links.

    Raises:
        PayloadRefused: a target is not in UTF-8.
    """
    found = [
        {"path": source.below + link, "target": read_link(source.folder, link)}
        for source in taken
        for link in (source.chosen.links if source.chosen else ())
    ]
    if not found:
        return ()
    for one in found:
        try:
            one["target"].encode()
        except UnicodeEncodeError:
            raise PayloadRefused(one["path"], ((one["path"], "a link whose target is not in UTF-8"),)) from None
    return ((LINKS_NAME, (json.dumps({"links": found}, ensure_ascii=False, indent=2) + "\n").encode()),)


def named_paths(taken: list[Source], which: Callable[[Chosen], Sequence[str]]) -> tuple[str, ...]:
    """Paths of several sources, each as a person would name it."""
    return tuple(str(one.folder / written(path)) for one in taken if one.chosen for path in which(one.chosen))


def _remedy(refused: list[Refusal], links: str) -> str:
    """What would help; links are followed to files alone, so that it is advised only where all lead to one."""
    reasons = " ".join(why for _, why in refused)
    ways = ["leave them out with --exclude"]
    ways += ["rename them"] if "name" in reasons else []
    linked = [path for path, why in refused if "symbolic link" in why]
    can_follow = links != "follow" and all(os.path.isfile(path) for path in linked)  # noqa: PTH113 - never raises
    ways += [f"keep links with --links record{' or --links follow' if can_follow else ''}"] if linked else []
    return f"nothing was written; {', or '.join(ways)}"


def base_name(place: Path) -> str:
    """The name under which a source lies in the bag."""
    return place.name or Path(os.path.realpath(place)).name


def refuse_places(places: list[Path], parent: Path, *, bag_of_a_bag: bool) -> None:
    """Refuse what is not there, what is a bag, and to write into a source or into a bag.

    Args:
        places: the sources.
        parent: the folder in which the bag is to stand; it need not be there.
        bag_of_a_bag: whether a bag may be a source.

    Raises:
        SourceMissing: nothing is there.
        PayloadRefused: it is a pipe, a socket or a device.
        OutputInsideSource: the bag would be written into what it is made of.
        UsageError: it is a bag, another source has its name, or the bag would stand within a bag.
    """
    target = Path(os.path.realpath(parent))
    seen: set[str] = set()
    for place in places:
        kind = kind_of(place)
        if kind == "nothing":
            raise SourceMissing(str(place))
        if kind == "other":
            raise PayloadRefused(str(place), ((str(place), "a pipe, a socket or a device"),))
        if kind == "folder" and target.is_relative_to(os.path.realpath(place)):
            raise OutputInsideSource(parent, place)
        if kind == "folder" and not bag_of_a_bag and os.path.lexists(place / "bagit.txt"):
            raise UsageError(f"{place}: this is a bag already; to put it into another whole, say --bag-of-a-bag")
        if base_name(place) in seen and len(places) > 1:
            raise UsageError(f"{place}: another source has this name too; they would lie in one place")
        seen.add(base_name(place))
    outside_bags(parent, "--into")
