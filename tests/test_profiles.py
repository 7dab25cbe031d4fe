"""``solander.toml``: what is right is read, what is wrong is said in one line that names the key."""

import json
import re
import tomllib

import pytest

import solander
from solander.errors import ProfileError, UsageError
from solander.model.fixity import REQUIRED_ALGORITHM, STRONG_ALGORITHMS, WEAK_ALGORITHMS
from solander.model.identifiers import DESCRIPTION_SCHEMA, REPORT_SCHEMA, TOML_SCHEMA
from solander.pipeline import rules
from solander.profiles import LIMIT_BYTES, SCHEMAS, Profile, SchemaFolder, default_toml, load_profile

WRONG = {
    'colour = "red"': "colour is not a setting; known here: bag, check, contact_email, organization, targets, tei",
    "organization = 7": "organization must be a string",
    'tei = "CC0"': "tei must be a table",
    '[tei]\nlicense = "CC0"': "tei.license is not a setting; known here: licence, licence_target",
    "[bag]\nalgorithms = []": "bag.algorithms is empty; leave it out, or name something",
    '[bag]\nalgorithms = "sha512"': "bag.algorithms must be a list",
    '[bag]\nalgorithms = ["crc32"]': "bag.algorithms knows no 'crc32'; known are sha512, sha256,",
    '[bag]\nalgorithms = ["sha512", "blake2b"]': "bag.algorithms knows no 'blake2b'; known are sha512,",
    '[bag]\nalgorithms = ["sha512", "md5", "md5"]': "bag.algorithms names something twice",
    '[check]\nignore = ["DCM002", "DCM002"]': "check.ignore names something twice",
    'organization = ""': "organization: '' is no text on one line",
    'organization = "Two\\nlines"': "organization: 'Two\\nlines' is no text on one line",
    'contact_email = "the archive"': "contact_email: 'the archive' is no e-mail address",
    '[tei]\nlicence_target = "CC0"': "tei.licence_target: 'CC0' is no URI",
    '[bag]\nalgorithms = ["sha256", "md5"]': "bag.algorithms lacks sha512, which every bag has; name it too",
    '[check]\nfail_on = "fatal"': "check.fail_on knows no 'fatal'; known are info, warning, error",
    '[check]\nignore = ["DCM2"]': "check.ignore: 'DCM2' is no code of a rule",
    "[check]\nignore = [7]": "check.ignore: 7 is no code of a rule",
    '[check]\nignore = ["DCM009", "BAG003", "BAG015"]': "check.ignore: BAG003 cannot be ignored; only",
    '[check]\nignore = ["ZZZ999"]': "check.ignore: ZZZ999 cannot be ignored",
    '[targets.Ours]\nto = "dir:x"': "targets: 'Ours' is no name of a target: small letters, digits, - and _",
    '[targets.a]\nto = "dir:x"\npublic_address = "x"': "targets.a.public_address: 'x' is no address, as https://",
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
    said = str(raised.value).removeprefix(f"{tmp_path / 'solander.toml'}: ")
    assert re.sub(r"line [0-9]+, column [0-9]+: ", "", said).startswith(WRONG[text])
    assert "\n" not in str(raised.value)
    assert raised.value.exit_status == 2


def test_bytes_that_are_no_text_and_files_without_end_are_refused(tmp_path):
    for content in (b"organization = '\xff'", b"#" * (LIMIT_BYTES + 1)):
        (tmp_path / "solander.toml").write_bytes(content)
        with pytest.raises(ProfileError):
            load_profile(tmp_path)


@pytest.mark.parametrize("text", ["a = " + "[" * 8_000, ".".join("a" * 8_000) + " = 1"])
def test_settings_without_bottom_are_refused(tmp_path, text):
    (tmp_path / "solander.toml").write_text(text)
    with pytest.raises(ProfileError):
        load_profile(tmp_path)


def test_without_settings_the_defaults_hold(tmp_path):
    assert load_profile(None) == load_profile(tmp_path) == profile_of(tmp_path, "") == Profile()


def test_the_settings_of_a_new_archive_are_the_defaults(tmp_path):
    assert profile_of(tmp_path, default_toml()) == Profile()


def test_every_setting_of_a_new_archive_can_be_switched_on(tmp_path):
    switched_on = "\n".join(
        line.removeprefix("# ") if " = " in line or line.startswith("# [") else line
        for line in default_toml().splitlines()
    )
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
        'licence_target = "https://c.example/"\n[bag]\nalgorithms = ["sha256", "sha512", "md5"]\n'
        '[check]\nfail_on = "warning"\nignore = ["DCM002"]\n',
    )
    assert profile.imprint.organization == "Archiv für Wörter"
    assert profile.imprint.contact_email == "a@b.example"
    assert (profile.imprint.licence, profile.imprint.licence_target) == ("CC0", "https://c.example/")
    assert (profile.algorithms, profile.fail_on, profile.ignore) == (
        ("sha256", "sha512", "md5"),
        "warning",
        ("DCM002",),
    )


def test_the_settings_and_the_profile_of_our_bags_know_the_same_algorithms():
    settings = json.loads(SCHEMAS.read("solander-toml.schema.json"))["properties"]["bag"]["properties"]["algorithms"]
    profile = json.loads(SCHEMAS.read("bagit-profile.json"))
    known = [*STRONG_ALGORITHMS, *WEAK_ALGORITHMS]
    assert settings["items"]["enum"] == profile["Manifests-Allowed"] == profile["Tag-Manifests-Allowed"] == known
    required = [settings["contains"]["const"]]
    assert required == profile["Manifests-Required"] == profile["Tag-Manifests-Required"] == [REQUIRED_ALGORITHM]


@pytest.mark.parametrize(
    ("algorithms", "why"),
    [
        (("sha256",), "name it too"),
        (("sha512", "blake2b"), "no bag is made with blake2b"),
        ((), "every bag is made with sha512"),
    ],
)
def test_no_terms_make_a_bag_that_breaks_our_profile(tmp_path, algorithms, why):
    with pytest.raises(UsageError, match=why):
        solander.pack(solander.Capture.of_bytes(b"<p>Words"), into=tmp_path / "archive", algorithms=algorithms)
    assert not list(tmp_path.iterdir())


def test_the_rules_that_may_be_ignored_are_those_that_are_no_errors():
    schema = json.loads(SCHEMAS.read("solander-toml.schema.json"))
    may_be = schema["properties"]["check"]["properties"]["ignore"]["items"]["enum"]
    assert may_be == sorted(rule.code for rule in rules() if rule.severity != "error")


def test_settings_that_are_there_but_no_file_are_never_passed_over(tmp_path):
    (tmp_path / "solander.toml").mkdir()
    with pytest.raises(ProfileError, match="it is no file"):
        load_profile(tmp_path)
    (tmp_path / "solander.toml").rmdir()
    (tmp_path / "solander.toml").symlink_to("nowhere")
    with pytest.raises(ProfileError, match="leads nowhere"):
        load_profile(tmp_path)


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
