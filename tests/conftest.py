"""What every test may ask for, and the rule for skips: in CI nothing is skipped but for a missing ``../shared``."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from tests.begun_first import place
from tests.viewing.browser import Browser, find_browser

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
NO_SHARED = "../shared is not here"

# How long an example takes says nothing of what is promised, and a busy machine would break the promise.
settings.register_profile("solander", deadline=None)
settings.load_profile("solander")


MEMORY = Path("/dev/shm")
MEMORY_NEEDED_BYTES = 4 * 1024**3


def pytest_configure(config):
    """Make the tests independent of where they run: in the background or not, with a slow disk or not.

    What tests write is kept in memory, where there is room: what they prove does not hang on waiting for a disk. In
    the background SIGINT and SIGHUP are ignored, which every program that tests start would inherit.
    """
    # What tests show is told to people, and not to whoever runs this for a forge.
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        os.environ.pop(name, None)
    for number, default in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
        if signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, default)
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and os.access(MEMORY, os.W_OK):
        space = os.statvfs(MEMORY)
        if space.f_bavail * space.f_frsize >= MEMORY_NEEDED_BYTES:
            os.environ["TMPDIR"] = str(MEMORY)
            tempfile.tempdir = None


def pytest_addoption(parser):
    parser.addoption("--rewrite-golden", action="store_true", help="write the golden files again; read the diff")
    parser.addoption("--many-mutations", action="store_true", help="harm thousands of documents, not hundreds")
    parser.addoption("--all-pages", action="store_true", help="read every page of the corpora, not a sample")


def pytest_collection_modifyitems(config, items):
    """Begin with what takes longest; leave the tests that need a browser to their own lane: ``make test-browser``."""
    items.sort(key=lambda item: place(item.path))
    if "browser" in (config.option.markexpr or ""):
        return
    left_out = [item for item in items if item.get_closest_marker("browser")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("browser")]


@pytest.fixture(scope="session")
def shared():
    """The folder of schemas, corpora and pages beside the project; without it the test is skipped."""
    if not SHARED.is_dir():
        pytest.skip(NO_SHARED)
    return SHARED


@pytest.fixture(scope="session")
def jing():
    """Debian's ``jing``; without it the test is skipped."""
    found = shutil.which("jing")
    if found is None:
        pytest.skip("the Debian package jing is not installed")
    return found


@pytest.fixture(scope="session")
def whole_tei(jing, shared, tmp_path_factory):
    """A folder: what tests write there is held against the schema of the whole TEI when all are done, by one ``jing``.

    The schema takes it longer than all documents. Each is named by its tests, and so is what is wrong with it.
    """
    from tests.reading.sound import assert_all_tei

    folder = tmp_path_factory.mktemp("whole-tei")
    yield folder
    assert_all_tei(jing, shared, folder)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """Debian's Chromium; without it the test is skipped."""
    program = find_browser()
    if program is None:
        pytest.skip("the Debian package chromium is not installed")
    made = Browser(program, tmp_path_factory.mktemp("browser"))
    yield made
    made.close()


@pytest.fixture
def material():
    """The pages that were written for these tests."""
    return Path(__file__).parent / "material"


def pytest_terminal_summary(terminalreporter, config):
    if os.environ.get("SOLANDER_SKIPS") != "shared-only":
        return
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if NO_SHARED not in reason:
            terminalreporter.write_line(f"skipped in CI: {report.nodeid}: {reason}", red=True)


def pytest_sessionfinish(session, exitstatus):
    if os.environ.get("SOLANDER_SKIPS") != "shared-only" or hasattr(session.config, "workerinput"):
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    for report in reporter.stats.get("skipped", []) if reporter else []:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if NO_SHARED not in reason and session.exitstatus == 0:
            session.exitstatus = 1
