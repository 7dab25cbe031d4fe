"""The addresses that give JSON, asked for whatever a program thinks of: never a fault of ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance
from tests.serving.shown import served

from solander.model.catalogue import FACETS
from solander.pipeline import catalogue

ROOT = Path(__file__).parents[2]
TEXT = {"type": "string"}
LIST = {"type": "array"}


def parameter(name: str, place: str = "query", **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": place, "required": place == "path", "schema": {"type": "string", **schema}}


def operation(parameters: list[dict[str, Any]], members: dict[str, Any], statuses: tuple[str, ...]) -> dict[str, Any]:
    value = {"type": "object", "required": sorted(members), "properties": members}
    answers = {one: {"description": "refused"} for one in statuses}
    answers["200"] = {"description": "found", "content": {"application/json": {"schema": value}}}
    asked = [*parameters, parameter("format") | {"required": True, "schema": {"const": "json"}}]
    return {"get": {"parameters": asked, "responses": answers}}


KEYS = [quote(bag.name) for bag in sorted((ROOT / "archive").glob("20*"))]
SCHEMA = schemathesis.openapi.from_dict(
    {
        "openapi": "3.1.0",
        "info": {"title": "An archive that is served", "version": "1"},
        "paths": {
            "/": operation([], {"bags": {"type": "integer"}, "facets": LIST, "built_at": TEXT}, ("400", "414")),
            "/search": operation(
                [parameter("q"), parameter("page"), *(parameter(name) for name in FACETS)],
                {"total": {"type": "integer"}, "has_more": {"type": "boolean"}, "hits": LIST, "facets": LIST},
                ("400", "414"),
            ),
            "/bags/{key}/": operation(
                [parameter("key", "path", anyOf=[{"enum": KEYS}, {"type": "string"}])],
                {"title": TEXT, "identifier": TEXT, "files": LIST, "findings": LIST, "receipts": LIST},
                # A slash in a name leads elsewhere; a whole address may stand in one.
                ("308", "400", "404", "414"),
            ),
        },
    }
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    made = catalogue(ROOT / "archive", to=tmp_path_factory.mktemp("catalogue") / "c.sqlite")
    with served(ROOT / "archive", made.path) as address:
        yield address


@SCHEMA.parametrize()
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_no_question_is_a_fault_of_ours(case: schemathesis.Case, site: str) -> None:
    case.call_and_validate(
        base_url=site,
        allow_redirects=False,
        checks=(not_a_server_error, status_code_conformance, response_schema_conformance),
    )
