"""Forms of a plain text: lines that each name something and say what it is ("Name: Ann Quist"), as a list of terms.

Labels prove little one by one: three stand together at the least, each once, and hardly any is followed by a sentence,
for so do turns of speech and remarks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from solander.model.page import Block
from solander.reading.dividing.letters import MAIL_LINE
from solander.reading.plain.labelled_lines import as_terms
from solander.reading.plain.lines import SENTENCE_END, Line, columns
from solander.reading.plain.units import Unit

_FIELD = re.compile(r"(?P<label>[^\W\d_][^:：.!?;,\"“”<>=|{}\[\]]{0,39}?) ?[:：](?=\s|\Z)")
_FEWEST = 3
_MOST_WORDS = 4
_MOST_LINES = 60
_MAIL_LINES = 2
_VALUE_COLUMNS = 100


def is_form(block: Sequence[Line]) -> bool:
    """Whether lines that stand together are the fields of a form; a value may go on in one line set in below it.

    Args:
        block: the lines.
    """
    if not _FEWEST <= len(block) <= _MOST_LINES or _FIELD.match(block[0].text) is None:
        return False
    indent = block[0].indent
    labels: list[str] = []
    sentences = goes_on = 0
    for line in block:
        if line.indent > indent + 1 and labels:
            goes_on += 1
            continue
        label = _label(line)
        if not label or line.indent != indent:
            return False
        labels.append(label.casefold())
        value = line.text[len(label) :].strip(" :：")
        sentences += SENTENCE_END.search(value) is not None or columns(value) > _VALUE_COLUMNS
    if sum(MAIL_LINE.match(line.text) is not None for line in block[:4]) >= _MAIL_LINES:
        return False
    fields = len(labels)
    # Single letters are those of an alphabet.
    if 2 * sum(len(label) > 1 or columns(label) > 1 for label in labels) <= fields:
        return False
    return fields >= _FEWEST and len(set(labels)) == fields and 3 * sentences <= fields and 2 * goes_on <= fields


def form(unit: Unit) -> Block:
    """The fields of a form, each a term with what is said of it."""
    indent = unit.lines[0].indent
    return as_terms(unit, lambda line: line.indent > indent + 1, _field_end)


def _field_end(line: Line) -> int:
    match = _FIELD.match(line.text)
    return match.end() if match else 0


def _label(line: Line) -> str:
    """What a field is called; empty for a line that is none."""
    match = _FIELD.match(line.text)
    if match is None or line.turn is not None:
        return ""
    label = match["label"]
    words = label.split()
    first = label[0]
    if len(words) > _MOST_WORDS or (first.islower() and first.upper() != first):
        return ""
    # Where white space was collapsed in the line, only a label of one word surely ends where it does.
    is_sure = len(line.text) == line.end - line.begin or match.end() == len(words[0]) + 1
    return label if is_sure else ""
