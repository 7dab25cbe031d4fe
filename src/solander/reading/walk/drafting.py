"""The page in the making: runs of text become leaves, leaves stand in containers, each with a line in the survey."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from solander.model.page import TEXT_CHARACTERS, Block, InlineContent
from solander.reading.divisions import Draft, DraftLeaf, name_speaker
from solander.reading.naming.messages import said_of_message
from solander.reading.survey import Survey
from solander.reading.walk.leaf import FRESH, Leaf
from solander.reading.walk.permalinks import permalinked

_WRAPPERS = {"list": ("item",), "glossary": ("definition",), "row": ("cell",), "table": ("row", "cell")}
"""What stands between a container and a block that it cannot hold as it is."""

_ROLES = {"address": ("", "address"), "footer": ("quote", "attribution")}
"""What a run in an element is to its container, if that is of this kind (or of any)."""

_MAY_STAND_IN = {
    "list": frozenset(("item",)),
    "glossary": frozenset(("term", "definition")),
    "row": frozenset(("cell",)),
    "table": frozenset(("row", "caption")),
}


HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
"""A style that hides what has it."""
_new = object.__new__
_made = tuple.__new__
"""What a named tuple's own call comes to, without that call: blocks come by the hundred."""


class State:
    """What holds for the runs within an element; put back when it ends."""

    __slots__ = (
        "code",
        "container",
        "direction",
        "forced",
        "hidden",
        "kind",
        "language",
        "level",
        "preserved",
    )

    def __init__(self, container: Draft) -> None:
        self.code = ""
        """The language of the code that is set as it was written."""
        self.container = container
        self.direction: str | None = None
        self.forced = False
        """The kind holds for all runs within, whatever blocks lie between."""
        self.hidden = False
        self.kind = "text"
        self.language: str | None = None
        self.level = ""
        self.preserved = False

    def unlike(self, outer: State) -> State:
        """A state that may differ from the outer one from here on: most elements change nothing, and share theirs."""
        if self is not outer:
            return self
        other = _new(State)
        other.container, other.forced, other.hidden, other.kind = self.container, self.forced, self.hidden, self.kind
        other.code, other.direction = self.code, self.direction
        other.language, other.level, other.preserved = self.language, self.level, self.preserved
        return other


def said_of_words(state: State, outer: State, tag: str) -> dict[str, str] | None:
    """What an element in the line says of its words by attributes: language, direction, that they are hidden."""
    own: dict[str, str] = {}
    if state.language is not outer.language and state.language:
        own["lang"] = state.language
    if state.direction and (state.direction is not outer.direction or tag == "bdo"):
        own["dir"] = f"bidi-override {state.direction}" if tag == "bdo" else state.direction
    if state.hidden and not outer.hidden:
        own["hidden"] = "hidden"
    return own or None


def hides(style: str) -> bool:
    """Whether a ``style`` hides; most have neither of the words, and a look for them costs a tenth of the pattern."""
    lowered = style.lower()
    return ("none" in lowered or "hidden" in lowered) and HIDING.search(style) is not None


