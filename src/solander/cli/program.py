"""The program itself: what commands there are, each loaded only when it is called.

``solander --help`` imports none of them: their purposes stand here, and a test holds them to the commands' own.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import click

from solander import __version__
from solander.cli.collecting import collect_as_usual
from solander.cli.completing import complete_paths
from solander.cli.status import BROKEN_PIPE, MEANINGS
from solander.cli.streams import ResultLost, has_result
from solander.errors import SolanderError

SECTIONS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Make",
        (
            ("pack", "Pack pages into bags: capture, normalise, check, write."),
            ("batch", "Pack crawls, each file of captures into one bag of many pages."),
            ("normalise", "Turn one page into TEI on standard output."),
            ("init", "Begin a new archive with its solander.toml."),
        ),
    ),
    (
        "Look",
        (
            ("validate", "Judge bags, archives of bags, TEI files and pages."),
            ("verify", "Check a bag's fixity, and whether what it holds is what its original says."),
            ("audit", "Check an archive's bags in turn, and keep a log of it."),
            ("show", "Tell what a bag holds and where it came from."),
            ("view", "Show where a bag's view for reading lies, or make one."),
            ("catalogue", "Make the index of an archive, or bring it up to date."),
            ("serve", "Show an archive in a browser: search, read, harvest."),
            ("site", "Write an archive as files for any web server."),
            ("explain", "Tell what a rule means, or list the rules."),
        ),
    ),
    (
        "Bags",
        (("bag", "Make, update, empty and complete bags of any payload."),),
    ),
    (
        "Send",
        (
            ("deposit", "Send bags to a repository or a storage, once, with a receipt."),
            ("receipts", "Tell what was deposited from an archive, and where."),
        ),
    ),
)
"""The commands with their purposes, in the order in which a person meets them."""

Sections = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""Commands by section, each with its purpose."""

COMPLETION = """\
Shell completion: put the line of your shell into its start-up file.
  bash  eval "$(_SOLANDER_COMPLETE=bash_source solander)"
  zsh   eval "$(_SOLANDER_COMPLETE=zsh_source solander)"
  fish  _SOLANDER_COMPLETE=fish_source solander | source"""


ENDINGS = {
    129: "asked to end (SIGHUP: the terminal was closed)",
    BROKEN_PIPE: "whoever read the results went away (a broken pipe)",
    143: "asked to end (SIGTERM)",
}
"""Exit statuses that any program may have, beside those that tell of the work."""

_FOLDERS = ("into", "folder")
"""Parameters that name where a command makes things."""


def _wants_json(said: Mapping[str, Any]) -> bool:
    """Whether the result was to be JSON on standard output."""
    shown = [form for form, path in said.get("wishes") or () if path is None]
    if said.get("as_json"):
        shown.append("json")
    return said.get("form") == "json" or shown == ["json"]


def _tell_in_json(error: str, kind: str) -> None:
    """Tell a program why a run came to nothing; of one that came to something, its result tells."""
    if not has_result():
        from solander.cli.talk import result_json  # late: most runs come to something

        result_json({"error": error, "kind": kind})


