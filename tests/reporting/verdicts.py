"""Verdicts to be told: ordinary ones, and ones that hold whatever a page or a file's name may hold."""

from __future__ import annotations

from hypothesis import strategies as st

from solander.model.finding import Finding, Place, Report, in_order
from solander.model.verdict import Verdict
from solander.pipeline import rules

RULES = {rule.code: rule for rule in rules()}

NASTY = (
    "::error::pwned",
    "::stop-commands::",
    "##[set-env name=A]b",
    "50%25 of 100%",
    "two\nlines\r\nand one more",
    "\x1b[31mred\x1b[0m\x07",
    "\u202eturned\u202c",
    "]]> & <b> \"quoted\" 'so'",
    "\ufffe\uffff\x00\x0b",
    "a\udcffb",
    "| cell | `code` <script>alert(1)</script>",
    "- not: yaml # comment",
    " ends in space ",
    "茶馆 e\u0301 👩\u200d🚀",
    "\u2028line\u2029",
)
"""What could be taken for something else by one form or another."""

texts = st.sampled_from(NASTY) | st.text(min_size=1, max_size=30)
names = texts.filter(lambda one: "!/" not in one and "\0" not in one).map(lambda one: f"archive/{one}")
places = st.builds(
    lambda path, line, column, xpath: Place(path, line, column if line else None, xpath),
    names,
    st.none() | st.integers(1, 10**6),
    st.none() | st.integers(1, 10**4),
    st.none() | st.just("/*/*[2]"),
)
findings = st.builds(
    lambda place, rule, severity, message, expected, found: Finding(
        place, rule.code, rule.name, severity or rule.severity, message, expected, found
    ),
    places,
    st.sampled_from(list(RULES.values())),
    st.sampled_from((None, "info", "warning", "error")),
    texts,
    st.none() | texts,
    st.none() | texts,
)
parts = st.builds(
    lambda subject, found, unchecked: Report(
        subject=subject,
        findings=in_order(found),
        unchecked=tuple(dict.fromkeys(unchecked)),
        rules=tuple(sorted({one.code for one in found})),
        counts=(("bags", 1),),
    ),
    names,
    st.lists(findings, max_size=4),
    st.lists(texts, max_size=2),
)
verdicts = st.lists(parts, max_size=3, unique_by=lambda part: part.subject).map(lambda some: verdict_of(*some))


def verdict_of(*some: Report, fail_on: str = "error", folder: str = "/srv/place") -> Verdict:
    """A verdict of several reports."""
    whole = Report(
        subject="archive",
        findings=in_order(one for part in some for one in part.findings),
        unchecked=tuple(dict.fromkeys(line for part in some for line in part.unchecked)),
        rules=tuple(sorted({code for part in some for code in part.rules})),
        counts=(("bags", len(some)),),
    )
    return Verdict(whole=whole, parts=tuple(some), fail_on=fail_on, folder=folder)
