"""Declarative shadow trees: what browsers show of a ``template``, put where they show it.

The tree of a shadow host becomes the flattened one: the shadow tree in the place of its template, what is slotted in
its slot. What was moved bears the pointer of where it was written. What no slot shows is kept, and hidden.

Source: HTML Standard, 4.12.3 and 13.2.6.4.4 (``shadowrootmode``); DOM Standard, 4.2.2.3 (finding slots) and 4.8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from turbohtml import DocumentFragment, Element, Text

from solander.reading.elements import BLOCKS
from solander.reading.trees.bounds import BORNE

PLACED = "solander-placed"
"""The attribute with the pointer of what was moved."""

SLOTTED, SLOTTED_BLOCK = ":slotted", ":slotted-block"
"""Elements of ours around what was moved; no page can have elements of these names."""

SHADOWS_DEEP = 20
"""How many shadow trees may lie in one another; templates in deeper ones stay templates."""

_STEPS = 196
_HOSTS = frozenset(
    (
        *("article", "aside", "blockquote", "body", "div", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
        *("main", "nav", "p", "section", "span"),
    )
)
_CUSTOM = re.compile(r"[a-z][^\s/>]*-")
_NOT_CUSTOM = frozenset(("annotation-xml", "font-face", "missing-glyph", "color-profile"))
_PLAIN_NAME = re.compile(r"[a-z][a-z0-9-]*\Z")
_TEMPLATES = re.compile(rf"<template(?=[\s/]){BORNE}", re.IGNORECASE)


def may_have_shadows(markup: str) -> bool:
    """Whether a page is worth a look for shadow trees: whether a template, as written, asks for one."""
    # To put the whole page in lower case costs as much as to parse it, where it is not all ASCII.
    return any("shadowrootmode" in template[1].lower() for template in _TEMPLATES.finditer(markup))


def flatten(root: Element) -> int:
    """Put the shadow trees of a page in their places; the tree is changed. Give their number."""
    _disown(root)
    count = 0
    known = _Pointers()
    # In the order of the page: what follows a host then has its pointer when its turn comes.
    waiting: list[tuple[Element, int]] = [(root, 0)]
    while waiting:
        element, deep = waiting.pop()
        template = _template_of(element) if deep < SHADOWS_DEEP else None
        if template is not None:
            count += 1
            tree = _placed(element, template, known)
            waiting.extend((child, deep) for child in reversed(list(_elements_in(element))) if child is not tree)
            waiting.append((tree, deep + 1))
        else:
            waiting.extend((child, deep) for child in reversed(list(_elements_in(element))))
    return count


def _disown(root: Element) -> None:
    """Take the attribute away where the page itself has it."""
    waiting: list[Any] = [root]
    while waiting:
        node = waiting.pop()
        if type(node) is Element and PLACED in node.attrs:
            del node.attrs[PLACED]
        if type(node) is Element or isinstance(node, DocumentFragment):
            waiting.extend(node.children)


def _template_of(host: Element) -> Element | None:
    """The template that makes the host's shadow tree: the first of its children that asks for it."""
    tag = host.tag
    if tag not in _HOSTS and (not _CUSTOM.match(tag) or tag in _NOT_CUSTOM):
        return None
    for child in host.children:
        if type(child) is Element and child.tag == "template":
            mode = str(child.attrs.get("shadowrootmode") or "").lower()
            if mode in ("open", "closed"):
                return child
    return None


def _placed(host: Element, template: Element, known: _Pointers) -> Element:
    """Put one host's shadow tree in the template's place, and what the host holds into its slots."""
    written = list(_paths(host, known.of(host)))
    tree = Element(SLOTTED)
    tree.attrs[PLACED] = next(path for child, path in written if child is template)
    for fragment in template.children:
        for node in tuple(fragment.children) if isinstance(fragment, DocumentFragment) else (fragment,):
            tree.append(node)
    template.replace_with(tree)
    slots: dict[str, Element] = {}
    for element in _elements(tree):
        if element.tag == "slot":
            slots.setdefault(str(element.attrs.get("name") or ""), element)
    assigned: dict[str, list[tuple[Element | Text, str]]] = {}
    for node, path in written:
        if node is not template:
            name = str(node.attrs.get("slot") or "") if isinstance(node, Element) else ""
            assigned.setdefault(name, []).append((node, path))
    shown: list[Element] = []
    buried: set[int] = set()
    """Slots in what another slot would show if it were empty: what is assigned to them nobody sees."""
    for name, one in slots.items():
        if _shows(assigned.get(name)) and id(one) not in buried:
            shown.append(one)
            buried.update(id(inner) for inner in _elements(one) if inner.tag == "slot")
    fallbacks = [list(_paths(slot, known.of(slot))) for slot in shown]
    for name, nodes in assigned.items():
        slot = slots.get(name)
        for node, path in nodes:
            if slot is not None and id(slot) not in buried and _shows(nodes):
                slot.append(_wrapped(node, path))
            else:
                _hide(node, path, SLOTTED)
    for nodes in fallbacks:
        # What a slot would show if it were empty stands in the page all the same.
        for node, path in nodes:
            _hide(node, path, "span")
    if _is_apart(tree):
        tree.tag = SLOTTED_BLOCK
    else:
        _place_what_follows(host, known)
    return tree


