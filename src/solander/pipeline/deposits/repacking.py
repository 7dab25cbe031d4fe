"""The next version of a page's bag, from the same capture, with more said of it: a sealed bag is never edited.

Source: docs/design.md, section 4 (identity).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from solander.errors import ArchiveError, UsageError
from solander.files.folder import Folder
from solander.model.bag_layout import ORIGINAL_FOLDER, STATEMENTS_NAME
from solander.model.description import Statement
from solander.pipeline.archive import recorded_in
from solander.pipeline.judgement.rederiving import ORIGINAL_LIMIT_BYTES, capture_again
from solander.pipeline.pages.accessioning import pack
from solander.pipeline.stating import STATED_EVIDENCE
from solander.pipeline.subject import archive_of

_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(?P<doi>10\.[0-9]{4,9}/\S+)\Z", re.IGNORECASE)


def doi_address(identifier: str) -> str:
    """A DOI as the address that resolves it; any other identifier as it is.

    Source: Crossref and DataCite display guidelines.
    """
    match = _DOI.match(identifier)
    return f"https://doi.org/{match['doi']}" if match else identifier


def identified(bag: Path, identifiers: Iterable[str]) -> bool:
    """Whether a bag's description has all of these identifiers."""
    known = {doi_address(one).lower() for one in recorded_in(bag).description.values("identifier")}
    return all(doi_address(one).lower() in known for one in identifiers)


def repacked(bag: Path, said: Sequence[Statement | str], at: datetime | None) -> Path:
    """Pack the page of a bag once more, with more said of it; what was stated before holds.

    Args:
        bag: the bag's folder.
        said: statements, or identifiers, which are added to those that were stated.
        at: the moment of the work; now, if it is not given.

    Returns:
        The new bag; the same, where all of that was said already.

    Raises:
        UsageError: the bag is of another payload than a page: nothing can be stated of that here.
        ArchiveError: it does not record how it was made, or the new one could not be written.
    """
    tree = Folder(bag)
    if not any(entry.path == STATEMENTS_NAME for entry in tree.entries()):
        raise UsageError(f"{bag}: this bag was not packed from a page; its description is in its bag-info.txt")
    recorded = recorded_in(bag)
    name = recorded.options.get("original-name", "")
    try:
        capture = capture_again(tree.read(ORIGINAL_FOLDER + name, ORIGINAL_LIMIT_BYTES), recorded.options)
    except ValueError as error:
        raise ArchiveError(bag, f"it does not record how it was made ({error})") from error
    stated = [one for one in said if isinstance(one, Statement)]
    identifiers = [doi_address(one) for one in said if isinstance(one, str)]
    if identifiers or any(one.element == "identifier" for one in stated):
        # Identifiers add up: a name that a repository gave takes none of the others away.
        before = [one for one in recorded.said if one.element == "identifier"]
        stated = [*before, *stated, *(Statement("identifier", one, STATED_EVIDENCE) for one in identifiers)]
    accession = pack(capture, into=archive_of(bag), at=at, said=list(dict.fromkeys(stated)))
    if accession.path is None:
        raise ArchiveError(bag, "its next version was not made")
    return accession.path
