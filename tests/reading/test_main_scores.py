"""What the trees say is said to the bit: leaf by leaf, tree by tree, however the work is cut up."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading.test_main_content import ARTICLE_PAGE, SENTENCES, Element, paragraphs, survey_of

from solander.reading.naming.zones import ancestry
from solander.reading.zoning import main_scores
from solander.reading.zoning.main_content import zone_leaves
from solander.reading.zoning.main_features import features
from solander.reading.zoning.main_scores import SURE_ODDS, Model, Trees, leaf_odds, log_odds, matrix_of, shipped_model

SINGLE = st.floats(-1000, 1000, width=32)


def said_tree_by_tree(line: list[float], trees: Trees) -> int:
    """What ``log_odds`` must say of one leaf, in the plainest words."""
    said = trees.bias
    for tree, table in enumerate(trees.tables.tolist()):
        place = 0
        for bit, question in enumerate(trees.questions[:, tree].tolist()):
            column = int(trees.question_columns[question])
            place |= (line[column] > float(trees.borders[question, 0])) << bit
        said += table[place]
    return said


@st.composite
def grown(draw: st.DrawFn, columns: int = 3) -> Trees:
    depth, number, questions = draw(st.integers(1, 7)), draw(st.integers(1, 9)), draw(st.integers(1, 8))
    seed = np.random.default_rng(draw(st.integers(0, 2**32)))
    return Trees(
        columns=tuple(f"column{place}" for place in range(columns)),
        question_columns=seed.integers(0, columns, questions),
        borders=np.array(draw(st.lists(SINGLE, min_size=questions, max_size=questions)), np.float32)[:, None],
        questions=seed.integers(0, questions, (depth, number)),
        tables=seed.integers(-2000, 2000, (number, 1 << depth)).astype(np.int32),
        bias=draw(st.integers(-500, 500)),
    )


@settings(deadline=None, max_examples=60)
@given(trees=grown(), lines=st.lists(st.tuples(SINGLE, SINGLE, SINGLE), max_size=9), cut=st.integers(1, 5))
def test_log_odds_are_what_the_trees_say_one_by_one(trees, lines, cut):
    matrix = np.array(lines, np.float32).reshape(-1, 3).T
    said = [said_tree_by_tree(line, trees) for line in lines]
    assert log_odds(matrix, trees).tolist() == said
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(main_scores, "CHUNK_LEAVES", cut)
        patched.setattr(main_scores, "BLOCK", cut)
        assert log_odds(matrix, trees).tolist() == said


def test_a_value_at_the_border_of_a_question_does_not_exceed_it():
    trees = Trees(
        ("length",),
        np.array([0]),
        np.array([[0.1]], np.float32),
        np.array([[0]]),
        np.array([[-7, 9]], np.int32),
        0,
    )
    beyond = math.nextafter(0.1, 1)  # in double precision, and the same single
    assert log_odds(matrix_of({"length": np.array([0.1, beyond, 0.2])}, 3, ("length",)), trees).tolist() == [-7, -7, 9]


def test_only_leaves_that_the_first_growing_is_not_sure_of_are_asked_of_the_others():
    model = shipped_model()
    found = features(ARTICLE_PAGE, ancestry(ARTICLE_PAGE), model.words)
    lines = matrix_of(found.columns, len(ARTICLE_PAGE.texts), model.leaves.columns).T.tolist()
    wanted = []
    for line in lines:
        first = said_tree_by_tree(line, model.leaves)
        sure = abs(first) >= SURE_ODDS
        wanted.append(first if sure else first // model.growings + said_tree_by_tree(line, model.again))
    assert leaf_odds(found, model).tolist() == wanted


def test_what_ships_was_grown_several_times_and_the_others_are_as_many_trees_each():
    model: Model = shipped_model()
    assert model.growings > 1
    assert len(model.again.tables) == (model.growings - 1) * len(model.leaves.tables)


def test_a_page_of_few_leaves_keeps_what_nothing_sets_apart():
    few = survey_of(
        Element(
            "main",
            (
                *paragraphs(SENTENCES[0]),
                Element("table", (Element("tr", tuple(Element("td", (text,)) for text in ("Year", "1850"))),)),
            ),
        ),
        Element("footer", paragraphs("© 2024 The County Record")),
    )
    assert zone_leaves(few) == ["main", "main", "main", "footer"]
