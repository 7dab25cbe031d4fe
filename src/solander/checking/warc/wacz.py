"""WRC rules of WACZ: whether a file of records in a ZIP file is what its own lists say.

Source: WACZ 1.1.1, sections 4 and 5; WACZ Signing and Verification 0.1.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from solander.checking.rules import Fault, rule, run
from solander.model.finding import Finding, Place
from solander.model.wacz import Resource, WaczSeen

_KNOWN_FAULTY = re.compile(r"js-wacz|scoop", re.IGNORECASE)
"""Programs whose lists have a wrong digest of the one compressed file of records (webrecorder/js-wacz, issue 127)."""


def _inside(path: str, member: str) -> Place:
    return Place(f"{path}!/{member}")


def _met(path: str, seen: WaczSeen, kind: str) -> Iterator[Fault]:
    for one in seen.met:
        if one.kind == kind:
            yield Fault(Place(path), one.message, one.expected, one.found)


def _with(seen: WaczSeen, verdict: str) -> Iterator[Resource]:
    return (one for one in seen.resources if one.verdict == verdict)


def _is_known_fault(seen: WaczSeen, one: Resource) -> bool:
    """Whether a digest is wrong in the way that a program is known to write it."""
    others = [two for two in _with(seen, "mismatch") if two is not one]
    return (
        not others
        and one.path.startswith("archive/")
        and one.path.endswith(".gz")
        and _KNOWN_FAULTY.search(seen.software) is not None
    )


@rule("WRC100", "wacz-package-missing", severity="error", source="WACZ 1.1.1, 5")
def wacz_package_missing(path: str, seen: WaczSeen) -> Iterator[Fault]:
    """There is no ``datapackage.json``.

    Why: nothing says what the file should hold, so that nothing can be found to be lacking.

    Remedy: export the file again from the program that made it.
    """
    yield from _met(path, seen, "wacz-package-missing")


@rule("WRC101", "wacz-package-malformed", severity="error", source="WACZ 1.1.1, 5")
def wacz_package_malformed(path: str, seen: WaczSeen) -> Iterator[Fault]:
    """``datapackage.json`` is no JSON object with a list of resources.

    Why: nothing says what the file should hold.

    Remedy: export the file again from the program that made it.
    """
    yield from _met(path, seen, "wacz-package-malformed")


@rule("WRC102", "wacz-resource-missing", severity="error", source="WACZ 1.1.1, 5 (resources)")
def wacz_resource_missing(path: str, seen: WaczSeen) -> Iterator[Fault]:
    """A file is listed and is not there.

    Why: it was lost, or never written.

    Remedy: look for it where the file came from.
    """
    for one in _with(seen, "missing"):
        yield Fault(_inside(path, one.path), "datapackage.json lists this file, and it is not there")


@rule("WRC103", "wacz-digest-mismatch", severity="error", source="WACZ 1.1.1, 5 (hash)")
def wacz_digest_mismatch(path: str, seen: WaczSeen) -> Iterator[Fault]:
    """A file has another digest than the list says.

    Why: it was changed or damaged after the list was written.

    Remedy: compare with another copy.
    """
    for one in _with(seen, "mismatch"):
        if not _is_known_fault(seen, one):
            yield Fault(_inside(path, one.path), "it is not as datapackage.json lists it", one.expected, one.found)


@rule("WRC104", "wacz-size-mismatch", severity="error", source="WACZ 1.1.1, 5 (bytes)")
def wacz_size_mismatch(path: str, seen: WaczSeen) -> Iterator[Fault]:
    """A file has another size than the list says.

    Why: it was cut or added to.

    Remedy: compare with another copy.
    """
    for one in seen.resources:
        if one.sizes is not None and not _is_known_fault(seen, one):
            listed, true = one.sizes
            yield Fault(_inside(path, one.path), "it has another size", f"{listed:,} bytes", f"{true:,} bytes")


@rule("WRC105", "wacz-resource-without-digest", severity="warning", source="WACZ 1.1.1, 5 (hash)")
def wacz_resource_without_digest(path: str, seen: WaczSeen) -> Iterator[Fault]:
    """A file is listed without a digest, or with one that cannot be read.

    Why: a change of it would not be seen.

    Remedy: export the file again with a program that writes digests.
    """
    for one in _with(seen, "no-digest"):
        yield Fault(_inside(path, one.path), "it has no digest in datapackage.json")


@rule("WRC106", "wacz-member-unlisted", severity="warning", source="WACZ 1.1.1, 5 (resources)")
def wacz_member_unlisted(path: str, seen: WaczSeen) -> Iterator[Fault]:
    """A file is in the ZIP file and not in its list.

    Why: nothing protects it, and nobody knows who put it there.

    Remedy: export the file again.
    """
    for one in _with(seen, "unlisted"):
        yield Fault(_inside(path, one.path), "datapackage.json does not list this file")


@rule("WRC107", "wacz-known-producer-fault", severity="warning", source="WACZ 1.1.1, 5 (hash)")
def wacz_known_producer_fault(path: str, seen: WaczSeen) -> Iterator[Fault]:
    """The only file whose digest differs is the compressed file of records, and the program that made the WACZ is known
    to write that digest wrongly.

    Why: by the letter the file is damaged; most likely it is not. The digests of the records in it decide.

    Remedy: none is needed, if the records' own digests agree; ``solander validate`` compares them too.
    """
    for one in _with(seen, "mismatch"):
        if _is_known_fault(seen, one):
            what = f"{seen.software[:60]} is known to write a wrong digest of this file; its records' digests decide"
            yield Fault(_inside(path, one.path), what, one.expected, one.found)


@rule("WRC108", "wacz-package-digest-mismatch", severity="error", source="WACZ 1.1.1, 5.1 (datapackage-digest.json)")
def wacz_package_digest_mismatch(path: str, seen: WaczSeen) -> Iterator[Fault]:
    """``datapackage.json`` is not the one of which ``datapackage-digest.json`` has the digest.

    Why: the list was changed after the file was made, and any file with it.

    Remedy: compare with another copy.
    """
    if seen.package_digest == "mismatch":
        yield Fault(_inside(path, "datapackage.json"), "its digest in datapackage-digest.json is another one")


@rule("WRC109", "wacz-signature-invalid", severity="error", source="WACZ Auth 0.1.0, 2")
def wacz_signature_invalid(path: str, seen: WaczSeen) -> Iterator[Fault]:
    """The signature is not one of this file's list by its key.

    Why: the file, or the signature, was changed.

    Remedy: do not trust the file; ask whoever signed it.
    """
    if seen.signature == "invalid":
        yield Fault(_inside(path, "datapackage-digest.json"), f"the signature is invalid: {seen.signature_said}")


@rule("WRC110", "wacz-signature-not-told", severity="warning", source="WACZ Auth 0.1.0, 2")
def wacz_signature_not_told(path: str, seen: WaczSeen) -> Iterator[Fault]:
    """The file is signed, and whether the signature holds was not told.

    Why: an unverified signature proves nothing.

    Remedy: install what verifies it (``pip install 'solander[signatures]'``); ask the issuer of a certificate.
    """
    if seen.signature == "cannot-tell":
        yield Fault(
            _inside(path, "datapackage-digest.json"),
            f"the signature could not be checked: {seen.signature_said}",
        )


@rule("WRC111", "wacz-signature-valid", severity="info", source="WACZ Auth 0.1.0, 2")
def wacz_signature_valid(path: str, seen: WaczSeen) -> Iterator[Fault]:
    """The file is signed, and the signature is of its list.

    Why: it says that nothing was changed since, and, by itself, neither who signed nor that the server sent this.

    Remedy: none is needed.
    """
    if seen.signature == "valid":
        yield Fault(_inside(path, "datapackage-digest.json"), f"signed {seen.signature_said}")


@rule("WRC112", "wacz-without-records", severity="error", source="WACZ 1.1.1, 4 (archive)")
def wacz_without_records(path: str, seen: WaczSeen) -> Iterator[Fault]:
    """There is no file of records in it.

    Why: nothing was captured, or it was lost.

    Remedy: export the file again from the program that made it.
    """
    if not seen.archives:
        yield Fault(Place(path), "there is no archive/*.warc or .warc.gz in it")


@rule("WRC113", "wacz-pages-malformed", severity="warning", source="WACZ 1.1.1, 4 (pages)")
def wacz_pages_malformed(path: str, seen: WaczSeen) -> Iterator[Fault]:
    """A line of the list of pages is no JSON object.

    Why: the page that it names is not found by readers.

    Remedy: none is needed for the records; export the file again.
    """
    yield from _met(path, seen, "wacz-pages-malformed")


@rule("WRC114", "wacz-page-without-record", severity="warning", source="WACZ 1.1.1, 4 (pages)")
def wacz_page_without_record(path: str, seen: WaczSeen) -> Iterator[Fault]:
    """A page is listed, and no record of it is in the file.

    Why: readers show it in their list, and nothing when it is opened.

    Remedy: look for the rest of the collection.
    """
    for one in seen.lost_pages:
        yield Fault(_inside(path, "pages/pages.jsonl"), "no record of this page is in the file", None, one[:160])


@rule("WRC115", "wacz-member-unsafe", severity="error", source="APPNOTE 4.4.17.1 (file names)")
def wacz_member_unsafe(path: str, seen: WaczSeen) -> Iterator[Fault]:
    """The name of a member leads out of the folder into which it would be unpacked.

    Why: programs that unpack it may overwrite other files.

    Remedy: do not unpack it; ask where it comes from.
    """
    yield from _met(path, seen, "wacz-member-unsafe")


@rule("WRC116", "wacz-member-doubled", severity="error", source="APPNOTE 4.3.12 (central directory)")
def wacz_member_doubled(path: str, seen: WaczSeen) -> Iterator[Fault]:
    """Two members have one name.

    Why: programs read the one or the other.

    Remedy: do not trust the file; ask where it comes from.
    """
    yield from _met(path, seen, "wacz-member-doubled")


RULES = (
    wacz_package_missing,
    wacz_package_malformed,
    wacz_resource_missing,
    wacz_digest_mismatch,
    wacz_size_mismatch,
    wacz_resource_without_digest,
    wacz_member_unlisted,
    wacz_known_producer_fault,
    wacz_package_digest_mismatch,
    wacz_signature_invalid,
    wacz_signature_not_told,
    wacz_signature_valid,
    wacz_without_records,
    wacz_pages_malformed,
    wacz_page_without_record,
    wacz_member_unsafe,
    wacz_member_doubled,
)


def check_wacz(path: str, seen: WaczSeen) -> list[Finding]:
    """Judge a WACZ file by its own lists; its records are judged as those of a WARC."""
    return run(RULES, path, seen)
