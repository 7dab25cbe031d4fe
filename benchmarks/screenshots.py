"""Three pictures of the sample archive as it is shown: ``make screenshots``.

The archive is written as files, and a headless Chromium (Debian's package) opens them from the disk: what is found, a
page as it is read, and the original beside its TEI. The pictures are in ``.cache/screenshots``, which git ignores.
"""

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "viewing"))
from browser import Browser, find_browser

from solander.pipeline import catalogue, write_site

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / ".cache" / "screenshots"
AT = datetime(2026, 1, 1, tzinfo=UTC)


class Address(str):
    """An address with its question, where the browser wants a path."""

    def as_uri(self) -> str:
        return str(self)


def main() -> None:
    program = find_browser()
    if program is None:
        sys.exit("there is no Chromium: install Debian's package chromium")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue.sqlite"
        catalogue(ROOT / "archive", to=path, at=AT)
        site = write_site(ROOT / "archive", Path(folder) / "public", catalogue_path=path, at=AT).path
        ledger = next((site / "bags").glob("2024-*"))
        wanted = {
            "search": f"{(site / 'search.html').as_uri()}?q={quote('茶馆')}",
            "reading": (ledger / "files/data/access/page.html").as_uri(),
            "side-by-side": (ledger / "side-by-side.html").as_uri(),
        }
        browser = Browser(program, Path(folder) / "browser")
        try:
            for name, address in wanted.items():
                browser.open(Address(address), width=1280, height=800)
                while "Looking …" in browser.evaluate("document.querySelector('h1').textContent"):
                    pass
                browser.screenshot(PICTURES / f"{name}.png")
                print(PICTURES / f"{name}.png")
        finally:
            browser.close()


if __name__ == "__main__":
    main()
