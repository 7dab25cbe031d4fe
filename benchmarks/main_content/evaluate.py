"""Judge the main text that Solander finds on sites that it was not trained on.

    python -m benchmarks.main_content.evaluate CORPORA --cache pages.pickle [--model FILE] [--peer] [--read]

``--model`` judges another model than the one that ships. ``--all-daniel`` adds the whole of ``daniel``, of which
nothing was learnt. ``--read`` judges the text that the whole reader gives. ``--peer`` judges trafilatura on the same
pages, where it is installed. Needs rapidfuzz beside Solander.
"""

from __future__ import annotations

import argparse
import gzip
import time
from collections.abc import Callable
from pathlib import Path

from training.pages import LabelledPage, load_pages, survey_of

from benchmarks.main_content.figures import Figure, chosen_text, judge, report
from solander.reading.naming.zones import ancestry
from solander.reading.zoning import main_scores
from solander.reading.zoning.main_content import zone_leaves
from solander.reading.zoning.main_features import features
from solander.reading.zoning.main_scores import parse_model


def by_leaves(page: LabelledPage) -> str:
    return chosen_text(page, [zone == "main" for zone in zone_leaves(page.survey, page.wholes)])


def by_choice(page: LabelledPage) -> str:
    """The leaves as the classifier chose them, before the markup has its say."""
    learnt, survey = main_scores.shipped_model(), page.survey
    around = ancestry(survey)
    chosen, _ = main_scores.judge(features(survey, around, learnt.words), learnt, survey, around)
    return chosen_text(page, chosen.tolist())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--model", type=Path, help="without it, what ships")
    parser.add_argument("--read", action="store_true")
    parser.add_argument("--peer", action="store_true")
    parser.add_argument("--all-daniel", action="store_true")
    options = parser.parse_args()
    if options.model is not None:
        learnt = parse_model(options.model.read_bytes())
        main_scores.shipped_model = lambda: learnt  # type: ignore[assignment]
    pages = load_pages(options.corpora, options.cache)
    test = [page for page in pages if page.part == "test"]

    def content(page: LabelledPage) -> bytes:
        with gzip.open(options.corpora / page.corpus / f"{page.name}.html.gz") as stream:
            return stream.read()

    extractors: dict[str, Callable[[LabelledPage], str]] = {
        "solander": by_leaves,
        "solander, by choice alone": by_choice,
    }
    if options.read:
        extractors["solander, whole reader"] = lambda page: survey_of(content(page))[2]
    if options.peer:
        from trafilatura import extract  # type: ignore[import-not-found]

        extractors["trafilatura"] = lambda page: extract(content(page)) or ""
    for name, extractor in extractors.items():
        print(report((judged(page, extractor) for page in test), f"{name}, test sites"))
    if options.all_daniel:
        rest = [page for page in pages if page.corpus == "daniel"]
        print(report((judged(page, by_leaves) for page in rest), "solander, all of daniel"))
    begun = time.process_time()
    for page in test:
        zone_leaves(page.survey, page.wholes)
    spent = (time.process_time() - begun) / len(test)
    leaves = sum(len(page.survey.texts) for page in test) / len(test)
    print(f"{1000 * spent:.2f} ms of CPU a page, {leaves:.0f} leaves a page")


def judged(page: LabelledPage, extractor: Callable[[LabelledPage], str]) -> Figure:
    """Judge one page."""
    return judge(page, extractor(page))


if __name__ == "__main__":
    main()
