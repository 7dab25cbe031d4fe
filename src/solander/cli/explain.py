"""``solander explain``: what a rule finds, why that matters, and how to put it right."""

from __future__ import annotations

import difflib
import sys
import textwrap

import click

from solander.cli.parameters import talk_options
from solander.cli.program import DocumentedCommand
from solander.cli.talk import result, result_json
from solander.errors import UsageError
from solander.model.finding import Rule
from solander.pipeline import rules

_WIDTH = 96


def _offered(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Codes and names of rules that begin so."""
    known = [word for rule in rules() for word in (rule.code, rule.name)]
    return sorted(word for word in known if word.casefold().startswith(incomplete.casefold()))


@click.command(
    "explain",
    cls=DocumentedCommand,
    statuses=(0, 2),
    examples=(
        ("a rule, by its code or its name", "solander explain BAG003"),
        ("the rules of a family, a line each", "solander explain BAG"),
        ("all rules, a line each", "solander explain"),
    ),
)
@click.argument("names", nargs=-1, metavar="[CODE|NAME|FAMILY]...", shell_complete=_offered)
@talk_options
def command(names: tuple[str, ...], form: str, quiet: bool) -> int:
    """Tell what a rule means, or list the rules.

    For each rule: what it finds, why that matters, how to put it right, and the clause that it serves. The first three
    letters of a code name its family, whose rules are listed.
    """
    known = tuple(_plain(rule) for rule in rules())
    families = dict.fromkeys(rule.code[:3] for rule in known)
    chosen = [
        tuple(rule for rule in known if rule.code.startswith(name.upper()))
        if name.upper() in families
        else (_find(name, known),)
        for name in names
    ]
    if form == "json":
        result_json([rule._asdict() for rule in ([one for some in chosen for one in some] if names else known)])
    elif names:
        result("\n".join(_tell(some[0]) if len(some) == 1 else _listed(some) for some in chosen))
    else:
        result(_listed(known))
    return 0


def _plain(rule: Rule) -> Rule:
    """A rule without the marks by which its text tells code from words."""
    return Rule(*(part.replace("``", "") for part in rule))


def _listed(some: tuple[Rule, ...]) -> str:
    width = max((len(rule.name) for rule in some), default=0)
    return "".join(f"{rule.code}  {rule.name:<{width}}  {rule.severity}\n" for rule in some)


def _find(name: str, known: tuple[Rule, ...]) -> Rule:
    wanted = name.casefold()
    for rule in known:
        if wanted in (rule.code.casefold(), rule.name):
            return rule
    near = difflib.get_close_matches(wanted, [rule.name for rule in known] + [rule.code.lower() for rule in known], n=1)
    hint = (
        f"did you mean {near[0].upper() if near[0][-1:].isdigit() else near[0]}?" if near else "see: solander explain"
    )
    raise UsageError(f"there is no rule {name!r}; {hint}")


def terminal_columns() -> int:
    """How wide an explanation may be: no wider than the terminal, if there is one."""
    if not sys.stdout.isatty():
        return _WIDTH
    import shutil  # late: it brings every way of compressing along

    return max(min(_WIDTH, shutil.get_terminal_size().columns), 20)


def _tell(rule: Rule) -> str:
    width = terminal_columns()
    parts = [f"{rule.code} {rule.name} ({rule.severity})\n"]
    for label, text in (("", rule.what), ("Why: ", rule.why), ("Remedy: ", rule.remedy), ("Source: ", rule.source)):
        parts.append(textwrap.fill(label + text, width, initial_indent="  ", subsequent_indent="  ") + "\n")
    return "\n".join(parts)
