"""Reports for a person at a terminal: a line a finding, the two values that disagree, a closing line with the counts.

Nothing of the material reaches the terminal raw: control characters and the marks that turn the direction of writing
are shown as escapes, for a page may hold any of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from solander.model.finding import (
    CHANGED,
    IGNORED,
    KNOWN,
    OPINIONS,
    OPINIONS_LACKING,
    SELECTED,
    Finding,
    Report,
)

_LINE = 100
"""The two values share a line where they fit within this many characters."""

_LONGEST = 160
"""A value longer than this is shortened: the whole of it stands in the JSON form."""

_HEXADECIMAL = re.compile(r"[0-9a-f]{32,}\Z")
KINDS = ("bags", "pages", "documents", "crawls")
"""What is counted as judged, by the name that ``Report.counts`` has for it."""

_RECORDED = frozenset(("BAG003", "BAG006", "BAG015", "BAG038"))
"""Rules whose first value is what the bag recorded; others compare with what is wanted."""

_UNITS = ("B", "kB", "MB", "GB", "TB", "PB")
_COLOURS = {"error": "\x1b[31m", "warning": "\x1b[33m", "info": "\x1b[36m"}
_DIM, _PLAIN = "\x1b[2m", "\x1b[0m"


class Source(NamedTuple):
    """Where the lines are that findings speak of, and how much of one a reader can see."""

    line_of: Callable[[str, int], str | None]
    """A file's line by path and number; ``None`` where there is none to show."""

    width: int
    """Columns of the terminal."""


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: ``1 bag``, ``2 bags``, ``3 bodies``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def size(size_bytes: int) -> str:
    """A size as people say it, in powers of a thousand: ``980 B``, ``1.1 MB``."""
    if size_bytes < 1000:
        return f"{size_bytes} B"
    amount = float(size_bytes)
    for unit in _UNITS:
        if amount < 999.95 or unit == _UNITS[-1]:
            break
        amount /= 1000
    return f"{amount:.1f} {unit}"


