"""The report of a run as a page for people: no script, nothing fetched."""

from __future__ import annotations

from html import escape
from typing import Any

_STYLE = (
    "body{font:1rem/1.5 Georgia,serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25rem .75rem .25rem 0;"
    "border-bottom:1px solid #bbb}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}"
    ".wide{overflow-x:auto}.aside{color:#8a1c1c}"
)
_COLUMNS = (
    ("pages", "pages"),
    ("not_made", "not made"),
    ("the_same", "the same"),
    ("alike", "alike"),
    ("size_bytes", "bytes"),
    ("errors", "errors"),
    ("warnings", "warnings"),
)

_MISSED_TOLD = 1000
"""So many pages of which nothing was had are named; the report for programs names all."""


def report_page(value: dict[str, Any]) -> str:
    """The page of a run, as ``run_value`` tells of it."""
    head = "<tr><th>shard</th>" + "".join(f'<th class="n">{told}</th>' for _, told in _COLUMNS) + "</tr>\n"
    rows = "".join(_row(one["shard"], one) for one in value["receipts"])
    foot = _row("all", value["totals"])
    asides = "".join(
        f"<li><b>{escape(one['source'])}</b>: {escape(one['reason'])} (attempts: {one['attempts']})</li>\n"
        for one in value["set_aside"]
    )
    aside = f'<h2>Set aside</h2>\n<ul class="aside">\n{asides}</ul>\n' if asides else ""
    missing = _missing([why for one in value["receipts"] for why in one["not_had"]])
    same, alike = value["totals"]["same_across"], value["totals"]["alike_across"]
    told = (
        f' Of {same:,} pages the same bytes are in another shard, too (<a href="same-pages.csv">same-pages.csv</a>).'
        if same
        else ""
    )
    told += f' Of {alike:,} nearly the same words are (<a href="alike-pages.csv">alike-pages.csv</a>).' if alike else ""
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width">
<title>Batch of {value["at"]}</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>Batch of {value["at"]}</h1>
<p>{value["done"]:,} of {value["shards"]:,} shards done, {value["totals"]["pages"]:,} pages.{told}</p>
<p>The table tells of how many pages of a shard the bytes, or nearly the words, are those of an earlier one in it.</p>
{aside}{missing}<div class="wide"><table>
<thead>
{head}</thead>
<tbody>
{rows}</tbody>
<tfoot>
{foot}</tfoot>
</table></div>
</body>
</html>
"""


def _missing(lacking: list[str]) -> str:
    """Pages of which nothing was had, and why; nothing where there are none."""
    missed = "".join(f"<li>{escape(why)}</li>\n" for why in lacking[:_MISSED_TOLD])
    if len(lacking) > _MISSED_TOLD:
        missed += f"<li>and {len(lacking) - _MISSED_TOLD:,} more: see batch-report.json</li>\n"
    return f"<h2>Nothing was had of</h2>\n<ul>\n{missed}</ul>\n" if missed else ""


def _row(name: str, numbers: dict[str, Any]) -> str:
    cells = "".join(f'<td class="n">{numbers[key]:,}</td>' for key, _ in _COLUMNS)
    return f"<tr><td>{escape(name)}</td>{cells}</tr>\n"
