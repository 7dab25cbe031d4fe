"""``solander.toml``: what is right is read, what is wrong is said in one line that names the key."""

import json
import tomllib

import pytest

from solander.errors import ProfileError
from solander.model.fixity import STRONG_ALGORITHMS, WEAK_ALGORITHMS
from solander.model.identifiers import DESCRIPTION_SCHEMA, REPORT_SCHEMA, TOML_SCHEMA
from solander.profiles import LIMIT_BYTES, SCHEMAS, Profile, SchemaFolder, default_toml, load_profile

WRONG = {
    'colour = "red"': "colour is not a setting; known here: bag, check, contact_email, organization, tei",
    "organization = 7": "organization must be a string",
    'tei = "CC0"': "tei must be a table",
    '[tei]\nlicense = "CC0"': "tei.license is not a setting; known here: licence, licence_target",
    "[bag]\nalgorithms = []": "bag.algorithms is empty; leave it out, or name something",
    '[bag]\nalgorithms = "sha512"': "bag.algorithms must be a list",
    '[bag]\nalgorithms = ["crc32"]': "bag.algorithms knows no 'crc32'; known are sha512, sha256,",
    '[check]\nfail_on = "fatal"': "check.fail_on knows no 'fatal'; known are info, warning, error",
    '[check]\nignore = ["DCM2"]': "check.ignore: 'DCM2' is no code of a rule",
    "organization = ": "this is no TOML",
    "[check]\n[check]": "this is no TOML",
}


def profile_of(folder, text):
    (folder / "solander.toml").write_text(text, encoding="utf-8")
    return load_profile(folder)


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_setting_is_named_with_what_is_allowed(tmp_path, text):
    with pytest.raises(ProfileError) as raised:
        profile_of(tmp_path, text)
    assert str(raised.value).startswith(f"{tmp_path / 'solander.toml'}: {WRONG[text]}")
    assert "\n" not in str(raised.value)
    assert raised.value.exit_status == 2


def test_bytes_that_are_no_text_and_files_without_end_are_refused(tmp_path):
    for content in (b"organization = '\xff'", b"#" * (LIMIT_BYTES + 1)):
        (tmp_path / "solander.toml").write_bytes(content)
        with pytest.raises(ProfileError):
            load_profile(tmp_path)


def test_without_settings_the_defaults_hold(tmp_path):
    assert load_profile(None) == load_profile(tmp_path) == profile_of(tmp_path, "") == Profile()


def test_the_settings_of_a_new_archive_are_the_defaults(tmp_path):
    assert profile_of(tmp_path, default_toml()) == Profile()


def test_every_setting_of_a_new_archive_can_be_switched_on(tmp_path):
    switched_on = "\n".join(line.removeprefix("# ") if " = " in line else line for line in default_toml().splitlines())
    schema = json.loads(SCHEMAS.read("solander-toml.schema.json"))
    value = tomllib.loads(switched_on)
    assert value.keys() == schema["properties"].keys()
    for section in ("tei", "bag", "check"):
        assert value[section].keys() == schema["properties"][section]["properties"].keys()
    profile = profile_of(tmp_path, switched_on)
    assert profile.imprint.organization == "Lantern Bay Museum"
    assert profile.imprint.licence == "CC0 1.0"


def test_all_is_read(tmp_path):
    profile = profile_of(
        tmp_path,
        'organization = "Archiv für Wörter"\ncontact_email = "a@b.example"\n[tei]\nlicence = "CC0"\n'
        'licence_target = "https://c.example/"\n[bag]\nalgorithms = ["sha256", "md5", "sha256"]\n'
        '[check]\nfail_on = "warning"\nignore = ["DCM002"]\n',
    )
    assert profile.imprint.organization == "Archiv für Wörter"
    assert profile.imprint.contact_email == "a@b.example"
    assert (profile.imprint.licence, profile.imprint.licence_target) == ("CC0", "https://c.example/")
    assert (profile.algorithms, profile.fail_on, profile.ignore) == (("sha256", "md5"), "warning", ("DCM002",))


def test_the_schema_knows_the_algorithms_that_the_program_knows():
    schema = json.loads(SCHEMAS.read("solander-toml.schema.json"))
    known = schema["properties"]["bag"]["properties"]["algorithms"]["items"]["enum"]
    assert tuple(known) == (*STRONG_ALGORITHMS, *WEAK_ALGORITHMS)


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("solander-toml.schema.json", TOML_SCHEMA),
        ("solander-report.schema.json", REPORT_SCHEMA),
        ("solander-description.schema.json", DESCRIPTION_SCHEMA),
    ],
)
def test_a_schema_bears_the_identifier_that_is_kept_in_one_place(name, identifier):
    assert json.loads(SCHEMAS.read(name))["$id"] == identifier


def test_a_schema_that_is_not_there_is_our_fault_in_one_line(tmp_path):
    with pytest.raises(ProfileError, match="this schema cannot be read"):
        SchemaFolder(tmp_path).read("no.rng")
