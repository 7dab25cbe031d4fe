"""The forms in which ``validate`` tells its verdict: to standard output, to files, and to the CI system around it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from solander import __version__
from solander.cli.talk import coloured, result, result_bytes, say_error, say_what_next
from solander.errors import SolanderError, UsageError
from solander.model.verdict import Verdict

FORMS = {
    "text": "for a person",
    "json": "every detail, by schemas/solander-report.schema.json",
    "sarif": "SARIF 2.1.0, for code scanning and editors",
    "junit": "JUnit XML, for the test reports of CI systems",
    "github": "annotations of GitHub Actions",
    "gitlab": "a code quality report for GitLab",
    "tap": "TAP 14, a line for each thing",
}
"""Forms by name, with whom each is for."""

_PIPED_COLUMNS = 120
"""How wide the lines of files are shown where no terminal shows them."""


class Wish(NamedTuple):
    """A form, and where to."""

    form: str
    path: Path | None
    """``None`` for standard output."""


class Telling(NamedTuple):
    """How a verdict is told."""

    wishes: tuple[Wish, ...]
    remarks: bool
    quiet: bool

    @property
    def on_standard_output(self) -> str:
        """The form that goes there: ``text`` where no other was asked for."""
        return next((wish.form for wish in self.wishes if wish.path is None), "text")

    @property
    def is_text(self) -> bool:
        """Whether a person reads what goes to standard output."""
        return self.on_standard_output == "text"


def telling(wishes: Sequence[Wish], *, as_json: bool, remarks: bool, quiet: bool) -> Telling:
    """What was asked for, if it can be had.

    Raises:
        UsageError: two forms would go to the same place.
    """
    all_of = (*wishes, *((Wish("json", None),) if as_json and Wish("json", None) not in wishes else ()))
    places = [None if wish.path is None else wish.path.absolute() for wish in all_of]
    for place in places:
        if places.count(place) > 1:
            where = "standard output" if place is None else place
            raise UsageError(f"two forms would go to {where}; name a file for one: --format sarif:report.sarif")
    return Telling(all_of, remarks, quiet)


def is_in_actions() -> bool:
    """Whether GitHub Actions runs this."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def working_folder() -> str:
    """The folder in which this runs; empty where it is gone."""
    try:
        return str(Path.cwd())
    except OSError:
        return ""


def tell(verdict: Verdict, how: Telling, said: Collection[str] = ()) -> list[SolanderError]:
    """Tell a verdict in every form that was asked for; what could not be written is said, and handed back.

    Args:
        verdict: what is told.
        how: in which forms.
        said: lines of what was not checked that a person was told already.
    """
    lost: list[SolanderError] = []
    for wish in how.wishes:
        if wish.path is not None:
            _keep(lost, lambda wish=wish: _write(wish, verdict, how))  # type: ignore[misc]
    form = how.on_standard_output
    if form != "text":
        result_bytes(_rendered(form, verdict, how).encode("utf-8", "backslashreplace"))
    else:
        _tell_person(verdict, how, said)
    if (is_in_actions() and form == "text") or form == "github":
        _keep(lost, lambda: _summarise(verdict, how))
    return lost


def _keep(lost: list[SolanderError], write: Callable[[], None]) -> None:
    try:
        write()
    except SolanderError as error:
        say_error(error)
        lost.append(error)


def _write(wish: Wish, verdict: Verdict, how: Telling) -> None:
    from solander.pipeline import write_report  # late: most runs write none

    assert wish.path is not None  # noqa: S101 - for the type checker
    write_report(wish.path, _rendered(wish.form, verdict, how).encode("utf-8", "backslashreplace"))


def _tell_person(verdict: Verdict, how: Telling, said: Collection[str]) -> None:
    judged = any(not set(part.unchecked) <= set(said) or part.rules or part.counts for part in verdict.parts)
    text = _text(verdict, how, said, colour=coloured(sys.stdout)) if judged or not verdict.parts else ""
    if is_in_actions():
        from solander.reporting.github import render_annotations, without_commands

        # Whoever wrote the page cannot know the token, and so not end what keeps its lines from being obeyed.
        text = without_commands(text, os.urandom(16).hex()) + render_annotations(verdict, remarks=how.remarks)
    result(text)
    if not how.quiet:
        say_what_next(verdict.whole)


def _text(verdict: Verdict, how: Telling, said: Collection[str] = (), *, colour: bool) -> str:
    from solander.pipeline import SourceLines
    from solander.reporting.text import Source, closing_line, render

    columns = _terminal_columns() if sys.stdout.isatty() else _PIPED_COLUMNS
    source = Source(SourceLines(), columns)
    told = verdict.whole._replace(unchecked=tuple(line for line in verdict.whole.unchecked if line not in said))
    text = render(told, remarks=how.remarks, colour=colour, closing=False, source=source)
    # Where nothing was asked, nothing is without errors.
    closing = closing_line(verdict.whole) if verdict.parts else "no bags"
    return text if how.quiet else f"{text}{closing}\n"


def _terminal_columns() -> int:
    import shutil  # late: it brings every way of compressing along

    return shutil.get_terminal_size().columns


def _rendered(form: str, verdict: Verdict, how: Telling) -> str:
    """A verdict in a form; each is imported when it is wanted."""
    match form:
        case "text":
            return _text(verdict, how, colour=False)
        case "json":
            from solander.pipeline import report_value
            from solander.reporting.json_text import render_json

            return render_json(report_value(verdict.whole))
        case "sarif":
            from solander.pipeline import rules
            from solander.reporting.sarif import render_sarif

            return render_sarif(verdict.with_rules(rules()), __version__)
        case "junit":
            from solander.reporting.junit import render_junit

            return render_junit(verdict)
        case "gitlab":
            from solander.reporting.gitlab import render_gitlab

            return render_gitlab(verdict)
        case "tap":
            from solander.reporting.tap import render_tap

            return render_tap(verdict)
        case _:
            from solander.reporting.github import render_annotations

            return render_annotations(verdict, remarks=how.remarks)


def _summarise(verdict: Verdict, how: Telling) -> None:
    """Add to the summary of a job of GitHub Actions, where it has one."""
    where = os.environ.get("GITHUB_STEP_SUMMARY")
    if where:
        from solander.pipeline import append_summary
        from solander.reporting.github import render_summary

        content = render_summary(verdict, remarks=how.remarks)
        append_summary(Path(where), content.encode("utf-8", "backslashreplace"))
