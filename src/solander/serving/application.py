"""Addresses -> answers: a WSGI application that knows a dozen addresses, reads, and refuses all else.

Source: PEP 3333; RFC 9110; docs/showing.md, "What is served".
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urljoin

from solander.errors import SolanderError
from solander.model.bag_layout import VIEW_NAME
from solander.model.catalogue import FACETS, Query, SignedLink, key_of, page_key
from solander.model.linkset import LINKSET_NAME, LINKSET_TYPE
from solander.pipeline.showing.shown_archive import STYLE, NotThere, ShownArchive
from solander.serving import answer as answers
from solander.serving.answer import OF_A_BAG, OF_COLUMNS, Answer, sent
from solander.serving.wishes import weight

_SITEMAP = re.compile(r"/sitemap-([0-9]{1,5})\.xml")
_PAGE = re.compile(r"pages/([1-9][0-9]{0,11})(?:/(.*))?")
_BELOW_A_BAG = re.compile(r"/bags/([^/]+)/(?:pages/([1-9][0-9]{0,11})(?:/|\Z))?")
_FORM_LIMIT_BYTES = 16 * 1024
_ADDRESS_CHARACTERS = 4096
_TYPES = {
    ".xml": "application/xml", ".json": "application/json", ".jsonld": "application/ld+json",
    ".txt": "text/plain; charset=utf-8", ".png": "image/png", ".jpg": "image/jpeg", ".gif": "image/gif",
    ".webp": "image/webp", ".pdf": "application/pdf",
}  # fmt: skip
"""Of files of bags: what is none of these is given to be kept, never to be opened."""
_OPENED = frozenset((".xml", ".json", ".jsonld", ".txt", ".png", ".jpg", ".gif", ".webp"))

StartResponse = Callable[[str, list[tuple[str, str]]], Any]


class Application:
    """The application; it has no state of its own but the archive's."""

    def __init__(self, shown: ShownArchive, base: str) -> None:
        """``base`` is the address of the home page, with its slash: it is never taken from a request."""
        self._shown, self._base = shown, base

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        try:
            answer = self._answer(environ)
        except NotThere as refused:
            answer = self._refused(answers.NOT_FOUND, str(refused), environ)
        except (SolanderError, sqlite3.DatabaseError):
            # What it says names places of this machine.
            why = "the archive cannot be read now; try again in a while"
            answer = self._refused(answers.SERVICE_UNAVAILABLE, why, environ)
            answer.headers.append(("Retry-After", "10"))
        line, headers, body = sent(answer, environ)
        start_response(line, headers)
        return body

    def _answer(self, environ: dict[str, Any]) -> Answer:
        method = environ["REQUEST_METHOD"]
        path = _path(environ)
        if path == "/oai" and method == "POST":
            return self._harvested(_form(environ))
        if method not in ("GET", "HEAD"):
            answer = self._refused(answers.METHOD_NOT_ALLOWED, "this archive is read, and nothing else", environ)
            answer.headers.append(("Allow", "GET, HEAD"))
            return answer
        query = environ.get("QUERY_STRING", "")
        if len(path) + len(query) > _ADDRESS_CHARACTERS:
            return self._refused(answers.URI_TOO_LONG, "the address is too long", environ)
        if any(letter < " " or letter in "\\\x7f" for letter in path) or "//" in path:
            raise NotThere("there is no such page")
        pairs = _pairs(query)
        said = dict(pairs).get("format")
        as_json = said == "json" or (said is None and _prefers_json(environ.get("HTTP_ACCEPT", "")))
        if path == "/oai":
            return self._harvested(pairs)
        return self._page(path, pairs, as_json=as_json)

    def _refused(self, status: answers.Status, why: str, environ: dict[str, Any]) -> Answer:
        """A page for whoever reads pages, with the ways on; a line for all others."""
        vary = [("Vary", "Accept")]
        if not weight(environ.get("HTTP_ACCEPT", ""), "text/html"):
            line = f"{status.phrase}: {why}\n".encode("utf-8", "replace")
            return Answer(status, "text/plain; charset=utf-8", line, headers=vary)
        path = _path(environ)
        below = _BELOW_A_BAG.match(path)
        near = [key_of(below[1]), *([page_key(key_of(below[1]), int(below[2]))] if below[2] else [])] if below else []
        # Relative, as every address is: what stands before the archive's own addresses is not known here.
        up = "../" * (path.count("/") - 1) or "./"
        return Answer(status, body=self._shown.refused(status.phrase, why, near, up=up), headers=vary)

    def _page(self, path: str, pairs: list[tuple[str, str]], *, as_json: bool) -> Answer:
        shown = self._shown
        if path == "/":
            return _told(shown.home(as_json=as_json), as_json=as_json)
        if path == "/search":
            return _told(shown.search(_query(pairs), as_json=as_json), as_json=as_json)
        if path == "/style.css":
            return Answer(media_type="text/css; charset=utf-8", body=STYLE)
        if path == "/feed.xml":
            return Answer(media_type="application/atom+xml", body=shown.feed(self._base))
        if path == "/robots.txt":
            said = f"User-agent: *\nAllow: /\nSitemap: {self._base}sitemap.xml\n"
            return Answer(media_type="text/plain; charset=utf-8", body=said.encode())
        if path == "/sitemap.xml":
            return Answer(media_type="application/xml", body=shown.sitemap(self._base))
        if part := _SITEMAP.fullmatch(path):
            return Answer(media_type="application/xml", body=shown.sitemap_part(self._base, int(part[1])))
        if path.startswith("/rules/"):
            return Answer(body=shown.rule(path.removeprefix("/rules/")))
        if path.startswith("/bags/"):
            name, slash, rest = path.removeprefix("/bags/").partition("/")
            key = key_of(name)
            if not slash:
                if not shown.is_known(key):
                    raise NotThere("there is no such bag")
                return Answer(answers.PERMANENT_REDIRECT, headers=[("Location", f"{self._base}bags/{key}/")])
            return self._of_bag(key, rest, as_json=as_json)
        raise NotThere("there is no such page")

    def _of_bag(self, key: str, rest: str, *, as_json: bool) -> Answer:
        here = f"{self._base}bags/{key}/"
        if rest == "":
            if as_json:
                return _told(self._shown.bag_value(key), as_json=True)
            body, links = self._shown.bag(key)
            answer = _told(body, as_json=False)
            answer.headers.append(("Link", ", ".join(_signpost(one, here) for one in links)))
            return answer
        if page := _PAGE.fullmatch(rest):
            return self._of_page(key, int(page[1]), page[2], as_json=as_json)
        if rest == LINKSET_NAME:
            return Answer(media_type=LINKSET_TYPE, body=self._shown.linkset(key, here))
        if rest == "side-by-side":
            return Answer(body=self._shown.side_by_side(key), policy=OF_COLUMNS)
        if rest == "bag.zip":
            name = [("Content-Disposition", f'attachment; filename="{_plain(key)}.zip"')]
            return Answer(media_type="application/zip", body=self._shown.zipped(key), headers=name, policy=OF_A_BAG)
        if rest.startswith("files/"):
            file = self._shown.file(key, rest.removeprefix("files/"))
            ending = f".{file.name.rpartition('.')[2].lower()}"
            is_view = file.name == VIEW_NAME
            media_type = "text/html; charset=utf-8" if is_view else _TYPES.get(ending, "application/octet-stream")
            answer = Answer(media_type=media_type, body=file.chunks, policy=OF_A_BAG, tag=file.tag)
            answer.size_bytes = file.size_bytes
            answer.headers.append(("Link", f'<{here}>; rel="collection"; type="text/html"'))
            if not is_view and ending not in _OPENED:
                last = quote(file.name.rpartition("/")[2].encode("utf-8", "surrogateescape"), safe="")
                answer.headers.append(("Content-Disposition", f"attachment; filename*=UTF-8''{last}"))
            return answer
        raise NotThere("there is no such page")

    def _of_page(self, key: str, number: int, rest: str | None, *, as_json: bool) -> Answer:
        """One page of a bag of many."""
        here = f"{self._base}bags/{key}/pages/{number}/"
        if rest is None:
            self._shown.page_value(key, number)
            return Answer(answers.PERMANENT_REDIRECT, headers=[("Location", here)])
        if rest == "view":
            return Answer(body=self._shown.page_view(key, number, side_by_side=False), policy=OF_A_BAG)
        if rest == "side-by-side":
            return Answer(body=self._shown.page_view(key, number, side_by_side=True), policy=OF_COLUMNS)
        if rest:
            raise NotThere("there is no such page")
        if as_json:
            return _told(self._shown.page_value(key, number), as_json=True)
        body, links = self._shown.page(key, number)
        answer = _told(body, as_json=False)
        answer.headers.append(("Link", ", ".join(_signpost(one, here) for one in links)))
        return answer

    def _harvested(self, pairs: list[tuple[str, str]]) -> Answer:
        body = self._shown.harvested(pairs, f"{self._base}oai")
        return Answer(media_type="text/xml; charset=utf-8", body=body, policy=OF_A_BAG)


