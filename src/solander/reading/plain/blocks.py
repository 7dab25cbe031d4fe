"""Units of a plain text -> blocks: headings where they are sure, lists, quotations, what is set in columns.

Every mark stays in the text: a bullet, a number, the line beneath a heading. What is not sure is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence

from solander.model.page import Block
from solander.reading.plain.code import language_of
from solander.reading.plain.fields import form, is_form
from solander.reading.plain.lines import BULLET, SENTENCE_END, columns
from solander.reading.plain.mail import is_mail, mail_head, quotation
from solander.reading.plain.marks import Mark, follows, mark_of
from solander.reading.plain.places import are_words, is_called
from solander.reading.plain.sections import is_part_alone
from solander.reading.plain.units import Unit

LIST_DEPTH = 5
"""Lists within lists; a deeper item stands at this depth."""

SENTENCE_CHARACTERS = 20_000
"""Text in which no sentence ends within so much has none."""

QUOTED_COLUMNS = 3
"""So much further in than the words above it stands a quotation."""

_QUOTATION = re.compile(r"[\"“„«‹「『].*[\"”“»›」』][.,]?", re.DOTALL)
_ENDS_SENTENCE = re.compile(r"[.!?。！？…]")
_ASKS = ("?", "!", "…", "?»", "!»")
_HASHES = re.compile(r"(?P<hashes>#{1,6}) \S.{0,200}\Z|(?P<signs>={2,6}) ?[^\s=].{0,200}?(?: ?(?P=signs))?\Z")
# Three of them are a prompt; one line of them is an arrow.
_QUOTED = re.compile(r">(?: ?>)?(?!>)(?:\s|\Z|\w)")
_UNDERLINE = re.compile(r"([-=~^*_#])\1{2,}\Z")


def is_running(unit: Unit) -> bool:
    """Whether it is a sentence or more, long enough to be text."""
    text = unit.text
    if unit.form in ("marks", "aligned", "quoted", "code", "term") or not _ENDS_SENTENCE.search(
        text, 0, SENTENCE_CHARACTERS
    ):
        return False
    return columns(text) > 160 or (columns(text) > 70 and SENTENCE_END.search(text) is not None)


def is_underlined(units: Sequence[Unit], at: int) -> bool:
    """Whether a line of dashes of about its length stands right beneath this one."""
    if at + 1 >= len(units) or units[at].form != "line" or units[at + 1].form != "marks" or units[at + 1].gap:
        return False
    mark, words = units[at + 1].text, units[at].text
    return (
        _UNDERLINE.match(mark) is not None
        and columns(words) * 2 <= len(mark) * 3
        and len(mark) <= columns(words) + 6
        and (at == 0 or units[at].gap)
    )


def is_capitals(units: Sequence[Unit], at: int) -> bool:
    """Whether a line in capitals stands alone above text that is none."""
    unit = units[at]
    text = unit.text
    if unit.form != "line" or not unit.gap or len(text) > 80 or text.endswith((".", ",", ";", ":", "!")):
        return False
    if not text.isupper() or not are_words(text) or sum(map(str.isalpha, text)) < 4 or any(map(str.isdigit, text)):
        return False
    after = units[at + 1] if at + 1 < len(units) else None
    if after is None or not after.gap or after.text.isupper():
        return False
    return is_running(after) or (after.form == "broken" and len(after.lines) > 2)


def hashes(unit: Unit) -> int:
    """How many "#" stand before a heading as Markdown has it, or "=" as wikis do; 0 where there is none."""
    match = _HASHES.match(unit.text) if unit.form == "line" and unit.gap else None
    return len(match["hashes"] or match["signs"]) if match else 0


class Levels:
    """The levels of a text's headings."""

    def __init__(self, told: Mapping[int, int], names: Container[int] = (), *, is_play: bool = False) -> None:
        """Begin with those that several lines tell together.

        Args:
            told: where each begins, and its level.
            names: where lines begin that say who speaks, and are no headings.
            is_play: whether the text is one.
        """
        self.told, self.names, self.is_play = told, names, is_play
        self.of_marks: dict[str, str] = {}
        """Which mark beneath a heading stands for which level, as met so far."""

    def of(self, units: Sequence[Unit], at: int) -> str | None:
        """The level of a heading; ``None`` for what is none."""
        unit = units[at]
        if is_underlined(units, at):
            deeper = 2 + len(self.of_marks) - ("1" in self.of_marks.values())
            return self.of_marks.setdefault(units[at + 1].text[0], str(min(6, deeper)))
        if (level := self.told.get(unit.lines[0].begin)) is not None and unit.form == "line":
            return str(min(6, level))
        if is_capitals(units, at) and unit.lines[0].begin not in self.names:
            return "2"
        return str(level_of_hashes) if (level_of_hashes := hashes(unit)) else None


