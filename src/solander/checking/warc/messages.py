"""WRC rules of what a record holds: the message of HTTP, its body, and what it says of itself.

Source: RFC 9110 (semantics) and RFC 9112 (HTTP/1.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from solander.checking.rules import Fault, rule
from solander.checking.warc.place import met, place
from solander.model.media_type import tell
from solander.model.warc import RecordSeen

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_PAGES = ("text/html", "application/xhtml+xml")
PRESCAN_BYTES = 1024


def _media_type(seen: RecordSeen) -> str:
    """What the message says that its body is, in small letters; empty where it does not."""
    written = (seen.http.first("Content-Type") or "") if seen.http is not None else ""
    return written.partition(";")[0].strip().lower()


def _is_page(seen: RecordSeen) -> bool:
    return seen.head.kind == "response" and bool(seen.begin) and tell(seen.begin).media_type in _PAGES


@rule("WRC050", "http-start-missing", severity="error", source="RFC 9112, 3 and 4")
def http_start_missing(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """The block of a record of HTTP does not begin with a status line or a request line.

    Why: what was answered is not known, nor where the page begins.

    Remedy: write the record again from its source, if that is still there; a copy with mended headers is another
    record.
    """
    yield from met(path, seen, "http-start-missing")


@rule("WRC051", "http-header-malformed", severity="warning", source="RFC 9112, 5")
def http_header_malformed(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """A header of the captured message is no name, colon and value, or none ends it.

    Why: servers send such lines; what they say is lost.

    Remedy: none is needed: the record has what was sent.
    """
    yield from met(path, seen, "http-header-malformed")


@rule("WRC052", "http-header-folded", severity="info", source="RFC 9112, 5.2 (obs-fold)")
def http_header_folded(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """A header of the captured message goes on in another line, as was once allowed.

    Why: programs read such a line as a part of the value, as a fault, or not at all.

    Remedy: none is needed.
    """
    yield from met(path, seen, "http-header-folded")


@rule("WRC053", "http-header-beyond-ascii", severity="info", source="RFC 9110, 5.5")
def http_header_beyond_ascii(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """A header of the captured message has bytes beyond ASCII.

    Why: in which encoding they are, nothing says.

    Remedy: none is needed.
    """
    yield from met(path, seen, "http-header-beyond-ascii")


@rule("WRC054", "response-not-really-chunked", severity="warning", source="RFC 9112, 7.1")
def not_really_chunked(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """The message says that its body comes in chunks, and it does not.

    Why: the program that captured it took the chunks away and left the header; readers that believe it fail, or stop in
    silence.

    Remedy: none is needed: Solander looks whether chunks are chunks.
    """
    yield from met(path, seen, "not-really-chunked")


@rule("WRC055", "response-chunks-broken", severity="warning", source="RFC 9112, 7.1")
def chunks_broken(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """The chunks of a body break off, or break their form.

    Why: what follows is lacking; the connection was probably cut.

    Remedy: capture the page again, if it still stands.
    """
    yield from met(path, seen, "chunks-broken")


@rule("WRC056", "response-coding-not-applied", severity="warning", source="RFC 9110, 8.4")
def content_coding_not_applied(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """The message says that its body is compressed, and it is not.

    Why: the program that captured it decompressed the body and left the header; readers that believe it fail.

    Remedy: none is needed: Solander looks at the bytes.
    """
    yield from met(path, seen, "content-coding-not-applied")


@rule("WRC057", "response-coding-damaged", severity="error", source="RFC 9110, 8.4")
def content_coding_damaged(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """A compressed body cannot be decompressed to its end.

    Why: the page is not all there.

    Remedy: capture the page again, if it still stands.
    """
    yield from met(path, seen, "content-coding-damaged")


@rule("WRC058", "content-coding-unknown", severity="warning", source="RFC 9110, 8.4.1")
def content_coding_unknown(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """A body is coded in a way that is not known here.

    Why: it could not be looked into, and cannot be packed as a page.

    Remedy: decode it with the program that its server meant, if that is still to be had.
    """
    yield from met(path, seen, "content-coding-unknown")


@rule("WRC059", "body-beyond-bound", severity="warning", source="law 6: what comes from outside is bounded")
def body_beyond_bound(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """More comes out of a compressed body than Solander decodes.

    Why: a few bytes may be made to fill any disk; it was not looked into further.

    Remedy: if the body is no trap, decode it by hand.
    """
    yield from met(path, seen, "body-beyond-bound")


@rule("WRC060", "http-length-differs", severity="warning", source="RFC 9110, 8.6 (Content-Length)")
def http_length_differs(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """The message says another length than its body has.

    Why: the body was cut on its way, or was decoded by the program that captured it.

    Remedy: if the page breaks off, capture it again.
    """
    yield from met(path, seen, "http-length-differs")


@rule("WRC061", "response-not-success", severity="info", source="RFC 9110, 15.5 and 15.6")
def status_not_success(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """A page was captured with a status of failure.

    Why: it is the server's notice, and not the page.

    Remedy: pack it only if the notice is what you want: ``solander pack --status``.
    """
    status = seen.http.status if seen.http is not None else None
    if status is not None and status >= 400 and _is_page(seen):
        yield Fault(place(path, seen), "the page is the server's error page", None, f"{status}")


@rule("WRC062", "media-type-not-as-bytes", severity="info", source="MIME Sniffing Standard, 7")
def media_type_not_as_bytes(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """A body is a page by its bytes, and something else by its header.

    Why: programs that go by the header pass it over.

    Remedy: none is needed: Solander goes by the bytes.
    """
    declared = _media_type(seen)
    if declared and declared not in (*_PAGES, "text/plain", "text/xml", "application/xml") and _is_page(seen):
        yield Fault(place(path, seen), "by its bytes this is a page", "text/html", declared[:60])


@rule("WRC063", "charsets-differ", severity="info", source="HTML Standard, 13.2.3.2")
def charsets_differ(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """The encoding of a page is declared twice, and otherwise each time: by a byte order mark, the header, or the page
    itself.

    Why: programs that ask in another order read other letters.

    Remedy: none is needed; a byte order mark outranks the header, and the header the page.
    """
    if _is_page(seen):
        declared = _charsets(seen)
        if len(set(declared.values())) > 1:
            said = ", ".join(f"{name} by its {where}" for where, name in declared.items())
            yield Fault(place(path, seen), "the encoding is declared otherwise in two places", None, said)


def _charsets(seen: RecordSeen) -> dict[str, str]:
    """The encodings that are declared, by where."""
    import webencodings  # late: the tables are wanted for pages alone

    found: dict[str, str] = {}
    begin = seen.begin[:PRESCAN_BYTES]
    for mark, name in _MARKS:
        if begin.startswith(mark):
            found["byte order mark"] = name.replace("-le", "le").replace("-be", "be")
            begin = begin[len(mark) :].decode(name, "replace").encode("ascii", "replace")
            break
    header = _CHARSET.search((seen.http.first("Content-Type") or "") if seen.http is not None else "")
    meta = _META.search(begin)
    for where, label in (
        ("header", header[1] if header else None),
        ("page", meta[1].decode("ascii") if meta else None),
    ):
        known = webencodings.lookup(label) if label else None
        if known is not None:
            found[where] = known.name
    return found


RECORD_RULES = (
    http_start_missing,
    http_header_malformed,
    http_header_folded,
    http_header_beyond_ascii,
    not_really_chunked,
    chunks_broken,
    content_coding_not_applied,
    content_coding_damaged,
    content_coding_unknown,
    body_beyond_bound,
    http_length_differs,
    status_not_success,
    media_type_not_as_bytes,
    charsets_differ,
)
