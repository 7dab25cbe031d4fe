"""The pages that the classifier is trained on and judged by: each with its survey, its gold, and the share of each
leaf that the gold has.

The corpora lie outside the project: a folder a corpus with ``gold.json`` and ``<id>.html.gz``. Sites, not pages, are
dealt out to the parts, by the SHA-256 of the site's name: no template stands on both sides.

======================= ============ ==================================================================
corpus                  licence      use
======================= ============ ==================================================================
``aeb``                 MIT          trained on (its train and validation sites); its test sites judge
``wcxb_dev``            CC BY 4.0    the same
``trafilatura_eval``    Apache-2.0   the same; its gold is segments, not a text
``daniel``              GPL-3.0      only judges
======================= ============ ==================================================================
"""

from __future__ import annotations

import gzip
import hashlib
import json
import pickle
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from multiprocessing import Pool, cpu_count
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import LCSseq  # type: ignore[import-not-found]

from solander.model.capture import Capture
from solander.reading import read_page
from solander.reading.survey import Survey
from solander.reading.zoning.main_content import zone_leaves

TRAINED_ON = ("aeb", "wcxb_dev", "trafilatura_eval")
CORPORA = (*TRAINED_ON, "daniel")
FOLDS = 5

_TOKEN = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\W\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
)
_ARCHIVED = re.compile(r"web\.archive\.org/web/[^/]+/(?:https?://)?([^/]+)")
_GOLD_TOKENS, _PAGE_TOKENS = 40_000, 60_000


def tokens(text: str) -> list[str]:
    """Words in lower case; Chinese and Japanese by the character."""
    return [token.lower() for token in _TOKEN.findall(text)]


@dataclass
class LabelledPage:
    """A page of a corpus, as the reader surveyed it."""

    corpus: str
    name: str
    gold: dict[str, Any]
    site: str
    part: str
    """``train``, ``validation`` or ``test``."""
    fold: int
    survey: Survey
    share: npt.NDArray[Any]
    """The share of each leaf's tokens that the gold has; not a number where nothing is known."""
    count: npt.NDArray[Any]
    """The tokens of each leaf."""
    gold_tokens: list[str] = field(default_factory=list)
    wholes: list[tuple[int, int]] = field(default_factory=list)
    """The leaves of each list, table, figure and quotation that the reader keeps together."""
    weight: float = 1.0
    """How much the page counts in learning."""

    @property
    def kind(self) -> str:
        """The type of page, or the language for ``daniel``."""
        if self.corpus == "daniel":
            return str(self.gold.get("lang") or "")
        return str(self.gold.get("page_type") or self.corpus)


def survey_of(content: bytes) -> tuple[Survey, list[tuple[int, int]], str]:
    """The survey that the reader makes of a page, its wholes, and the page's main text as it stands today."""
    kept: list[tuple[Survey, list[tuple[int, int]]]] = []

    def note(survey: Survey, wholes: Iterable[tuple[int, int]]) -> list[str]:
        kept.append((survey, list(wholes)))
        return zone_leaves(*kept[-1])

    with patch("solander.reading.html.zone_leaves", note):
        page = read_page(Capture.of_bytes(content))
    survey, wholes = kept[-1] if kept else (Survey(), [])
    return survey, wholes, page.text()


