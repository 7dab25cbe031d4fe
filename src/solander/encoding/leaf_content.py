"""What the content of a leaf is made of: its lines, its images, the anchor at its head."""

from __future__ import annotations

from collections.abc import Iterator

from solander.model.page import Block, BlockContent, Inline, InlineContent, leaves


def without_anchor(content: BlockContent | InlineContent, name: str) -> BlockContent | InlineContent:
    """A note's content without the anchor at its head."""
    first = content[0] if content else ""
    if isinstance(first, Inline):
        is_it = first.kind == "anchor" and (first.attributes or {}).get("id") == name
        return content[1:] if is_it else content
    if isinstance(first, Block):
        blocks: BlockContent = content  # type: ignore[assignment]
        # A rule or an empty cell may stand before the first words.
        at = next((at for at, block in enumerate(blocks) if any(leaves((block,)))), 0)
        headed = blocks[at]._replace(content=without_anchor(blocks[at].content, name))
        return (*blocks[:at], headed, *blocks[at + 1 :])
    return content


def lines(content: InlineContent) -> Iterator[InlineContent]:
    """The lines of a run, parted where it breaks."""
    line: list[Inline | str] = []
    for part in content:
        if isinstance(part, Inline) and part.kind == "break":
            yield tuple(line)
            line = []
        else:
            line.append(part)
    yield tuple(line)


def number_of(line: InlineContent) -> str:
    """The attribute with the number that is printed beside a line of verse; empty where none is."""
    for part in line:
        if isinstance(part, Inline) and part.kind == "running" and (part.attributes or {}).get("place") == "lineNum":
            written = "".join(one for one in part.content if isinstance(one, str))
            return f' n="{written}"' if written.isdecimal() else ""
    return ""


def only_images(content: InlineContent) -> bool:
    """Whether there is nothing but images."""
    images = 0
    for part in content:
        if isinstance(part, str):
            if part and not part.isspace():
                return False
        elif part.kind == "image":
            images += 1
        elif part.kind not in ("anchor", "break"):
            return False
    return images > 0


def portrait_ends(content: InlineContent) -> int:
    """How many parts of a line, from its head, are images, and what holds no words beside one."""
    end = 0
    for at, part in enumerate(content):
        if isinstance(part, str):
            if part.strip():
                break
        elif part.kind == "image":
            end = at + 1
        elif part.kind != "break":
            break
    return end


def words_from(content: InlineContent, at: int) -> InlineContent:
    """The parts of a line from one on, without the space that parts them from those before."""
    rest = content[at:]
    return (rest[0].lstrip(" "), *rest[1:]) if at and rest and isinstance(rest[0], str) else rest
