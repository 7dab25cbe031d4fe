"""What a bag tells of its own making, told again: events, the page for people, and the fields of the capture.

Source: docs/format.md, "Provenance" and "What tells of an altered word".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from solander.checking.records import rederivation
from solander.model.bag import BagInfo, is_bag_version
from solander.model.bag_layout import PROVENANCE_NAME, README_NAME
from solander.model.document import Document
from solander.model.finding import Finding, Report
from solander.model.ports import Tree
from solander.packing.readme import write_readme
from solander.packing.tag_files import MANIFEST_NAME
from solander.pipeline.archive import RECORD_LIMIT_BYTES
from solander.pipeline.events import Following
from solander.pipeline.pages.making import capture_fields
from solander.pipeline.pages.normalising import Normalised
from solander.pipeline.pages.provenance import provenance_of

_NOT_TOLD = frozenset(("bagit.txt", "bag-info.txt"))
_CHANGED = re.compile(r"Other than in [^:<]*: ([^<]*)\.<")


def told_otherwise(
    tree: Tree,
    info: BagInfo,
    again: Normalised,
    records: Sequence[Document],
    view: Document,
    options: Mapping[str, str],
) -> Iterator[Finding]:
    """Hold ``premis.xml``, ``README.txt`` and what ``bag-info.txt`` says of the capture against the page derived again.

    Args:
        records: the forms of the description, derived again.
        options: what the bag records of its making.
    """
    recorded = tree.read(PROVENANCE_NAME, RECORD_LIMIT_BYTES)
    algorithms = tuple(options.get("algorithms", "sha512").split())
    # How the judgement came out is set aside.
    derived = provenance_of(
        again,
        records,
        view,
        Report(subject=""),
        algorithms=algorithms,
        following=_following(info, recorded),
        original_name=options.get("file-name"),
    )
    yield from rederivation.provenance_not_rederived(PROVENANCE_NAME, recorded, derived.document.content)
    names = sorted(
        one.path
        for one in tree.entries()
        if one.kind == "file" and one.path not in _NOT_TOLD and not MANIFEST_NAME.fullmatch(one.path)
    )
    readme = write_readme(info, names, algorithms, again.description)
    yield from rederivation.readme_not_rederived(README_NAME, tree.read(README_NAME, RECORD_LIMIT_BYTES), readme)
    fields = capture_fields(again.capture)
    expected = {field.label: field.value for field in BagInfo.of(fields).fields}
    yield from rederivation.capture_field_not_rederived(
        "bag-info.txt",
        {label: info.values(label) for label, _ in fields},
        {label: expected.get(label) for label, _ in fields},
        {label: info.line_of(label) for label, _ in fields},
    )


def _following(info: BagInfo, premis: bytes) -> Following | None:
    """The bag before, as this one says; what was changed since is a person's word, and taken as it stands."""
    version, before = info.first("Bag-Version") or "", info.first("Previous-Bag")
    if before is None or not is_bag_version(version):
        return None
    changed = _CHANGED.search(premis.decode("utf-8", "replace"))
    return Following(int(version), before, (changed[1],) if changed is not None else ())
