"""Showing a page: the view in its bag, or a view made anew of a bag's original or of any page."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import Unpack

from solander.errors import ArchiveError, NotABag, UsageError
from solander.files.named import kind_of
from solander.files.whole import write_file
from solander.model.bag_layout import STATEMENTS_NAME, VIEW_NAME
from solander.model.document import Document
from solander.model.item import INDEX_NAME, OF_MANY
from solander.pipeline.judgement.rederiving import NO_PAGE, keeps_page, normalise_again, which_page
from solander.pipeline.outside_bags import outside_bags
from solander.pipeline.pages.normalising import Normalised, normalise
from solander.pipeline.requests import Asked
from solander.pipeline.subject import cut_short, is_bag, subjects, tree_in


def view_in(bag: str | Path) -> Path:
    """Where the view of a bag lies.

    Raises:
        ArchiveError: the bag has none, as bags of before the view have, or keeps no page.
        NotABag: there is no bag.
    """
    from solander.pipeline.archive import bag_at

    path = Path(bag)
    if kind_of(path) == "file":
        what = "this is no bag; a view of a page"
        if _is_bag_in_file(path):
            tree = tree_in(path)
            names = {entry.path for entry in tree.entries()} if tree is not None else set()
            if INDEX_NAME in names:
                raise ArchiveError(path, f"{OF_MANY}; see its pages: solander serve ARCHIVE")
            if STATEMENTS_NAME not in names:
                raise ArchiveError(path, NO_PAGE)
            what = "this is a bag in one file, and its view"
        raise ArchiveError(path, f"{what} goes into a file: solander view {path} --to view.html")
    _refuse_archive(path)
    bag_at(path)
    view = path / VIEW_NAME
    if kind_of(view) != "file":
        is_of_many = kind_of(path / INDEX_NAME) == "file"
        if not (is_of_many or keeps_page(path)):
            raise ArchiveError(path, NO_PAGE)
        remedy = which_page(path) if is_of_many else "make one: solander view BAG --to FILE"
        raise ArchiveError(path, f"it has no view; {remedy}")
    return view


def view(source: str | Path, *, side_by_side: bool = False, **asked: Unpack[Asked]) -> Document:
    """Make the view of a page anew: of a bag by what the bag records, of any other page as ``normalise`` reads it.

    Args:
        source: a bag, in a folder or an archive file, a page or ``-`` for standard input.
        side_by_side: the original, the TEI as it is read and the TEI as it is written, instead of the view alone.
        **asked: as for ``normalise``; a bag has its own words for all of it.

    Raises:
        SourceError: nothing could be read there, or what is there is no page.
        ArchiveError: the bag does not record how it was made, or could not be read.
        UsageError: something is said of a page whose bag says it already.
    """
    path = Path(source)
    kind = kind_of(path) if str(source) != "-" else "nothing"
    in_file = kind == "file" and _is_bag_in_file(path)
    if kind == "folder":
        _refuse_archive(path)
    is_kept = in_file or (kind == "folder" and is_bag(path))
    if is_kept and any(value is not None for value in asked.values()):
        raise UsageError("a bag says itself how its page was read and when it was packed: leave the options out")
    if in_file:
        # Late: a folder needs none of what lays archive files open.
        from solander.pipeline.bags.laid_open_bag import bag_laid_open

        with bag_laid_open(path) as folder:
            made = normalise_again(folder)
    else:
        made = normalise_again(path) if is_kept else normalise(source, **asked)
    return columns_of(made) if side_by_side else page_of(made)


def _refuse_archive(path: Path) -> None:
    """Say of an archive where the views of its bags are; of anything else nothing.

    Raises:
        ArchiveError: it is an archive.
    """
    if kind_of(path) != "folder" or is_bag(path):
        return
    try:
        found = subjects(path)
    except NotABag:
        return
    bag = next((one.path for one in found if one.kind in ("bag", "serialised")), path / "BAG")
    to = " --to view.html" if kind_of(bag) == "file" else ""
    views = f"solander view {quote(str(bag))}{to}; of all its bags: solander serve {quote(str(path))}"
    raise ArchiveError(path, f"this is an archive; a view is of one of its bags: {views}")


def _is_bag_in_file(path: Path) -> bool:
    """Whether a file is an archive file with a bag in it.

    Raises:
        ArchiveError: it is an archive file that was cut short: what it held cannot be told.
    """
    tree = tree_in(path)
    if tree is None:
        return False
    if (cut := cut_short(path, tree)) is not None:
        raise cut
    return any(entry.path == "bagit.txt" for entry in tree.entries())


def views_of(bag: Path) -> tuple[Document, Document]:
    """A bag's view and its side by side, both made anew of its original: whatever lies in the bag, they are ours.

    Raises:
        SourceError: what is there is no page.
        ArchiveError: the bag does not record how it was made, or could not be read.
    """
    made = normalise_again(bag)
    return page_of(made), columns_of(made)


def page_of(made: Normalised, *, tei: str | None = None, record: str = "", entry: str = "") -> Document:
    """The view of a page that was read.

    Args:
        made: the page.
        tei: where its TEI is in a bag of many pages, which has no place for the view itself.
        record: where its Dublin Core is there.
        entry: the way to what is shown of the page in its archive.
    """
    # Late: a bag's own view needs nothing of this.
    from solander.viewing import view_page
    from solander.viewing.about import IN_ITS_BAG, Beside

    beside = IN_ITS_BAG if tei is None else Beside(tei, record, is_linked=False, entry=entry)
    return view_page(made.page, made.description, made.capture, at=made.at, imprint=made.imprint, beside=beside)


def columns_of(made: Normalised, *, entry: str = "") -> Document:
    """The original, the TEI as it is read and as it is written; ``entry`` as for ``page_of``."""
    from solander.reading.trees.positions import positions
    from solander.viewing import view_side_by_side

    markup = _as_characters(made)
    places = {} if made.capture.media_type == "text/plain" else positions(markup)
    return view_side_by_side(
        made.page, made.description, made.capture, made.tei, markup=markup, places=places, entry=entry
    )


def write_view(document: Document, path: Path, *, replace: bool = False) -> None:
    """Write a view to a file, whole or not at all.

    Raises:
        UsageError: the file would lie in a bag.
        NameTaken: something has the name already, and it is not to be replaced.
        ArchiveUnwritable: the system refused to write.
    """
    outside_bags(path, "--to")
    write_file(path, document.content, replace=replace)


def _as_characters(made: Normalised) -> str:
    """The original as it was decoded."""
    import webencodings

    encoding = webencodings.lookup(made.page.charset.name)
    content = made.capture.content
    return str(webencodings.decode(content, encoding or webencodings.UTF8, "replace")[0])
