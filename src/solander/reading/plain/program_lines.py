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
_ENOUGH = 32
"""Of so many lines half at the least may be code."""
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
_STRONG = re.compile(
    r"\A\\[a-zA-Z@]+|\A'?\(+[a-z][\w*!?<>=/+:-]*(?:[ )]|\Z)|\A[^(]*\)\)+\Z|\$[\w({@]"
    r"|\A(?:def|class|module|attr_\w+|local|my|our|let|var|const|sub|proc|set|setlocal|setl|syn|hi|func(?:tion)?!?|"
    r"subroutine|program|implicit|integer|real|character|logical|call|use|require_relative|include|extend|private|"
    r"static|elseif|elsif|when|unset|rem|REM|goto|cset|define|struct|typedef|endif)\b[^.?]*[^.?,;:!\s]\Z"
    r"|\A(?:end|fi|done|esac|endif|else|begin)(?: ?(?:if|do|function|subroutine|module|while|for|try|program))?\b;?\Z"
    r"|\A@\w+|\A[A-Z_]{3,}(?:$|\()|\A#(?:if|endif|else|define|undef|include)"
)
"""Signs of code at the margin too, where they would not be enough to tell a block within a text."""
_PROSE = re.compile(r"(?:[^\W\d_]{2,}[,;:]? ){4,}[^\W\d_]{2,}")
_OF_A_DOCUMENT = re.compile(r"\.\. [\w|_\[]|#{2,6} \w|={2,5} \w|[-=~^`]{4,}\Z|```|[*+-] +[^\W\d_]")
"""A heading, a directive or an item, as texts are written that explain programs."""
_SURE = ("#!/", "#! /", "<?php", "<?xml")
_LISP = re.compile(r"\([a-z][a-z*/-]*[ )]")
_QUOTE = re.compile(r'(?<!\\)"')
_DOCUMENTS = re.compile(r"=(?:head[1-6]|pod|over|item|begin|for|encoding)\b")
_HERE = re.compile(r"<<[~-]?\s?['\"]?(?P<tag>[A-Z][A-Z_]{1,20})['\"]?[;,)]*\Z")
"""What opens a text within a program, which ends with its tag."""
_QUOTES = ('"""', "'''")


def is_program(lines: Sequence[Line]) -> bool:
    """Whether lines from a text's beginning are a program's.

    Args:
        lines: some hundreds, in order.
    """
    # Of prose hardly a line begins or ends with a sign: most texts are told by a glance.
    glanced = lines[:_GLANCED]
    signs = wordy = 0
    for one in glanced:
        text = one.text
        if text[-1] in _ENDS or text[0] in _SIGNS_FIRST or text in _CLOSES:
            signs += 1
        elif text[0].isalpha() and text.count(" ") > _WORDS:
            wordy += 1
    first = lines[0].text
    if (5 * signs < len(glanced) or 3 * wordy > len(glanced)) and not first.startswith(_SURE):
        return False
    opens = _OPENS.match(first) is not None
    worded = not opens and _REMARK.match(first) is None and _PROSE.search(first) and not looks_like_code(first)
    # A line of words above it all is a title, and so are rows of marks.
    if worded or first.startswith("= ") or not first.strip("=~^_"):
        return False
    if _has_prose(_without_remarks(lines[:_ENOUGH]), 3):
        return False
    lines = lines[:_LOOKED_AT]
    said = _without_remarks(lines)
    if len(said) < _FEWEST or len(said) * 8 < len(lines):
        return False
    # What explains a program has much of its code, and headings and items; a rule of dashes is as well a remark.
    dashed = first.startswith("--")
    written = sum(_is_written(one) and not (dashed and not one.text.strip("-")) for one in lines)
    if 20 * written > len(said) or _has_prose(said, 8 if len(said) > 8 else len(said) // 2):
        return False
    if first.startswith(_SURE):
        return True
    opened = opens or _OPENS.match(said[0]) is not None
    # A line of words above it all is a title.
    if not opened and _REMARK.match(first) is None and not first.startswith('" ') and not _may_be_code(first):
        return False
    code = likely = 0
    for at, text in enumerate(said, 1):
        if looks_like_code(text) or _STRONG.search(text) is not None:
            code += 1
            likely += 1
        else:
            likely += _SIGNS.search(text) is not None or _BEGINS.match(text) is not None
        if at == _ENOUGH and 2 * likely < at:
            return False
    return 10 * code >= (2 if opened else 3) * len(said) and 10 * likely >= (7 if opened else 8) * len(said)


def _has_prose(said: Sequence[str], share: int) -> bool:
    """Whether more than one line in so many is words in a row."""
    left = len(said) // share
    for text in said:
        if text.count(" ") >= _WORDS - 1 and _PROSE.search(text) is not None and not looks_like_code(text):
            left -= 1
            if left < 0:
                return True
    return False


def _may_be_code(text: str) -> bool:
    return (
        looks_like_code(text)
        or _STRONG.search(text) is not None
        or _BEGINS.match(text) is not None
        or _SIGNS.search(text) is not None
    )


def _without_remarks(lines: Sequence[Line]) -> list[str]:
    """The lines that are no remarks of a program, by their marks or between those of longer ones."""
    said: list[str] = []
    until = ""
    is_vim = lines[0].text.startswith('" ')
    for line in lines:
        text = line.text[:_CHARACTERS]
        if until:
            until = "" if until in text else until
        elif is_vim and text[0] == '"':
            continue
        elif said and text[0] == "=" and _DOCUMENTS.match(text):
            until = "=cut"
        elif said and _LISP.match(said[0]) and len(_QUOTE.findall(text)) % 2:
            # Lisp writes over many lines what a function is for.
            until = '"'
            if text[0] != until:
                said.append(text)
        elif text.startswith(("/*", "<!--")):
            end = "*/" if text[1] == "*" else "-->"
            until = "" if end in text else end
        elif (quote := next((one for one in _QUOTES if text.count(one) == 1), "")) and _opens_text(text, quote):
            until = quote
            said.append(text)
        elif _REMARK.match(text) is None and not text.startswith(_QUOTES):
            said.append(text)
            if "<<" in text and (here := _HERE.search(text)) is not None:
                until = here["tag"]
    return said


def _is_written(line: Line) -> bool:
    """Whether a line is a heading, a directive or an item: in a program it stands in remarks, which are set in."""
    return line.indent == 0 and _OF_A_DOCUMENT.match(line.text) is not None


def _opens_text(text: str, quote: str) -> bool:
    before = text[: text.index(quote)].rstrip()
    return not before or before[-1] in "=(,rbfu[:"
