"""Kinds of value that options take, and the options that several commands share."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import click

from solander.model.finding import SEVERITIES

Command = TypeVar("Command", bound=Callable[..., Any])

_SIZE = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>[a-zA-Z]*)\Z")
_DAY = re.compile(r"\d{4}(?:-?\d{2}(?:-?\d{2})?)?")
_UNITS = {
    unit: factor**power
    for factor, names in ((1000, ("b", "kb", "mb", "gb")), (1024, ("", "kib", "mib", "gib")))
    for power, unit in enumerate(names)
} | {"k": 1000, "m": 1000**2, "g": 1000**3}


class Text(click.ParamType):  # type: ignore[type-arg]  # generic only in later versions
    """What a person says: characters, at least one that is seen. Bytes that are no text in this locale are none."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Take the text, or say what is wrong with it."""
        text = str(value)
        if not text.strip():
            self.fail("it is empty; leave it out, or say it", param, ctx)
        try:
            text.encode()
        except UnicodeEncodeError:
            charset = sys.getfilesystemencoding()
            self.fail(f"{text!r} holds bytes that are no text in {charset}, which the locale names", param, ctx)
        return text


class Moment(click.ParamType):  # type: ignore[type-arg]  # as above
    """A moment with its zone, as ISO 8601 writes it, or the fourteen digits of a web archive (which are UTC)."""

    name = "moment"

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """How the help names it."""
        return "MOMENT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read the moment, or say how to write one."""
        if isinstance(value, datetime):
            return value
        text = str(value).strip()
        try:
            moment = _read_moment(text)
        except (ValueError, OverflowError):
            moment = None
        if moment is None:
            hint = "write date, time and zone, as 2021-12-08T14:30:00Z"
            if _DAY.fullmatch(text) and param is not None and param.name == "captured_at":
                # To take midnight or noon would be to make a moment up, and the object's name depends on it.
                hint += "; where only the day is known, leave it out and say the day with --description"
            self.fail(f"{text!r} is {'a date and ' if _DAY.fullmatch(text) else ''}no moment; {hint}", param, ctx)
        return moment


def _read_moment(text: str) -> datetime | None:
    if re.fullmatch(r"\d{14}", text):
        return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    # A date alone names a day: to take its midnight would be to make a moment up.
    moment = datetime.fromisoformat(text) if re.match(r"\d{4}-?\d{2}-?\d{2}[T ]", text) else None
    return moment.astimezone(UTC) if moment is not None and moment.tzinfo is not None else None


class Size(click.ParamType):  # type: ignore[type-arg]  # as above
    """A number of bytes: ``50000000``, ``50MB``, ``64 MiB``."""

    name = "size"

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """How the help names it."""
        return "SIZE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the size, or say how to write one."""
        if isinstance(value, int):
            return value
        match = _SIZE.match(str(value).strip())
        unit = _UNITS.get(match["unit"].lower()) if match else None
        if match is None or unit is None:
            self.fail(f"{value!r} is no size; write bytes, or a unit as in 50MB or 64MiB", param, ctx)
        return int(float(match["number"]) * unit)


def reading_options(command: Command) -> Command:
    """The options that say of a capture what its file cannot."""
    for decorate in reversed(
        (
            click.option(
                "--uri",
                type=Text(),
                metavar="URI",
                help="The page's address, with its scheme; links are resolved against it.",
            ),
            click.option(
                "--captured-at",
                type=Moment(),
                help="When the page was captured; the file's own date is not evidence and is not used.",
            ),
            click.option(
                "--charset",
                type=Text(),
                metavar="LABEL",
                help="The character encoding that the server declared; a byte order mark outranks it.",
            ),
            click.option(
                "--max-size",
                type=Size(),
                metavar="SIZE",
                help="Refuse larger pages, as 50MB or 64MiB; 128MiB if not given, of a page in a WARC 64MiB.",
            ),
            click.option(
                "--at",
                type=Moment(),
                help="Take this moment for now: the same moment makes the same bytes.",
            ),
        )
    ):
        command = decorate(command)
    return command


