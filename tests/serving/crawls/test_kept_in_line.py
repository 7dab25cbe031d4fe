"""What the catalogue has of pages is what their bag has, whatever became of it, and what cannot be read is told."""

from __future__ import annotations

import shutil

from tests.serving.crawls.asking import AT, PAGES, bag_of, found

from solander.cataloguing import CatalogueWriter
from solander.model.catalogue import CATALOGUE_NAME, key_of
from solander.model.item import tei_name
from solander.pipeline import catalogue
from solander.pipeline.archives.catalogue_entries import entries_of, pieces_of


def test_pages_go_and_come_with_their_bag(archive, tmp_path):
    bag = bag_of(archive)
    # Copies are other files.
    assert (catalogue(archive, at=AT).read, catalogue(archive, at=AT).kept) == (2, 2)
    shutil.move(bag, tmp_path / "away")
    catalogue(archive, at=AT)
    assert found(archive, "mark0042")[0] == 0
    assert found(archive, "mark0003")[:2] == (1, 0)
    shutil.move(tmp_path / "away", bag)
    told = catalogue(archive, at=AT)
    assert (told.read, told.pages) == (1, PAGES)
    assert found(archive, "mark0042")[:2] == (1, 1)


def test_a_bag_of_which_not_all_pages_were_written_is_read_again(archive):
    piece = next(one for one in pieces_of(archive) if one.path == bag_of(archive))
    entries = [*entries_of(piece)]
    writer = CatalogueWriter.open(archive / CATALOGUE_NAME)
    writer.remove(key_of(piece.name))
    for one in entries[:30]:
        writer.put(one if one.page is not None else type(one)(**{**vars_of(one), "state": ""}))
    writer.commit(1)
    writer.close()
    assert found(archive, "mark0042")[0] == 0
    assert catalogue(archive, at=AT).pages == PAGES
    assert found(archive, "", ("collection", bag_of(archive).name))[0] == PAGES


def vars_of(entry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in entry.__slots__}


def test_pages_that_a_bag_no_longer_has_are_no_longer_found(archive):
    index = bag_of(archive) / "metadata/items.csv"
    lines = index.read_bytes().splitlines(keepends=True)
    index.write_bytes(b"".join(lines[:11]))
    (bag_of(archive) / "metadata").touch()
    shutil.copystat(index, bag_of(archive) / "metadata")
    catalogue(archive, at=AT)
    assert found(archive, "", ("collection", bag_of(archive).name))[0] == 10


def test_an_index_that_cannot_be_read_to_its_end_is_told_and_the_rest_is_found(archive):
    index = bag_of(archive) / "metadata/items.csv"
    lines = index.read_bytes().splitlines(keepends=True)
    index.write_bytes(b"".join([*lines[:20], b"what is no row\r\n", *lines[20:]]))
    told = catalogue(archive, at=AT, afresh=True)
    ((name, why),) = told.damaged
    assert name == bag_of(archive).name
    assert "items.csv: line 21" in why
    assert found(archive, "", ("collection", bag_of(archive).name))[0] == 19


def test_a_page_whose_tei_is_broken_is_told_and_the_others_are_found(archive):
    (bag_of(archive) / tei_name(5)).write_bytes(b"<TEI")
    told = catalogue(archive, at=AT, afresh=True)
    assert told.damaged_count == 1
    assert "0000005.xml" in told.damaged[0][1]
    assert found(archive, "", ("finding", "damaged"))[2] == [f"{bag_of(archive).name}/pages/5"]
    assert found(archive, "mark0006")[0] == 1
