"""An archive as files for any web server: the pages that are served, lists instead of questions, and a small index.

The folder is written beside its place and has its name when it is whole; one that stands is exchanged for it. The same
archive, moment and version give the same bytes. Nothing in it is newer than what hangs on the bags: a site that is
written again takes over what did not change.

Source: docs/showing.md, "As files"; docs/design.md, section 1, laws 3 and 4.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from solander.cataloguing import Catalogue, CatalogueBroken
from solander.cataloguing.static_index import digits_of, index_parts, page_script
from solander.cataloguing.static_search import SEARCH_SCRIPT
from solander.encoding.atom import NEWEST, encode_feed
from solander.encoding.canonical_json import json_in_ascii
from solander.encoding.sitemap import ADDRESSES_AT_MOST, encode_sitemap, encode_sitemap_index
from solander.errors import ArchiveError, UsageError
from solander.files.folder import Folder
from solander.files.named import kind_of
from solander.files.new_folder import NewFolder
from solander.files.whole import made_folder, opened_folder, replaced_folder, whole_folder
from solander.model.capture import written_moment
from solander.model.catalogue import FACETS, VALUES_SHOWN, parted
from solander.pipeline import clock
from solander.pipeline.archives.cataloguing import catalogue_of
from solander.pipeline.judgement.rulebook import rules
from solander.pipeline.outside_bags import outside_bags
from solander.pipeline.receipts import receipts_in
from solander.pipeline.showing.bag_shown import ReceiptLine, receipt_lines
from solander.pipeline.showing.site_bag import Before, write_bag
from solander.pipeline.showing.site_pages import write_page
from solander.viewing import lists, room
from solander.viewing.lists import SHELF_SIZE, VALUES_SIZE
from solander.viewing.room_style import ROOM_STYLE
from solander.viewing.ways import WRITTEN, folder_of, folder_of_key

MARK_NAME = "solander-site.json"
"""By this file a folder is known as a site that may be written again."""

_MARK_LIMIT_BYTES = 64 * 1024
_OURS = frozenset((
    *(MARK_NAME, "index.html", "style.css", "search.html", "search.js", "feed.xml", "robots.txt", "sitemap.xml"),
    *("bags", "browse", "rules", "search"),
))  # fmt: skip
_SITEMAP_PART = re.compile(r"sitemap-[0-9]+\.xml")
_TOLD = 100


class WrittenSite(NamedTuple):
    """What came of it."""

    path: Path
    bags: int
    kept: int
    """Of these, those whose views were taken over from the site that stood."""
    unshown: tuple[tuple[str, str], ...]
    """Bags without a view, or of which something else could not be given, and why; a hundred at most."""
    unshown_count: int


def write_site(
    archive: str | Path,
    to: str | Path,
    *,
    catalogue_path: Path | None = None,
    base: str = "",
    name: str = "Archive",
    with_bags: bool = False,
    afresh: bool = False,
    at: datetime | None = None,
    tell: Callable[[str, int, int], None] | None = None,
) -> WrittenSite:
    """Write an archive as files, or write it again.

    Args:
        archive: the bags; their catalogue is up to date.
        to: the folder: none yet, an empty one, or a site that was written so.
        catalogue_path: where the catalogue stands; beside the bags, if it is not said.
        base: the address that the home page will have, with its slash: then there is a ``sitemap.xml``.
        name: what the archive is called.
        with_bags: whether each bag is given as one file, too.
        afresh: whether nothing is taken over from the site that stands.
        at: the moment of this work; now, if it is not given.
        tell: is told how far it has come, now and then: what, how many bags are written, and of how many.

    Raises:
        UsageError: ``to`` is neither new, empty nor such a site, has something of somebody else's in it, or lies in the
            archive.
        ArchiveError: the catalogue cannot be used, receipts cannot be listed, or the folder could not be written.
    """
    outside_bags(to, "--to")
    folder, place = Path(archive), Path(os.path.abspath(to))  # noqa: PTH100 - a link may lead to it
    _refuse_within(folder, place)
    moment = clock.moment(at)
    catalogue = Catalogue(catalogue_path if catalogue_path is not None else catalogue_of(folder))
    try:
        site = _Site(folder, catalogue, base=base, name=name, with_bags=with_bags, moment=moment, tell=tell)
        with contextlib.ExitStack() as stack:
            kind = kind_of(place)
            if kind == "nothing":
                stack.enter_context(made_folder(place.parent))
                new = stack.enter_context(whole_folder(place.parent, place.name))
                before = None
            else:
                is_site = _is_site(place, kind)
                old = stack.enter_context(opened_folder(place))
                before = Before(old, Folder(place)) if is_site and not afresh else None
                new = stack.enter_context(replaced_folder(place, old))
            site.write(new, before)
    except sqlite3.DatabaseError as error:
        raise CatalogueBroken(
            catalogue_path if catalogue_path is not None else catalogue_of(folder), str(error)
        ) from error
    finally:
        catalogue.close()
    return WrittenSite(place, site.bags, site.kept, tuple(site.unshown), site.unshown_count)


def _refuse_within(archive: Path, place: Path) -> None:
    here, there = archive.resolve(), place.resolve()
    if there == here or here in there.parents or there in here.parents:
        raise UsageError(f"{place}: a site stands beside its archive, neither in it nor around it")


def _is_site(place: Path, kind: str) -> bool:
    """Whether a folder is a site; ``False`` for an empty one.

    Raises:
        UsageError: it is neither; or something in it is not ours, and would be lost with what is replaced.
    """
    if kind == "folder":
        try:
            mark = json.loads(Folder(place).read(MARK_NAME, _MARK_LIMIT_BYTES))
        except (ArchiveError, ValueError, RecursionError):
            mark = None
        names = os.listdir(place)  # noqa: PTH208 - one look
        if isinstance(mark, dict) and mark.get("solander-site") == 1:
            # A .git, a CNAME: the folder is exchanged as a whole, and nothing of the user's goes with it (law 4).
            others = sorted(name for name in names if name not in _OURS and not _SITEMAP_PART.fullmatch(name))
            if others:
                name = os.fsencode(others[0]).decode("utf-8", "replace")
                what = "move it away, or write the site into another folder and copy it"
                raise UsageError(f"{place}: {name} in it is none of the site's, and would be lost: {what}")
            return True
        if not names:
            return False
    raise UsageError(f"{place}: this is no site that Solander wrote, and it is not empty: nothing was written")


class _Site:
    """The site of one archive while it is written, at one moment: its bags, lists, and index."""

    def __init__(
        self,
        archive: Path,
        catalogue: Catalogue,
        *,
        base: str,
        name: str,
        with_bags: bool,
        moment: datetime,
        tell: Callable[[str, int, int], None] | None,
    ) -> None:
        self._archive, self._catalogue, self._base, self._name = archive, catalogue, base, name
        self._with_bags, self._moment, self._tell = with_bags, moment, tell
        self.bags = self.kept = self.unshown_count = 0
        self.unshown: list[tuple[str, str]] = []
        self._order = catalogue.in_order()
        self._bags = [(docid, key) for docid, key in self._order if parted(key)[1] is None]
        self._pages = frozenset(docid for docid, key in self._order if parted(key)[1] is not None)
        self._rank = {docid: number for number, (docid, _) in enumerate(self._order)}

    def write(self, new: NewFolder, before: Before | None) -> None:
        mark = {"solander-site": 1, "name": self._name, "bags": len(self._bags)}
        new.write([(MARK_NAME, json_in_ascii(mark)), ("style.css", ROOM_STYLE.encode()), ("search.js", SEARCH_SCRIPT)])
        self._write_bags(new, before)
        new.write(self._lists())
        new.write(self._index())
        new.write(self._whole())

    def _write_bags(self, new: NewFolder, before: Before | None) -> None:
        receipts = self._receipts()
        parts: dict[str, frozenset[str]] = {}
        for number, (_, key) in enumerate(self._bags):
            if self._tell is not None and number % 20 == 0:
                self._tell("bags", number, len(self._bags))
            about = self._catalogue.about(key)
            name = os.fsdecode(unquote_to_bytes(key))
            if about is None or name in ("", ".", "..") or "/" in name:
                continue
            one = write_bag(
                new,
                self._archive / name,
                about,
                receipts.get(name, ()),
                versions=self._catalogue.versions(key),
                has_pages=self._catalogue.has_pages(key),
                before=before,
                base=self._base,
                with_bags=self._with_bags,
            )
            self.bags, self.kept = self.bags + 1, self.kept + one.is_kept
            if one.unshown:
                self.unshown_count += 1
                self.unshown += [(name, one.unshown)] if len(self.unshown) < _TOLD else []
            if one.pages:
                parts[key] = one.pages
        for _, key in self._order:
            bag, page = parted(key)
            if page is not None and (about := self._catalogue.about(key)) is not None:
                write_page(new, about, parts.get(bag, frozenset()))

    def _receipts(self) -> dict[str, list[ReceiptLine]]:
        found: dict[str, list[ReceiptLine]] = {}
        for one in receipts_in(self._archive):
            if one.receipt is not None:
                found.setdefault(one.receipt.bag, []).extend(receipt_lines([one.receipt]))
        return {name: sorted(lines, key=lambda line: (line[2], line)) for name, lines in found.items()}

    def _lists(self) -> Iterator[tuple[str, bytes]]:
        yield from self._shelves("", "", [docid for docid, _ in self._bags], "browse/all")
        for kind in FACETS:
            values = self._catalogue.values(kind)
            pages = max((len(values) + VALUES_SIZE - 1) // VALUES_SIZE, 1)
            for number in range(1, pages + 1):
                some = values[(number - 1) * VALUES_SIZE : number * VALUES_SIZE]
                file = f"browse/{kind}/{lists.file_of(number)}"
                yield file, lists.values_of(kind, some, number=number, pages=pages)
            for value, _ in values:
                having = [docid for docid in self._catalogue.having(kind, value) if docid in self._rank]
                having.sort(key=self._rank.__getitem__)
                yield from self._shelves(kind, value, having, f"browse/{kind}/{folder_of(value)}")

    def _shelves(self, kind: str, value: str, docids: Sequence[int], folder: str) -> Iterator[tuple[str, bytes]]:
        pages = max((len(docids) + SHELF_SIZE - 1) // SHELF_SIZE, 1)
        up = "../" * (folder.count("/") + 1)
        total, pages_in = len(docids), len(self._pages.intersection(docids))
        for number in range(1, pages + 1):
            some = docids[(number - 1) * SHELF_SIZE : number * SHELF_SIZE]
            hits = (hit for docid in some if (hit := self._catalogue.hit(docid)) is not None)
            page = lists.shelf(kind, value, hits, number=number, pages=pages, total=total, pages_in=pages_in, up=up)
            yield f"{folder}/{lists.file_of(number)}", page

    def _index(self) -> Iterator[tuple[str, bytes]]:
        docids = [docid for docid, _ in self._order]
        characters = self._catalogue.characters()
        yield "search.html", lists.search_page(len(docids), len(self._bags), digits_of(characters), FACETS)
        for name, content in index_parts(lambda: self._catalogue.texts(docids), characters):
            yield f"search/index/{name}.js", content
        for number, (docid, key) in enumerate(self._order):
            ((title, creators, text),) = self._catalogue.texts([docid])
            hit = self._catalogue.hit(docid)
            if hit is None:
                continue
            facts = [creators, hit.date, hit.site, hit.language, lists.captured(hit), lists.bag_around(key)]
            members: dict[str, object] = {"folder": folder_of_key(key), "title": title or hit.name, "facts": facts}
            yield f"search/pages/{number}.js", page_script(number, members, text)

    def _whole(self) -> Iterator[tuple[str, bytes]]:
        # Of bags alone: folders that are none have no page, and what only they have has no list.
        facets = ((kind, sorted(self._catalogue.values(kind), key=lambda one: -one[1])) for kind in FACETS)
        shown = tuple((kind, tuple(values[:VALUES_SHOWN])) for kind, values in facets if values)
        tallies = self._catalogue.tallies()._replace(built_at=written_moment(self._moment), facets=shown)
        yield "index.html", room.home(self._name, tallies, ways=WRITTEN, feed="feed.xml")
        for one in rules():
            yield WRITTEN.rule(one.code), room.rule(one, ways=WRITTEN)
        newest = self._catalogue.newest(NEWEST)
        here = f"{self._base}feed.xml" if self._base else None
        home = self._base or "index.html"
        yield (
            "feed.xml",
            encode_feed(self._name, newest, at=lambda key: f"{self._base}{WRITTEN.bag(key)}", here=here, home=home),
        )
        robots = "User-agent: *\nAllow: /\n"
        if self._base:
            robots += f"Sitemap: {self._base}sitemap.xml\n"
            yield from self._sitemap()
        yield "robots.txt", robots.encode()

    def _sitemap(self) -> Iterator[tuple[str, bytes]]:
        addresses = [f"{self._base}{WRITTEN.bag(key)}" for _, key in sorted(self._order, key=lambda one: one[1])]
        starts = range(0, len(addresses), ADDRESSES_AT_MOST)
        if len(starts) < 2:
            yield "sitemap.xml", encode_sitemap(addresses)
            return
        files = [f"sitemap-{number}.xml" for number in range(1, len(starts) + 1)]
        yield "sitemap.xml", encode_sitemap_index(f"{self._base}{file}" for file in files)
        for file, start in zip(files, starts, strict=True):
            yield file, encode_sitemap(addresses[start : start + ADDRESSES_AT_MOST])