class Drafting:
    """Holds what is made so far; the walk over the tree tells it where runs end."""

    __slots__ = (
        *(
            "adrift",
            "begun",
            "element",
            "leaf",
            "lines",
            "owner",
            "parted",
            "pointed",
            "pointing",
            "reopened",
            "state",
            "survey",
        ),
        *("tag", "top"),
    )

    def __init__(self, path: str) -> None:
        self.survey = Survey()
        self.lines: list[tuple[int, str, str, str, bool, int]] = []
        """A line an element, for the survey: six columns are made of them in the end, at a tenth of the cost."""
        self.leaf = Leaf()
        self.top = Draft("page", "", None, 0, None)
        self.state = State(self.top)
        self.element = 0
        """The innermost element that has a line in the survey."""
        self.adrift = False
        """Whether the run has no words yet, and its place is that of something else."""
        self.begun = -1
        """The one in which the first words of the run stood; negative while none did."""
        self.tag = "body"
        """The innermost block-level element's."""
        self.pointing: list[InlineContent] = []
        """The contents of the leaves that hold a link to a place in the page."""
        self.pointed = 0
        """How many characters the pointers of all leaves have."""
        self.reopened = 0
        """How many marks stood open where a run ended: each stands in that run, and in the next again."""
        self.owner = path
        """The block-level element that was just begun: its first run bears its pointer. Empty after that run."""
        self.parted = False
        """An empty line ended the run before this one."""

    def add_long_text(self, data: str, source: str, continued: str) -> None:
        """Take a text that no XML tool would take in one piece: it is parted between words."""
        while data:
            end = len(data)
            if end > TEXT_CHARACTERS:
                end = max(data.rfind(mark, 0, TEXT_CHARACTERS) for mark in " \n\t") + 1 or len(data)
            if self.state.preserved:
                self.leaf.add_preserved(data[:end], source)
            else:
                self.leaf.add_text(data[:end], source)
            data, source = data[end:], continued
            if data:
                self.flush()

    def flush(self, *, parting: bool = False) -> None:
        """End the run of text, if one is begun, and put its leaf where it belongs.

        Args:
            parting: an empty line ends it; what stands on its two sides are paragraphs.
        """
        leaf, state = self.leaf, self.state
        parted, self.parted = self.parted or parting, parting
        begun, self.begun, self.adrift = self.begun, -1, False
        if not leaf.source:
            leaf.state = FRESH
            return
        source, words, things = leaf.source, leaf.words, leaf.things
        links, link_characters, pointing = leaf.links, leaf.link_characters, leaf.pointing
        self.reopened += len(leaf.frames)
        content = leaf.take()
        if not content:
            return
        text = "".join(words).strip()
        if "  " in text and not state.preserved:
            # A break or a thing that holds no words stood between two spaces.
            text = " ".join(filter(None, text.split(" ")))
        if not text and not things:
            self._carry(content)
            return
        survey, kind = self.survey, state.kind
        index = len(survey.texts)
        if text:
            survey.texts.append(text)
            survey.tags.append(self.tag)
            survey.elements.append(self._around_both(begun) if begun >= 0 and begun != self.element else self.element)
            survey.links.append(links)
            survey.link_characters.append(link_characters)
            if parted and kind == "text":
                kind = "paragraph"
        else:
            kind = "text"
        own = None
        if kind == "heading":
            own = {"level": state.level}
        elif self.tag in _ROLES and kind in ("text", "paragraph"):
            inner = _ROLES[self.tag]
            own = {"role": inner[1]} if not inner[0] or inner[0] == state.container.kind else None
        elif kind == "preformatted" and state.code:
            own = {"language": state.code}
        says_more = state.hidden or state.language is not None or state.direction is not None
        attributes = self.attributes(own) if says_more else own
        if pointing:
            if kind in ("heading", "term", "caption"):
                content = permalinked(content)
            self.pointing.append(content)
        block = _made(Block, (kind, f"xpath({source})", content, attributes))
        self.pointed += len(source)
        self.put(DraftLeaf(block, index, len(survey.texts)), state.container)
        self.owner = ""

    def _around_both(self, begun: int) -> int:
        """What holds a run from first word to last: a block may end it within a mark that it did not begin in."""
        lines, element = self.lines, self.element
        while begun != element:
            # Whoever has the later line stands within the other, or beside it.
            later = max(begun, element)
            element, begun = min(begun, element), lines[later - 1][0]
        return element

    def end_line(self) -> None:
        """End a line of what is set as it was written, at an edge of a group that stands in it."""
        self.leaf.end_line()
        # Of pictures and white space alone: the words that follow stand beside them, and not there.
        self.adrift = bool(self.leaf.source) and not "".join(self.leaf.words).strip()

    def add_preserved(self, data: str, source: str, here: str) -> None:
        """Take a text that is set as it was written; ``here`` is its own place, ``source`` where the run began."""
        if self.adrift and not data.isspace():
            if self.leaf.things:
                self.flush()
            self.leaf.source = source = here
            self.adrift = False
        self.leaf.add_preserved(data, source)

    def line_break(self, here: str) -> None:
        """Take a ``br``."""
        if self.state.preserved:
            self.leaf.add_preserved("\n", self.owner or here)
        elif self.state.kind in ("text", "paragraph") and self.leaf.in_empty_line():
            # Two in a row are an empty line: so paragraphs were parted before there was a way to style them.
            self.flush(parting=True)
        else:
            self.leaf.add_break()

    def end(self) -> None:
        """End the page: what links point to after the last word stands in a block without words."""
        self.flush()
        if self.leaf.carried:
            index = len(self.survey.texts)
            block = Block("text", "xpath(/html/body)", tuple(self.leaf.carried), None)
            self.top.children.append(DraftLeaf(block, index, index))
        survey = self.survey
        survey.last[0] = len(survey.texts)
        if self.lines:
            parents, tags, classes, roles, hidden, first = zip(*self.lines, strict=True)
            survey.parents += parents
            survey.element_tags += tags
            survey.classes += classes
            survey.roles += roles
            survey.hidden += hidden
            survey.first += first
            self.lines = []

    def attributes(self, own: Mapping[str, str] | None) -> Mapping[str, str] | None:
        """The attributes of a block, with what holds here; ``None`` for none."""
        state = self.state
        if not state.hidden and state.language is None and state.direction is None:
            return own
        attributes = dict(own or ())
        if state.hidden:
            attributes["hidden"] = "hidden"
        if state.language:
            attributes["lang"] = state.language
        if state.direction:
            attributes["dir"] = state.direction
        return attributes

    def open_container(self, kind: str, source: str, attributes: Mapping[str, str] | None) -> Draft:
        """Begin a container within the current one; the caller makes it the current one."""
        return Draft(
            kind, f"xpath({source})", self.attributes(attributes), len(self.survey.texts), self.state.container
        )

    def close_container(self, draft: Draft) -> None:
        """End a container; one that holds nothing leaves no trace, but an empty cell does."""
        draft.last = len(self.survey.texts)
        if draft.kind == "quote":
            name_speaker(draft)
        if draft.parent is not None and (draft.children or draft.kind == "cell"):
            self.put(draft, draft.parent)

    def put(self, child: Draft | DraftLeaf, container: Draft) -> None:
        """Put a block into its container, wrapped where the container cannot hold it as it is."""
        allowed = _MAY_STAND_IN.get(container.kind)
        if allowed is not None:
            block = child if isinstance(child, Draft) else child.leaf
            for wrapper in _WRAPPERS[container.kind] if block.kind not in allowed else ():
                inner = Draft(wrapper, block.source, None, child.first, container)
                inner.last = child.last
                inner.parent = None
                container.children.append(inner)
                container = inner
        if isinstance(child, Draft):
            # It is whole: a way back up would be a circle, and the page's drafts would wait for the collector.
            child.parent = None
        container.children.append(child)

    def survey_element(self, tag: str, classes: str, attributes: Mapping[str, Any], state: State, outer: State) -> None:
        """Write an element's line in the survey; ``attributes`` are those beside ``class`` and ``id``, if any."""
        lines, survey = self.lines, self.survey
        outer_element, self.element = self.element, len(lines) + 1
        role = ""
        hidden = state.hidden and not outer.hidden
        if attributes:
            if "role" in attributes:
                role = (attributes["role"] or "").strip().lower()
            if "itemprop" in attributes:
                if "articleBody" in (attributes["itemprop"] or ""):
                    role = "article-body"
                if "itemtype" in attributes:
                    said_of_message(survey, self.element, attributes)
            elif "data-depth" in attributes:
                said_of_message(survey, self.element, attributes)
            # Pandoc hides a figure's caption from listeners alone, where the image's `alt` says the same.
            if tag != "figcaption" and "aria-hidden" in attributes and attributes["aria-hidden"] == "true":
                hidden = True
        first = len(survey.texts)
        lines.append((outer_element, tag, classes, role, hidden, first))
        survey.last.append(first)

    def _carry(self, content: InlineContent) -> None:
        # Only anchors and breaks: the anchors go on to the next run, so that links to them still arrive.
        self.leaf.carried.extend(part for part in content if not isinstance(part, str) and part.kind == "anchor")
