"""A page rendered by a browser: its words, its shadow trees, its pictures; and rules that hold for the browser too."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.live.loopback_site import ALL, Answer, Site, lamp_room, serving
from tests.warc_judges import judge_written
from warcio.archiveiterator import ArchiveIterator

from solander.errors import NotFetched
from solander.model.accession import Accession
from solander.pipeline import Packed, pack_all, rederive, validate

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

Pack = Callable[..., Accession]
HTML = {"Content-Type": "text/html; charset=windows-1252"}


@pytest.fixture(scope="module", autouse=True)
def chromium() -> None:
    """A Chromium of the system and the extra; without them the tests are skipped, unless root could install them."""
    pytest.importorskip("playwright", reason="the extra is not installed: pip install 'solander[browser]'")
    if not any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        assert os.geteuid() != 0 or shutil.which("apt-get") is None, "make test-browser installs chromium"
        pytest.skip("there is no Chromium, and without root none can be installed")


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Accession, Site]:
    """The page of 36 resources, packed with a browser."""
    archive = tmp_path_factory.mktemp("rendered") / "archive"
    archive.mkdir()
    (archive / "solander.toml").write_text('contact_email = "keeper@museum.example"\n')
    with serving(lamp_room) as site:
        [outcome] = pack_all([f"{site.address}/page.html"], into=archive, allows_loopback=True, browser="")
    assert isinstance(outcome, Packed), outcome.error
    return outcome.accession, site


def test_browser_and_static_pass_together_fetch_everything_once(rendered: tuple[Accession, Site]) -> None:
    accession, site = rendered
    assert frozenset(site.asked) - {"/robots.txt"} == ALL
    assert len(site.asked) == len(set(site.asked))
    assert accession.path is not None
    content = (accession.path / "data/original/capture.warc.gz").read_bytes()
    held = [
        one.rec_headers.get_header("WARC-Target-URI").removeprefix(site.address)
        for one in ArchiveIterator(io.BytesIO(content), no_record_parse=True)
        if one.rec_type == "response"
    ]
    assert frozenset(held) - {"/robots.txt"} == ALL


def test_the_words_that_scripts_made_and_those_in_shadow_trees_stand_in_the_tei(
    rendered: tuple[Accession, Site],
) -> None:
    accession, _ = rendered
    assert accession.path is not None
    tei = (accession.path / "data/tei/page.xml").read_text()
    for words in ("Words that a script fetched.", "Words of the attached shadow.", "Words of the declared shadow."):
        assert tei.count(words) == 1
    assert "This is the document as Chromium" in tei
    assert "as rendered by Chromium" in (accession.path / "bag-info.txt").read_text()


def test_the_bag_of_a_rendered_page_is_whole_and_can_be_derived_again(rendered: tuple[Accession, Site]) -> None:
    accession, _ = rendered
    assert accession.path is not None
    assert validate(accession.path).passed
    kinds = judge_written(accession.path / "data/original/capture.warc.gz")
    assert set(kinds) == {"warcinfo", "request", "response", "resource", "metadata"}
    assert not rederive(accession.path).report.findings
    assert (accession.path / "data/renderings/screenshot.png").read_bytes().startswith(b"\x89PNG")
    assert (accession.path / "data/renderings/page.pdf").read_bytes().startswith(b"%PDF")


def test_what_the_browser_asks_for_is_judged_as_everything_is(packing: Pack) -> None:
    page = """<!doctype html><meta charset=windows-1252><title>A</title><p>The caf\xe9 by the harbour.</p><p id=b></p>
    <script>
      const closed = document.body.appendChild(document.createElement('div')).attachShadow({mode: 'closed'});
      closed.innerHTML = '<p>Words of a closed shadow.</p>';
      const hostile = ['http://169.254.169.254/latest', 'http://10.0.0.1/', '/to-private', 'file:///etc/passwd'];
      for (const address of hostile) {
        fetch(address).then(() => document.querySelector('#b').append('REACHED'), () => {});
      }
      navigator.sendBeacon('/beacon', 'x');
      fetch('/post', {method: 'POST', body: 'x'}).catch(() => {});
      try { new WebSocket('ws://127.0.0.1:1/').onopen = () => document.querySelector('#b').append('REACHED'); } catch {}
      new Image().src = '/there.png';
      setTimeout(() => { location = '/elsewhere'; }, 50);
    </script>""".encode("windows-1252")

    def answer(path: str) -> Answer:
        if path == "/a":
            return 200, HTML, page
        if path == "/to-private":
            return 302, {"Location": "http://192.168.1.1/"}, b""
        return (200, {"Content-Type": "image/png"}, b"\x89PNG") if path == "/there.png" else (404, {}, b"")

    with serving(answer) as site:
        accession = packing(f"{site.address}/a", browser="")
        assert frozenset(site.asked) == {"/robots.txt", "/a", "/to-private", "/there.png", "/favicon.ico"} - (
            set() if "/favicon.ico" in site.asked else {"/favicon.ico"}
        )
    assert accession.path is not None
    tei = (accession.path / "data/tei/page.xml").read_text()
    assert "The café by the harbour." in tei
    assert "Words of a closed shadow." in tei
    assert "REACHED" not in tei
    transport = accession.capture.transport
    assert transport is not None
    missed = " ".join(transport.not_fetched)
    for part in ("169.254.169.254", "10.0.0.1", "192.168.1.1", "goes on there by script"):
        assert part in missed


def test_a_page_whose_script_never_ends_is_given_up(packing: Pack, archive: Path) -> None:
    page = b"<!doctype html><title>A</title><p>Words.</p><script>setTimeout(() => { while (true) {} }, 100)</script>"
    with (
        serving(lambda path: (200, HTML, page) if path == "/a" else (404, {}, b"")) as site,
        pytest.raises(NotFetched, match="did not render it within"),
    ):
        packing(f"{site.address}/a", browser="", terms={"page_seconds": 6.0})
    assert [one.name for one in archive.iterdir()] == ["solander.toml"]
