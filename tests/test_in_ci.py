"""The hook, the action and the job for GitLab do what they say: each is run as the CI systems run it.

What is installed comes from a scratch repository of what stands here; the libraries that it needs, and what builds it,
are those beside these tests, so that nothing is downloaded.
"""

from __future__ import annotations

import os
import shutil
import site
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
BAG = next(path.parent for path in sorted((ROOT / "archive").glob("*/bagit.txt")))
SHIPPED = ("src", "schemas", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml", "action.yml", "ci")


def surroundings(**more: object) -> dict[str, str]:
    """The environment of a job, in which libraries are found where these tests have theirs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "GITHUB_"))}
    libraries = os.pathsep.join(site.getsitepackages())
    # "0" is how pip's environment says --no-build-isolation: the builder is found here too.
    pip = {"PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0", "PYTHONPATH": libraries}
    return kept | pip | {name: str(value) for name, value in more.items()}


def git(folder: Path, *words: str) -> None:
    identity = ("-c", "user.name=Ines", "-c", "user.email=ines@harbour.example", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *identity, *words], cwd=folder, env=surroundings(), check=True, capture_output=True)


@pytest.fixture(scope="module")
def solander(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of what stands here."""
    folder = tmp_path_factory.mktemp("solander")
    for name in SHIPPED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    git(folder, "init")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "what stands here")
    return folder


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A keeper's repository, with an archive that holds one good bag and one that is not."""
    folder = tmp_path / "keeper"
    (folder / "archive").mkdir(parents=True)
    (folder / "archive/solander.toml").write_text("")
    shutil.copytree(BAG, folder / "archive/good")
    git(folder, "init")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "a good bag")
    return folder


def harm(folder: Path) -> None:
    """Put a bag beside it of which a file was altered."""
    shutil.copytree(BAG, folder / "archive/harmed")
    (folder / "archive/harmed/README.txt").write_text("")


def test_the_hook_judges_the_bags_that_a_commit_touches(solander: Path, archive: Path, tmp_path: Path) -> None:
    harm(archive)
    (archive / "notes.txt").write_text("in no bag")
    git(archive, "add", ".")
    # Without --all-files: what is about to be committed, and so not the bag that is there already.
    ran = subprocess.run(
        [Path(sys.executable).with_name("pre-commit"), "try-repo", solander, "solander-validate", "--verbose"],
        cwd=archive,
        env=surroundings(PRE_COMMIT_HOME=tmp_path / "cache", HOME=tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "archive/harmed/tagmanifest-sha512.txt" in ran.stdout
    assert "BAG006 tag-file-digest-mismatch" in ran.stdout
    assert "in 1 of 1 bag (15 files" in ran.stdout
    assert "- exit code: 1" in ran.stdout


# ------------------------------------------------------------------------------------------------------- the action

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_bytes())


@pytest.fixture(scope="module")
def runner(solander: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A runner's folder for temporary things, in which the action has installed Solander."""
    folder = tmp_path_factory.mktemp("runner")
    ran = step("Install Solander", folder, {"python": sys.executable}, action=solander, cwd=folder)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert (folder / "solander/bin/solander").exists()
    return folder


def step(
    name: str, folder: Path, given: dict[str, str], *, action: Path = ROOT, cwd: Path
) -> subprocess.CompletedProcess[str]:
    """Run a step of the action as a runner does: its inputs by the environment, its script by bash."""
    (found,) = (one for one in ACTION["runs"]["steps"] if one["name"] == name)
    assert found["shell"] == "bash"
    assert "${{" not in found["run"], "what is given never stands in the script"
    inputs = {key: one["default"] for key, one in ACTION["inputs"].items()} | given
    assert given.keys() <= ACTION["inputs"].keys()
    expressions = {f"${{{{ inputs.{key} }}}}": value for key, value in inputs.items()}
    expressions["${{ github.action_path }}"] = str(action)
    environment = {key: expressions[value] for key, value in found["env"].items()}
    for file in ("output", "summary"):
        (folder / file).write_text("")
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", found["run"]],
        cwd=cwd,
        env=surroundings(
            **environment,
            RUNNER_TEMP=folder,
            GITHUB_ACTIONS="true",
            GITHUB_OUTPUT=folder / "output",
            GITHUB_STEP_SUMMARY=folder / "summary",
        ),
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_action_tells_of_findings_beside_the_lines_and_fails(runner: Path, archive: Path) -> None:
    ran = step("Validate", runner, {}, cwd=archive)
    assert (ran.returncode, (runner / "output").read_text()) == (0, "status=0\n"), ran.stderr
    assert "no errors" in (runner / "summary").read_text()
    harm(archive)
    ran = step("Validate", runner, {"sarif": "a report.sarif", "junit": "junit.xml"}, cwd=archive)
    assert (ran.returncode, (runner / "output").read_text()) == (1, "status=1\n"), ran.stderr
    assert "::error file=archive/harmed/tagmanifest-sha512.txt,line=" in ran.stdout
    assert "BAG006 tag-file-digest-mismatch" in (runner / "summary").read_text()
    assert {"a report.sarif", "junit.xml"} <= {path.name for path in archive.iterdir()}


def test_the_action_hands_on_what_it_was_given_and_runs_none_of_it(runner: Path, archive: Path) -> None:
    harm(archive)
    given = {"paths": "archive/good\n$(touch ran) `touch ran`\n", "arguments": "--select\nBAG"}
    ran = step("Validate", runner, given, cwd=archive)
    assert ran.returncode == 3
    assert "$(touch ran) `touch ran`: there is no such file" in ran.stderr
    assert not (archive / "ran").exists()
    assert step("Validate", runner, {"since": "HEAD"}, cwd=archive).returncode == 1
    known = {"arguments": "--write-baseline\nknown.json", "fail-on": "info"}
    assert step("Validate", runner, known, cwd=archive).returncode == 0
    assert step("Validate", runner, {"baseline": "known.json"}, cwd=archive).returncode == 0


# ------------------------------------------------------------------------------------------------------------ GitLab


def test_the_job_for_gitlab_leaves_the_reports_that_it_names(runner: Path, archive: Path) -> None:
    job = yaml.safe_load((ROOT / "ci/gitlab.yml").read_bytes())[".solander"]
    make, install, validate = job["script"]
    assert make == "python -m venv .solander-venv"
    assert "pip install" in install
    assert install.endswith('"$SOLANDER_INSTALL"')
    (archive / ".solander-venv").symlink_to(runner / "solander")
    harm(archive)
    ran = subprocess.run(
        ["bash", "-c", validate], cwd=archive, env=surroundings(**job["variables"]), capture_output=True, check=False
    )
    assert ran.returncode == 1
    for report in job["artifacts"]["reports"].values():
        assert "BAG006" in (archive / report).read_text()


def test_what_is_shown_as_a_workflow_uses_what_the_action_takes() -> None:
    for path in (ROOT / "ci/github-workflow.yml", ROOT / ".github/workflows/ci.yml"):
        workflow = yaml.safe_load(path.read_bytes())
        steps = [one for job in workflow["jobs"].values() for one in job["steps"]]
        (own,) = (one for one in steps if one.get("uses") == "./" or "solander" in one.get("uses", ""))
        assert own["with"].keys() <= ACTION["inputs"].keys()
        assert set(workflow["permissions"]) <= {"contents", "security-events"}
