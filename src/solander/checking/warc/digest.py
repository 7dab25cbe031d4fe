"""WRC rules of digests: which bytes a record's digests are of.

Source: ISO 28500:2017, 5.8 (``WARC-Block-Digest``), 5.9 (``WARC-Payload-Digest``).
"""

from __future__ import annotations

from collections.abc import Iterator

from solander.checking.rules import Fault, rule
from solander.checking.warc.place import place
from solander.model.warc import DigestSeen, RecordSeen

_FORMS = {"de-chunked": "the body without its chunks", "decoded": "the body decoded"}


def _differ(path: str, seen: RecordSeen, name: str) -> Iterator[Fault]:
    for one in seen.digests:
        if one.name == name and one.matched is None and one.fault is None:
            yield Fault(place(path, seen), f"{name} does not match the bytes", one.written, one.found)


def _with(seen: RecordSeen, fault: str) -> Iterator[DigestSeen]:
    return (one for one in seen.digests if one.fault == fault)


@rule("WRC040", "block-digest-mismatch", severity="error", source="ISO 28500:2017, 5.8 (WARC-Block-Digest)")
def block_digest_mismatch(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """The digest of a record's block is not that of the block.

    Why: the block was changed or damaged after it was written.

    Remedy: compare the file with its source, or with another copy.
    """
    yield from _differ(path, seen, "WARC-Block-Digest")


@rule("WRC041", "record-payload-digest-mismatch", severity="error", source="ISO 28500:2017, 5.9 (WARC-Payload-Digest)")
def payload_digest_mismatch(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """The digest of a record's payload is that of no form of it: neither as the message has it, nor without its chunks,
    nor decoded.

    Why: the payload was changed after its digest was taken, or taken for another; revisits that go by it may be wrong.

    Remedy: compare the file with its source; if the block's digest agrees, the fault is the capturing program's.
    """
    yield from _differ(path, seen, "WARC-Payload-Digest")


@rule("WRC042", "payload-digest-of-other-form", severity="info", source="ISO 28500:2017, 5.9 (WARC-Payload-Digest)")
def payload_digest_of_other_form(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """The digest of a record's payload is not of the body as the message has it, but of the body without its chunks, or
    decoded.

    Why: the standard can be read in both ways, and programs that read it in another call the record corrupt.

    Remedy: none is needed.
    """
    for one in seen.digests:
        if one.matched in _FORMS:
            yield Fault(place(path, seen), f"{one.name} is that of {_FORMS[one.matched]}", one.written, one.found)


@rule("WRC043", "digest-malformed", severity="error", source="ISO 28500:2017, 5.8")
def digest_malformed(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """A digest is no name of an algorithm, colon and value of its length.

    Why: nothing can be compared.

    Remedy: write the record again from its source, if that is still there; a copy with mended headers is another
    record.
    """
    for one in _with(seen, "digest-malformed"):
        yield Fault(place(path, seen), f"{one.name} is not a digest", None, one.written[:80])


@rule("WRC044", "digest-algorithm-unknown", severity="warning", source="ISO 28500:2017, 5.8")
def digest_algorithm_unknown(path: str, seen: RecordSeen) -> Iterator[Fault]:
    """A digest is of an algorithm that is not known here.

    Why: nothing was compared.

    Remedy: none is needed; another digest beside it would help.
    """
    for one in _with(seen, "digest-algorithm-unknown"):
        yield Fault(place(path, seen), f"{one.name} is of an unknown algorithm", None, one.written[:80])


RECORD_RULES = (
    block_digest_mismatch,
    payload_digest_mismatch,
    payload_digest_of_other_form,
    digest_malformed,
    digest_algorithm_unknown,
)
