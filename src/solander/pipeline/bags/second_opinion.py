"""A bag judged by ``bagit`` too, and the two verdicts held against each other.

Not every bag is handed to it: where our own verdict names what would make bagit hang or read outside the bag, the bag
is refused already, and not asked about. Where it could not be asked of a bag that passes here, that is unchecked.
"""

from __future__ import annotations

from pathlib import Path

from solander.checking.bags import opinion as bag_opinion
from solander.checking.rules import codes
from solander.files.second_opinion import ask_bagit
from solander.model.bag import Bag
from solander.model.finding import OPINIONS, OPINIONS_LACKING, Report, SchemaUsed


def judge_by_second_opinion(bag: Bag, own: Report, path: Path) -> Report:
    """Ask bagit about a bag in a folder.

    Args:
        bag: as it was read.
        own: the judgement of it by the BAG rules, and by no profile: of these bagit knows nothing.
        path: the bag's folder.
    """
    errors = own.at_or_above("error")
    if any(one.name in bag_opinion.NEVER_ASKED for one in errors) or own.unchecked:
        # It is refused, or unchecked, already: bagit could change nothing in that.
        return _lacking(own, None)
    opinion = ask_bagit(path, sum(entry.size_bytes for entry in bag.entries))
    if opinion.verdict is None:
        return _lacking(own, f"bagit came to no verdict: {opinion.reason}")
    refused_by = tuple(dict.fromkeys(sorted(one.code for one in errors)))
    return Report(
        subject=own.subject,
        findings=bag_opinion.check_opinion(bag_opinion.Verdicts(bag, refused_by, opinion)),
        rules=codes(bag_opinion.RULES),
        schemas=(SchemaUsed(opinion.judge, opinion.version, opinion.sha256, opinion.name),),
        counts=((OPINIONS, 1),),
    )


def not_asked_of_file(own: Report) -> Report:
    """What is said of a bag in an archive file: bagit judges folders alone, and nothing is unpacked for it."""
    return _lacking(own, "bagit was not asked: it judges folders alone, and this is an archive file")


def _lacking(own: Report, why: str | None) -> Report:
    # Where our own verdict is against the bag, the lack of a second one is counted and changes nothing.
    unchecked = (f"second opinion: {why}",) if why and not own.at_or_above("error") else ()
    return Report(subject=own.subject, unchecked=unchecked, counts=((OPINIONS_LACKING, 1),))
