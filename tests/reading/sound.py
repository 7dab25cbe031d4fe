"""A page read, written and judged: its TEI is valid by both schemas, and holds each word of the page once."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lxml import etree

from solander.checking.pages.every_word import WordCheck, check_words
from solander.checking.tei.meaning import check_tei
from solander.describing import describe
from solander.encoding import encode_tei
from solander.model.capture import Capture
from solander.profiles import SCHEMAS
from solander.reading import read_page

AT = datetime(2026, 1, 1, tzinfo=UTC)
LEAD = (
    "<p>The ferry crosses the sound four times a day in summer, and twice in winter, unless the ice holds it; the "
    "timetable has hung in the same frame since the line was opened.</p>"
)


def compared(capture: Capture, tei: bytes) -> WordCheck:
    """What comparing every word says of the TEI of a page in UTF-8."""
    return check_words(
        capture.original,
        original_name=capture.original_name,
        media_type=capture.media_type,
        charset="utf-8",
        tei=tei,
        path="page.xml",
    )


def assert_sound(capture: Capture, tei: bytes) -> None:
    """A page's TEI keeps our grammar, and holds each word of the page once."""
    found = compared(capture, tei)
    assert (found.unchecked, found.findings) == ((), ())
    assert [one for one in check_tei(tei, "page.xml", SCHEMAS).findings if one.severity == "error"] == []


def assert_all_tei(jing: str, shared: Path, folder: Path) -> None:
    """Every file of a folder is valid by the schema of the whole TEI; jing is begun once, and names the others."""
    files = sorted(folder.iterdir())
    command = [jing, shared / "oracles" / "tei" / "tei_all-4.12.0.rng", *files]
    assert not files or subprocess.run(command, capture_output=True, text=True, check=False).stdout == ""


def words(elements: list[etree._Element]) -> list[str]:
    """The words of each element, white space collapsed."""
    return [" ".join("".join(one.itertext()).split()) for one in elements]


class Sound:
    """Reads pages; what is not sound fails the test.

    The TEI is written into a folder under the name of whose it is: in that of ``whole_tei``, TEI's own schema is asked.
    """

    def __init__(self, folder: Path, called: str = "page") -> None:
        self.folder, self.called, self.files = folder, called, 0

    def text(self, body: str, root: str = "<html>", title: str = "Ferries") -> Any:
        """The ``text`` of a page's TEI, without namespaces: a body between two paragraphs of prose."""
        page = f"<!doctype html>{root}<title>{title}</title><body>{LEAD}{body}{LEAD}{LEAD}"
        return self.whole(page)

    def whole(self, page: str) -> Any:
        """The ``text`` of the TEI of a whole page, without namespaces."""
        capture = Capture.of_bytes(page.encode(), media_type="text/html", declared_charset="utf-8")
        read = read_page(capture)
        tei = encode_tei(read, describe(read, capture), capture, at=AT).content
        assert_sound(capture, tei)
        self.files += 1
        (self.folder / f"{self.called}-{self.files}.xml").write_bytes(tei)
        root = etree.fromstring(tei)
        for element in root.iter("{*}*"):
            element.tag = etree.QName(element).localname
        return root.find("text")
