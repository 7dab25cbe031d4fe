"""What is installed from a wheel works from any folder, its schemas with it."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT], check=True
    )
    return next(folder.glob("solander-*.whl"))


def test_the_wheel_holds_every_schema(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for schema in (ROOT / "schemas").iterdir():
        assert f"solander/schemas/{schema.name}" in names


def test_a_page_is_packed_by_what_the_wheel_installs(wheel, material, tmp_path):
    environment = tmp_path / "venv"
    venv.create(environment, with_pip=True)
    program = environment / "bin" / "python"
    subprocess.run([program, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel], check=True)
    page = tmp_path / "page.html"
    page.write_bytes((material / "lighthouse.html").read_bytes())
    command = [environment / "bin" / "solander"]
    ran = subprocess.run(
        [*command, "pack", page, "--into", "archive"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    ran = subprocess.run([*command, "validate", "archive"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
