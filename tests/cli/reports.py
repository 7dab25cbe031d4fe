"""Reports for programs, each held against their schema."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas/solander-report.schema.json").read_bytes())


def reported(run, *words: object) -> tuple[int, dict]:
    """The exit status and the report of a run for programs, held against the report's schema."""
    ran = run("validate", *words, "--json")
    assert ran.err == ""
    report = json.loads(ran.out)
    jsonschema.validate(report, SCHEMA)
    return ran.status, report
