"""``solander receipts``: what was deposited from an archive, where, and in which state."""

from __future__ import annotations

import click

from solander.cli.parameters import talk_options
from solander.cli.program import DocumentedCommand
from solander.cli.status import CLEAN, FINDINGS
from solander.cli.talk import result, result_json, say_report
from solander.errors import UsageError
from solander.model.capture import written_moment
from solander.pipeline import judge_receipts, receipt_value, receipts_in, report_value
from solander.pipeline.sources.places_named import archive_standing
from solander.reporting.text import visible


@click.command(
    "receipts",
    cls=DocumentedCommand,
    statuses=(0, 1, 2, 3),
    examples=(
        ("what was sent where, a line each", "solander receipts archive/"),
        ("every DOI", "solander receipts archive/ --json | jq -r '.receipts[].identifiers[].value'"),
    ),
)
@click.argument("archive", required=False, metavar="ARCHIVE")
@talk_options
def command(archive: str | None, form: str, quiet: bool) -> int:
    """Tell what was deposited from an archive, where, and in which state.

    Each receipt is compared with its bag, by the digest of the tag manifest. No repository is contacted.
    """
    if archive is None:
        raise UsageError("name an archive: solander receipts archive/")
    folder = archive_standing(archive)
    kept = [one for one in receipts_in(folder) if one.receipt is not None]
    report = judge_receipts(folder)
    if form == "json":
        values = [receipt_value(one.receipt) for one in kept if one.receipt is not None]
        result_json({"receipts": values, "report": report_value(report)})
    else:
        for _, receipt, _ in kept:
            assert receipt is not None  # noqa: S101 - for the type checker
            names = [f"{scheme}:{value}" for scheme, value in receipt.identifiers]
            parts = [
                receipt.bag,
                receipt.target,
                receipt.state,
                written_moment(receipt.at),
                receipt.url or receipt.record,
            ]
            result("  ".join(visible(part) for part in (*parts, *names)) + "\n")
        if not quiet:
            say_report(report, remarks=False)
            result("" if kept else "no receipts\n")
    return FINDINGS if report.at_or_above("error") else CLEAN