def _shows(nodes: list[tuple[Element | Text, str]] | None) -> bool:
    return bool(nodes) and any(isinstance(node, Element) or node.data.strip() for node, _ in nodes or ())


def _is_apart(element: Element) -> bool:
    """Whether it breaks the line in which it stands, or may once it is flattened."""
    return any(one.tag in BLOCKS or _template_of(one) is not None for one in _elements(element))


def _wrapped(node: Element | Text, path: str) -> Element | Text:
    """What stands elsewhere than its words would lead, with the pointer of where it was written."""
    if isinstance(node, Element):
        node.attrs[PLACED] = path
        if node.tag in BLOCKS:
            return node
        inner = SLOTTED_BLOCK if _is_apart(node) else SLOTTED
    elif not node.data.strip():
        return node
    else:
        inner = SLOTTED
    wrapper = Element(inner)
    wrapper.attrs[PLACED] = path
    wrapper.append(node)
    return wrapper


def _hide(node: Element | Text, path: str, holder: str) -> None:
    """Keep what is not shown where it is, hidden; text in a holder."""
    if isinstance(node, Element):
        node.attrs[PLACED] = path
        node.attrs["hidden"] = ""
        if holder == SLOTTED and not _is_apart(node) and node.tag not in BLOCKS:
            # In a line, its words come behind those of the shadow tree, which may stand behind it in the page.
            wrapper = Element(SLOTTED)
            wrapper.attrs[PLACED] = path
            node.replace_with(wrapper)
            wrapper.append(node)
    elif node.data.strip():
        wrapper = Element(holder)
        wrapper.attrs[PLACED] = path
        wrapper.attrs["hidden"] = ""
        node.replace_with(wrapper)
        wrapper.append(Text(node.data))


def _place_what_follows(host: Element, known: _Pointers) -> None:
    """Give what follows a host in its line pointers of its own: the block's pointer comes before what was slotted."""
    one: Element = host
    while one.tag not in BLOCKS and isinstance(parent := one.parent, Element) and PLACED not in one.attrs:
        behind = False
        for node, path in list(_paths(parent, known.of(parent))):
            if behind and isinstance(node, Text):
                if node.data.strip():
                    wrapper = Element(SLOTTED)
                    wrapper.attrs[PLACED] = path
                    node.replace_with(wrapper)
                    wrapper.append(Text(node.data))
            elif behind and isinstance(node, Element) and PLACED not in node.attrs:
                mark = Text("")
                node.replace_with(mark)
                mark.replace_with(_wrapped(node, path))
            behind = behind or node is one
        one = parent


def _elements_in(element: Element) -> Iterator[Element]:
    return (child for child in element.children if type(child) is Element and child.tag != "template")


def _elements(root: Element) -> Iterator[Element]:
    """The elements of a tree in order, but for those of templates."""
    stack = [iter(root.children)]
    while stack:
        for node in stack[-1]:
            if type(node) is Element and node.tag != "template":
                yield node
                stack.append(iter(node.children))
                break
        else:
            stack.pop()


def _paths(parent: Any, path: str) -> Iterator[tuple[Element | Text, str]]:
    """What an element holds, each with its pointer as the walk has it."""
    counts: dict[str, int] = {}
    elements = runs = 0
    in_run = False
    for node in tuple(parent.children):
        if type(node) is Text:
            runs += not in_run
            in_run = True
            yield node, f"{path}/text()[{runs}]"
            continue
        in_run = False
        if type(node) is Element:
            elements += 1
            counts[node.tag] = counts.get(node.tag, 0) + 1
            plain = _PLAIN_NAME.match(node.tag) and node.tag not in ("svg", "math")
            yield node, f"{path}/{node.tag}[{counts[node.tag]}]" if plain else f"{path}/*[{elements}]"


class _Pointers:
    """The pointers of elements, as the walk has them; no longer than such pointers are.

    Each is reckoned once, before what it stands in is changed: what is changed then bears its own.
    """

    def __init__(self) -> None:
        # With each element, for it is known by its number only as long as it is held.
        self._known: dict[int, tuple[Element, str]] = {}
        self._looked_through: set[int] = set()

    def of(self, element: Element) -> str:
        """The pointer of an element."""
        above: list[Element] = []
        path = "/html"
        one: Element | None = element
        while one is not None and one.tag != "html":
            if placed := one.attrs.get(PLACED):
                path = str(placed)
                break
            if found := self._known.get(id(one)):
                path = found[1]
                break
            above.append(one)
            parent = one.parent
            one = parent if type(parent) is Element else None
        for one in reversed(above):
            if path.count("/") < _STEPS:
                if path == "/html" and one.tag in ("body", "frameset"):
                    path = f"/html/{one.tag}"
                else:
                    self._look_through(one.parent, path)
                    path = self._known.get(id(one), (one, path))[1]
            self._known.setdefault(id(one), (one, path))
        return path

    def _look_through(self, parent: Any, path: str) -> None:
        if id(parent) in self._looked_through:
            return
        self._looked_through.add(id(parent))
        self._known.setdefault(id(parent), (parent, path))
        for child, here in _paths(parent, path):
            if type(child) is Element:
                self._known.setdefault(id(child), (child, here))
