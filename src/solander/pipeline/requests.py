"""What is asked of a run, as values: what a file cannot say of a page, what a person states, on which terms to pack.

The public functions take keywords (``Asked``, ``AskedOfPacking``); within the pipeline one frozen value is handed on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, TypeAlias, Unpack

from solander.errors import UsageError
from solander.files.refusals import refused_archive
from solander.model.addresses import NO_PLACES, is_address, without_credentials
from solander.model.capture import Choice, whole_seconds
from solander.model.description import Statement
from solander.model.finding import SEVERITIES
from solander.pipeline.clock import moment
from solander.pipeline.stating import Elements, statements
from solander.profiles import Profile, load_profile

EVERY_PAGE = Choice()
"""Nothing is asked for: every page that was captured with success."""

Passed: TypeAlias = Callable[[str, str], None]
"""Is told why a record is passed by, and what of it is so: the scheme of its address, its status, its type."""

Waiting: TypeAlias = Callable[[str, float], None]
"""Is told which host has been waited for, already a while, and for how many seconds it is at most."""

CLOCKS_DIFFER = timedelta(days=1)
"""By so much the clocks of whoever captured a page and whoever packs it may differ."""


class Asked(Elements, total=False):
    """What may be asked of every run that reads a page, beside the statements by element."""

    uri: str | None
    """Where the page was; links are resolved against it."""
    at: datetime | None
    """The moment of the work, instead of now: the same moment makes the same bytes."""
    captured_at: datetime | None
    """When the page was captured, aware; a file does not say."""
    declared_charset: str | None
    """The transport's word on the page's encoding."""
    limit_bytes: int | None
    """Refuse larger pages."""
    urls: Sequence[str]
    """Of a file of many captures, only those of these addresses."""
    records: Sequence[str]
    """Only these records, by ``WARC-Record-ID``."""
    statuses: Sequence[int]
    """Only those with these statuses of HTTP, instead of success."""
    since: datetime | None
    """Only those captured at this moment or later, aware."""
    ignores_robots: bool
    """Of a live page: whether what ``robots.txt`` forbids is fetched all the same, which is recorded."""
    browser: str | None
    """Of a live page: the browser that is to render it, by its path; empty for the system's own."""
    allows_loopback: bool
    """Whether a live page may be this machine's own: for a test's server, and for nothing else."""
    stdin: BinaryIO | None
    """What ``-`` reads; the program's own if not given."""
    said: Sequence[Statement]
    """Statements of a person, beside those by element."""
    passed: Passed | None
    """Is told of each record of a file that is passed by; not where some are chosen."""
    waiting: Waiting | None
    """Of a live page: is told, on a thread of its own, of each host for which it has to wait long."""


class AskedOfPacking(Asked, total=False):
    """What may be asked of packing."""

    algorithms: Sequence[str] | None
    """Of the manifests, instead of the profile's."""
    strict: bool
    """Make no bag where there are findings at or above ``fail_on``."""
    fail_on: str | None
    """A severity, instead of the profile's."""
    profile: Profile | None
    """Instead of the archive's own ``solander.toml``."""
    forget_statements: bool
    """Drop what was stated of a page in the bag that stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One run: its moment, what is said of its pages, and how they are to be read."""

    at: datetime
    """Aware, UTC, whole seconds."""

    said: tuple[Statement, ...] = ()
    uri: str | None = None
    captured_at: datetime | None = None
    declared_charset: str | None = None
    limit_bytes: int | None = None
    stdin: BinaryIO | None = None
    choice: Choice = EVERY_PAGE
    ignores_robots: bool = False
    browser: str | None = None
    allows_loopback: bool = False
    keeps_media: bool = True
    """Of a page among records: whether what it shows is kept with it."""
    passed: Passed | None = None
    waiting: Waiting | None = None

    @classmethod
    def of(
        cls,
        *,
        at: datetime | None = None,
        said: Sequence[Statement] = (),
        uri: str | None = None,
        captured_at: datetime | None = None,
        declared_charset: str | None = None,
        limit_bytes: int | None = None,
        stdin: BinaryIO | None = None,
        urls: Sequence[str] = (),
        records: Sequence[str] = (),
        statuses: Sequence[int] = (),
        since: datetime | None = None,
        ignores_robots: bool = False,
        browser: str | None = None,
        allows_loopback: bool = False,
        passed: Passed | None = None,
        waiting: Waiting | None = None,
        **stated: Unpack[Elements],
    ) -> Request:
        """Take what is asked, or say what is wrong with it.

        Raises:
            UsageError: a moment has no time zone, the address or the charset is none, the page was captured after the
                work, or a statement has not the form of its element.
            TypeError: a moment is none, or there is no such keyword.
        """
        try:
            captured_at = whole_seconds(captured_at)
        except ValueError as error:
            raise UsageError(str(error)) from error
        if uri is not None:
            _refuse_no_address(uri)
        if declared_charset is not None and not _is_charset_label(declared_charset):
            raise UsageError(f"{declared_charset!r} is no label of the Encoding Standard; write one, as utf-8 or gbk")
        begun = moment(at)
        if captured_at is not None and captured_at > begun + CLOCKS_DIFFER:
            days = f"captured at {captured_at:%Y-%m-%d}, packed at {begun:%Y-%m-%d}"
            raise UsageError(f"no page can be packed before it was captured ({days}); look at both moments")
        return cls(
            at=begun,
            said=statements(said, **stated),
            uri=uri,
            captured_at=captured_at,
            declared_charset=declared_charset,
            limit_bytes=limit_bytes,
            stdin=stdin,
            choice=_choice(urls, records, statuses, since),
            ignores_robots=ignores_robots,
            browser=browser,
            allows_loopback=allows_loopback,
            passed=passed,
            waiting=waiting,
        )

    @property
    def of_one_page(self) -> tuple[str, ...]:
        """What is said that can be true of one page only, by the name of its keyword."""
        elements = {one.element for one in self.said}
        return (*(("uri",) if self.uri else ()), *(one for one in ("title", "identifier") if one in elements))


