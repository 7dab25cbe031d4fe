"""Whether lines are a program: most of what is no remark in them has the signs of one, and hardly any is prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from solander.reading.plain.code import looks_like_code

if TYPE_CHECKING:
    from solander.reading.plain.lines import Line

_FEWEST = 5
_GLANCED, _LOOKED_AT, _WORDS = 80, 120, 5
_ENDS, _SIGNS_FIRST = frozenset("{}();:=,>]*/\\\"'"), frozenset("#/<*@.$%;!|&({\"'")
_CLOSES = frozenset(("end", "fi", "done", "else"))
_CHARACTERS = 400
"""So much of a line is looked at."""
_OPENS = re.compile(
    r"#! ?/|<\?(?:php|xml)|<!DOCTYPE|#(?:include|define|ifndef|ifdef|pragma)\b|package [\w.:]+;?\Z|import [\w.{*\"'<]"
    r"|from [\w.]+ import |using [\w.]+;|/\*|//|\"\"\"|[\"']use strict[\"']|\(\*|--|;;|module |library\(|require|"
    r"# ?-\*-|%|SET |CREATE |DROP |@"
)
_REMARK = re.compile(r"#(?!include|define|if|endif|else|pragma|undef)|//|/\*|--|;|%|<!--|REM |rem |dnl\b")
_BEGINS = re.compile(
    r"(?:return|if|else|elif|elsif|fi|done|end|endif|for|foreach|while|case|esac|switch|break|continue|pass|raise|throw|"
    r"def|class|fn|func|function|sub|my|our|local|let|var|const|public|private|protected|static|struct|enum|interface|"
    r"impl|use|import|from|package|namespace|template|typedef|extern|int|void|char|bool|auto|unsigned|try|except|catch|"
    r"finally|with|yield|async|await|assert|print|printf|echo|require|include|module|require_once|end;|begin|BEGIN|END|"
    r"SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|FROM|WHERE|VALUES|SET)(?:\b|\Z)[^.!?]*\Z"
)
_SIGNS = re.compile(r"[{}();=\[\]<>$@\\|&]|\w\.\w|::|\w_\w|\A[.#][\w-]+ |\A[\w-]+: ?[^ ]+;|,\Z|\A[\"'].*[\"'],?\Z|:\Z")
_PROSE = re.compile(r"(?:[^\W\d_]{2,}[,;:]? ){4,}[^\W\d_]{2,}")
_OF_A_DOCUMENT = re.compile(r"\.\. [\w|_\[]|#{2,6} \w|={2,5} \w|[-=~^`]{4,}\Z|```|[*+-] +[^\W\d_]")
"""A heading, a directive or an item, as texts are written that explain programs."""
_SURE = ("#!/", "#! /", "<?php", "<?xml")
_QUOTES = ('"""', "'''")


def is_program(lines: Sequence[Line]) -> bool:
    """Whether lines from a text's beginning are a program's.

    Args:
        lines: some hundreds, in order.
    """
    # Of prose hardly a line begins or ends with a sign: most texts are told by a glance.
    glanced = lines[:_GLANCED]
    signs = sum(one.text[-1] in _ENDS or one.text[0] in _SIGNS_FIRST or one.text in _CLOSES for one in glanced)
    wordy = sum(one.text[0].isalpha() and one.text[-1] not in _ENDS and one.text.count(" ") > _WORDS for one in glanced)
    if (5 * signs < len(glanced) or 3 * wordy > len(glanced)) and not lines[0].text.startswith(_SURE):
        return False
    lines = lines[:_LOOKED_AT]
    said = _without_remarks(lines)
    if len(said) < _FEWEST or len(said) * 8 < len(lines):
        return False
    prose = sum(_PROSE.search(text) is not None and not looks_like_code(text) for text in said)
    # What explains a program has much of its code, and headings and items.
    if 8 * prose > len(said) or 20 * sum(map(_is_written, lines)) > len(said):
        return False
    first = lines[0].text
    if first.startswith(_SURE):
        return True
    opened = _OPENS.match(first) is not None or _OPENS.match(said[0]) is not None
    # A line of words above it all is a title.
    if not opened and _REMARK.match(first) is None and not _may_be_code(first):
        return False
    code = sum(map(looks_like_code, said))
    likely = sum(map(_may_be_code, said))
    return 10 * code >= (2 if opened else 3) * len(said) and 10 * likely >= (7 if opened else 8) * len(said)


def _may_be_code(text: str) -> bool:
    return looks_like_code(text) or _BEGINS.match(text) is not None or _SIGNS.search(text) is not None


def _without_remarks(lines: Sequence[Line]) -> list[str]:
    """The lines that are no remarks of a program, by their marks or between those of longer ones."""
    said: list[str] = []
    until = ""
    for line in lines:
        text = line.text[:_CHARACTERS]
        if until:
            until = "" if until in text else until
        elif text.startswith(("/*", "<!--")):
            end = "*/" if text[1] == "*" else "-->"
            until = "" if end in text else end
        elif (quote := next((one for one in _QUOTES if text.count(one) == 1), "")) and _opens_text(text, quote):
            until = quote
            said.append(text)
        elif _REMARK.match(text) is None and not text.startswith(_QUOTES):
            said.append(text)
    return said


def _is_written(line: Line) -> bool:
    """Whether a line is a heading, a directive or an item: in a program it stands in remarks, which are set in."""
    return line.indent == 0 and _OF_A_DOCUMENT.match(line.text) is not None


def _opens_text(text: str, quote: str) -> bool:
    before = text[: text.index(quote)].rstrip()
    return not before or before[-1] in "=(,rbfu[:"
