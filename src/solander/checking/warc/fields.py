"""WRC rules of named fields: what a record's header must say, and in which form.

Source: ISO 28500:2017, sections 5 (named fields) and 6 (record types).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from solander.checking.rules import Fault, rule
from solander.checking.warc.place import met, place
from solander.model.warc import NOT_MODIFIED, RECORD_TYPES, SAME_PAYLOAD, Crawl, RecordSeen

_WITH_TARGET = frozenset(("response", "resource", "request", "revisit", "conversion", "continuation"))
_IDENTIFIER = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]+>\Z")
_MAY_REPEAT = frozenset(("warc-concurrent-to", "warc-protocol"))
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def _is_arc(seen: RecordSeen) -> bool:
    """Whether the record is one of ARC, which has neither names nor types of records."""
    return seen.head.version.startswith("ARC")


@rule("WRC020", "type-missing", severity="error", source="ISO 28500:2017, 5.5 (WARC-Type)")
def type_missing(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """A record does not say its type.

    Why: nobody knows what its block is.

    Remedy: write the record again from its source, if that is still there; a copy with mended headers is another
    record.
    """
    if not seen.head.kind:
        yield Fault(place(path, seen), "WARC-Type is missing")


@rule("WRC021", "record-id-missing", severity="error", source="ISO 28500:2017, 5.2 (WARC-Record-ID)")
def record_id_missing(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """A record has no name of its own.

    Why: no other record, and no bag, can point to it.

    Remedy: write the record again from its source, if that is still there; a copy with mended headers is another
    record.
    """
    if seen.head.first("WARC-Record-ID") is None and not _is_arc(seen):
        yield Fault(place(path, seen), "WARC-Record-ID is missing")


@rule("WRC022", "record-date-missing", severity="error", source="ISO 28500:2017, 5.3 (WARC-Date)")
def date_missing(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """A record does not say when it was captured.

    Why: which state of the page it is, nobody can tell.

    Remedy: write the record again from its source, if that is still there; a copy with mended headers is another
    record.
    """
    if seen.head.first("WARC-Date") is None:
        yield Fault(place(path, seen), "WARC-Date is missing")


@rule("WRC023", "record-date-malformed", severity="error", source="ISO 28500:2017, 5.3 (WARC-Date)")
def date_malformed(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """The moment of a record is none, or has not the form that the standard asks.

    Why: programs cannot order captures by it.

    Remedy: write the record again from its source, if that is still there; a copy with mended headers is another
    record.
    """
    written = seen.head.first("WARC-Date")
    if written is not None and seen.head.moment is None:
        yield Fault(place(path, seen), "WARC-Date is not a moment in UTC", "as 2021-12-08T14:30:00Z", written[:40])


@rule("WRC024", "record-id-malformed", severity="error", source="ISO 28500:2017, 5.2 (WARC-Record-ID)")
def record_id_malformed(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """The name of a record is no address in angle brackets.

    Why: programs that compare names as written miss it.

    Remedy: write the record again from its source, if that is still there; a copy with mended headers is another
    record.
    """
    written = seen.head.first("WARC-Record-ID")
    if written is not None and not _IDENTIFIER.match(written) and not _is_arc(seen):
        yield Fault(place(path, seen), "WARC-Record-ID is not an address in < and >", None, written[:80])


@rule("WRC025", "record-id-repeated", severity="error", source="ISO 28500:2017, 5.2 (WARC-Record-ID)")
def record_id_repeated(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """Two records of the file have one name.

    Why: what points to it points to either.

    Remedy: write the record again from its source, if that is still there; a copy with mended headers is another
    record.
    """
    yield from met(path, seen, "record-id-repeated")


@rule("WRC026", "target-uri-missing", severity="error", source="ISO 28500:2017, 5.10 (WARC-Target-URI)")
def target_uri_missing(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """A record of a capture does not say whose it is.

    Why: nobody can find it, or say where it came from.

    Remedy: write the record again from its source, if that is still there; a copy with mended headers is another
    record.
    """
    if seen.head.uri is None and seen.head.kind in _WITH_TARGET:
        yield Fault(place(path, seen), f"WARC-Target-URI is missing, which a {seen.head.kind} must have")


@rule("WRC027", "target-uri-in-brackets", severity="warning", source="ISO 28500:2017, 5.10 (WARC-Target-URI)")
def target_uri_in_brackets(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """The address of a record stands in angle brackets.

    Why: the grammar of WARC 1.0 showed them, and Wget wrote them; some programs take them for a part of the address.

    Remedy: none is needed: Solander reads the address without them.
    """
    written = seen.head.first("WARC-Target-URI") or ""
    if written.startswith("<") and written.endswith(">"):
        yield Fault(place(path, seen), "WARC-Target-URI stands in brackets", seen.head.uri, written[:80])


@rule("WRC028", "target-uri-malformed", severity="warning", source="RFC 3986, 2 and 3")
def target_uri_malformed(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """The address of a record has no scheme, or holds white space.

    Why: programs cut it at the space, or find it under another address.

    Remedy: none is needed, if it is found as it is written.
    """
    uri = seen.head.uri
    if uri is not None and (not _SCHEME.match(uri) or any(letter.isspace() for letter in uri)):
        yield Fault(place(path, seen), "WARC-Target-URI is no address as it is written", None, uri[:80])


@rule("WRC029", "record-field-repeated", severity="error", source="ISO 28500:2017, 4 (named-field)")
def field_repeated(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """A field stands twice in a record's header.

    Why: which of the two holds, each program decides for itself.

    Remedy: write the record again from its source, if that is still there; a copy with mended headers is another
    record.
    """
    counts = Counter(name.lower() for name, _ in seen.head.fields)
    for name, times in counts.items():
        if times > 1 and name.startswith(("warc-", "content-")) and name not in _MAY_REPEAT:
            yield Fault(place(path, seen), f"{name} is given {times} times")


@rule("WRC030", "type-unknown", severity="info", source="ISO 28500:2017, 5.5 (WARC-Type)")
def type_unknown(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """A record is of a type that the standard does not define.

    Why: it is allowed; programs pass over it.

    Remedy: none is needed.
    """
    if seen.head.kind and seen.head.kind not in RECORD_TYPES:
        yield Fault(place(path, seen), "the standard has no such type", None, seen.head.kind[:40])


@rule("WRC031", "revisit-profile-missing", severity="error", source="ISO 28500:2017, 6.7.1 (revisit)")
def revisit_profile_missing(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """A revisit does not say by which profile its original was told to be the same.

    Why: what it spares, and what of it holds still, is not known.

    Remedy: write the record again from its source, if that is still there; a copy with mended headers is another
    record.
    """
    profile = seen.head.first("WARC-Profile") or ""
    if seen.head.kind == "revisit" and not profile:
        yield Fault(place(path, seen), "WARC-Profile is missing", f"{SAME_PAYLOAD} or {NOT_MODIFIED}")


@rule("WRC032", "record-cut-at-capture", severity="warning", source="ISO 28500:2017, 5.13 (WARC-Truncated)")
def cut_at_capture(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """Whoever captured a record says that its content was cut.

    Why: the page, or the picture, is not all there.

    Remedy: capture it again with a higher bound, if it still stands.
    """
    reason = seen.head.first("WARC-Truncated")
    if reason is not None:
        yield Fault(place(path, seen), "the content was cut when it was captured", None, reason[:40])


@rule("WRC033", "revisit-without-original", severity="warning", source="ISO 28500:2017, 6.7.2")
def revisit_without_original(path: str, crawl: Crawl) -> Iterator[Fault]:
    """The record that a revisit spares to repeat is not in this file.

    Why: the revisit alone has no content; the file alone does not show the page.

    Remedy: keep this file together with the one that has the original, and pack the page from that.
    """
    for number, offset, whose in crawl.lost_revisits:
        yield Fault(place(path, number), f"its original is not in this file (record at byte {offset:,})", None, whose)


RECORD_RULES = (
    type_missing,
    record_id_missing,
    date_missing,
    date_malformed,
    record_id_malformed,
    record_id_repeated,
    target_uri_missing,
    target_uri_in_brackets,
    target_uri_malformed,
    field_repeated,
    type_unknown,
    revisit_profile_missing,
    cut_at_capture,
)
CRAWL_RULES = (revisit_without_original,)