def share_in(survey: Survey, gold: str) -> tuple[npt.NDArray[Any], npt.NDArray[Any], list[str]]:
    """The share of each leaf that the gold has: a monotone LCS alignment, confirmed by 3-grams."""
    leaves = [tokens(text) for text in survey.texts]
    count = np.array([len(leaf) for leaf in leaves])
    wanted = tokens(gold)
    page = [token for leaf in leaves for token in leaf][:_PAGE_TOKENS]
    matched = np.zeros(len(page), bool)
    for step in LCSseq.opcodes(page, wanted[:_GOLD_TOKENS]):
        if step.tag == "equal":
            matched[step.src_start : step.src_end] = True
    grams = [{tuple(wanted[i : i + size]) for i in range(len(wanted) - size + 1)} for size in (1, 2, 3)]
    share = np.full(len(leaves), np.nan)
    start = 0
    for index, leaf in enumerate(leaves):
        here = leaf[: max(0, len(page) - start)]
        if here:
            size = min(3, len(here))
            confirmed = np.zeros(len(here), bool)
            for i in range(len(here) - size + 1):
                if tuple(here[i : i + size]) in grams[size - 1]:
                    confirmed[i : i + size] = True
            share[index] = (matched[start : start + len(here)] & confirmed).sum() / len(here)
            if share[index] < 0.2 or (len(leaf) <= 2 and share[index] < 1):
                share[index] = 0.0
        start += len(leaf)
    return share, count, wanted


def share_by_segments(survey: Survey, gold: dict[str, Any]) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """1 for leaves that hold a segment that must stand in the text, 0 for those that hold one that must not."""
    share = np.full(len(survey.texts), np.nan)
    whole = " ".join(survey.texts)
    starts = np.cumsum([0] + [len(text) + 1 for text in survey.texts])
    for name, value in (("with", 1.0), ("without", 0.0)):
        for written in gold.get(name) or []:
            segment = " ".join(written.split())
            times = whole.count(segment) if len(segment) > 1 else 0
            if not times or (times > 1 and value == 1.0):
                continue
            at = whole.find(segment)
            while at >= 0:
                first = int(np.searchsorted(starts, at, "right")) - 1
                last = int(np.searchsorted(starts, at + len(segment) - 1, "right"))
                unknown = np.isnan(share[first:last])
                share[first:last] = np.where(unknown, value, share[first:last])
                at = whole.find(segment, at + 1)
    return share, np.array([len(tokens(text)) for text in survey.texts])


def site_of(corpus: str, name: str, gold: dict[str, Any]) -> str:
    """The registrable domain, near enough."""
    url = str(gold.get("url") or "")
    host = name.split("_")[1] if corpus == "daniel" else urlsplit(url).netloc
    if host == "web.archive.org" and (found := _ARCHIVED.search(url)):
        host = found[1]
    parts = re.sub(r"^www\d*\.", "", host.lower()).split(".")
    if len(parts) > 2:
        parts = parts[-2:] if len(parts[-2]) > 3 else parts[-3:]
    return ".".join(parts) or name


def _drawn(text: str) -> float:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") / 2**32


def load_page(task: tuple[str, str, str, dict[str, Any]]) -> LabelledPage | None:
    """Read and label one page; ``None`` where it holds no words."""
    folder, corpus, name, gold = task
    survey, wholes, _ = survey_of(gzip.open(Path(folder, corpus, f"{name}.html.gz")).read())
    if not survey.texts:
        return None
    wanted: list[str] = []
    if gold.get("text"):
        share, count, wanted = share_in(survey, gold["text"])
    else:
        share, count = share_by_segments(survey, gold)
    site = site_of(corpus, name, gold)
    drawn = _drawn(site)
    part = "train" if drawn < 0.6 else "validation" if drawn < 0.75 else "test"
    return LabelledPage(
        corpus, name, gold, site, part, int(_drawn("f" + site) * FOLDS), survey, share, count, wanted, wholes
    )


def load_pages(corpora: Path, cache: Path) -> list[LabelledPage]:
    """Read all pages of all corpora, or take them from the cache that a former run left."""
    if cache.exists():
        with cache.open("rb") as stream:
            return list(pickle.load(stream))
    tasks = [
        (str(corpora), corpus, name, gold)
        for corpus in CORPORA
        for name, gold in sorted(json.loads((corpora / corpus / "gold.json").read_bytes()).items())
    ]
    with Pool(min(2, cpu_count())) as pool:
        pages = [page for page in pool.imap(load_page, tasks, chunksize=8) if page is not None]
    with cache.open("wb") as stream:
        pickle.dump(pages, stream, protocol=5)
    return pages
