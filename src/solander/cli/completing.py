"""What a shell is offered where a path is asked for: the files there are, as without Solander."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_FOLDERS = frozenset(("ARCHIVE", "DIR", "PLACE"))
_FILES = frozenset(("FILE", "FILE...", "PATH...", "SOURCE", "SOURCE...", "BAG", "BAG..."))


class PathText(click.types.StringParamType):
    """A text that mostly is a path: ``-``, an address or ``s3://…`` may stand there too."""

    def __init__(self, kind: str) -> None:
        """Offer ``file`` or ``dir``, which the shell looks up itself."""
        self.kind = kind

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Leave it to the shell."""
        from click.shell_completion import CompletionItem  # late: only a shell asks for it

        return [CompletionItem(incomplete, type=self.kind)]


def complete_paths(parameter: click.Parameter) -> None:
    """Let an argument or option whose value is a path, by its metavar, be completed with paths."""
    name = (parameter.metavar or "").strip("[]")
    kind = "dir" if name in _FOLDERS else "file" if name in _FILES else None
    if kind is not None and parameter.type is click.STRING:
        parameter.type = PathText(kind)
