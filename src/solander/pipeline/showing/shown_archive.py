"""An archive as it is shown: its pages and files by their addresses, as values. Nothing of it is ever changed.

What is shown is found by the catalogue's keys alone, and files by a tree that follows no link and leaves no folder.

Source: docs/showing.md, "What is served"; docs/design.md, section 1, law 6.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote_to_bytes

from solander.cataloguing import Catalogue
from solander.encoding.atom import NEWEST, encode_feed
from solander.encoding.canonical_json import json_in_ascii
from solander.encoding.linkset import encode_linkset
from solander.errors import ArchiveError, SolanderError
from solander.files.folder import Folder
from solander.files.named import kind_of
from solander.files.serialising import serialised
from solander.model.bag_layout import DATACITE_NAME, DUBLIN_CORE_NAME, TEI_NAME, VIEW_NAME
from solander.model.catalogue import Query, SignedLink, page_key, parted
from solander.pipeline.archives.harvesting import Provider
from solander.pipeline.judgement.rulebook import rules
from solander.pipeline.receipts import receipts_of
from solander.pipeline.showing.bag_shown import (
    ShownBag,
    receipt_lines,
    shown_bag,
    signposts,
)
from solander.pipeline.showing.shown_pages import PageGone, page_about, page_view
from solander.pipeline.showing.shown_sitemap import sitemap, sitemap_part
from solander.viewing import bag_page, lists, room
from solander.viewing.room_style import ROOM_STYLE
from solander.viewing.ways import SERVED, value_of

if TYPE_CHECKING:
    from solander.pipeline.showing.kept_views import KeptViews

STYLE = ROOM_STYLE.encode()
_UP = "../../"
"""From a bag's page to the home page."""


class NotThere(Exception):
    """Nothing stands at an address."""


class ShownFile(NamedTuple):
    """A file of a bag, to be streamed."""

    name: str
    size_bytes: int
    tag: str
    """Another one whenever the file was written again."""
    chunks: Iterator[bytes]


