"""Write the pages of docs/ that follow from the program: ``rules.md`` from the rules, ``cli.md`` from the commands.

Run by ``make docs``; a test holds the pages to what this writes.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import click

from solander.cli.program import DocumentedCommand, LateGroup, program
from solander.model.finding import Rule
from solander.pipeline import rules

DOCS = Path(__file__).parent
WIDTH = 100

PREFIXES = {
    "CAP": "the capture",
    "PAG": "the page and the completeness of its text",
    "DCM": "the description and its records",
    "TEI1": "the TEI's grammar",
    "TEI2": "the TEI's meaning",
    "COL": "bags of many pages",
    "PRM": "provenance",
    "BAG": "the bag: structure and fixity",
    "PRF": "the bag's profile",
    "RED": "deriving again",
    "SEC": "the safety of whoever opens a copy",
    "DEP": "deposits: before anything is sent, and receipts after",
    "WRC": "files of web archives: WARC, ARC and WACZ",
}
"""What the rules of a prefix judge, in the order of the page."""


def rules_page() -> str:
    """``rules.md``: every rule with what it finds, why that matters, and how to put it right."""
    order = list(PREFIXES)
    known = sorted(rules(), key=lambda rule: (order.index(_prefix(rule)), rule.code))
    lines = [
        "# Rules",
        "",
        "<!-- Written by docs/generate.py: `make docs`. -->",
        "",
        "Every finding bears a code and a name, which are for ever: a rule that goes is not replaced by another of its",
        "name. `solander explain CODE` prints what stands here. An *error* makes the exit status 1; a *warning* or a",
        "*remark* (`info`) only where `--fail-on` asks for it.",
        "",
    ]
    groups = [(prefix, list(members)) for prefix, members in groupby(known, _prefix)]
    for prefix, members in groups:
        lines += [f"- [{prefix}](#{_anchor(_heading(prefix))}): {PREFIXES[prefix]} ({len(members)})"]
    for prefix, members in groups:
        lines += ["", f"## {_heading(prefix)}"]
        for rule in members:
            lines += ["", *_rule(rule)]
    return "\n".join(lines) + "\n"


def _prefix(rule: Rule) -> str:
    return rule.code[:4] if rule.code.startswith("TEI") else rule.code[:3]


def _heading(prefix: str) -> str:
    return f"{prefix}: {PREFIXES[prefix]}"


def _anchor(heading: str) -> str:
    """The anchor that a forge makes of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _rule(rule: Rule) -> Iterator[str]:
    yield f'<a id="{rule.name}"></a>'
    yield ""
    yield f"### {rule.code} {rule.name}"
    yield ""
    yield _escaped(rule.what)
    yield ""
    yield f"- **Severity:** {rule.severity}"
    yield f"- **Why:** {_escaped(rule.why)}"
    yield f"- **Remedy:** {_escaped(rule.remedy)}"
    yield f"- **Source:** {_escaped(rule.source)}"


def _escaped(text: str) -> str:
    """Docstrings mark code with two backticks, Markdown with one; outside code an angle bracket is only a character."""
    parts = re.split(r"(``.+?``)", text)
    return "".join(
        f"`{part[2:-2]}`" if part.startswith("``") and len(part) > 4 else part.replace("<", "&lt;") for part in parts
    )


def cli_page() -> str:
    """``cli.md``: the help of the program and of every command, as it is printed."""
    lines = ["# Command line", "", "<!-- Written by docs/generate.py: `make docs`. -->", ""]
    above = _context(program, "solander", None)
    lines += [
        "What each command prints with `--help`.",
        "",
        "## solander",
        "",
        *_help(above),
        *_commands(program, above),
    ]
    return "\n".join(lines) + "\n"


def _commands(group: LateGroup, above: click.Context) -> Iterator[str]:
    for name in group.list_commands(above):
        command = group.get_command(above, name)
        assert isinstance(command, DocumentedCommand | LateGroup)
        context = _context(command, name, above)
        yield from ("", f"## {context.command_path}", "", *_help(context))
        if isinstance(command, LateGroup):
            yield from _commands(command, context)


def _context(command: click.Command, name: str, above: click.Context | None) -> click.Context:
    settings = {**command.context_settings, "terminal_width": WIDTH}
    return click.Context(command, info_name=name, parent=above, **settings)


def _help(context: click.Context) -> list[str]:
    return ["```text", context.get_help().rstrip(), "```"]


PAGES = {"rules.md": rules_page, "cli.md": cli_page}


def main() -> None:
    """Write the pages."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
