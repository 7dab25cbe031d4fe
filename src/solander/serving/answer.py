"""Answers of HTTP: what every one of them bears, ranges, and what a client has already.

Source: RFC 9110, 8.8 (validators), 13 (conditional requests) and 14 (ranges); CSP 3.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

OF_OURS = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
"""The policy of the pages that are written here."""

OF_A_BAG = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""The policy of what lies in a bag, whoever wrote it: nothing runs, nothing is fetched, it has no origin."""

OF_COLUMNS = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""The policy of the page with the original in a frame, which is sandboxed there."""

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})\Z", re.ASCII)
_UNFIT = re.compile(r"[^\x20-\x7e]")


class Status(NamedTuple):
    """A status of HTTP (RFC 9110, 15)."""

    value: int
    phrase: str


OK = Status(200, "OK")
PARTIAL_CONTENT = Status(206, "Partial Content")
NOT_MODIFIED = Status(304, "Not Modified")
PERMANENT_REDIRECT = Status(308, "Permanent Redirect")
NOT_FOUND = Status(404, "Not Found")
METHOD_NOT_ALLOWED = Status(405, "Method Not Allowed")
URI_TOO_LONG = Status(414, "URI Too Long")
RANGE_NOT_SATISFIABLE = Status(416, "Range Not Satisfiable")
SERVICE_UNAVAILABLE = Status(503, "Service Unavailable")


@dataclass(slots=True)
class Answer:
    """What is sent."""

    status: Status = OK
    media_type: str = "text/html; charset=utf-8"
    body: bytes | Iterable[bytes] = b""
    policy: str = OF_OURS
    tag: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    size_bytes: int | None = None
    """Of a body in pieces, where it is known: then it can be asked for in ranges."""


def sent(answer: Answer, asked: Mapping[str, str]) -> tuple[str, list[tuple[str, str]], Iterable[bytes]]:
    """Status line, headers and body of an answer, by what the client asked.

    Args:
        answer: the whole.
        asked: the WSGI environment.
    """
    body, size_bytes = answer.body, answer.size_bytes
    if isinstance(body, bytes):
        size_bytes = len(body)
        answer.tag = answer.tag or hashlib.sha256(body).hexdigest()[:32]
    status = answer.status
    headers = [
        ("Content-Type", answer.media_type),
        ("Content-Security-Policy", answer.policy),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cache-Control", "no-cache"),
        *((name, _UNFIT.sub("_", value)) for name, value in answer.headers),
    ]
    if status is OK and answer.tag:
        headers.append(("ETag", f'"{answer.tag}"'))
        known = [one.strip().removeprefix("W/") for one in asked.get("HTTP_IF_NONE_MATCH", "").split(",")]
        if f'"{answer.tag}"' in known or "*" in known:
            kept = [one for one in headers if one[0] != "Content-Type"]
            return _line(NOT_MODIFIED), kept, ()
    pieces: Iterable[bytes] = (body,) if isinstance(body, bytes) else body
    if status is OK and size_bytes is not None and answer.size_bytes is not None:
        headers.append(("Accept-Ranges", "bytes"))
        if_range = asked.get("HTTP_IF_RANGE", "")
        span = _span(asked.get("HTTP_RANGE", ""), size_bytes) if if_range in ("", f'"{answer.tag}"') else None
        if span == (0, 0):
            headers = [(n, v) for n, v in headers if n != "ETag"] + [("Content-Range", f"bytes */{size_bytes}")]
            return _line(RANGE_NOT_SATISFIABLE), [*headers, ("Content-Length", "0")], ()
        if span is not None:
            headers.append(("Content-Range", f"bytes {span[0]}-{span[1] - 1}/{size_bytes}"))
            pieces, size_bytes, status = _cut(pieces, *span), span[1] - span[0], PARTIAL_CONTENT
    if size_bytes is not None:
        headers.append(("Content-Length", str(size_bytes)))
    return _line(status), headers, () if asked.get("REQUEST_METHOD") == "HEAD" else pieces


def _line(status: Status) -> str:
    return f"{status.value} {status.phrase}"


def _span(written: str, size_bytes: int) -> tuple[int, int] | None:
    """First byte and the one behind the last; ``None`` for the whole, ``(0, 0)`` for a range that is not there."""
    match = _RANGE.match(written)
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        begin = max(size_bytes - int(last), 0)
        return (begin, size_bytes) if int(last) and size_bytes else (0, 0)
    if last and int(last) < int(first):
        return None
    begin, end = int(first), min(int(last) + 1 if last else size_bytes, size_bytes)
    return (begin, end) if begin < size_bytes else (0, 0)


def _cut(pieces: Iterable[bytes], begin: int, end: int) -> Iterator[bytes]:
    at = 0
    for piece in pieces:
        if at >= end:
            return
        if part := piece[max(begin - at, 0) : end - at]:
            yield part
        at += len(piece)
