"""URIs that Solander coins follow from names, and the schemas bear them."""

import json
import re
import uuid
from pathlib import Path

import pytest

from solander.model import identifiers
from solander.model.identifiers import NAMESPACE

ROOT = Path(__file__).parents[2]
COINED = {
    "bagit-profile.schema.json": identifiers.PROFILE_SCHEMA,
    "solander-audit.schema.json": identifiers.AUDIT_SCHEMA,
    "solander-datacite.schema.json": identifiers.DATACITE_SCHEMA,
    "solander-schema-org.schema.json": identifiers.SCHEMA_ORG_SCHEMA,
    "solander-baseline.schema.json": identifiers.BASELINE_SCHEMA,
    "solander-deposit-note.schema.json": identifiers.DEPOSIT_NOTE_SCHEMA,
    "solander-deposit-step.schema.json": identifiers.DEPOSIT_STEP_SCHEMA,
    "solander-receipt.schema.json": identifiers.RECEIPT_SCHEMA,
    "solander-toml.schema.json": identifiers.TOML_SCHEMA,
    "solander-report.schema.json": identifiers.REPORT_SCHEMA,
    "solander-description.schema.json": identifiers.DESCRIPTION_SCHEMA,
}
PROFILES = {
    "bagit-profile.json": identifiers.PROFILE_IDENTIFIER,
    "bagit-profile-crawl.json": identifiers.CRAWL_PROFILE_IDENTIFIER,
}


@pytest.mark.parametrize(("name", "identifier"), [*COINED.items(), *PROFILES.items()])
def test_an_identifier_is_reckoned_from_the_name_of_its_schema(name: str, identifier: str):
    assert identifier == uuid.uuid5(uuid.UUID(NAMESPACE), name).urn


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "schemas").glob("*.schema.json")))
def test_a_schema_bears_the_identifier_of_its_name(name: str):
    assert json.loads((ROOT / "schemas" / name).read_bytes())["$id"] == COINED[name]


def test_there_is_no_other_place_where_one_is_written():
    written = re.compile(r"urn:uuid:[0-9a-f]{8}-")
    assert [path for path in (ROOT / "src").rglob("*.py") if written.search(path.read_text())] == []
    coined = {*COINED.values(), *PROFILES.values()}
    for path in [*(ROOT / "schemas").iterdir(), ROOT / "docs/format.md"]:
        assert set(re.findall(r"urn:uuid:[0-9a-f-]{36}", path.read_text())) <= coined, path.name


def test_the_page_on_the_format_names_them_all():
    text = (ROOT / "docs/format.md").read_text()
    assert [one for one in (*COINED.values(), *PROFILES.values()) if one not in text] == []
