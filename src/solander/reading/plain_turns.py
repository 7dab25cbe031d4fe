"""Turns of speech that stand line below line in a plain text: each becomes a unit of its own.

Only where the whole text converses: two labels that are known for questions and answers, or two that come back, before
sentences. All else keeps its lines together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from solander.reading.letters import MAIL_LINE
from solander.reading.plain_lines import SENTENCE_END
from solander.reading.plain_units import Unit
from solander.reading.turn_labels import CHAT, Label, label_of
from solander.reading.turns import TURNS


def parted_turns(units: Sequence[Unit]) -> list[Unit]:
    """Part the units whose lines begin turns of speech."""
    labelled = [
        (label, line.text)
        for unit in units
        if unit.form in ("line", "broken", "joined")
        for line in unit.lines
        if (label := label_of(line.text)) is not None and not MAIL_LINE.match(line.text)
    ]
    forms = Counter(label.form for label, _ in labelled)
    who = next(filter(None, (_speakers([one for one in labelled if one[0].form == form]) for form in forms)), None)
    if who is None:
        return list(units)
    parted: list[Unit] = []
    for unit in units:
        begins = [
            at
            for at, line in enumerate(unit.lines)
            if (label := label_of(line.text)) is not None and (label.form, label.name) in who
        ]
        if unit.form not in ("broken", "joined") or len(begins) < 2 or begins[0] != 0:
            parted.append(unit)
            continue
        for begin, end in zip(begins, [*begins[1:], len(unit.lines)], strict=True):
            lines = unit.lines[begin:end]
            parted.append(Unit(lines, unit.form if len(lines) > 1 else "line"))
    return parted


def _speakers(labelled: Sequence[tuple[Label, str]]) -> frozenset[tuple[str, str]]:
    """Who speaks, by the form and the name of their labels of one form; nobody, where they are no conversation."""
    counts = Counter((label.form, label.name) for label, _ in labelled)
    known = {(label.form, label.name) for label, _ in labelled if label.is_known}
    back = {label for label, count in counts.items() if count > 1}
    if len(known) > 1:
        return frozenset(known | back)
    if labelled[0][0].form == CHAT:
        return frozenset(counts) if back and len(labelled) >= TURNS else frozenset()
    sentences = sum(SENTENCE_END.search(text) is not None for _, text in labelled)
    return (
        frozenset(back)
        if len(back) > 1 and len(labelled) >= TURNS and 3 * sentences >= 2 * len(labelled)
        else frozenset()
    )
