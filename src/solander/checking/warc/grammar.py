"""WRC rules of grammar: how a file of records is written, compressed and cut into records.

What was met stands in the record; here each gets its code, its gravity and its explanation.

Source: ISO 28500:2017, sections 4 (file and record model) and 5 (named fields), annex D (compression).
"""

from __future__ import annotations

from collections.abc import Iterator

from solander.checking.rules import Fault, rule
from solander.checking.warc.place import met, met_between
from solander.model.finding import Place
from solander.model.warc import Crawl, RecordSeen


@rule("WRC001", "no-record", severity="error", source="ISO 28500:2017, 4")
def no_record(path: str, crawl: Crawl) -> Iterator[Fault]:
    """The file holds no record.

    Why: whatever was to be kept in it is not there; programs that read records end in silence.

    Remedy: look for the file's source; a crawl that was broken off leaves such files.
    """
    if not crawl.records:
        yield Fault(Place(path), "the file has no record")


@rule("WRC002", "bytes-between-records", severity="error", source="ISO 28500:2017, 4 (warc-file = 1*warc-record)")
def bytes_between_records(path: str, crawl: Crawl) -> Iterator[Fault]:
    """Before, between or behind the records stand bytes that belong to none.

    Why: many programs stop there, and what follows is never seen.

    Remedy: copy the whole records into a new file; the finding names where the bytes begin.
    """
    yield from met_between(path, crawl, "bytes-between-records")


@rule("WRC015", "members-shared", severity="warning", source="ISO 28500:2017, annex D.2")
def members_shared(path: str, crawl: Crawl) -> Iterator[Fault]:
    """Several records lie in one compressed member.

    Why: no record can be read without all before it; some programs refuse such a file.

    Remedy: compress each record by itself (``warcio recompress``).
    """
    if crawl.form != "plain" and crawl.records > 1 and crawl.together[0]:
        number, at = crawl.together
        yield Fault(
            Place(path), f"{number:,} records share a {crawl.form} member with others, the first at byte {at:,}"
        )


@rule("WRC016", "compression-damaged", severity="error", source="RFC 1952, 2.3.1; RFC 8878, 3.1.1")
def compression_damaged(path: str, crawl: Crawl) -> Iterator[Fault]:
    """A compressed member breaks its form, or its checksum differs.

    Why: the record in it is lost, or is not what was written.

    Remedy: fetch the file again from its source, or another copy of it.
    """
    yield from met_between(path, crawl, "compression-damaged")


@rule("WRC017", "compression-cut", severity="error", source="RFC 1952, 2.3.1; RFC 8878, 3.1.1")
def compression_cut(path: str, crawl: Crawl) -> Iterator[Fault]:
    """The file ends within a compressed member.

    Why: the last record is not whole; the file was cut, or its writing was broken off.

    Remedy: fetch the file again from its source; or copy all but the last record into a new file.
    """
    yield from met_between(path, crawl, "compression-cut")


