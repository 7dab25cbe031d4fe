"""Programs of languages in which nearly each line begins with a word of the language: Make, Vim, DOS's batches, images.

Their lines have hardly the signs that other programs have. Each kind asks for nine in ten of its statements.

Source: POSIX, ``make``; Vim's help, "usr_41"; Dockerfile's reference; ``cmd`` of Windows, in outline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solander.reading.plain.lines import Line

_FEWEST = 4
_TAB = 8
_RULE = re.compile(r"[\w.%$(){}/@*+-][\w.%$(){}/@*+ -]{0,200}::?(?![:=])(?:\s|\Z)")
_SETTING = re.compile(r"(?:export |override |define )?[\w.$(){}-]{1,60} ?(?:[?+:!]|::)?=|define \w+\Z")
_DIRECTIVE = re.compile(
    r"(?:-?include|ifdef|ifndef|ifeq|ifneq|endif|else|export|unexport|endef|vpath|undefine)(?: |\Z)|\$[({]"
)
_PHONY = ".PHONY"
_EXPANDED = ("$(", "${", ".PHONY")
_SIGN = re.compile(r"[=@%&<>\\|!\[\]{}*_]|\w\(|\A:\w|\A[\w-]+\Z")
_LAST_WORD = 40
_SENTENCE = re.compile(r"[a-z]{2,}[.!?]\Z")
_VIM = re.compile(
    r"(?:syn(?:tax)?|hi(?:ghlight)?|HiLink|let|if|else(?:if)?|en(?:d|di|dif)|fun?c?(?:tion)?!?|endf\w*|set(?:l\w*)?|call?|aug?r?o?u?p?|"
    r"autocmd|com(?:mand)?!?|[nvoixsc]?(?:nore)?map!?|unm\w*|fini?s?h?|ret?u?r?n?|for|endfor|while|endwhile|try|catch|"
    r"finally|endtry|runtime!?|source|exec?u?t?e?|unlet!?|delf\w*|[anv]?(?:nore)?menu|silent!?|sil!?|echo\w*|normal!?|"
    r"scriptenc\w*|colorscheme|tmenu|def|enddef|const|var|export|import|vim9script|aun?menu|\\|setf)"
    r"(?:[ !(|]|\Z)"
)
_IMAGE = re.compile(
    r"(?:FROM|RUN|COPY|ADD|CMD|ENTRYPOINT|ENV|ARG|WORKDIR|EXPOSE|USER|VOLUME|LABEL|ONBUILD|STOPSIGNAL|HEALTHCHECK|SHELL|"
    r"MAINTAINER)\s+\S"
)
_BATCH = re.compile(
    r"@?(?:echo|set|if|goto|call|rem|for|exit|pause|cd|setlocal|endlocal|shift|copy|del|start|title|else|md|mkdir|rd|"
    r"popd|pushd|type|move|xcopy|cls|nmake|cl|link)\b|:[\w:]|[()%@\"]",
    re.IGNORECASE,
)
_BATCH_REMARK = re.compile(r"@?rem\b|::|@?echo(?: off\Z|\.| (?=[^%]*\Z))", re.IGNORECASE)
_BATCH_BEGINS = re.compile(r"@?echo off\b|@?setlocal\b|@?rem\b|::", re.IGNORECASE)


def are_statements(lines: Sequence[Line]) -> bool:
    """Whether lines from a text's beginning are statements of such a language.

    Args:
        lines: some hundreds, in order.
    """
    if len(lines) < _FEWEST:
        return False
    first = lines[0].text
    if first.startswith(("#", "FROM ", "ARG ")) and _is_image(lines):
        return True
    if _BATCH_BEGINS.match(first):
        said = [line.text for line in lines]
        return _most(_BATCH, said) and _have_signs([text for text in said if not _BATCH_REMARK.match(text)])
    if first[0] == '"' or _VIM.match(first):
        said = [line.text for line in lines if line.text[0] != '"']
        return len(said) >= _FEWEST and _most(_VIM, said) and _have_signs(said)
    return _is_make(lines)


def _most(pattern: re.Pattern[str], said: Sequence[str]) -> bool:
    return 10 * sum(pattern.match(text) is not None for text in said) >= 9 * len(said)


def _have_signs(said: Sequence[str]) -> bool:
    """Whether one line in four has a sign that is no punctuation, and hardly any is a sentence."""
    signs = sum(_SIGN.search(text) is not None for text in said)
    return len(said) > 1 and 4 * signs >= len(said) and 8 * sum(map(_is_sentence, said)) <= len(said)


def _is_sentence(text: str) -> bool:
    return _SENTENCE.search(text[-_LAST_WORD:]) is not None


def _begun(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines that are no remarks and go on with none above them that ends with a stroke."""
    goes_on = False
    for line in lines:
        if not goes_on and line.text[0] != "#":
            yield line
        goes_on = line.text[-1] == "\\" or (goes_on and line.text[0] == "#")


def _is_image(lines: Sequence[Line]) -> bool:
    said = [line.text for line in _begun(lines)]
    if len(said) < _FEWEST - 1 or not any(text.startswith("FROM ") for text in said[:_TAB]):
        return False
    return _most(_IMAGE, said)


def _is_make(lines: Sequence[Line]) -> bool:
    """Whether lines are rules, with what makes each set in by a tab below it, and settings."""
    if not any(one in line.text for line in lines for one in _EXPANDED):
        return False
    said = list(_begun(lines))
    rules = labels = settings = recipes = others = 0
    within = False
    for line in said:
        text = line.text
        if line.indent >= _TAB and within:
            recipes += 1
            others += _is_sentence(text)
        elif not text.startswith(_PHONY) and _RULE.match(text) is not None:
            rules += 1
            labels += text.partition(":")[0].isupper() and "$" not in text
            within = True
        elif _SETTING.match(text) is not None or text.startswith(_PHONY) or _DIRECTIVE.match(text) is not None:
            settings += 1
        else:
            others += 1
    told = rules + settings + recipes
    # Labels in capitals with what is set in below them are those of a list of addresses.
    if not settings or 2 * labels > rules:
        return False
    return len(said) >= _FEWEST and rules > 0 and (recipes > 1 or settings > rules) and 10 * others <= told
