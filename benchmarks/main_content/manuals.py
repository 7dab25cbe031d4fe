"""The main text of manuals, held against what made them: a generator writes the text proper into its own element.

    python -m benchmarks.main_content.manuals PACKAGES [--pages 25]

``PACKAGES`` is a folder of Debian packages unpacked, a folder a package by its name (``dpkg-deb -x``). Nothing is
learnt from these pages, and the reader asks for no generator's name: it is asked here alone, for the label. Few pages
of the corpora are documentation, and none is in most of the languages that these manuals are in.

Told are, by package, the mean F1, precision and recall of words (as a bag), over pages drawn by chance, always the
same.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

import lxml.etree
import lxml.html

from solander.model.capture import Capture
from solander.reading import read_page

SMALLEST_BYTES, LARGEST_BYTES = 1_500, 250_000
FEWEST_WORDS = 30
"""A page with fewer words of its own is a stub."""

_WORD = re.compile(r"\w+")


def _classed(*names: str) -> str:
    return "(" + " or ".join(f"contains(concat(' ', @class, ' '), ' {name} ')" for name in names) + ")"


class Maker(NamedTuple):
    """A generator: where it writes the text proper, and what of that is none."""

    main: tuple[str, ...]
    """XPath; all elements of the first that is there."""
    apart: tuple[str, ...] = ()
    """XPath, within: links to the pages beside it, marks for copying."""


_DOCBOOK = Maker(("//body",), (f".//*[{_classed('navheader', 'navfooter', 'spirit-nav', 'gallery_float')}]",))
_TEXINFO = Maker(("//body",), (f".//*[{_classed('header', 'nav-panel')}]",))
_SPHINX = Maker(
    (
        "//*[@itemprop='articleBody']",
        "//article[@id='furo-main-content']",
        "//*[@role='main' and not(self::html or self::body)]",
        "//main",
        f"//div[{_classed('docs-body')}]",
        f"//div[{_classed('body')}]",
        "//div[@class='yui-g']",
    ),
    (f".//*[{_classed('headerlink', 'rst-footer-buttons')}]",),
)

MAKERS = {
    "apache2-doc": Maker(("//*[@id='page-content']",), (".//*[@id='quickview']", f".//*[{_classed('top')}]")),
    "cmake-doc": _SPHINX,
    "debian-handbook": Maker(("//body",), (f".//*[{_classed('docnav', 'producttitle')}]", ".//*[@id='title']")),
    "debian-reference-de": _DOCBOOK,
    "debian-reference-ja": _DOCBOOK,
    "debian-reference-zh-cn": _DOCBOOK,
    "erlang-doc": Maker(("//*[@id='content']",), (f".//*[{_classed('footer')}]",)),
    "exim4-doc-html": Maker(("//*[@id='chapter']", "//body"), (".//*[@id='banner' or @id='side_menu']",)),
    "ghc-doc": Maker(
        ("//*[@id='content']", f"//div[{_classed('body')}]"),
        (".//*[@id='table-of-contents' or @id='synopsis']", f".//*[{_classed('headerlink')}]"),
    ),
    "gimp-help-de": _DOCBOOK,
    "gimp-help-ru": _DOCBOOK,
    "git-doc": Maker(("//*[@id='header' or @id='content']",)),
    "gnuplot-doc": Maker(("//body",), (f".//*[{_classed('navigation')}]",)),
    "installation-guide-amd64": _DOCBOOK,
    "libboost1.81-doc": Maker((f"//div[{_classed('refentry', 'section', 'chapter')}]",), _DOCBOOK.apart),
    "libeigen3-doc": Maker((f"//div[{_classed('headertitle', 'contents')}]",), (f".//*[{_classed('toc')}]",)),
    "libgtk-3-doc": Maker((f"//div[{_classed('refentry', 'chapter', 'section', 'sect1')}]",), _DOCBOOK.apart),
    "lilypond-doc-html": Maker(
        ("//*[@id='main']",), (f".//*[{_classed('nav_table', 'header')}]", ".//*[@id='footer']")
    ),
    "maxima-doc": _TEXINFO,
    "nodejs-doc": Maker(("//*[@id='apicontent']",)),
    "octave-doc": _TEXINFO,
    "openjdk-17-doc": Maker(("//main",), (".//nav",)),
    "python-django-doc": _SPHINX,
    "rust-doc": Maker(
        ("//*[@id='main-content']", "//div[@id='content']//main"), (f".//*[{_classed('out-of-band')}]", ".//nav")
    ),
    "sbcl-doc": _TEXINFO,
    "sqlite3-doc": Maker(("//body",), (f".//*[{_classed('nosearch')}]",)),
    "zsh-doc": _TEXINFO,
}
"""Some thirty manuals and twenty generators, by package."""


def gold_of(content: bytes, maker: Maker) -> str | None:
    """The text proper of a page; ``None`` where the generator's element is not there."""
    root = lxml.html.fromstring(content)
    for element in list[Any](root.xpath("//script | //style | //template | //noscript | //head")):  # type: ignore[arg-type]
        element.drop_tree()
    found: list[list[Any]] = [list(root.xpath(path)) for path in maker.main]  # type: ignore[arg-type]
    tops = next((one for one in found if one), [])
    tops = [top for top in tops if not any(other in tops for other in top.iterancestors())]
    for top in tops:
        for path in maker.apart:
            for element in top.xpath(path):
                if element.getparent() is not None:
                    element.drop_tree()
    return "\n".join(" ".join(top.itertext()) for top in tops) if tops else None


def judged(path: Path, maker: Maker) -> tuple[float, float, float] | None:
    """F1, precision and recall of a page's words; ``None`` where it is none to judge by."""
    content = path.read_bytes()
    try:
        gold = gold_of(content, maker)
    except (lxml.etree.LxmlError, ValueError):
        return None
    wanted = Counter(_WORD.findall((gold or "").casefold()))
    if wanted.total() < FEWEST_WORDS:
        return None
    found = Counter(_WORD.findall(read_page(Capture.of_bytes(content)).text().casefold()))
    both = (wanted & found).total()
    return 2 * both / (wanted.total() + found.total()), both / max(1, found.total()), both / wanted.total()


def main() -> None:
    """Print a line a package, and their mean."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", type=Path)
    parser.add_argument("--pages", type=int, default=25, help="so many of each package")
    options = parser.parse_args()
    means: list[tuple[float, float, float]] = []
    for package, maker in MAKERS.items():
        pages = sorted(
            path
            for path in (options.packages / package).rglob("*.html*")
            if path.is_file() and not path.is_symlink() and SMALLEST_BYTES < path.stat().st_size < LARGEST_BYTES
        )
        random.Random(package).shuffle(pages)
        rows = [row for path in pages[: 4 * options.pages] if (row := judged(path, maker)) is not None][: options.pages]
        if not rows:
            print(f"{package:26} not there")
            continue
        means.append((fmean(row[0] for row in rows), fmean(row[1] for row in rows), fmean(row[2] for row in rows)))
        print(f"{package:26} {len(rows):3} pages  F1 {means[-1][0]:.3f}  P {means[-1][1]:.3f}  R {means[-1][2]:.3f}")
    if means:
        whole = [fmean(row[at] for row in means) for at in range(3)]
        print(f"{'mean of packages':26} {len(means):3}        F1 {whole[0]:.4f}  P {whole[1]:.4f}  R {whole[2]:.4f}")


if __name__ == "__main__":
    main()
