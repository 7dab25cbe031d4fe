"""What became of the pages of a run, told at its end.

They are counted as they come: all that is told of the pages of a crawl would fill any memory.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping
from typing import BinaryIO, cast

from solander.cli.status import FINDINGS, UNREADABLE, gravest
from solander.cli.talk import result_bytes
from solander.errors import AddressRefused
from solander.pipeline import NotPacked, Outcome, Packed, report_value
from solander.reporting.json_text import render_json
from solander.reporting.text import count

_TOLD_ONCE = ("rules", "schemas")
"""Of a report, what is the same for all pages of a run."""

_APART, _NAMED = 50, 4
"""Of records that are passed by for one reason, so many sorts are counted apart, and so many told to a person."""

_LENGTH, _OTHERS = 60, "others"

_AT_HAND_BYTES = 4 * 1024 * 1024


class Tally:
    """Outcomes as they come: how many of each kind, the gravest status, and for a program each of them in full."""

    def __init__(self, *, is_json: bool) -> None:
        self.pages, self.packed = 0, 0
        self.codes: dict[str, None] = {}
        """Of the rules whose findings are more than remarks, in the order in which they were met."""
        self._met: Counter[str] = Counter()
        self._passed: dict[str, Counter[str]] = {}
        self._statuses: set[int] = set()
        self._common: dict[str, dict[str, object]] = {name: {} for name in _TOLD_ONCE}
        self._pages: BinaryIO | None = _spool() if is_json else None

    def add(self, outcome: Outcome) -> None:
        """Count an outcome."""
        self.pages += 1
        self._statuses.add(_status(outcome))
        if self._pages is not None:
            self._pages.write(self._told(outcome))
        if isinstance(outcome, NotPacked):
            self._met["unread"] += 1
            return
        accession = outcome.accession
        self.packed += 1
        self._met["carried"] += bool(accession.carried)
        self._met["there" if accession.already_there else "refused" if accession.path is None else "made"] += 1
        if not accession.already_there:
            self._met.update(one.severity for one in accession.report.findings)
            self.codes.update(dict.fromkeys(one.code for one in accession.report.at_or_above("warning")))

    def passed(self, reason: str, of: str) -> None:
        """Count a record of a file that is passed by; what files write in their records is told apart so far."""
        sorts = self._passed.setdefault(reason, Counter())
        of = of[:_LENGTH]
        sorts[of if of in sorts or len(sorts) < _APART else _OTHERS] += 1

    def passed_lines(self) -> list[str]:
        """``3 records passed by: address neither http nor https (dns 2, ftp 1)``, a line for each reason."""
        lines: list[str] = []
        for reason, sorts in self._by_number():
            named = sorted(((-number, of) for of, number in sorts.items() if of and of != _OTHERS))
            told = [f"{of} {-number:,}" for number, of in named[:_NAMED]] + ["…"] * (
                len(named) > _NAMED or _OTHERS in sorts
            )
            said = f" ({', '.join(told)})" if told else ""
            lines.append(f"{count(sorts.total(), 'record')} passed by: {reason}{said}")
        return lines

    def _by_number(self) -> list[tuple[str, Counter[str]]]:
        return sorted(self._passed.items(), key=lambda one: (-one[1].total(), one[0]))

    @property
    def status(self) -> int:
        """The exit status of the run."""
        return gravest(self._statuses)

    def closing(self, others: Mapping[str, int]) -> str:
        """``3 pages: 2 bags made, 1 already there``, and what else became of them."""
        met = self._met
        parts = [count(met["made"], "bag") + " made"]
        parts += [f"{met['there']} already there"] if met["there"] else []
        parts += [f"{met['refused']} refused by --strict"] if met["refused"] else []
        parts += [f"{met['unread']} could not be packed"] if met["unread"] else []
        for severity, noun in (("error", "error"), ("warning", "warning"), ("info", "remark")):
            if number := met[severity]:
                parts.append(count(number, noun))
        if met["carried"]:
            parts.append(f"{met['carried']} with what was stated before (--forget-statements drops it)")
        if others:
            parts.append(f"{count(sum(others.values()), 'other file')} passed by ({', '.join(others)})")
        return f"{count(self.pages, 'page')}: {', '.join(parts)}"

    def result(self, others: Mapping[str, int]) -> None:
        """Write the run as JSON; what its reports have in common stands once (in full: each ``validation.json``)."""
        if self._pages is None:
            return
        passed = [
            {"reason": reason, "records": sorts.total(), "of": {of: sorts[of] for of in sorted(sorts) if of}}
            for reason, sorts in self._by_number()
        ]
        common = {name: list(one.values()) for name, one in self._common.items()}
        rest = render_json({"passed_by": others, "records_passed_by": passed, **common})
        result_bytes(b'{\n  "pages": [' + (b"" if self.pages else b"],\n"))
        if self.pages:
            self._pages.seek(0)
            shutil.copyfileobj(self._pages, _Result())
            result_bytes(b"\n  ],\n")
        result_bytes(rest.removeprefix("{\n").encode())

    def close(self) -> None:
        """Let go of what was kept."""
        if self._pages is not None:
            self._pages.close()

    def _told(self, outcome: Outcome) -> bytes:
        if isinstance(outcome, Packed) and not outcome.accession.already_there:
            report = report_value(outcome.accession.report)
            for name, known in self._common.items():
                known.update({str(part): part for part in report[name]})
        text = render_json(_outcome_value(outcome)).rstrip("\n").replace("\n", "\n    ")
        return f"{',' if self.pages > 1 else ''}\n    {text}".encode()


def _spool() -> BinaryIO:
    # Whoever has the tally closes it.
    return cast("BinaryIO", tempfile.SpooledTemporaryFile(max_size=_AT_HAND_BYTES))


class _Result:
    """The result, to copy to."""

    def write(self, content: bytes) -> int:
        result_bytes(content)
        return len(content)


def _status(outcome: Outcome) -> int:
    if isinstance(outcome, NotPacked):
        # An address that is not asked is a page that could not be had, and no finding.
        return UNREADABLE if isinstance(outcome.error, AddressRefused) else outcome.error.exit_status
    if outcome.accession.report.unchecked:
        return UNREADABLE
    return FINDINGS if outcome.failed else 0


def _outcome_value(outcome: Outcome) -> dict[str, object]:
    if isinstance(outcome, NotPacked):
        error = outcome.error
        return {"source": outcome.source, "error": str(error), "kind": type(error).__name__}
    accession = outcome.accession
    report = report_value(accession.report)
    return {
        "source": outcome.source,
        "path": str(accession.path) if accession.path else None,
        "identifier": accession.identifier,
        "version": accession.version,
        "already_there": accession.already_there,
        "follows": accession.follows,
        "changed": list(accession.changed),
        "carried": list(accession.carried),
        "same_bytes": list(accession.same_bytes),
        "same_bytes_total": accession.same_bytes_total,
        "same_address": list(accession.same_address),
        "same_address_total": accession.same_address_total,
        "report": {name: report[name] for name in ("passed", "totals", "findings", "unchecked", "counts")},
    }