class DocumentedCommand(click.Command):
    """A command whose help ends with examples and the exit statuses that it may have.

    It takes no argument that is empty, and standard input once.
    """

    def __init__(
        self,
        *args: Any,
        examples: Sequence[tuple[str, str]] = (),
        statuses: Iterable[int] = (0, 2, 3),
        **kwargs: Any,
    ) -> None:
        """Take what ``click.Command`` takes, the examples (what for, the line) and the statuses."""
        super().__init__(*args, **kwargs)
        self.examples, self.statuses = tuple(examples), tuple(statuses)
        for parameter in self.params:
            complete_paths(parameter)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse what no file is called: an empty name would mean the folder that one stands in."""
        words = list(args)
        try:
            return self._parsed(ctx, args)
        except click.UsageError as error:
            if not ctx.resilient_parsing and self._names_json(words):
                from solander.cli.guard import lowered  # late: most words are understood

                _tell_in_json(lowered(error.format_message()), "UsageError")
            raise

    def _parsed(self, ctx: click.Context, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        for parameter in self.params:
            if ctx.resilient_parsing or not isinstance(parameter, click.Argument):
                continue
            value = ctx.params.get(parameter.name or "")
            words = value if isinstance(value, tuple) else (value,)
            if "" in words:
                raise click.BadParameter("it is empty; leave it out, or say it", ctx, parameter)
            if words.count("-") > 1:
                raise click.BadParameter("standard input can be read once: name - once", ctx, parameter)
        return rest

    def _names_json(self, words: Sequence[str]) -> bool:
        """Whether words that could not be understood ask for JSON, as far as can be seen, of a command that has it."""
        options = words[: words.index("--")] if "--" in words else words
        asks = "--json" in options or "--format=json" in options or ("--format", "json") in pairwise(options)
        return asks and any("--json" in parameter.opts for parameter in self.params)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command.

        Where its result is lost, remember where that is kept which was made before; where all of it came to nothing,
        a program that wants JSON is told in JSON, and a person beside it in a line.
        """
        collect_as_usual()
        try:
            return super().invoke(ctx)
        except SolanderError as error:
            if _wants_json(ctx.params):
                _tell_in_json(str(error), type(error).__name__)
            raise
        except ResultLost as lost:
            lost.kept_in = next((str(folder) for name in _FOLDERS if (folder := ctx.params.get(name))), None)
            raise

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples and the exit statuses as they are, unwrapped."""
        formatter.write_paragraph()
        formatter.write("Examples:\n")
        for purpose, line in self.examples:
            formatter.write(f"  # {purpose}\n  {line}\n")
        formatter.write_paragraph()
        formatter.write("Exit status:\n")
        for status in sorted({*self.statuses, 70, 130}):
            formatter.write(f"  {status:<4} {MEANINGS[status]}\n")


class LateGroup(click.Group):
    """A group of commands, each of which comes from a module of its own when it is asked for."""

    def __init__(self, *args: Any, sections: Sections = (), homes: str = "solander.cli.", **kwargs: Any) -> None:
        """Take what ``click.Group`` takes, the commands by section, and what their modules' names begin with."""
        super().__init__(*args, **kwargs)
        self.sections, self.homes = sections, homes

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the sections."""
        return [name for _, commands in self.sections for name, _ in commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of that name; ``None`` if there is none."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command = importlib.import_module(f"{self.homes}{cmd_name}").command
        assert isinstance(command, click.Command)  # noqa: S101 - for the type checker; every module keeps to it
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first word names, and guess what a wrong one meant."""
        word, names = args[0], self.list_commands(ctx)
        if word not in names and not word.startswith("-") and not ctx.resilient_parsing:
            import difflib  # late: only for words that are none

            near = difflib.get_close_matches(word, names, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(names)}"
            raise click.UsageError(f"there is no command {word!r}; {hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by section, without importing any."""
        for section, commands in self.sections:
            with formatter.section(section):
                formatter.write_dl(commands)


class Program(LateGroup):
    """The group of all commands, with what holds for each of them."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a first example, the exit statuses and how to have shell completion."""
        formatter.write_paragraph()
        formatter.write("Examples:\n")
        formatter.write("  solander pack page.html --uri https://example.org/a --into archive/\n")
        formatter.write("  solander validate archive/\n")
        formatter.write("  solander COMMAND --help\n")
        formatter.write_paragraph()
        formatter.write("Exit status (where several apply: 2, 3, 4, 1 in this order):\n")
        for status, meaning in sorted((MEANINGS | ENDINGS).items()):
            formatter.write(f"  {status:<4} {meaning}\n")
        formatter.write_paragraph()
        formatter.write(f"{COMPLETION}\n")


@click.group(
    cls=Program,
    sections=SECTIONS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    no_args_is_help=False,
    invoke_without_command=True,
)
@click.version_option(__version__, "-V", "--version", message="solander %(version)s")
@click.pass_context
def program(context: click.Context) -> int:
    """Put web pages into archival boxes: TEI P5 and Dublin Core in a validated BagIt bag.

    Results go to standard output, all talk to standard error; "-" is standard input.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        return 2
    return 0
