"""Which language of markup a text is written in, and what its blocks are; its title is its first heading's words.

A language is told by several of its own signs, never by one; Markdown, reStructuredText and Org are read with all other
texts, for what marks their blocks is what marks a plain text's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from solander.model.page import Block, Division, Signal, plain
from solander.reading.plain.lines import Line
from solander.reading.plain.readings import Read
from solander.reading.plain.sources.asciidoc import asciidoc_roles, is_asciidoc
from solander.reading.plain.sources.latex import is_latex, latex_roles
from solander.reading.plain.sources.pod import is_pod, pod_roles
from solander.reading.plain.sources.roles import Role, assembled
from solander.reading.plain.sources.texinfo import is_texinfo, texinfo_roles
from solander.reading.plain.sources.troff import is_troff, troff_roles
from solander.reading.plain.sources.wikis import dokuwiki_roles, is_dokuwiki, is_mediawiki, mediawiki_roles

_FEWEST = 4
_LOOKED_AT = 400
_NAME, _NAME_CHARACTERS = "=head1 NAME", 200


class _Language(NamedTuple):
    signs: str
    """Characters of which one begins some line of its texts."""
    first: str
    """Characters of which one begins the first line; empty where any does."""
    tells: Callable[[Sequence[Line]], bool]
    roles: Callable[[Sequence[Line], str], list[Role]]


_LANGUAGES: Final = (
    _Language("=", "=", is_pod, pod_roles),
    _Language("@", "", is_texinfo, texinfo_roles),
    _Language(".'", ".'", is_troff, troff_roles),
    _Language("\\", "", is_latex, latex_roles),
    _Language("=", "", is_dokuwiki, dokuwiki_roles),
    _Language("=", "", is_mediawiki, mediawiki_roles),
    _Language("=", "", is_asciidoc, asciidoc_roles),
)
_COMMAND = re.compile(
    r"=head[1-6] |={1,6} |@[a-z]+ |\\[a-z]+\*?(?:\[[^\[\]]*\])?\{(?=.*\}\Z)|\.(?:TH|Dt)\s+\"?(?P<manual>[^\s\"]+)\"?"
    r"\s+\"?(?P<section>[0-9][a-z]*)"
)
_CLOSES = re.compile(r"\}\Z| ={1,6}\Z")


def source_of(lines: Sequence[Line], text: str) -> Read | None:
    """Read a text that is a source in one of the languages; ``None`` for any other.

    Args:
        lines: all of them.
        text: of which they are.
    """
    if len(lines) < _FEWEST:
        return None
    signs = {line.text[0] for line in lines[:_LOOKED_AT]}
    first = lines[0].text[0]
    for language in _LANGUAGES:
        if signs.isdisjoint(language.signs) or (language.first and first not in language.first):
            continue
        if language.tells(lines):
            made = assembled(language.roles(lines, text), text)
            title = _title(made.blocks)
            signals = (title,) if title else ()
            return Read((Division("main", made.blocks),), title.value if title else None, signals, made.joined, {})
    return None


def _title(blocks: Sequence[Block]) -> Signal | None:
    """What the text is called: its one heading of the first level, or what stands below a first heading "NAME"."""
    first = next((at for at, block in enumerate(blocks) if block.kind == "heading"), len(blocks))
    if [block.kind for block in blocks[first : first + 2]] == ["heading", "paragraph"] and plain(
        blocks[first]
    ) == _NAME:
        words = plain(blocks[first + 1])
        return Signal("line", "title", words, blocks[first + 1].source) if len(words) <= _NAME_CHARACTERS else None
    heads = [block for block in blocks if block.kind == "heading" and (block.attributes or {}).get("level") == "1"]
    if len(heads) != 1:
        return None
    written = plain(heads[0])
    command = _COMMAND.match(written)
    if command is not None and command["manual"]:
        words = f"{command['manual']}({command['section']})".replace("\\-", "-")
    else:
        words = _CLOSES.sub("", written[command.end() :] if command else written).strip()
    return Signal("line", "title", words, heads[0].source) if words else None
