"""An archive file judged by itself: what holds of it whatever bag is in it.

Source: RFC 8493, section 4 (serialization); docs/design.md, section 1 (law 7: "not checked" is never "valid").
"""

from __future__ import annotations

from pathlib import Path

from solander.checking.bags import serialised as bag_serialised
from solander.checking.rules import codes
from solander.model.finding import Report
from solander.model.serialised import Serialisation
from solander.pipeline.merging import merge


def judge_file(path: Path, serialisation: Serialisation) -> Report:
    """The judgement of an archive file by itself."""
    findings = bag_serialised.check_serialised(serialisation)
    return Report(
        subject=str(path),
        findings=findings,
        rules=codes(bag_serialised.RULES),
        unchecked=tuple(f"{one.place}: {one.message}" for one in findings if one.name in bag_serialised.NEVER_CHECKED),
    )


def read_in_part(path: Path, serialisation: Serialisation) -> Report:
    """The judgement of an archive file whose members are not all seen; the bag in it is judged by no rule."""
    rest = Report(subject=str(path), unchecked=("the bag in it: not all of its files are seen, and none was judged",))
    return merge((judge_file(path, serialisation), rest), subject=str(path))
