"""``solander show``: what a bag holds, where it came from, and what was last said of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from solander.cli.parameters import talk_options
from solander.cli.program import DocumentedCommand
from solander.cli.status import UNREADABLE, gravest
from solander.cli.talk import result, result_json, say, say_error
from solander.errors import SolanderError, UsageError
from solander.model.item import TEI_FOLDERS
from solander.pipeline import Holding, look_into, receipt_value, receipts_of, report_value, subjects
from solander.reporting.text import closing_line, count, size, visible

_ELEMENTS = (
    *("title", "creator", "contributor", "date", "modified", "language", "publisher", "coverage", "subject"),
    *("description", "rights", "identifier", "relation"),
)
_PROVENANCE = (
    ("from", "Web-Capture-URI"),
    ("record", "WARC-Record-ID"),
    ("captured", "Web-Capture-Date"),
    ("file", "Web-Capture-File"),
    ("pages", "Web-Capture-Pages"),
    ("first page", "Web-Capture-Begin"),
    ("last page", "Web-Capture-End"),
    ("sha256", "Web-Capture-SHA256"),
    ("identifier", "External-Identifier"),
    ("version", "Bag-Version"),
    ("packed", "Bagging-Date"),
    ("made with", "Bag-Software-Agent"),
    ("kept by", "Source-Organization"),
)
_OF_OTHERS = (
    ("about", "External-Description"),
    ("note", "Internal-Sender-Description"),
    ("group", "Bag-Group-Identifier"),
    ("number", "Bag-Count"),
    ("sender's id", "Internal-Sender-Identifier"),
    ("contact", "Contact-Name"),
    ("phone", "Contact-Phone"),
    ("e-mail", "Contact-Email"),
    ("address", "Organization-Address"),
)
"""What a bag says of itself that has no description of ours, by the fields of RFC 8493, 2.2.2."""
_SAID_ABOVE = ("From ", "The address was not recorded", "What captured it,")
"""How sentences on the capture begin that say nothing that does not stand in the lines above."""

_WIDTH = 12
_COLUMNS = 80
"""How wide a list is where no terminal says how wide it is."""
_TITLE_COLUMNS = 16
"""A title that has less than this beside what else is told of its bag has a line of its own."""
_PAGES_SHOWN = 10
"""Of a folder of more pages than that the first and the last are named."""


@click.command(
    "show",
    cls=DocumentedCommand,
    statuses=(0, 2, 3),
    examples=(
        ("a bag", "solander show archive/2026-01-01-a-page-0123abcd"),
        ("the bags of an archive, one below the other", "solander show archive/"),
        ("every title in an archive", "solander show archive/ --json | jq -r '.bags[].description.title[0]'"),
    ),
)
@click.argument("bags", nargs=-1, metavar="BAG...")
@talk_options
def command(bags: tuple[str, ...], form: str, quiet: bool) -> int:
    """Tell what a bag holds and where it came from.

    The description, the provenance, the count of words, the judgement at packing, where it was deposited, and the
    files with their sizes; of an archive, its bags, a line or two each. Nothing is judged anew: see "solander
    validate". What is plainly missing or cannot be read is said, and makes the exit status 3.
    """
    if not bags:
        raise UsageError("name a bag: solander show archive/NAME")
    statuses: list[int] = []
    values: list[dict[str, object]] = []
    for number, bag in enumerate(bags):
        holdings: list[Holding] = []
        try:
            pieces = subjects(Path(bag))
        except SolanderError as error:
            _refuse(bag, error, statuses, values, talk=form == "text")
            continue
        for piece in pieces:
            if piece.kind != "archive":
                try:
                    holdings.append(look_into(piece.path))
                except SolanderError as error:
                    _refuse(str(piece.path), error, statuses, values, talk=form == "text")
        statuses += [UNREADABLE for holding in holdings if holding.damage]
        alone = len(pieces) == 1 and pieces[0].path == Path(bag) and pieces[0].kind != "archive"
        if form == "json":
            values += [_value(holding) | (_receipts_value(holding) if alone else {}) for holding in holdings]
            continue
        lines = (
            [line for holding in holdings for line in _lines(holding)]
            if alone
            else list(_listed(holdings, terminal_columns()))
        )
        result(("\n" if number and lines else "") + "".join(f"{line}\n" for line in lines))
        for holding in holdings:
            if holding.damage and not quiet:
                say(f"damaged; see: solander validate {holding.path}")
    if form == "json":
        result_json({"bags": values})
    return gravest(statuses)


def _refuse(
    bag: str, error: SolanderError, statuses: list[int], values: list[dict[str, object]], *, talk: bool
) -> None:
    statuses.append(error.exit_status)
    values.append({"path": bag, "error": str(error)})
    if talk:
        say_error(error)


def _listed(holdings: list[Holding], columns: int) -> Iterator[str]:
    """The bags of an archive, a line each: name, version, date, what was judged, title.

    Where a terminal is narrower, a bag's name has a line to itself, for whoever copies it, and a title may be cut;
    where little would be left of titles, they have lines of their own, for they are what is looked for.
    """
    rows = [
        (
            visible(holding.path.name),
            f"v{visible(holding.info.first('Bag-Version') or '?')}",
            visible(_date(holding)),
            "damaged" if holding.damage else closing_line(holding.report) if holding.report else "not judged",
            visible(_title(holding)),
        )
        for holding in holdings
    ]
    # The title comes last, for nobody knows how wide a terminal shows it.
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)][:-1]
    lines = [
        "  ".join((*(f"{value:<{width}}" for value, width in zip(row, widths, strict=False)), row[-1])) for row in rows
    ]
    if all(_cut(line, columns) == line for line in lines):
        yield from lines
    else:
        for row in rows:
            told = "  " + "  ".join(f"{value:<{width}}" for value, width in zip(row[1:-1], widths[1:], strict=True))
            yield row[0]
            if columns - len(told) - 2 < min(_TITLE_COLUMNS, max(len(one[-1]) for one in rows)):
                yield from (_cut(f"  {row[-1]}", columns), _cut(told.rstrip(), columns))
            else:
                yield _cut(f"{told}  {row[-1]}", columns)
    yield count(len(rows), "bag") if rows else "no bags"


def terminal_columns() -> int:
    """How wide the terminal is; without one, as wide as any line."""
    if not sys.stdout.isatty():
        return sys.maxsize  # whoever reads a pipe wants all of it
    import shutil  # late: it brings every way of compressing along

    return shutil.get_terminal_size((_COLUMNS, 24)).columns


def _cut(line: str, columns: int) -> str:
    """A line that is no wider than may be; what is left out, three dots stand for."""
    import unicodedata  # late: only lists are cut

    ends, wide = 0, 0
    for number, character in enumerate(line):
        wide += 0 if unicodedata.combining(character) else 1 + (unicodedata.east_asian_width(character) in "WF")
        if wide > columns:
            return line[:ends].rstrip() + "…"
        if wide < columns:
            ends = number + 1
    return line


def _title(holding: Holding) -> str:
    said = holding.description.first("title") if holding.description else holding.info.first("External-Description")
    return " ".join((said or "").split()) or "(no title)"


def _date(holding: Holding) -> str:
    said = holding.description.first("date") if holding.description else None
    # Many pages have many dates: what is told is when the first of them was captured.
    return said or (holding.info.first("Web-Capture-Begin") or "")[:10] or "undated"


def _lines(holding: Holding) -> Iterator[str]:
    yield visible(str(holding.path))
    if holding.description and any(holding.description.of(element) for element in _ELEMENTS):
        yield ""
    for element in _ELEMENTS if holding.description else ():
        for statement in holding.description.of(element) if holding.description else ():
            yield _row(element, f"{statement.value}  ({statement.evidence.detail})")
    yield ""
    for label, field in _PROVENANCE if holding.description else (*_OF_OTHERS[:5], *_PROVENANCE, *_OF_OTHERS[5:]):
        for value in holding.info.values(field):
            yield _row(label, value)
    for number, sentence in enumerate(one for one in holding.story if not one.startswith(_SAID_ABOVE)):
        yield _row("" if number else "received", sentence)
    if holding.report is not None:
        yield ""
        yield from _words(dict(holding.report.counts))
        rules = count(len(holding.report.rules), "rule")
        yield _row("judged", f"{closing_line(holding.report)}, by {rules}, when it was packed")
    receipts = receipts_of(holding.path)
    if receipts:
        yield ""
    for receipt in receipts:
        names = [f"{scheme}:{value}" for scheme, value in receipt.identifiers]
        told = (receipt.target, receipt.state, receipt.at.date().isoformat(), receipt.url or receipt.record, *names)
        yield _row("deposited", "  ".join(told))
    if holding.damage:
        yield ""
        for line in holding.damage:
            yield _row("damaged", line)
    yield ""
    yield f"{count(len(holding.files), 'file')}, {size(sum(number for _, number in holding.files))}"
    yield from _tree(_without_pages(holding.files))


def _receipts_value(holding: Holding) -> dict[str, object]:
    receipts = receipts_of(holding.path)
    return {"receipts": [receipt_value(one) for one in receipts]} if receipts else {}


def _words(counts: dict[str, int]) -> Iterator[str]:
    """The ledger of words: how many the page has, where they stand, and what was left out."""
    if "words" in counts:
        main, around = counts.get("words-main", 0), counts.get("words-boilerplate", 0)
        yield _row("words", f"{counts['words']:,}: {main:,} in the text proper, {around:,} around it")
    left_out = [f"{number:,} {name.removeprefix('left-out-')}" for name, number in counts.items() if "left-out" in name]
    if left_out:
        yield _row("left out", ", ".join(left_out))
    gaps = [f"{number:,} {name.removeprefix('gaps-')}" for name, number in counts.items() if name.startswith("gaps-")]
    if gaps:
        yield _row("gaps", ", ".join(gaps))
    if replaced := counts.get("characters-replaced", 0) + counts.get("characters-undecoded", 0):
        yield _row("replaced", f"{replaced:,} characters by U+FFFD")


def _row(label: str, value: str) -> str:
    named, said = f"  {label:<{_WIDTH}}", visible(value)
    if not sys.stdout.isatty():
        return named + said
    import textwrap  # late: only a person's terminal needs it

    # Between words alone: an address is to be copied whole.
    lines = textwrap.wrap(
        said,
        terminal_columns(),
        initial_indent=named,
        subsequent_indent=" " * len(named),
        break_long_words=False,
        break_on_hyphens=False,
        replace_whitespace=False,
    )
    return "\n".join(lines) or named


def _without_pages(files: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    """The files, of each folder of many pages' TEI the first and the last, and between them how many there are."""
    folders: dict[str, list[tuple[str, int]]] = {}
    for one in files:
        folder = one[0].rpartition("/")[0]
        folders.setdefault(folder if folder.startswith(TEI_FOLDERS) else one[0], []).append(one)
    shown: list[tuple[str, int]] = []
    for folder, held in folders.items():
        if len(held) > _PAGES_SHOWN:
            between = (f"{folder}/… {len(held) - 2:,} more", sum(number for _, number in held[1:-1]))
            held = [held[0], between, held[-1]]
        shown += held
    return tuple(shown)


def _tree(files: tuple[tuple[str, int], ...]) -> Iterator[str]:
    """The files as a tree: a folder's name once, and what it holds below it."""
    above: list[str] = []
    for path, size_bytes in files:
        *folders, name = path.split("/")
        shared = 0
        while shared < min(len(folders), len(above)) and folders[shared] == above[shared]:
            shared += 1
        for depth in range(shared, len(folders)):
            yield f"  {'  ' * depth}{visible(folders[depth])}/"
        above = folders
        entry = f"{'  ' * len(folders)}{visible(name)}"
        yield f"  {entry:<40} {size(size_bytes):>9}"


def _value(holding: Holding) -> dict[str, object]:
    description = holding.description
    statements = description.statements if description else ()
    return {
        "path": str(holding.path),
        "info": [list(pair) for pair in holding.info.pairs],
        "description": {
            element: [one.value for one in statements if one.element == element and one.chosen]
            for element in dict.fromkeys(one.element for one in statements if one.chosen)
        },
        "received": list(holding.story),
        "report": report_value(holding.report) if holding.report else None,
        "damage": list(holding.damage),
        "files": [{"path": path, "size_bytes": size_bytes} for path, size_bytes in holding.files],
    }