def visible(text: str) -> str:
    """Show what a terminal would obey or hide: controls, direction marks and what is no character become escapes."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escape(character) if _unsafe(character) else character for character in text)


def _unsafe(character: str) -> bool:
    # The last two code points of each plane are no characters, and XML does not know them.
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") or ord(character) & 0xFFFE == 0xFFFE


def _escape(character: str) -> str:
    number = ord(character)
    if number > 0xFFFF:
        return f"\\U{number:08x}"
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


def render(
    report: Report, *, remarks: bool = True, colour: bool = False, closing: bool = True, source: Source | None = None
) -> str:
    """Tell a report: findings in order, what was not checked, the closing line.

    Args:
        remarks: whether to tell findings of severity ``info`` too; if not, they are counted in the closing line.
        colour: whether a terminal is to show the gravity by colour.
        closing: whether to end with the counts.
        source: where the lines are that findings speak of; without it none is shown.
    """
    lines = list(finding_lines(report, remarks=remarks, colour=colour, source=source))
    lines.extend(f"not checked: {visible(what)}" for what in report.unchecked)
    if closing:
        lines.append(closing_line(report))
    return "".join(f"{line}\n" for line in lines)


def finding_lines(
    report: Report, *, remarks: bool = True, colour: bool = False, source: Source | None = None
) -> Iterator[str]:
    """The findings, each in one line, and perhaps the values that disagree and the line of the file below it."""
    for finding in report.findings if remarks else report.at_or_above("warning"):
        place = visible(str(finding.place))
        rule = f"{finding.code} {finding.name}"
        if colour:
            rule = f"{_COLOURS[finding.severity]}{rule}\x1b[0m"
        # An error needs no word: it is what a finding is unless it says otherwise.
        mildness = "" if finding.severity == "error" else f"({finding.severity}) "
        yield f"{place}  {rule}  {mildness}{visible(finding.message)}"
        yield from _values(finding)
        if source is not None and finding.place.line is not None:
            yield from _excerpt(finding, source, colour=colour)


def _excerpt(finding: Finding, source: Source, *, colour: bool) -> Iterator[str]:
    path, number, column, _ = finding.place
    line = source.line_of(path, number) if number is not None else None
    if line is None or number is None or not line.strip():
        return
    from solander.reporting.excerpt import excerpt  # late: most findings have no line to show

    shown, mark = excerpt(line, number, column, width=source.width)
    yield f"{_DIM}{shown}{_PLAIN}" if colour else shown
    if mark is not None:
        yield f"{_COLOURS[finding.severity]}{mark}{_PLAIN}" if colour else mark


def _values(finding: Finding) -> Iterator[str]:
    wanted = "recorded" if finding.code in _RECORDED else "expected"
    expected, found = _shorten(finding.expected, finding.found)
    parts = [
        f"{word} {value or '(nothing)'}" for word, value in ((wanted, expected), ("found", found)) if value is not None
    ]
    if len("  ".join(parts)) <= _LINE:
        parts = ["  ".join(parts)] if parts else []
    for part in parts:
        yield f"    {part}"


def _shorten(expected: str | None, found: str | None) -> tuple[str | None, str | None]:
    """Cut digests to their first eight digits, unless these agree, and long values at their end."""
    short = [
        value[:8] + "…" if value is not None and _HEXADECIMAL.match(value) else value for value in (expected, found)
    ]
    if expected is not None and found is not None and short[0] == short[1]:
        short = [expected, found]
    first, second = (
        None if value is None else value if len(value) <= _LONGEST else value[:_LONGEST] + "…"
        for value in (None if value is None else visible(value) for value in short)
    )
    return first, second


def closing_line(report: Report) -> str:
    """The counts in one line: ``1 error in 1 of 14 bags (98 files, 1.1 MB)``.

    "No errors" is said only where everything was checked.
    """
    counts = dict(report.counts)
    found = [
        count(number, noun)
        for severity, noun in (("error", "error"), ("warning", "warning"), ("info", "remark"))
        if (number := sum(one.severity == severity for one in report.findings))
    ]
    has_errors = any(one.severity == "error" for one in report.findings)
    if report.unchecked:
        found.insert(int(has_errors), f"{count(len(report.unchecked), 'thing')} not checked")
    elif not has_errors:
        found.insert(0, "no errors")
    line = ", ".join(found[:-1]) + (" and " if len(found) > 1 else "") + found[-1]
    where = _where(counts)
    sizes = [count(counts["records"], "record")] if "records" in counts else []
    sizes += [count(counts["files"], "file")] if "files" in counts else []
    sizes += [size(counts["bytes"])] if "bytes" in counts else []
    if where == "no bags" and line == "no errors":
        line = where
    elif where:
        line += f" in {where}" + (f" ({', '.join(sizes)})" if sizes else "")
    line += "".join(
        "; only the rules of --select" if mode == SELECTED else f"; fixity not checked (--{mode})"
        for mode in report.in_part
    )
    return line + _second_opinions(counts) + _ignored(counts) + _changed(counts) + _known(counts)


def _second_opinions(counts: dict[str, int]) -> str:
    """Of how many bags another program was asked, if of any."""
    judged, lacking = counts.get(OPINIONS, 0), counts.get(OPINIONS_LACKING, 0)
    if not judged and not lacking:
        return ""
    if not lacking:
        return f"; bagit judged {'it' if judged == 1 else 'each'} too"
    return f"; bagit was not asked, or came to no verdict, on {lacking:,} of {count(judged + lacking, 'bag')}"


def _where(counts: dict[str, int]) -> str:
    """What was judged: ``1 of 14 bags``, ``2 bags and 1 folder that is no bag``; empty where nothing was counted."""
    parts = []
    for kind in KINDS:
        faulty, number = counts.get(f"{kind}-with-findings", 0), counts.get(kind, 0)
        if number:
            parts.append((f"{faulty:,} of " if faulty else "") + count(number, kind[:-1]))
    if strays := counts.get("strays", 0):
        parts.append(f"{count(strays, 'folder')} that {'is' if strays == 1 else 'are'} no bag")
    if not parts:
        return "no bags" if "bags" in counts else ""
    return ", ".join(parts[:-1]) + (" and " if len(parts) > 1 else "") + parts[-1]


def _ignored(counts: dict[str, int]) -> str:
    """Which rules solander.toml asks not to be told of, in number, and what they would have said."""
    silenced = [number for name, number in counts.items() if name.startswith(IGNORED)]
    if not silenced:
        return ""
    return f"; {count(len(silenced), 'rule')} ignored" + (
        f" ({count(sum(silenced), 'finding')})" if any(silenced) else ""
    )


def _changed(counts: dict[str, int]) -> str:
    """How many rules are taken less gravely than they mean it, as was asked, and in how many findings."""
    milder = [number for name, number in counts.items() if name.startswith(CHANGED) and number]
    return f"; {count(len(milder), 'rule')} made milder ({count(sum(milder), 'finding')})" if milder else ""


def _known(counts: dict[str, int]) -> str:
    """How many findings stand in the baseline."""
    number = counts.get(KNOWN, 0)
    return f"; {count(number, 'finding')} known by the baseline" if number else ""