def _refuse_no_address(uri: str) -> None:
    """Refuse what is no address, and an address at which no page stands."""
    if not is_address(without_credentials(uri)[0] or ""):
        raise UsageError(f"{_shown(uri)} is no address; {_how_to_write(uri)}")
    if (scheme := uri.partition(":")[0].lower()) in NO_PLACES:
        raise UsageError(f"{scheme}: is no place where a page stands; write its address, as https://example.org/a")


def _choice(urls: Sequence[str], records: Sequence[str], statuses: Sequence[int], since: datetime | None) -> Choice:
    if since is not None and since.tzinfo is None:
        raise UsageError(f"{since.isoformat()} has no time zone; write it with Z or an offset")
    for status in statuses:
        if not 100 <= status <= 599:
            raise UsageError(f"{status} is no status of HTTP; there are 100 to 599")
    return Choice(
        urls=tuple(urls),
        record_ids=tuple(one.strip().strip("<>") for one in records),
        statuses=tuple(statuses),
        since=since,
    )


def _is_charset_label(label: str) -> bool:
    import webencodings  # late: most runs are told none

    return webencodings.lookup(label) is not None


def _how_to_write(uri: str) -> str:
    if any(letter.isspace() for letter in uri) and is_address(without_credentials("".join(uri.split()))[0] or ""):
        return "it has white space in it: write %20 for a space that is part of it"
    return "write it whole, with its scheme: https://example.org/a"


def _shown(uri: str) -> str:
    """An address that is none, without what may be a password."""
    clean, had_credentials = without_credentials(uri)
    return "this" if had_credentials and clean is None else repr(clean)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On which terms bags are made: the archive's, and what this run asks instead."""

    profile: Profile
    fail_on: str
    """The mildest severity that counts."""

    strict: bool = False
    forget_statements: bool = False

    @classmethod
    def of(
        cls,
        archive: Path,
        *,
        algorithms: Sequence[str] | None = None,
        strict: bool = False,
        fail_on: str | None = None,
        profile: Profile | None = None,
        forget_statements: bool = False,
    ) -> Terms:
        """Take the terms of an archive, and what is asked instead of them.

        Raises:
            UsageError: there is no such severity, or no such algorithm.
            ProfileError: the archive's ``solander.toml`` could not be used.
            ArchiveUnwritable: the system does not let us look for it.
        """
        try:
            kept = profile or load_profile(archive)
        except OSError as error:
            raise refused_archive(archive, error) from error
        if algorithms is not None:
            kept = kept.with_algorithms(algorithms)
        if fail_on is not None and fail_on not in SEVERITIES:
            raise UsageError(f"{fail_on!r} is no severity; there are {', '.join(SEVERITIES)}")
        return cls(profile=kept, fail_on=fail_on or kept.fail_on, strict=strict, forget_statements=forget_statements)
