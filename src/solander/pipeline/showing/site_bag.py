"""The files of one bag in an archive that is written as files: its page, views made anew, and what is harmless of it.

Nobody tells a browser what it may do with these files, so nothing stands there that would do anything: views are made
anew of the original, and of what lies in the bag only what browsers know nothing of. The original itself, and all
else, is to be had in the bag as one file, where that is asked for.

What hangs on the bag alone is taken over from the site that stands, if the bag has the digest that it had then.

Source: docs/showing.md, "As files".
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from solander import __version__
from solander.encoding.linkset import encode_linkset
from solander.errors import ArchiveError, SolanderError
from solander.files.folder import Folder
from solander.files.new_folder import NewFolder
from solander.files.serialising import serialised
from solander.model.bag_layout import (
    DATACITE_NAME,
    DUBLIN_CORE_NAME,
    PROVENANCE_NAME,
    README_NAME,
    REPORT_NAME,
    SCHEMA_ORG_NAME,
    STATEMENTS_NAME,
    TEI_NAME,
    TERMS_NAME,
    VIEW_NAME,
)
from solander.model.item import INDEX_NAME, NOT_GIVEN
from solander.model.linkset import LINKSET_NAME
from solander.pipeline.archive import RECORD_LIMIT_BYTES
from solander.pipeline.archives.catalogue_entries import TEI_LIMIT_BYTES
from solander.pipeline.showing.bag_shown import (
    ReceiptLine,
    shown_bag,
    signposts,
)
from solander.pipeline.showing.site_pages import PART_OF_PAGE, write_views
from solander.pipeline.showing.views import views_of
from solander.viewing import bag_page
from solander.viewing.inert import is_inert
from solander.viewing.style import SIDE_BY_SIDE_STYLE, STYLE
from solander.viewing.ways import WRITTEN, folder_of_key, value_of

VIEW = f"files/{VIEW_NAME}"
"""Where a view stands in a bag, too: its links lead to the files beside it."""
COLUMNS, ZIP, KEPT_NAME = "side-by-side.html", "bag.zip", "kept.json"
_GIVEN = (
    TEI_NAME,
    DUBLIN_CORE_NAME,
    TERMS_NAME,
    DATACITE_NAME,
    SCHEMA_ORG_NAME,
    PROVENANCE_NAME,
    REPORT_NAME,
    STATEMENTS_NAME,
    README_NAME,
    "bag-info.txt",
    "bagit.txt",
    "manifest-sha512.txt",
    "tagmanifest-sha512.txt",
)
"""What is given out of a bag, if it is harmless."""

_STATE_LIMIT_BYTES = 64 * 1024 * 1024
"""Of what is kept of a bag: of one of many pages, two lines a page."""


class Before(NamedTuple):
    """The site that stands."""

    number: int
    """Its folder, open."""
    tree: Folder


class SiteBag(NamedTuple):
    """What became of a bag."""

    is_kept: bool
    """Whether its views and files were taken over."""
    unshown: str
    """Why it has no view, or, from ``NOT_GIVEN`` on, what else could not be given; empty where all is there."""
    pages: frozenset[str] = frozenset()
    """Parts of it that are the views and TEI files of its pages, if it has many."""


def write_bag(
    new: NewFolder,
    path: Path,
    about: dict[str, Any],
    receipts: Sequence[ReceiptLine],
    *,
    versions: Sequence[tuple[str, int]],
    has_pages: bool,
    before: Before | None,
    base: str,
    with_bags: bool,
) -> SiteBag:
    """Write a bag's folder.

    Args:
        new: the site.
        path: where the bag stands.
        about: what the catalogue knows of it.
        receipts: of its deposits.
        versions: keys and numbers of the other versions of its object.
        has_pages: whether the catalogue has pages of it.
        before: the site that stands, if there is one of which things may be taken over.
        base: the address of the home page; empty where it is not known.
        with_bags: whether the whole bag is given as one file.
    """
    name = f"bags/{folder_of_key(about['key'])}"
    shown = shown_bag(path, about)
    state = _state(about, with_bags)
    unshown = ""
    held = _taken_over(new, before, name, state) if before is not None and state else None
    is_kept = held is not None
    if held is None:
        made, unshown = _made(new, name, path, about, shown.names, with_bags=with_bags)
        held = {part: _size_bytes(new.number, f"{name}/{part}") or 0 for part in made}
    there = frozenset(held)

    def address(file: str) -> str | None:
        # The view is ours, made anew: not the bag's own file.
        is_given = file != VIEW_NAME and f"files/{file}" in there
        return f"files/{bag_page.path_of(file)}" if is_given else None

    links = signposts(shown, address, view=VIEW if VIEW in there else None, zipped=ZIP if ZIP in there else None)
    page = bag_page.bag(
        about,
        shown.files,
        ways=WRITTEN,
        actions=_actions(there, about["key"], has_pages=has_pages),
        address=address,
        story=shown.story,
        findings=shown.findings,
        receipts=receipts,
        links=links,
        described=shown.described,
        versions=[(f"../../{WRITTEN.bag(key)}", number) for key, number in versions],
    )
    here = f"{base}{name}/index.html" if base else "index.html"
    kept = json.dumps({"state": state, "parts": held}, ensure_ascii=True, indent=1) + "\n"
    new.write(
        [
            (f"{name}/index.html", page),
            (f"{name}/{LINKSET_NAME}", encode_linkset(links, here)),
            (f"{name}/{KEPT_NAME}", kept.encode()),
        ]
    )
    return SiteBag(is_kept, unshown, frozenset(part for part in held if PART_OF_PAGE.fullmatch(part)))


def _actions(there: frozenset[str], key: str, *, has_pages: bool) -> list[tuple[str, str]]:
    """What can be done with a bag of which these parts are there: addresses, and what each is called."""
    actions = [
        (VIEW, "Read the page", VIEW in there),
        (COLUMNS, "Original and TEI side by side", COLUMNS in there),
        (f"files/{TEI_NAME}", "TEI", f"files/{TEI_NAME}" in there),
        (f"files/{DUBLIN_CORE_NAME}", "Dublin Core", f"files/{DUBLIN_CORE_NAME}" in there),
        (f"files/{DATACITE_NAME}", "DataCite", f"files/{DATACITE_NAME}" in there),
        (f"../../{WRITTEN.chosen('collection', value_of(key))}", "Its pages", has_pages),
        (ZIP, "The bag as a zip file", ZIP in there),
    ]
    return [(way, words) for way, words, is_there in actions if is_there]


def _made(
    new: NewFolder, name: str, path: Path, about: dict[str, Any], there: frozenset[str], *, with_bags: bool
) -> tuple[list[str], str]:
    """Write what hangs on the bag alone: its parts, and why there is no view."""
    parts: list[str] = []
    unshown = ""
    if about["kind"] != "bag":
        return parts, "it is one file: views are made of bags that are folders"
    if INDEX_NAME in there and TEI_NAME not in there:
        made, unshown = write_views(new, name, path)
        parts += made
    else:
        try:
            view, columns = views_of(path)
            new.write([(f"{name}/{VIEW}", view.content), (f"{name}/{COLUMNS}", columns.content)])
            parts += (VIEW, COLUMNS)
        except SolanderError as error:
            unshown = str(error).replace(f"{path.parent}/", "").removeprefix(f"{path.name}: ")
    plain, not_given = _plain_parts(new, name, path, there, with_bags=with_bags)
    return [*parts, *plain], unshown or not_given


def _plain_parts(
    new: NewFolder, name: str, path: Path, there: frozenset[str], *, with_bags: bool
) -> tuple[list[str], str]:
    """Write what is given out of a bag as it is; and why something of it is not."""
    parts: list[str] = []
    not_given = ""
    tree = Folder(path)
    for given in _GIVEN:
        if given not in there:
            continue
        try:
            content = tree.read(given, TEI_LIMIT_BYTES if given == TEI_NAME else RECORD_LIMIT_BYTES)
        except ArchiveError as error:
            not_given = not_given or f"{NOT_GIVEN}{given} ({error.what})"
            continue
        if is_inert(given, content):
            new.write([(f"{name}/files/{given}", content)])
            parts.append(f"files/{given}")
    if with_bags:
        try:
            new.write([(f"{name}/{ZIP}", serialised(tree, path.name, "zip"))])
            parts.append(ZIP)
        except (SolanderError, ValueError) as error:
            not_given = not_given or f"{NOT_GIVEN}{ZIP} ({error})"
    return parts, not_given


def _state(about: dict[str, Any], with_bags: bool) -> str:
    """What a bag's views and files hang on; empty where they are to be made in any case."""
    if not about["digest"] or about["damage"]:
        return ""
    hung_on = [__version__, STYLE, SIDE_BY_SIDE_STYLE, about["digest"], with_bags]
    return hashlib.sha256(json.dumps(hung_on).encode()).hexdigest()


def _taken_over(new: NewFolder, before: Before, name: str, state: str) -> dict[str, int] | None:
    """Take over what stands of a bag; ``None`` where it is of another state, or not as it was written."""
    try:
        kept = json.loads(before.tree.read(f"{name}/{KEPT_NAME}", _STATE_LIMIT_BYTES))
    except (ArchiveError, ValueError, RecursionError):
        return None
    if not isinstance(kept, dict) or kept.get("state") != state or not isinstance(kept.get("parts"), dict):
        return None
    known = {VIEW, COLUMNS, ZIP, *(f"files/{one}" for one in _GIVEN)}
    parts = {
        part: size_bytes for part, size_bytes in kept["parts"].items() if part in known or PART_OF_PAGE.fullmatch(part)
    }
    if any(_size_bytes(before.number, f"{name}/{part}") != size_bytes for part, size_bytes in parts.items()):
        return None
    for part in parts:
        path = f"{name}/{part}"
        if not new.link(before.number, path):
            new.write([(path, before.tree.chunks(path))])
    return parts


def _size_bytes(folder: int, path: str) -> int | None:
    """Of a regular file; ``None`` where there is none."""
    try:
        status = os.stat(path, dir_fd=folder, follow_symlinks=False)
    except OSError:
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None