class ShownArchive:
    """One archive and its catalogue; many threads may ask at once, each by a connection of its own."""

    def __init__(self, archive: Path, catalogue: Path, *, name: str, email: str) -> None:
        self.archive, self.path, self.name, self.email = archive, catalogue, name, email
        self._mine = threading.local()
        self._sides = threading.BoundedSemaphore(2)
        self.catalogue()

    def catalogue(self) -> Catalogue:
        """The connection of the calling thread; a new one where the catalogue was made anew."""
        try:
            now = os.stat(self.path).st_ino  # noqa: PTH116 - one look, by the name as it is
        except OSError as error:
            what = f"there is no catalogue; make one: solander catalogue {self.archive}"
            raise ArchiveError(self.path, what) from error
        held: tuple[int, Catalogue] | None = getattr(self._mine, "held", None)
        if held is not None and held[0] == now:
            return held[1]
        if held is not None:
            held[1].close()
        made = Catalogue(self.path)
        self._mine.held = (now, made)
        return made

    def home(self, *, as_json: bool) -> bytes:
        """The archive at a glance."""
        tallies = self.catalogue().tallies()
        return (
            json_in_ascii(tallies._asdict()) if as_json else room.home(self.name, tallies, ways=SERVED, feed="feed.xml")
        )

    def search(self, query: Query, *, as_json: bool) -> bytes:
        """A list of bags."""
        found = self.catalogue().search(query)
        if not as_json:
            return lists.results(query, found)
        hits = [
            hit._asdict() | {part: "".join(one.words for one in getattr(hit, part)) for part in ("title", "passages")}
            for hit in found.hits
        ]
        return json_in_ascii({"total": found.total, "has_more": found.has_more, "hits": hits, "facets": found.facets})

    def bag(self, key: str) -> tuple[bytes, tuple[SignedLink, ...]]:
        """One bag's page, and its signposts.

        Raises:
            NotThere: the catalogue knows none, or it is gone.
        """
        shown, path = self._shown(key)
        links = _signposts(shown)
        names = shown.names
        actions = [
            (_address(VIEW_NAME), "Read the page", VIEW_NAME in names),
            ("side-by-side", "Original and TEI side by side", TEI_NAME in names),
            (_address(TEI_NAME), "TEI", TEI_NAME in names),
            (_address(DUBLIN_CORE_NAME), "Dublin Core", DUBLIN_CORE_NAME in names),
            (_address(DATACITE_NAME), "DataCite", DATACITE_NAME in names),
            (f"{_UP}{SERVED.chosen('collection', value_of(key))}", "Its pages", self.catalogue().has_pages(key)),
            ("bag.zip", "The bag as a zip file", shown.about["kind"] == "bag"),
            ("?format=json", "JSON", True),
        ]
        body = bag_page.bag(
            shown.about,
            shown.files,
            ways=SERVED,
            actions=[(way, words) for way, words, is_there in actions if is_there],
            address=_address,
            story=shown.story,
            findings=shown.findings,
            receipts=receipt_lines(receipts_of(path)),
            links=links,
            described=shown.described,
            versions=[(f"{_UP}{SERVED.bag(one)}", number) for one, number in self.catalogue().versions(key)],
        )
        return body, links

    def page(self, key: str, number: int) -> tuple[bytes, tuple[SignedLink, ...]]:
        """The page about one page of a bag of many, and its signposts.

        Raises:
            NotThere: the catalogue knows none.
        """
        about, path, bag = self._page(key, number)
        return page_about(about, in_folder=bag["kind"] == "bag" and kind_of(path) == "folder")

    def page_value(self, key: str, number: int) -> bytes:
        """One page of a bag of many as JSON.

        Raises:
            NotThere: the catalogue knows none.
        """
        return json_in_ascii(self._page(key, number)[0])

    @cached_property
    def _views(self) -> KeptViews:
        from solander.pipeline.showing.kept_views import (
            KeptViews,  # late: little that is shown needs what reads records
        )

        return KeptViews()

    def page_view(self, key: str, number: int, *, side_by_side: bool) -> bytes:
        """The view of one page of a bag of many, made anew.

        Raises:
            NotThere: the catalogue knows none, or nothing of which it could be made is there.
        """
        _, path, bag = self._page(key, number)
        if bag["kind"] != "bag":
            raise NotThere("views are made of bags that are folders")
        try:
            return page_view(path, number, side_by_side=side_by_side, kept=self._views)
        except PageGone as gone:
            raise NotThere(str(gone)) from gone

    def _page(self, key: str, number: int) -> tuple[dict[str, Any], Path, dict[str, Any]]:
        path, bag = self._known(key)
        about = self.catalogue().about(page_key(key, number))
        if about is None:
            raise NotThere("there is no such page")
        return about, path, bag

    def bag_value(self, key: str) -> bytes:
        """One bag as JSON.

        Raises:
            NotThere: the catalogue knows none, or it is gone.
        """
        shown, path = self._shown(key)
        told = [{"code": one.code, "severity": one.severity, "message": one.message, "path": one.place.path}
                for one in shown.findings]  # fmt: skip
        more = {"story": list(shown.story), "files": [list(one) for one in shown.files], "findings": told,
                "receipts": receipt_lines(receipts_of(path))}  # fmt: skip
        versions = [{"key": one, "version": number} for one, number in self.catalogue().versions(key)]
        return json_in_ascii({**shown.about, "other_versions": versions, **more})

    def linkset(self, key: str, here: str) -> bytes:
        """A bag's signposts as a document of their own; ``here`` is the address of its page.

        Raises:
            NotThere: the catalogue knows none.
        """
        return encode_linkset(_signposts(self._shown(key)[0]), here)

    def is_known(self, key: str) -> bool:
        """Whether the catalogue knows a bag."""
        return self.catalogue().is_known(key)

    def feed(self, base: str) -> bytes:
        """The newest of the archive; ``base`` is the address of the home page."""
        newest = self.catalogue().newest(NEWEST)
        return encode_feed(
            self.name, newest, at=lambda key: f"{base}{SERVED.bag(key)}", here=f"{base}feed.xml", home=base
        )

    def side_by_side(self, key: str) -> bytes:
        """The original, the TEI as it is read and as it is written.

        Raises:
            NotThere: there is no such bag, or nothing of which it could be made.
        """
        from solander.pipeline.showing.views import view

        path, _ = self._known(key)
        try:
            # Reading a page again costs more than all else that is shown: two at once, whoever asks.
            with self._sides:
                return view(path, side_by_side=True).content
        except SolanderError as error:
            raise NotThere(str(error).replace(f"{self.archive}/", "")) from error

    def file(self, key: str, name: str) -> ShownFile:
        """A file of a bag.

        Raises:
            NotThere: there is none of that name, or it is a link or no regular file.
        """
        path, about = self._known(key)
        if about["kind"] != "bag" or not name or "\0" in name:
            raise NotThere("there is no such file")
        try:
            # By the same way that it is read: no link is followed, no folder left.
            chunks = Folder(path).chunks(name)
            first = next(chunks, b"")
            status = os.lstat(path / os.fsdecode(name.encode("utf-8", "surrogateescape")))
        except (ArchiveError, OSError, ValueError) as error:
            raise NotThere("there is no such file") from error

        def pieces() -> Iterator[bytes]:
            yield first
            yield from chunks

        tag = f"{status.st_ino:x}-{status.st_size:x}-{status.st_mtime_ns:x}"
        return ShownFile(name, status.st_size, tag, pieces())

    def zipped(self, key: str) -> Iterator[bytes]:
        """A bag as a zip file, the same bytes every time, in pieces.

        Raises:
            NotThere: there is no such bag, or it holds what no zip file should.
        """
        path, about = self._known(key)
        if about["kind"] != "bag":
            raise NotThere("this is no folder that is a bag")
        try:
            return serialised(Folder(path), path.name, "zip")
        except (SolanderError, ValueError) as error:
            raise NotThere("it holds what no zip file should: see the report") from error

    def rule(self, code: str) -> bytes:
        """What a rule means.

        Raises:
            NotThere: there is none of this code.
        """
        for one in rules():
            if one.code == code:
                return room.rule(one, ways=SERVED)
        raise NotThere("there is no such rule")

    def refused(self, said: str, why: str, near: Sequence[str], *, up: str) -> bytes:
        """The page that says what is not to be had, and leads to what is.

        Args:
            said: what is the matter, in short.
            why: in a sentence.
            near: keys of the bag in whose place something was asked for, and of its page.
            up: the way to the home page's folder.
        """
        on: list[tuple[str, str]] = []
        # What cannot be read now is no reason to say nothing.
        with suppress(SolanderError):
            known = [key for key in reversed(near) if self.is_known(key)]
            on += [(SERVED.bag(key), "The bag" if parted(key)[1] is None else "About this page") for key in known]
        on += [(SERVED.everything(), "All bags"), ("", "The archive at a glance")]
        return room.refused(said, why, on, ways=SERVED, up=up)

    def harvested(self, arguments: Sequence[tuple[str, str]], base: str) -> bytes:
        """An answer of OAI-PMH."""
        provider = Provider(self.archive, self.catalogue(), base=base, name=self.name, email=self.email)
        return provider.answer(arguments)

    def sitemap(self, base: str) -> bytes:
        """The addresses of bags for search engines; of many, the index of the files that have them."""
        return sitemap(self.catalogue(), base)

    def sitemap_part(self, base: str, number: int) -> bytes:
        """The addresses of some bags.

        Raises:
            NotThere: there are not so many.
        """
        if (part := sitemap_part(self.catalogue(), base, number)) is None:
            raise NotThere("there is no such page")
        return part

    def _shown(self, key: str) -> tuple[ShownBag, Path]:
        path, about = self._known(key)
        return shown_bag(path, about), path

    def _known(self, key: str) -> tuple[Path, dict[str, Any]]:
        about = self.catalogue().about(key)
        if about is None:
            raise NotThere("there is no such bag")
        name = os.fsdecode(unquote_to_bytes(key))
        if name in ("", ".", "..") or "/" in name:
            raise NotThere("there is no such bag")
        return self.archive / name, about


def _address(name: str) -> str:
    return f"files/{bag_page.path_of(name)}"


def _signposts(shown: ShownBag) -> tuple[SignedLink, ...]:
    is_bag = shown.about["kind"] == "bag"
    view = _address(VIEW_NAME) if VIEW_NAME in shown.names else None
    return signposts(shown, _address, view=view, zipped="bag.zip" if is_bag else None)
