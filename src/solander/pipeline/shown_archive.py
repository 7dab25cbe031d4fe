"""An archive as it is shown: its pages and files by their addresses, as values. Nothing of it is ever changed.

What is shown is found by the catalogue's keys alone, and files by a tree that follows no link and leaves no folder.

Source: issue 8, part 5; DESIGN, section 1, law 6.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

from solander.cataloguing import Catalogue
from solander.errors import ArchiveError, SolanderError
from solander.files.folder import Folder
from solander.files.serialising import serialised
from solander.model.catalogue import Query
from solander.pipeline.harvesting import Provider
from solander.pipeline.holdings import look_into
from solander.pipeline.receipts import receipts_of
from solander.pipeline.rulebook import rules
from solander.viewing import room
from solander.viewing.markup import escaped, quoted
from solander.viewing.room_style import ROOM_STYLE

STYLE = ROOM_STYLE.encode()


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
            raise ArchiveError(self.path, "there is no catalogue any more") from error
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
        return _json(tallies._asdict()) if as_json else room.home(self.name, tallies)

    def search(self, query: Query, *, as_json: bool) -> bytes:
        """A list of bags."""
        found = self.catalogue().search(query)
        if not as_json:
            return room.results(query, found)
        hits = [
            hit._asdict() | {part: "".join(one.words for one in getattr(hit, part)) for part in ("title", "passages")}
            for hit in found.hits
        ]
        return _json({"total": found.total, "has_more": found.has_more, "hits": hits, "facets": found.facets})

    def bag(self, key: str, *, as_json: bool) -> bytes:
        """One bag.

        Raises:
            NotThere: the catalogue knows none, or it is gone.
        """
        path, about = self._known(key)
        files: Sequence[tuple[str, int]] = ()
        story: tuple[str, ...] = ()
        report = None
        if about["kind"] == "bag":
            try:
                holding = look_into(path)
                files, story, report = holding.files, holding.story, holding.report
                about["damage"] = list(dict.fromkeys((*about["damage"], *holding.damage)))[:40]
            except SolanderError as error:
                about["damage"] = [*about["damage"], str(error)]
        receipts = [
            (one.target, one.state, one.at.date().isoformat(), one.url or one.record) for one in receipts_of(path)
        ]
        findings = report.findings[:200] if report is not None else ()
        if as_json:
            told = [{"code": one.code, "severity": one.severity, "message": one.message, "path": one.place.path}
                    for one in findings]  # fmt: skip
            return _json({**about, "files": [list(one) for one in files], "findings": told, "receipts": receipts})
        head = (
            f'<link rel="cite-as" href="{quoted(about["identifier"])}">\n'
            '<link rel="describedby" type="application/xml" href="files/metadata/dc.xml">\n'
            '<link rel="item" type="application/zip" href="bag.zip">\n'
        )
        return room.bag(about, files, story=story, findings=findings, receipts=receipts, head=head)

    def side_by_side(self, key: str) -> bytes:
        """The original, the TEI as it is read and as it is written.

        Raises:
            NotThere: there is no such bag, or nothing of which it could be made.
        """
        from solander.pipeline.showing import view

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
                return room.rule(one)
        raise NotThere("there is no such rule")

    def harvested(self, arguments: Sequence[tuple[str, str]], base: str) -> bytes:
        """An answer of OAI-PMH."""
        provider = Provider(self.archive, self.catalogue(), base=base, name=self.name, email=self.email)
        return provider.answer(arguments)

    def sitemap(self, base: str, after: str = "") -> bytes:
        """The addresses of bags for search engines, 50,000 at most."""
        parts: list[str] = []
        while len(parts) < 50_000 and (keys := self.catalogue().keys(after)):
            parts += [f"<url><loc>{escaped(f'{base}bags/{key}/')}</loc></url>\n" for key, _ in keys]
            after = keys[-1][0]
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
            f"{''.join(parts[:50_000])}</urlset>\n"
        ).encode()

    def _known(self, key: str) -> tuple[Path, dict[str, Any]]:
        about = self.catalogue().about(key)
        if about is None:
            raise NotThere("there is no such bag")
        name = os.fsdecode(unquote_to_bytes(key))
        if name in ("", ".", "..") or "/" in name:
            raise NotThere("there is no such bag")
        return self.archive / name, about


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=True, indent=1) + "\n").encode()
