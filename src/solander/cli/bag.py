"""``solander bag``: bags of any payload, made and kept; each command has a file of its own."""

from __future__ import annotations

import click

from solander.cli.program import LateGroup, Sections

SECTIONS: Sections = (
    (
        "Commands",
        (
            ("make", "Make a bag of any folders and files, beside them."),
            ("update", "Verify a bag, and change its algorithms, metadata or version."),
            ("unbag", "Take the payload out of a bag, verified."),
            ("fetch", "Fetch what a bag's fetch.txt names, from hosts that you allow."),
        ),
    ),
)
"""The commands with their purposes."""


@click.group(
    "bag",
    cls=LateGroup,
    sections=SECTIONS,
    homes="solander.cli.bag_",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    no_args_is_help=False,
    invoke_without_command=True,
)
@click.pass_context
def command(context: click.Context) -> int:
    """Make, update, empty and complete bags of any payload.

    A payload need be no page: any folder can be put into a bag (BagIt 1.0, RFC 8493). Sources are only read, and what
    is made is there whole or not at all.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        return 2
    return 0
