"""For any page of words: none can go, come, move or merge without a finding, and what is right has none."""

from __future__ import annotations

from xml.sax.saxutils import escape

from hypothesis import given
from hypothesis import strategies as st
from tests.checking.compared_words import at, check, codes, tei

WORDS = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Cn", "Zs", "Zl", "Zp")), min_size=1, max_size=6)
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=6), min_size=1, max_size=6)


def page_of(paragraphs: list[list[str]]) -> str:
    return "<!DOCTYPE html><body>" + "\n".join(f"<p>{escape(' '.join(words))}</p>" for words in paragraphs)


def blocks_of(paragraphs: list[list[str]]) -> list[str]:
    return [at(f"/html/body/p[{index}]", escape(" ".join(words))) for index, words in enumerate(paragraphs, 1)]


@given(PARAGRAPHS)
def test_what_has_every_word_once_has_no_finding(paragraphs: list[list[str]]) -> None:
    checked = check(page_of(paragraphs), tei(*blocks_of(paragraphs)))
    assert codes(checked) == set()
    assert checked.ledger is not None
    assert checked.ledger.page == checked.ledger.main == sum(map(len, paragraphs))


@given(PARAGRAPHS, st.data())
def test_blocks_may_stand_in_any_part_and_order(paragraphs: list[list[str]], data: st.DataObject) -> None:
    blocks = data.draw(st.permutations(blocks_of(paragraphs)))
    first, second = sorted((data.draw(st.integers(0, len(blocks))), data.draw(st.integers(0, len(blocks)))))
    shuffled = tei(*blocks[first:second], front="".join(blocks[:first]), back="".join(blocks[second:]))
    assert codes(check(page_of(paragraphs), shuffled)) <= {"PAG010"}


@given(PARAGRAPHS, st.data())
def test_no_word_is_dropped_unseen(paragraphs: list[list[str]], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(paragraphs) - 1))
    word = data.draw(st.integers(0, len(paragraphs[index]) - 1))
    dropped = [list(words) for words in paragraphs]
    del dropped[index][word]
    assert "PAG001" in codes(check(page_of(paragraphs), tei(*blocks_of(dropped))))


@given(PARAGRAPHS, st.data())
def test_no_word_is_doubled_unseen(paragraphs: list[list[str]], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(paragraphs) - 1))
    word = data.draw(st.integers(0, len(paragraphs[index]) - 1))
    doubled = [list(words) for words in paragraphs]
    doubled[index].insert(word, doubled[index][word])
    assert codes(check(page_of(paragraphs), tei(*blocks_of(doubled)))) == {"PAG003"}


@given(PARAGRAPHS, st.data())
def test_no_words_change_places_unseen(paragraphs: list[list[str]], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(paragraphs) - 1))
    words = paragraphs[index]
    first, second = data.draw(st.integers(0, len(words) - 1)), data.draw(st.integers(0, len(words) - 1))
    swapped = [list(words) for words in paragraphs]
    swapped[index][first], swapped[index][second] = swapped[index][second], swapped[index][first]
    found = codes(check(page_of(paragraphs), tei(*blocks_of(swapped))))
    if swapped == paragraphs:
        assert found == set()
    elif "".join(swapped[index]) == "".join(words):
        assert found == {"PAG005"}
    else:
        assert found == {"PAG003"}


@given(PARAGRAPHS.filter(lambda paragraphs: any(len(words) > 1 for words in paragraphs)), st.data())
def test_no_words_are_joined_unseen(paragraphs: list[list[str]], data: st.DataObject) -> None:
    index = data.draw(st.sampled_from([at for at, words in enumerate(paragraphs) if len(words) > 1]))
    word = data.draw(st.integers(1, len(paragraphs[index]) - 1))
    joined = [list(words) for words in paragraphs]
    joined[index][word - 1 : word + 1] = ["".join(joined[index][word - 1 : word + 1])]
    assert codes(check(page_of(paragraphs), tei(*blocks_of(joined)))) == {"PAG005"}
    assert codes(check(page_of(joined), tei(*blocks_of(paragraphs)))) == {"PAG005"}


@given(PARAGRAPHS.filter(lambda paragraphs: len(paragraphs) > 1), st.data())
def test_no_pointer_leads_elsewhere_unseen(paragraphs: list[list[str]], data: st.DataObject) -> None:
    index = data.draw(st.integers(1, len(paragraphs) - 1))
    blocks = blocks_of(paragraphs)
    blocks[index] = blocks[index].replace(f"p[{index + 1}]", f"p[{index}]", 1)
    assert codes(check(page_of(paragraphs), tei(*blocks))) == {"PAG007"}