def choosing_options(command: Command) -> Command:
    """The options that choose among the captures of a file that holds many."""
    for decorate in reversed(
        (
            click.option(
                "--url", "urls", type=Text(), multiple=True, metavar="ADDRESS",
                help="From a WARC, only the captures of this address; may be repeated.",
            ),
            click.option(
                "--record", "records", type=Text(), multiple=True, metavar="ID",
                help="From a WARC, only the record with this WARC-Record-ID; may be repeated.",
            ),
            click.option(
                "--status", "statuses", type=click.IntRange(100, 599), multiple=True, metavar="STATUS",
                help="From a WARC, pages with this HTTP status instead of those with success; may be repeated.",
            ),
            click.option("--since", type=Moment(), help="From a WARC, only what was captured at this moment or later."),
        )
    ):  # fmt: skip
        command = decorate(command)
    return command


def description_options(command: Command) -> Command:
    """The options by which a person states what the page does not say, or says wrongly."""
    for element, what in reversed(STATED):
        decorate = click.option(
            f"--{element}", type=Text(), multiple=True, metavar="TEXT", help=f"State {what}; may be repeated."
        )
        command = decorate(command)
    return command


STATED = (
    ("title", "the title"),
    ("creator", "who made the page's content"),
    ("date", "when it was published, as 2021, 2021-12 or 2021-12-08"),
    ("language", "its language, as en or zh-Hans (BCP 47)"),
    ("subject", "a subject"),
    ("description", "what it is about"),
    ("publisher", "who published it"),
    ("contributor", "who contributed to it"),
    ("coverage", "a place or a time that it is about"),
    ("rights", "the rights in the page (the TEI file's own licence comes from solander.toml)"),
    ("identifier", "an identifier that it has elsewhere, as a DOI"),
    ("relation", "a related thing"),
)
"""The elements that a person may state on the command line, with what the help calls them."""


def fail_on_option(command: Command) -> Command:
    """The option that sets from which gravity on findings make the exit status 1."""
    return click.option(
        "--fail-on",
        type=click.Choice(SEVERITIES),
        help="The mildest severity that makes the exit status 1; if not given, as solander.toml says, or error.",
    )(command)


def threads_option(command: Command) -> Command:
    """The option that sets how many threads read at once."""
    return click.option(
        "--threads",
        type=click.IntRange(1, 64),
        metavar="N",
        help="How many threads read files at once; if not given, one for each processor.",
    )(command)


def remarks_option(command: Command) -> Command:
    """The option that tells the mildest findings too."""
    return click.option(
        "--remarks",
        is_flag=True,
        help="List remarks too (findings of severity info), which are otherwise only counted.",
    )(command)


def talk_options(command: Command) -> Command:
    """The options for how much is said, and in which form."""
    for decorate in reversed(
        (
            click.option(
                "--format",
                "form",
                type=click.Choice(("text", "json")),
                default="text",
                help="The form of the result; both forms say the same.",
            ),
            click.option("--json", "form", flag_value="json", help="The same as --format json."),
            click.option("--quiet", "-q", is_flag=True, help="Print only results and errors."),
            traceback_option,
        )
    ):
        command = decorate(command)
    return command


def info_options(command: Command) -> Command:
    """The options that state fields of bag-info.txt."""
    for decorate in reversed(
        (
            click.option(
                "--info",
                type=Text(),
                multiple=True,
                metavar="'LABEL: VALUE'",
                help="A field for bag-info.txt; may be repeated; fields keep their order, and no repeat is dropped.",
            ),
            click.option("--info-file", metavar="FILE", help="Take fields from a file written like bag-info.txt."),
        )
    ):
        command = decorate(command)
    return command


def moment_option(command: Command) -> Command:
    """The option for the moment of the work."""
    return click.option("--at", type=Moment(), help="Take this moment for now: the same moment makes the same bytes.")(
        command
    )


def traceback_option(command: Command) -> Command:
    """The option that shows the stack trace of a fault of our own."""
    return click.option(
        "--traceback", is_flag=True, expose_value=False, help="Show the stack trace of a fault of Solander's own."
    )(command)