def blocks_of(units: Sequence[Unit], levels: Levels, depth: int = 0) -> tuple[Block, ...]:
    """The blocks of units that stand side by side in the text proper.

    Args:
        units: in their order.
        levels: those of the text's headings; added to.
        depth: in how many explanations of terms they stand; beyond ``LIST_DEPTH`` a term is a paragraph.
    """
    blocks: list[Block] = []
    at = 0
    while at < len(units):
        unit = units[at].unturned() if units[at].turn and _is_kept(units[at]) else units[at]
        if (level := levels.of(units, at)) is not None:
            blocks.append(Block("heading", unit.pointer, unit.content(), {"level": level}))
        elif _is_called(units, at, blocks):
            blocks.append(Block("subtitle", unit.pointer, unit.content()))
        elif unit.form == "term" and depth < LIST_DEPTH:
            glossary, at = _glossary(units, at, levels, depth)
            blocks.append(glossary)
            continue
        elif (items := _items(units, at)) > 1:
            group = units[at : at + items]
            # In many languages a dash opens what somebody says.
            is_speech = any(one.text[0] == "-" and one.text.endswith(_ASKS) for one in group)
            blocks.extend(map(paragraph, group) if is_speech else [_list(group)])
            at += items
            continue
        elif (set_in := _quoted_units(units, at)) > 0:
            group = units[at : at + set_in]
            pointer = f"char={group[0].lines[0].begin},{group[-1].end}"
            blocks.append(Block("quote", pointer, tuple(map(paragraph, group))))
            at += set_in
            continue
        elif unit.form == "quoted" and at and units[at - 1].text.endswith((":", "：")) and _is_quoted(unit):
            blocks.append(quotation(unit))
        else:
            blocks.append(_block(unit))
        if unit is not units[at] and (turn := units[at].lines[-1].turn) is not None and turn.end > turn.begin:
            blocks.append(Block("paragraph", f"char={turn.begin},{turn.end}", turn.content))
        at += 1
    return tuple(blocks)


def _is_kept(unit: Unit) -> bool:
    """Whether its lines are kept as they are: what stands at a page's turn behind them stands by itself."""
    return unit.form in ("code", "aligned", "quoted") or is_mail(unit)


def _glossary(units: Sequence[Unit], at: int, levels: Levels, depth: int) -> tuple[Block, int]:
    """Terms with what explains each, and the unit behind them; what explains one is set in further than it."""
    begin, indent = at, units[at].lines[0].indent
    parts: list[Block] = []
    while at < len(units) and units[at].form == "term" and units[at].lines[0].indent == indent:
        end = at + 1
        while (
            end < len(units)
            and all(line.indent > indent for line in units[end].lines)
            and not _heads(units, end, levels)
        ):
            end += 1
        explained = units[at + 1 : end]
        parts.append(Block("term", units[at].pointer, units[at].content()))
        if explained:
            pointer = f"char={explained[0].lines[0].begin},{explained[-1].end}"
            parts.append(Block("definition", pointer, blocks_of(explained, levels, depth + 1)))
        at = end
    return Block("glossary", f"char={units[begin].lines[0].begin},{units[at - 1].end}", tuple(parts)), at


def _heads(units: Sequence[Unit], at: int, levels: Levels) -> bool:
    return levels.of(units, at) is not None


def _quoted_units(units: Sequence[Unit], at: int) -> int:
    """How many units from here on are a quotation that is set in; 0 where none is.

    It is prose below words that announce it with a colon, or stands between marks of quotation itself; what follows
    set in like it, in lines broken to fit, goes on with it.
    """
    before, unit = units[at - 1] if at else None, units[at]
    if before is None or before.form not in ("line", "joined", "broken") or not _is_set_in(unit, before):
        return 0
    announced = before.text.endswith((":", "："))
    is_marked = _QUOTATION.fullmatch(unit.text) is not None if len(unit.text) <= SENTENCE_CHARACTERS else False
    if not (announced and (unit.form == "joined" or is_marked)) and not (is_marked and len(unit.lines) > 1):
        return 0
    end = at + 1
    while end < len(units) and units[end].form == "joined" and _is_set_in(units[end], before):
        if BULLET.match(units[end].text):
            break
        end += 1
    return end - at


