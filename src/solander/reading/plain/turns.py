"""Turns of speech that stand line below line in a plain text: each becomes a unit of its own.

Only where the whole text converses: two labels that are known for questions and answers, or two that come back, before
sentences; in a play, names in capitals that stand on lines of their own. All else keeps its lines together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence

from solander.reading.dividing.letters import MAIL_LINE
from solander.reading.dividing.turn_labels import CHAT, Label, label_of
from solander.reading.dividing.turns import TURNS
from solander.reading.plain.lines import SENTENCE_END, Line
from solander.reading.plain.sections import is_part_alone
from solander.reading.plain.units import Unit

_LEAST_NAMES = 2
_NAME_CHARACTERS = 32
_DIRECTION_CHARACTERS = 1_000
_NAME = re.compile(r"(?:[^\W\d_]|['’-])+(?:\.? (?:[^\W\d_]|['’-])+){0,3}[.:]?")
_BRACKETED = re.compile(r"\([^()]+\)[.]?|\[[^\[\]]+\]?[.]?")
"""What is printed at a line's end is often opened by a bracket and not closed."""
_COMES_AND_GOES = re.compile(r"(?:Re-)?(?:[Ee]nter|Exit|Exeunt|Manet|Manent)\b")


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


def speaking_names(lines: Sequence[Line], is_play: bool) -> Mapping[int, str]:
    """Lines of a play that say who speaks, and nothing else: where each begins, and its name without case.

    Args:
        lines: those of the text proper.
        is_play: whether it has acts and scenes; else each name must begin what stands together.
    """
    may_be = [
        (at, name)
        for at, line in enumerate(lines)
        if at + 1 < len(lines) and (name := _name_alone(line.text)) and not _name_alone(lines[at + 1].text)
    ]
    counts = Counter(name for _, name in may_be)
    names = {name for name, count in counts.items() if count > 1}
    spoken = [(at, name) for at, name in may_be if name in names]
    if len(names) < _LEAST_NAMES or len(spoken) < 2 * TURNS:
        return {}
    together = sum(lines[at].gap and not lines[at + 1].gap for at, _ in spoken)
    if not is_play and 10 * together < 9 * len(spoken):
        return {}
    return {lines[at].begin: name for at, name in may_be if name in names or is_play}


def gathered(units: Sequence[Unit], names: Container[int]) -> list[Unit]:
    """Units in which what a name's speaker says, line below line, is one: in verse, each line had been its own."""
    found: list[Unit] = []
    for unit in units:
        last = found[-1] if found else None
        is_name = unit.lines[0].begin in names
        goes_on = last is not None and last.form in ("line", "broken") and last.lines[0].begin not in names
        if goes_on and not is_name and unit.form == "line" and not unit.gap and last is not None:
            found[-1] = Unit((*last.lines, *unit.lines), "broken")
        else:
            found.append(unit)
    return found


def is_direction(text: str) -> bool:
    """Whether a paragraph of a play is a stage direction: it stands in brackets, or says who comes and goes."""
    if len(text) > _DIRECTION_CHARACTERS:
        return False
    text = text.strip("_*")
    return _BRACKETED.fullmatch(text) is not None or _COMES_AND_GOES.match(text) is not None


def _name_alone(text: str) -> str:
    """The name that a line is, in capitals and with a stop or a colon at most; nothing for any other."""
    if len(text) > _NAME_CHARACTERS or not text.isupper() or not _NAME.fullmatch(text) or is_part_alone(text):
        return ""
    return text.rstrip(".:").casefold()


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
