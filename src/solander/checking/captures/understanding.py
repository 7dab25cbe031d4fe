"""A capture and how it was understood -> findings.

Source: HTML Standard, "Determining the character encoding"; the design, law 2: stages record, checks judge.
"""

from __future__ import annotations

from collections.abc import Iterator

from solander.checking.captures.of_the_web import RULES as WEB_RULES
from solander.checking.captures.out_of_records import RULES as RECORD_RULES
from solander.checking.rules import Fault, rule, run
from solander.model.bag_layout import ORIGINAL_FOLDER
from solander.model.capture import Capture
from solander.model.finding import Finding, Place
from solander.model.page import Page


def _original(capture: Capture) -> Place:
    return Place(f"{ORIGINAL_FOLDER}{capture.original_name}")


@rule("CAP001", "characters-lost", severity="warning", source="Encoding Standard, 4.1 (error mode replacement)")
def characters_lost(capture: Capture, page: Page) -> Iterator[Fault]:
    """Some bytes fit no character of the encoding, and became U+FFFD.

    Why: words with that character in them are not what their author wrote.

    Remedy: if another encoding is right, say so with --charset; if the page itself is damaged, nothing can be done,
    and the original keeps its bytes.
    """
    if page.charset.replaced:
        lost = _characters(page.charset.replaced)
        yield Fault(_original(capture), f"{lost} could not be read as {page.charset.name}")


@rule("CAP002", "charset-guessed", severity="info", source="HTML Standard, 13.2.3.2, step 9")
def charset_guessed(capture: Capture, page: Page) -> Iterator[Fault]:
    """Nothing says which encoding the page has, or nothing that can be believed, and it was guessed.

    Why: a wrong guess gives wrong letters without any sign.

    Remedy: look at a few letters with accents; if they are wrong, say the right encoding with --charset.
    """
    if page.charset.evidence in ("guess", "default"):
        why = "what is declared does not fit" if _declared(capture, page) else "nothing declares it"
        yield Fault(_original(capture), f"the encoding is taken to be {page.charset.name}: {why}")


@rule("CAP003", "charset-declared-wrongly", severity="warning", source="HTML Standard, 4.2.5.4")
def charset_declared_wrongly(capture: Capture, page: Page) -> Iterator[Fault]:
    """The transport or the page declares an encoding that the bytes contradict.

    Why: other programs may read other letters than Solander did.

    Remedy: none is needed for the archive; the evidence is recorded.
    """
    declared = _declared(capture, page)
    evidence = page.charset.evidence
    # A byte order mark outranks every declaration, and whoever reads the page sees it.
    believed = evidence == "bom" or (
        evidence not in ("utf-8-valid", "guess", "default") and _is_name_of(declared or "", page.charset.name)
    )
    if declared and not believed:
        yield Fault(_original(capture), "the declared encoding was not believed", declared, page.charset.name)


@rule("CAP004", "credentials-in-uri", severity="warning", source="RFC 3986, 3.2.1 and 7.5")
def credentials_in_uri(capture: Capture, page: Page) -> Iterator[Fault]:
    """The address held a user name or password; they were left out.

    Why: a bag is copied and published, and a password in it cannot be called back.

    Remedy: none is needed for the bag; change the password if the address was shared.
    """
    if "credentials-in-uri" in capture.facts:
        yield Fault(_original(capture), "the address held credentials; they were left out")


@rule("CAP005", "uri-unknown", severity="info", source="ISO 28500, WARC-Target-URI")
def uri_unknown(capture: Capture, page: Page) -> Iterator[Fault]:
    """Nobody said where the page was.

    Why: its links cannot be made absolute, and nobody can look where it came from.

    Remedy: say it with --uri.
    """
    if capture.uri is None:
        yield Fault(_original(capture), "it is not recorded where this page was")