def _signpost(one: SignedLink, here: str) -> str:
    kind = f'; type="{one.media_type}"' if one.media_type else ""
    return f'<{urljoin(here, one.target)}>; rel="{one.relation}"{kind}'


def _told(body: bytes, *, as_json: bool) -> Answer:
    answer = Answer(body=body, headers=[("Vary", "Accept")])
    if as_json:
        answer.media_type = "application/json"
    return answer


def _path(environ: dict[str, Any]) -> str:
    raw = environ.get("PATH_INFO", "") or "/"
    # WSGI gives the bytes of the path as Latin-1, percent signs undone: a slash that was written %2F is one here,
    # and so no name of a bag holds one.
    return raw.encode("latin-1", "replace").decode("utf-8", "surrogateescape")


def _pairs(query: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query, keep_blank_values=True, max_num_fields=50, errors="replace")
    except ValueError:
        return []


def _query(pairs: list[tuple[str, str]]) -> Query:
    asked = dict(pairs)
    facets = tuple(dict.fromkeys((name, value[:300]) for name, value in pairs if name in FACETS and value))
    page = asked.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    return Query(asked.get("q", "")[:500], facets[:8], max(number, 1))


def _form(environ: dict[str, Any]) -> list[tuple[str, str]]:
    written = environ.get("CONTENT_LENGTH") or "0"
    size_bytes = int(written) if written.isascii() and written.isdigit() and len(written) < 9 else 0
    content = environ["wsgi.input"].read(min(size_bytes, _FORM_LIMIT_BYTES))
    return _pairs(content.decode("latin-1"))


def _prefers_json(accept: str) -> bool:
    return weight(accept, "application/json") > weight(accept, "text/html")


def _plain(key: str) -> str:
    name = unquote_to_bytes(key).decode("ascii", "replace")
    return "".join(letter if (letter.isalnum() and letter.isascii()) or letter in "-_." else "_" for letter in name)