@rule("WRC003", "version-unknown", severity="error", source="ISO 28500:2017, 4")
def version_unknown(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """A record begins with a version of WARC that does not exist.

    Why: what its fields mean, no standard says; programs refuse the record or read it as they like.

    Remedy: write the record again from its source, if that is still there; a copy with mended headers is another
    record.
    """
    yield from met(path, seen, "version-unknown")


@rule("WRC004", "header-line-malformed", severity="error", source="ISO 28500:2017, 4 (named-field)")
def header_line_malformed(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """A line of a record's header is no name, colon and value.

    Why: what it said is lost to every program.

    Remedy: write the record again from its source, if that is still there; a copy with mended headers is another
    record.
    """
    yield from met(path, seen, "header-line-malformed")


@rule("WRC005", "line-ends-bare", severity="error", source="ISO 28500:2017, 4 (CRLF)")
def line_ends_bare(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """Lines of a record end in a line feed alone.

    Why: some programs read no field of such a header, others all.

    Remedy: write the record again from its source, if that is still there; a copy with mended headers is another
    record; check how the file was transferred (as text?).
    """
    yield from met(path, seen, "line-ends-bare")


@rule("WRC006", "header-line-long", severity="warning", source="ISO 28500:2017, 4 (named-field)")
def header_line_long(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """A line of a record's header is very long.

    Why: the standard has no bound, but programs have; some pass over the record.

    Remedy: nothing, if the programs that are to read the file do; the longest are usually addresses with data in them.
    """
    yield from met(path, seen, "header-line-long")


@rule("WRC007", "header-undecodable", severity="error", source="ISO 28500:2017, 4 (UTF-8)")
def header_undecodable(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """A line of a record's header is not in UTF-8.

    Why: which characters are meant is a guess.

    Remedy: write the record again from its source, if that is still there; a copy with mended headers is another
    record.
    """
    yield from met(path, seen, "header-undecodable")


@rule("WRC008", "header-beyond-ascii", severity="info", source="ISO 28500:2017, 4 (TEXT)")
def header_beyond_ascii(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """A line of a record's header has characters beyond ASCII.

    Why: it is allowed, and some programs read them in another encoding.

    Remedy: none is needed.
    """
    yield from met(path, seen, "header-beyond-ascii")


@rule("WRC009", "length-missing", severity="error", source="ISO 28500:2017, 5.4 (Content-Length)")
def length_missing(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """A record does not say how long its block is.

    Why: where it ends is a guess; many programs take the next record for a part of it.

    Remedy: write the record again from its source, if that is still there; a copy with mended headers is another
    record.
    """
    yield from met(path, seen, "length-missing")


@rule("WRC010", "length-malformed", severity="error", source="ISO 28500:2017, 5.4 (Content-Length)")
def length_malformed(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """The length of a record's block is no number of bytes.

    Why: where it ends is a guess.

    Remedy: write the record again from its source, if that is still there; a copy with mended headers is another
    record.
    """
    yield from met(path, seen, "length-malformed")


@rule("WRC011", "length-too-short", severity="error", source="ISO 28500:2017, 5.4 (Content-Length)")
def length_too_short(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """The block of a record goes on behind the length that it claims.

    Why: programs cut it, and stumble over the rest.

    Remedy: write the record again from its source, if that is still there; a copy with mended headers is another
    record.
    """
    yield from met(path, seen, "length-too-short")


@rule("WRC012", "length-too-long", severity="error", source="ISO 28500:2017, 5.4 (Content-Length)")
def length_too_long(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """The block of a record claims a length that reaches into the next record.

    Why: programs swallow the next record, or a part of it.

    Remedy: write the record again from its source, if that is still there; a copy with mended headers is another
    record.
    """
    yield from met(path, seen, "length-too-long")


@rule("WRC013", "record-truncated", severity="error", source="ISO 28500:2017, 4")
def record_truncated(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """The file, or the compressed member, ends within a record.

    Why: the rest of it is lost.

    Remedy: fetch the file again from its source; or copy all but this record into a new file.
    """
    yield from met(path, seen, "record-truncated")


@rule("WRC014", "record-end-missing", severity="error", source="ISO 28500:2017, 4 (warc-record)")
def record_end_missing(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """A record is not closed by two line ends.

    Why: programs that look for them stop here.

    Remedy: write the record again from its source, if that is still there; a copy with mended headers is another
    record.
    """
    yield from met(path, seen, "record-end-missing")


RECORD_RULES = (
    version_unknown,
    header_line_malformed,
    line_ends_bare,
    header_line_long,
    header_undecodable,
    header_beyond_ascii,
    length_missing,
    length_malformed,
    length_too_short,
    length_too_long,
    record_truncated,
    record_end_missing,
)
CRAWL_RULES = (no_record, bytes_between_records, members_shared, compression_damaged, compression_cut)