@rule("CAP006", "capture-date-unknown", severity="info", source="ISO 28500, WARC-Date")
def capture_date_unknown(capture: Capture, page: Page) -> Iterator[Fault]:
    """Nobody said when the page was captured; a file's own date is no evidence.

    Why: without it, nobody can tell which state of the page this is.

    Remedy: say it with --captured-at, if it is known.
    """
    if capture.captured_at is None:
        yield Fault(_original(capture), "it is not recorded when this page was captured")


@rule("CAP007", "media-type-contradicts-name", severity="info", source="MIME Sniffing Standard, 7")
def media_type_contradicts_name(capture: Capture, page: Page) -> Iterator[Fault]:
    """The file's name says one kind of page, its bytes another.

    Why: the bytes were believed; whoever goes by the name would read it otherwise.

    Remedy: none is needed.
    """
    if "media-type-contradicts-name" in capture.facts:
        yield Fault(_original(capture), f"by its bytes this is {capture.media_type}")


@rule("CAP008", "gzip-trailing-bytes", severity="warning", source="RFC 1952, 2.2")
def gzip_trailing_bytes(capture: Capture, page: Page) -> Iterator[Fault]:
    """Bytes follow the compressed page that are no part of it.

    Why: something may have been appended, or the file was damaged.

    Remedy: compare the file with its source; the bag keeps it as it was received.
    """
    if "gzip-trailing-bytes" in capture.facts:
        yield Fault(_original(capture), "bytes that are not gzip follow the page")


@rule("CAP009", "controls-replaced", severity="info", source="XML 1.0, 2.2 (Char)")
def controls_replaced(capture: Capture, page: Page) -> Iterator[Fault]:
    """The page holds characters that XML cannot hold; they became U+FFFD.

    Why: the TEI differs from the original in these characters.

    Remedy: none is needed; the original keeps them.
    """
    for name, count in page.normalisations:
        if name == "controls-replaced":
            yield Fault(_original(capture), f"XML cannot hold {_characters(count)} of the page: U+FFFD stands for each")


@rule("CAP010", "mail-cut", severity="warning", source="RFC 2046, 5.1.1 (the closing boundary)")
def mail_cut(capture: Capture, page: Page) -> Iterator[Fault]:
    """The saved page ends before the line that closes its last part.

    Why: the file was cut; the end of the page, or something that it shows, is lacking.

    Remedy: save or copy the page again, if it still stands.
    """
    if "mail-cut" in capture.facts:
        yield Fault(_original(capture), "the file ends before its closing boundary: its end is missing")


RULES = (
    characters_lost,
    charset_guessed,
    charset_declared_wrongly,
    credentials_in_uri,
    uri_unknown,
    capture_date_unknown,
    media_type_contradicts_name,
    gzip_trailing_bytes,
    controls_replaced,
    mail_cut,
    *RECORD_RULES,
    *WEB_RULES,
)


def check_capture(capture: Capture, page: Page) -> list[Finding]:
    """Judge a capture, and how reading understood it."""
    return run(RULES, capture, page)


def _is_name_of(label: str, name: str) -> bool:
    """Whether a declared label means an encoding; of ``UTF-16`` only the bytes tell which of its two."""
    # Late: the tables are wanted for a page that declares something.
    import webencodings

    meant = webencodings.lookup(label)
    if meant is None:
        return False
    # HTML Standard, 13.2.3.2: what a page in ASCII can call itself so is one of these two.
    instead = {"utf-16le": "utf-8", "utf-16be": "utf-8", "x-user-defined": "windows-1252"}
    return name in (meant.name, instead.get(meant.name)) or {name, meant.name} == {"utf-16le", "utf-16be"}


def _declared(capture: Capture, page: Page) -> str | None:
    # HTML Standard, 13.2.3.2: the transport is asked before the page.
    return capture.declared_charset or page.charset.declared


def _characters(count: int) -> str:
    return f"{count:,} character{'' if count == 1 else 's'}"
