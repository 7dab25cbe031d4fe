"""TEI -> the words of its text proper, for whoever seeks them. No link is followed and no entity is read.

Source: TEI P5 4.12.0, 4 (default text structure); docs/design.md, section 5.
"""

from __future__ import annotations

from typing import Any

NAMESPACE = "{http://www.tei-c.org/ns/1.0}"
_INLINE = (
    "abbr add bibl c choice corr code date del emph foreign formula fw gloss hi ident mentioned name num orig pb "
    "persName q ref reg rb rt ruby seg sic soCalled term time title w"
)
_BESIDE_WORDS = frozenset(("twin", "control", "permalink"))
"""How a ``seg`` is rendered that says nothing more: a formula's second showing, a section's "[edit]", its "¶"."""

_RUNNING = NAMESPACE + "fw"

_WITHIN_A_LINE = frozenset(NAMESPACE + name for name in _INLINE.split())


def parse_tei(content: bytes) -> Any:
    """The root of a TEI file, an element of lxml's.

    Raises:
        ValueError: it is no XML, has a DOCTYPE, or its root is no ``TEI``.
    """
    from lxml import etree  # late: only who looks into a bag reads this back

    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"it is not well-formed ({error.msg})") from error
    if b"<!DOCTYPE" in content:
        raise ValueError("it has a DOCTYPE")
    if root.tag != f"{NAMESPACE}TEI":
        raise ValueError("its root is no TEI element")
    return root


def body_words(content: bytes) -> str:
    """The words of the body, a line a block; empty where it has none.

    Raises:
        ValueError: as ``parse_tei``.
    """
    root = parse_tei(content)
    parts: list[str] = []
    for body in root.iterfind(f"{NAMESPACE}text/{NAMESPACE}body"):
        _gather(body, parts)
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _gather(body: Any, parts: list[str]) -> None:
    from lxml import etree

    owed: Any = None
    walk = etree.iterwalk(body, events=("start", "end", "comment"))
    for event, element in walk:
        if event == "comment":
            parts.append(_flat(element.tail))
            continue
        # Line ends of the file are white space of the text; only where a block begins or ends is a line's end.
        if element.tag not in _WITHIN_A_LINE:
            parts.append("\n")
        if event == "start" and (element.tag == _RUNNING or element.get("rend") in _BESIDE_WORDS):
            walk.skip_subtree()
            if parts and parts[-1].endswith(" "):
                parts[-1] = parts[-1].rstrip(" ")
                owed = element
        elif event == "start":
            parts.append(_flat(element.text))
        elif element is not body:
            tail = _flat(element.tail)
            # The space before it was written for it alone, unless a word hangs on to it.
            parts.append(f" {tail}" if element is owed and tail[:1].isalnum() else tail)


def _flat(text: str | None) -> str:
    return text.replace("\n", " ") if text else ""
