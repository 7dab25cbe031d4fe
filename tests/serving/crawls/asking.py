"""Pages of a crawl, and how they are found, asked for and harvested."""

from __future__ import annotations

import contextlib
import io
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl, unquote

from lxml import etree
from tests.batch.made_crawls import page

from solander.model.catalogue import CATALOGUE_NAME, Query
from solander.pipeline import open_catalogue
from solander.pipeline.showing.shown_archive import ShownArchive
from solander.serving.application import Application

AT = datetime(2026, 1, 1, tzinfo=UTC)
BASE = "https://archive.example/"
PAGES = 105


def written(number: int) -> bytes:
    """A page with a word of its own, an author and a date."""
    head = f'<meta name=author content="Keeper {number % 3}"><meta name=date content="{2001 + number % 4}-05-01">'
    return page(number).replace(b"<body>", head.encode() + b"<body>").replace(b"<p>", b"<p>mark%04d " % number, 1)


def bag_of(archive: Path) -> Path:
    return next(archive.glob("h-fen-2024-*"))


def ask(shown: ShownArchive, path: str, query: str = "") -> tuple[str, dict[str, str], bytes]:
    told: list[tuple[str, dict[str, str]]] = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": unquote(path), "QUERY_STRING": query, "wsgi.input": io.BytesIO(),
    }  # fmt: skip
    body = b"".join(Application(shown, BASE)(environ, lambda line, headers: told.append((line[:3], dict(headers)))))
    return (*told[0], body)


def found(archive: Path, words: str = "", *facets: tuple[str, str]) -> tuple[int, int, list[str]]:
    with contextlib.closing(open_catalogue(archive / CATALOGUE_NAME)) as opened:
        answer = opened.search(Query(words=words, facets=facets))
        return answer.total, answer.pages, [hit.key for hit in answer.hits]


def asked(shown: ShownArchive, query: str) -> etree._Element:
    return etree.fromstring(shown.harvested(parse_qsl(query), f"{BASE}oai"))
