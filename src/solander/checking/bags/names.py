"""BAG rules of names: what other systems cannot hold, and what deceives the eye.

Names are looked at as they are on disk and, of files that are still to be fetched, as ``fetch.txt`` has them; of a
path, each part is judged once. They are shown with every odd character escaped.

Source: RFC 8493, section 6.1; Microsoft, "Naming Files, Paths, and Namespaces"; Unicode 15, UAX 9 (bidi controls).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from solander.checking.bags.compared import Compared, shown
from solander.checking.rules import Fault, rule
from solander.model.bag import Bag
from solander.model.finding import Place

_BATCH_NAMES = 4096

# With or without an extension, and with spaces before it: Windows opens the device all the same. The superscript
# digits are those of Latin-1, which it takes for digits.
_DEVICES = "(?:con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3]|conin\\$|conout\\$)"
_DEVICE = re.compile(f"[/\0]{_DEVICES} *(?:[.:][^/\0]*)?(?=[/\0]|\\Z)", re.IGNORECASE)
_LAST = re.compile("[ .](?=[/\0]|\\Z)")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# The two separators end a line as LF does, for many programs.
_CONTROL = re.compile("[\x01-\x1f\x7f-\x9f\u2028\u2029]")
_BACKSLASH = re.compile(r"\\")


def _names(bag: Bag, odd: re.Pattern[str]) -> Iterator[tuple[Place, str, str]]:
    """Names in which a pattern is found: the place, the name, and what was found.

    A name is the last part of a path that is there, or any part of one that is to be fetched. Nearly all names are
    harmless: they are searched by the thousand, with a NUL before each, which no name has.
    """
    for start in range(0, len(bag.entries), _BATCH_NAMES):
        batch = bag.entries[start : start + _BATCH_NAMES]
        if odd.search("\0".join(["", *(entry.path for entry in batch)])) is None:
            continue
        for entry in batch:
            name = entry.path.rpartition("/")[2]
            if found := odd.search(f"\0{name}"):
                yield Place(shown(entry.path)), name, found[0]
    there = {entry.path for entry in bag.entries} if bag.fetch else set()
    for one in bag.fetch:
        if one.path not in there:
            for part in one.path.split("/"):
                if found := odd.search(f"\0{part}"):
                    yield Place("fetch.txt", one.line), part, found[0]


@rule("BAG049", "name-reserved-on-windows", severity="warning", source="RFC 8493, 6.1")
def name_reserved_on_windows(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A file or folder has the name of a device of Windows: ``CON``, ``NUL``, ``COM1`` and their like, whatever its
    extension.

    Why: Windows cannot make it, so that the bag cannot be copied there as a whole.

    Remedy: Rename it, and make the bag anew.
    """
    for place, name, _ in _names(bag, _DEVICE):
        yield Fault(place, f"{shown(name)} is the name of a device on Windows")


@rule("BAG050", "name-ends-in-space-or-dot", severity="warning", source="RFC 8493, 6.1")
def name_ends_in_space_or_dot(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """The name of a file or folder ends in a space or a dot.

    Why: Windows leaves both out, and so do some programs that read manifests: the file is then not found.

    Remedy: Rename it, and make the bag anew.
    """
    for place, name, last in _names(bag, _LAST):
        yield Fault(place, f"{shown(repr(name))} ends in a {'space' if last == ' ' else 'dot'}")


@rule("BAG051", "name-with-bidi-control", severity="warning", source="RFC 8493, 6.1")
def name_with_bidi_control(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A name has a character that turns the direction of writing.

    Why: It is shown as another name: ``gnp.exe`` can look like ``exe.png``.

    Remedy: Make sure of what the file is; rename it, and make the bag anew.
    """
    for place, name, found in _names(bag, _BIDI):
        yield Fault(place, f"{shown(name)} has U+{ord(found):04X}, which turns the direction of writing")


@rule("BAG052", "name-with-control-character", severity="warning", source="RFC 8493, 6.1")
def name_with_control_character(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A name has a control character or a line separator.

    Why: Terminals act on it, line-by-line programs break the name in two, and Windows cannot hold it.

    Remedy: Rename the file, and make the bag anew.
    """
    for place, name, found in _names(bag, _CONTROL):
        yield Fault(place, f"{shown(name)} has the control character U+{ord(found):04X}")


@rule("BAG053", "name-with-backslash", severity="warning", source="RFC 8493, 6.1")
def name_with_backslash(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A name has a backslash.

    Why: On Windows it parts folders: the file would lie elsewhere.

    Remedy: Rename the file, and make the bag anew.
    """
    for place, name, _ in _names(bag, _BACKSLASH):
        yield Fault(place, f"{shown(name)} has a backslash")


RULES = (
    name_reserved_on_windows,
    name_ends_in_space_or_dot,
    name_with_bidi_control,
    name_with_control_character,
    name_with_backslash,
)
"""By code."""
