"""BAG rules of the second opinion: where ``bagit`` and we come to different verdicts on a bag.

Both verdicts are named. Where the bag's names, or the rules that refused it, show a fault of bagit's that is known, the
finding says which; it is a finding all the same, for whoever receives the bag may judge it by bagit.

Source: RFC 8493, section 3 ("valid"); the threads of https://github.com/LibraryOfCongress/bagit-python.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from solander.checking.bags.compared import shown
from solander.checking.rules import Check, Fault, rule, run
from solander.model.bag import Bag
from solander.model.finding import Finding, Place, in_order
from solander.model.normal_forms import normal_form
from solander.model.opinion import INVALID, VALID, Opinion

NEVER_ASKED = frozenset(
    (
        *("file-unreadable", "symlink-in-bag", "special-file-in-bag", "path-outside-bag"),
        *("file-larger-than-payload", "file-changed-while-read"),
    )
)
"""Rules whose findings keep a bag from bagit: it would follow the link, hang on the pipe, or read what lies outside."""

_BREAKS = frozenset("\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
_ESCAPES_READ = 2


class Verdicts(NamedTuple):
    """Two judgements of one bag."""

    bag: Bag
    own: tuple[str, ...]
    """Codes of the BAG rules that found an error, in order, each once; none where the bag is valid by them."""
    second: Opinion


@rule("BAG092", "refused-by-bagit-alone", severity="error", source="RFC 8493, 3")
def refused_by_bagit_alone(verdicts: Verdicts) -> Iterator[Fault]:
    """The bag is valid by every rule here, and bagit, the Library of Congress's program, says that it is not.

    Why: One of the two is wrong, and many who receive bags judge them by bagit: they would send this one back.

    Remedy: Where the message names a known fault of bagit's, rename the file if you can, and make the bag anew. Where
    it names none, report the bag: Solander may be wrong.
    """
    second = verdicts.second
    if second.verdict == INVALID and not verdicts.own:
        known = _known_fault(verdicts.bag)
        why = f"; that is a known fault of bagit's: {known}" if known else ""
        message = f"{second.name} says that this bag is invalid, and it is valid by the rules here{why}"
        yield Fault(Place("."), message, VALID, f"{INVALID}: {shown(second.reason)}")


@rule("BAG093", "passed-by-bagit-alone", severity="warning", source="RFC 8493, 3")
def passed_by_bagit_alone(verdicts: Verdicts) -> Iterator[Fault]:
    """The bag breaks a rule here, and bagit, the Library of Congress's program, says that it is valid.

    Why: Whoever made or received the bag may have judged it by bagit, and will ask why it is refused here.

    Remedy: Put right what the errors name; each says by which clause it is one.
    """
    second = verdicts.second
    if second.verdict == VALID and verdicts.own:
        codes = " ".join(verdicts.own)
        known = next((passes for code, passes in _LENIENT.items() if code in verdicts.own), None)
        why = f"; it is known that bagit {known}" if known else ""
        message = f"{second.name} says that this bag is valid, and it is not by the rules here{why}"
        yield Fault(Place("."), message, f"{INVALID}: {codes}", VALID)


_LENIENT = {
    "BAG002": "reads bagit.txt loosely: white space, order, further lines, digits and encodings",
    "BAG010": "passes over lines of a manifest that it cannot read",
    "BAG014": "takes what any list names for listed, be it the wrong list, and what fetch.txt names for payload",
    "BAG016": "passes a Payload-Oxum that stands twice, or is no pair of ASCII numbers",
    "BAG020": "does not ask that every manifest lists every payload file (RFC 8493, 3)",
    "BAG005": "takes two names that differ only in their Unicode normal form for one file",
}
"""What bagit is known to pass, by the rule that refuses it; what may follow from the others stands last."""


_RENAME = "rename it, and make the bag anew"


def _known_fault(bag: Bag) -> str | None:
    """The fault of bagit 1.9.0's that a bag's names call up, with the name; ``None`` where they call up none."""
    if all(one.path != f"manifest-{one.algorithm}.txt" for one in bag.manifests):
        return "it looks for manifests by hashlib's names alone, and not by those of RFC 8493, 2.4"
    for manifest in (*bag.manifests, *bag.tag_manifests):
        for path in manifest.entries.paths:
            for shows, fault in _FAULTS:
                if shows(path, bag.rules_version):
                    return f"{fault}; the file is {shown(path)}: {_RENAME}"
    link = next((one.path for one in bag.entries if one.kind == "symlink"), None)
    return None if link is None else f"it takes links for files that must be listed (here {shown(link)})"


def _has_percent(path: str, version: tuple[int, int]) -> bool:
    return "%" in path and version >= (1, 0)


def _has_many_line_ends(path: str, version: tuple[int, int]) -> bool:
    return path.count("\n") + path.count("\r") > _ESCAPES_READ


def _breaks_lines(path: str, version: tuple[int, int]) -> bool:
    return not _BREAKS.isdisjoint(path)


def _ends_in_white_space(path: str, version: tuple[int, int]) -> bool:
    return path != path.rstrip()


def _is_of_another_form(path: str, version: tuple[int, int]) -> bool:
    return normal_form(path) != path


_FAULTS: tuple[tuple[Callable[[str, tuple[int, int]], bool], str], ...] = (
    (
        _has_percent,
        "it does not read %25 in a manifest, which is how RFC 8493, 2.1.3, writes a % (bagit-python#157)",
    ),
    (_has_many_line_ends, "it reads %0A and %0D in a name no more than twice"),
    (_breaks_lines, "it ends lines of a manifest at U+2028, U+0085 and their kin"),
    (_ends_in_white_space, "it strips white space from the end of a name"),
    (_is_of_another_form, "of names that differ only in their Unicode normal form one hides the other"),
)

RULES: tuple[Check[[Verdicts]], ...] = (refused_by_bagit_alone, passed_by_bagit_alone)
"""By code."""


def check_opinion(verdicts: Verdicts) -> tuple[Finding, ...]:
    """Hold two verdicts against each other.

    Returns:
        At most one finding: where they agree, or where bagit came to none, there is nothing to say.
    """
    return in_order(run(RULES, verdicts))
