"""A file of records -> findings: what the grammar of WARC, its digests and HTTP ask of each record, and of the whole.

Source: ISO 28500:2017 (WARC 1.1), which differs from 2009's (1.0) in what is judged here only by finer moments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from solander.checking.rules import Check, run
from solander.checking.warc import digest as warc_digest
from solander.checking.warc import fields as warc_fields
from solander.checking.warc import grammar as warc_grammar
from solander.checking.warc import messages as warc_http
from solander.model.finding import Finding
from solander.model.warc import Crawl, RecordSeen

RECORD_RULES: tuple[Check[[str, RecordSeen]], ...] = (
    *warc_grammar.RECORD_RULES,
    *warc_fields.RECORD_RULES,
    *warc_digest.RECORD_RULES,
    *warc_http.RECORD_RULES,
)
CRAWL_RULES: tuple[Check[[str, Crawl]], ...] = (*warc_grammar.CRAWL_RULES, *warc_fields.CRAWL_RULES)
TOLD_ONCE = frozenset((warc_fields.target_uri_in_brackets.rule.code,))
"""What the program that wrote a file did in each of its records, and what harms none."""

_PLACES = 3
"""How many records are named of those."""

RULES: tuple[Check[...], ...] = (*RECORD_RULES, *CRAWL_RULES)


def check_records(path: str, records: Iterable[RecordSeen]) -> Iterator[Finding]:
    """Judge records as they come; of what one program did in every record is told at the end, and once."""
    habits: dict[str, tuple[Finding, int, list[int]]] = {}
    for seen in records:
        at = seen.head.offset_bytes
        for finding in run(RECORD_RULES, path, seen):
            if finding.code not in TOLD_ONCE:
                yield finding._replace(message=f"{finding.message} (record at byte {at:,})")
                continue
            first, number, places = habits.get(finding.code, (finding, 0, []))
            habits[finding.code] = first, number + 1, places if len(places) == _PLACES else [*places, at]
    for first, number, places in habits.values():
        listed = ", ".join(f"{at:,}" for at in places)
        where = f"record at byte {listed}" if number == 1 else f"{number:,} records; the first at byte {listed}"
        yield first._replace(message=f"{first.message} ({where})")


def check_crawl(path: str, crawl: Crawl) -> list[Finding]:
    """Judge a file as a whole, once every record was read."""
    return run(CRAWL_RULES, path, crawl)
