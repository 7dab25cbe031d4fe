"""What is installed works from any folder, its schemas with it: from a wheel, a source archive, or as it stands."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from solander.profiles import SCHEMAS

ROOT = Path(__file__).parent.parent
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")
WHEEL = (*PIP, "wheel", "--quiet", "--no-deps")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    # By what builds it here; what is asked for to build it is fetched once, for the source archive's.
    subprocess.run([*WHEEL, "--no-build-isolation", "--wheel-dir", folder, ROOT], check=True)
    return next(folder.glob("solander-*.whl"))


def test_the_wheel_holds_every_schema(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for schema in (ROOT / "schemas").iterdir():
        assert f"solander/schemas/{schema.name}" in names


def test_a_source_archive_makes_the_same_wheel(wheel, tmp_path):
    command = [sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", tmp_path, ROOT]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    (source,) = tmp_path.glob("solander-*.tar.gz")
    subprocess.run([*WHEEL, "--wheel-dir", tmp_path, source], check=True)
    (made,) = tmp_path.glob("solander-*.whl")
    assert contents(made) == contents(wheel)


def contents(wheel):
    with zipfile.ZipFile(wheel) as files:
        return {name: files.read(name) for name in files.namelist() if ".dist-info/" not in name}


def test_where_it_is_installed_as_it_stands_the_schemas_are_those_beside_the_source():
    folder = ROOT / "schemas"
    for schema in folder.iterdir():
        assert SCHEMAS.read(schema.name) == schema.read_bytes()
    assert not (ROOT / "src" / "solander" / "schemas").exists()


def test_a_page_is_packed_by_what_the_wheel_installs(wheel, material, tmp_path):
    environment = tmp_path / "venv"
    venv.create(environment)
    command = [*PIP, "--python", environment / "bin" / "python", "install", "--quiet", "--no-compile", wheel]
    subprocess.run(command, check=True)
    page = tmp_path / "page.html"
    page.write_bytes((material / "lighthouse.html").read_bytes())
    command = [environment / "bin" / "solander"]
    ran = subprocess.run(
        [*command, "pack", page, "--into", "archive"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    ran = subprocess.run([*command, "validate", "archive"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
