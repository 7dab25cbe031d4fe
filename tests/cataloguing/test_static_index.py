"""What the catalogue finds is found by the index that is written as files, too."""

from __future__ import annotations

import json

import pytest

from solander.cataloguing import static_index
from solander.cataloguing.folding import fold, terms_of
from solander.cataloguing.static_index import digits_of, index_parts, part_of, pieces

TEXTS = (
    ("The keeper's ledger", "Ines Calder", "Every evening the keeper of the light wrote one line. AI, of 5.41."),
    ("河边的茶馆", "", "下雨天老人们在茶馆里说书。Lamp 灯塔 lamps"),
    ("등대", "", "등대지기는 기록했다 한국어 문장"),
    ("ΟΔΟΣ Straße", "", "Ünïcode ﬁne ｆｕｌｌ width naïve ΣΙΣΥΦΟΣ"),
)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ledger", {0}),
        ("KEEPER light", {0}),
        ("edge", {0}),
        ("ai", {0}),
        ("茶馆", {1}),
        ("茶", {1}),
        ("老人们在茶馆", {1}),
        ("lamp 灯", {1}),
        ("등대지기", {2}),
        ("국어", {2}),
        ("strasse", {3}),
        ("sisyphos", set()),
        ("σισυφος", {3}),
        ("unicode fine full naive", {3}),
        ("nothing", set()),
    ],
)
def test_what_the_catalogue_finds_has_all_its_pieces_in_the_index(words: str, found: set[int]) -> None:
    parts = {}
    for name, script in index_parts(lambda: TEXTS, 1000):
        written = script.decode("ascii")
        assert written.startswith(f'"use strict"; solander.part("{name}", {{')
        parts[name] = json.loads(written[written.index("{") : written.rindex("}") + 1])
    wanted = {piece for term in terms_of(words).all for piece in pieces(fold(term))}
    digits = digits_of(1000)
    numbers = []
    for piece in wanted:
        steps = parts[f"{part_of(piece, digits):0{digits}x}"].get(piece, [])
        numbers.append({sum(steps[: end + 1]) for end in range(len(steps))})
    assert set.intersection(*numbers) == found


def test_an_index_that_is_made_in_several_rounds_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    characters = 2_000_000
    at_once = dict(index_parts(lambda: TEXTS, characters))
    assert len(at_once) == 16 ** digits_of(characters) == 256
    monkeypatch.setattr(static_index, "CHARACTERS_AT_ONCE", 300_000)
    rounds: list[int] = []

    def documents() -> tuple[tuple[str, str, str], ...]:
        rounds.append(1)
        return TEXTS

    assert dict(index_parts(documents, characters)) == at_once
    assert len(rounds) == 7
