"""BAG rules of names: what other systems cannot hold, and what deceives the eye.

Names are looked at as they are on disk and, of files that are still to be fetched, as ``fetch.txt`` has them; of a
path, each part is judged once. They are shown with every odd character escaped.

Source: RFC 8493, section 6.1; Microsoft, "Naming Files, Paths, and Namespaces"; Unicode 15, UAX 9 (bidi controls).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from solander.checking.bag_compared import Compared, shown
from solander.checking.rules import Fault, rule
from solander.model.bag import Bag
from solander.model.finding import Place

# With or without an extension, and with spaces before it: Windows opens the device all the same. The superscript
# digits are those of Latin-1, which it takes for digits.
_DEVICE = re.compile(
    "(con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3]|conin\\$|conout\\$) *([.:].*)?",
    re.IGNORECASE | re.DOTALL,
)
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# The two separators end a line as LF does, for many programs.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def _names(bag: Bag) -> Iterator[tuple[Place, str]]:
    """The last part of every path that is there, and every part of those that are to be fetched."""
    for entry in bag.entries:
        yield Place(shown(entry.path)), entry.path.rpartition("/")[2]
    if bag.fetch:
        there = {entry.path for entry in bag.entries}
        for one in bag.fetch:
            if one.path not in there:
                for part in one.path.split("/"):
                    yield Place("fetch.txt", one.line), part


@rule("BAG049", "name-reserved-on-windows", severity="warning", source="RFC 8493, 6.1")
def name_reserved_on_windows(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A file or folder has the name of a device of Windows: ``CON``, ``NUL``, ``COM1`` and their like, whatever its
    extension.

    Why: Windows cannot make it, so that the bag cannot be copied there as a whole.

    Remedy: Rename it, and make the bag anew.
    """
    for place, name in _names(bag):
        if _DEVICE.fullmatch(name):
            yield Fault(place, f"{shown(name)} is the name of a device on Windows")


@rule("BAG050", "name-ends-in-space-or-dot", severity="warning", source="RFC 8493, 6.1")
def name_ends_in_space_or_dot(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """The name of a file or folder ends in a space or a dot.

    Why: Windows leaves both out, and so do some programs that read manifests: the file is then not found.

    Remedy: Rename it, and make the bag anew.
    """
    for place, name in _names(bag):
        if name[-1:] in (" ", "."):
            yield Fault(place, f"{shown(repr(name))} ends in a {'space' if name[-1] == ' ' else 'dot'}")


@rule("BAG051", "name-with-bidi-control", severity="warning", source="RFC 8493, 6.1")
def name_with_bidi_control(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A name has a character that turns the direction of writing.

    Why: It is shown as another name: ``gnp.exe`` can look like ``exe.png``.

    Remedy: Make sure of what the file is; rename it, and make the bag anew.
    """
    for place, name in _names(bag):
        if not name.isascii() and (found := _BIDI.search(name)):
            yield Fault(place, f"{shown(name)} has U+{ord(found[0]):04X}, which turns the direction of writing")


@rule("BAG052", "name-with-control-character", severity="warning", source="RFC 8493, 6.1")
def name_with_control_character(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A name has a control character or a line separator.

    Why: Terminals act on it, line-by-line programs break the name in two, and Windows cannot hold it.

    Remedy: Rename the file, and make the bag anew.
    """
    for place, name in _names(bag):
        if not name.isprintable() and (found := _CONTROL.search(name)):
            yield Fault(place, f"{shown(name)} has the control character U+{ord(found[0]):04X}")


@rule("BAG053", "name-with-backslash", severity="warning", source="RFC 8493, 6.1")
def name_with_backslash(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A name has a backslash.

    Why: On Windows it parts folders: the file would lie elsewhere.

    Remedy: Rename the file, and make the bag anew.
    """
    for place, name in _names(bag):
        if "\\" in name:
            yield Fault(place, f"{shown(name)} has a backslash")


RULES = (
    name_reserved_on_windows,
    name_ends_in_space_or_dot,
    name_with_bidi_control,
    name_with_control_character,
    name_with_backslash,
)
"""By code."""
