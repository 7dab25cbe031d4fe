"""The generated pages of docs/ are current; what the documentation and the transcripts say is what happens."""

import importlib.util
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from tests.house import SOURCE

from solander.model.page import ZONES

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
TRANSCRIPTS = Path(__file__).parent / "transcripts"
PAGES = sorted(
    path
    for path in (*ROOT.glob("*.md"), *ROOT.glob("*/*.md"))
    if not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
)
OF_OTHERS = {"bagit.py"}
"""Programs of others that are called like files."""

_NAMED = re.compile(r"(?<![\w/.-])[\w-]+(?:/[\w.*-]+)*\.py\b")


def generator():
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["rules.md", "cli.md"])
def test_a_generated_page_is_current(name: str):
    written = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert written == generator().PAGES[name](), "run: make docs"


def test_every_anchor_of_the_rules_page_is_there_once():
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    anchors = re.findall(r'<a id="([^"]+)">', page)
    assert len(anchors) == len(set(anchors)) > 50


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_file_of_python_that_a_page_names_is_there(page: Path) -> None:
    """By its path from the root, or from the source; where it stands beside the page, by its name alone."""
    places = (ROOT, SOURCE, page.parent) if page.parent.name not in ("docs", ROOT.name) else (ROOT, SOURCE)
    named = set(_NAMED.findall(page.read_text(encoding="utf-8"))) - OF_OTHERS
    assert [one for one in sorted(named) if not any(list(place.glob(one)) for place in places)] == []


def test_what_a_bag_says_is_explained_in_the_format():
    """Every label, option and zone that is written is named there, so that a bag can be read without the code."""
    told = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
    written = set(ZONES)
    for bag in (ROOT / "archive").glob("*/bagit.txt"):
        written |= {line.partition(":")[0] for line in (bag.parent / "bag-info.txt").read_text("utf-8").splitlines()}
        record = json.loads((bag.parent / "metadata/description.json").read_bytes())
        written |= record.keys() - {"schema"} | record["options"].keys()
        written |= {one["evidence"]["origin"] for one in record["statements"]}
        premis = (bag.parent / "metadata/premis.xml").read_text("utf-8")
        written |= set(re.findall("<eventType>(.*?)</eventType>", premis))
    assert len(written) > 40
    assert [name for name in sorted(written) if f"`{name}`" not in told] == []


@pytest.mark.parametrize("transcript", sorted(TRANSCRIPTS.glob("*.txt")), ids=lambda path: path.stem)
def test_a_transcript_is_what_happens(transcript: Path, tmp_path: Path, request: pytest.FixtureRequest):
    """Each ``$`` line is run, and what follows it is what it prints, standard error and all."""
    for name in ("lighthouse.html", "reading-room.txt"):
        (tmp_path / name).write_bytes((Path(__file__).parent / "material" / name).read_bytes())
    told = transcript.read_text(encoding="utf-8")
    happened = run_again(told, tmp_path)
    if request.config.getoption("--rewrite-golden"):
        transcript.write_text(happened, encoding="utf-8")
        told = happened
    assert without_sizes(told) == without_sizes(happened)


def test_what_the_readme_shows_is_what_happens(tmp_path: Path, request: pytest.FixtureRequest):
    """One after the other, as a reader would type them in a fresh clone."""
    (tmp_path / "tests").symlink_to(Path(__file__).parent)
    readme = README.read_text(encoding="utf-8")
    shown = re.findall(r"(?<=^```\n)\$ .*?(?=^```$)", readme, re.MULTILINE | re.DOTALL)
    assert len(shown) >= 3
    for told in shown:
        happened = run_again(told, tmp_path)
        if request.config.getoption("--rewrite-golden"):
            readme = readme.replace(told, happened)
            README.write_text(readme, encoding="utf-8")
            told = happened
        assert without_sizes(told) == without_sizes(happened)


def test_the_python_of_the_readme_runs(tmp_path: Path, material: Path):
    (code,) = re.findall(r"(?<=^```python\n).*?(?=^```$)", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    (tmp_path / "page.html").write_bytes((material / "lighthouse.html").read_bytes())
    ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert list((tmp_path / "archive").iterdir())


def run_again(told: str, folder: Path) -> str:
    """Run the ``$`` lines of a transcript in a folder; each with what it prints."""
    environment = os.environ | {"NO_COLOR": "1", "COLUMNS": "100", "PATH": f"{folder / 'bin'}:{os.environ['PATH']}"}
    program = folder / "bin" / "solander"
    if not program.exists():
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m solander.cli "$@"\n')
        program.chmod(0o755)
    happened = []
    for line in told.splitlines():
        if line.startswith("$ "):
            ran = subprocess.run(
                ["bash", "-c", line[2:]],
                cwd=folder,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=120,
            )
            happened.append(f"{line}\n{ran.stdout}")
    return "".join(happened)


def without_sizes(told: str) -> str:
    """Sizes hang on the length of other programs' version numbers, which a bag records."""
    return re.sub(r" +\d+(\.\d)? k?B", " 0 B", told)