def _is_set_in(unit: Unit, before: Unit) -> bool:
    margin = min(line.indent for line in before.lines) + QUOTED_COLUMNS
    return unit.form in ("line", "joined", "broken") and all(line.indent >= margin for line in unit.lines)


def _is_called(units: Sequence[Unit], at: int, blocks: Sequence[Block]) -> bool:
    """Whether a line is what the part is called whose number stands above it."""
    unit = units[at]
    if not at or not blocks or blocks[-1].kind != "heading" or not is_part_alone(units[at - 1].text):
        return False
    follows = at + 1 < len(units) and units[at + 1].gap
    return unit.form == "line" and follows and is_called(unit.text) and not BULLET.match(unit.text)


def paragraph(unit: Unit) -> Block:
    """A unit as a paragraph, whatever its form."""
    return Block("paragraph", unit.pointer, unit.content())


def _is_quoted(unit: Unit) -> bool:
    return all(_QUOTED.match(line.text) for line in unit.lines)


def _block(unit: Unit) -> Block:
    if unit.form == "marks":
        return Block("text", unit.pointer, unit.content())
    if unit.form in ("broken", "aligned") and is_form(unit.lines):
        return form(unit)
    if unit.form == "quoted" and len(unit.lines) > 1 and _is_quoted(unit):
        return quotation(unit)
    if is_mail(unit):
        return mail_head(unit)
    if unit.form == "address":
        return Block("text", unit.pointer, unit.content(), {"role": "address"})
    if unit.form == "code":
        language = language_of(unit.lines[0].text)
        return Block("preformatted", unit.pointer, unit.content(), {"language": language} if language else None)
    if unit.form == "aligned":
        return Block("preformatted", unit.pointer, unit.content())
    return paragraph(unit)


def _items(units: Sequence[Unit], begin: int) -> int:
    """How many units from here on are items that follow one another; two make a list, of initials three."""
    marks: dict[int, Mark] = {}
    initials = 0
    at = begin
    while at < len(units) and units[at].form != "code" and (mark := mark_of(units[at].text)) is not None:
        indent = units[at].lines[0].indent
        if marks and indent < min(marks):
            # Numbers may be set to the right ("9.", "10."); other marks further out are another list's.
            outermost = marks.pop(min(marks))
            marks = {indent: outermost}
        for deeper in [one for one in marks if one > indent]:
            del marks[deeper]
        before = marks.get(indent)
        if (before is None and mark.weak and not mark.begins) or (before is not None and not follows(before, mark)):
            break
        marks[indent] = mark
        initials += mark.initial
        at += 1
    return at - begin if initials < at - begin or initials > 2 else 0


def _list(units: Sequence[Unit]) -> Block:
    """A list, with those within it by their indentation; no recursion but for ``LIST_DEPTH``."""
    open_lists: list[tuple[int, str, list[Block]]] = [(units[0].lines[0].indent, units[0].pointer, [])]
    for unit in units:
        indent = unit.lines[0].indent
        while len(open_lists) > 1 and indent < open_lists[-1][0]:
            _close(open_lists)
        if indent > open_lists[-1][0] and open_lists[-1][2] and len(open_lists) < LIST_DEPTH:
            open_lists.append((indent, unit.pointer, []))
        leaf = Block("text", unit.pointer, unit.content())
        open_lists[-1][2].append(Block("item", unit.pointer, (leaf,)))
    while len(open_lists) > 1:
        _close(open_lists)
    _, source, items = open_lists[0]
    return Block("list", source, tuple(items), {"rend": "plain"})


def _close(open_lists: list[tuple[int, str, list[Block]]]) -> None:
    """Put the innermost list into the last item of the one around it."""
    _, source, items = open_lists.pop()
    outer = open_lists[-1][2]
    holder = outer[-1]
    inner = Block("list", source, tuple(items), {"rend": "plain"})
    outer[-1] = holder._replace(content=(*holder.content, inner))
