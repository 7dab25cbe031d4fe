"""A file of captures becomes one bag of many pages that is complete, judged, and the same bytes every time."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bagit import Bag
from tests.batch.made_crawls import page, tree, write_crawl
from tests.false_crawls import record

import solander
from solander.cli import main
from solander.model.item import FOLDER_ITEMS, records_name, tei_name
from solander.pipeline import begin_archive
from solander.pipeline.crawls.alikeness import BITS_APART, sketch_of
from solander.pipeline.shards.shard import ShardConfig, process_shard, shard_name

CONFIG = ShardConfig(at="2026-01-01T00:00:00Z")
PAGES = [page(1), page(2), page(1), page(2, changed=1), b"", page(3)]


@pytest.fixture(scope="module")
def crawl(tmp_path_factory):
    return write_crawl(tmp_path_factory.mktemp("crawl") / "Harbour 2024.warc.gz", PAGES)


@pytest.fixture(scope="module")
def archive(tmp_path_factory, crawl):
    archive = tmp_path_factory.mktemp("archives") / "archive"
    begin_archive(archive)
    process_shard(crawl, archive, CONFIG)
    return archive


@pytest.fixture
def bag(archive, crawl):
    return archive / shard_name(crawl)


def rows(bag):
    with (bag / "metadata/items.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_bag_stands_in_an_archive_without_an_error(archive):
    report = solander.validate(archive)
    assert report.passed, report.findings
    assert {one.code for one in report.at_or_above("warning")} == {"COL001"}


def test_bagit_agrees(bag):
    assert Bag(str(bag)).validate()


def test_the_file_of_captures_is_kept_to_the_byte(bag, crawl):
    assert (bag / "data/original/capture.warc.gz").read_bytes() == crawl.read_bytes()


def test_the_text_of_a_page_is_that_of_its_own_bag(bag, crawl, tmp_path):
    alone = next(solander.pipeline.pack_all([str(crawl)], into=tmp_path / "a", at=datetime(2026, 1, 1, tzinfo=UTC)))
    assert (alone.accession.path / "data/tei/page.xml").read_bytes() == (bag / tei_name(1)).read_bytes()
    assert alone.accession.identifier == rows(bag)[0]["identifier"]


def test_the_index_says_which_pages_are_the_same_and_which_nearly(bag):
    assert [one["same-as"] for one in rows(bag)] == ["", "", "1", "", "", ""]
    assert [one["like"] for one in rows(bag)] == ["", "", "", "2", "", ""]
    one, two, same, near, unmade, other = (one["sketch"] for one in rows(bag))
    assert [same, unmade] == ["", ""]
    assert (int(two, 16) ^ int(near, 16)).bit_count() <= BITS_APART < (int(one, 16) ^ int(other, 16)).bit_count()


def test_a_page_that_could_not_be_made_is_named_with_the_reason(bag):
    (unmade,) = (one for one in rows(bag) if not one["tei"])
    assert unmade["uri"] == "https://harbour.example/mole/5"
    assert "empty" in unmade["note"]


def test_the_dublin_core_of_all_says_what_they_are(bag):
    record = (bag / "metadata/dc.xml").read_text("utf-8")
    assert "<dc:type>Collection</dc:type>" in record
    assert "Web pages of Harbour 2024.warc.gz" in record


def test_show_tells_of_the_bag(bag, capfd):
    assert main(["show", str(bag)]) == 0
    assert "5 web pages of harbour.example" in capfd.readouterr().out


def test_the_same_file_and_moment_make_the_same_bytes(archive, crawl, tmp_path):
    begin_archive(tmp_path / "b")
    process_shard(crawl, tmp_path / "b", CONFIG)
    assert tree(tmp_path / "b") == tree(archive)


def test_running_it_again_changes_nothing(archive, crawl):
    before = tree(archive)
    receipt = process_shard(crawl, archive, CONFIG)
    assert tree(archive) == before
    assert (receipt.pages, receipt.not_made, receipt.the_same, receipt.alike) == (5, 1, 1, 1)


def test_a_receipt_that_was_lost_is_read_from_the_bag_again(archive, crawl):
    (path,) = (archive / ".solander-batch").glob("*.json")
    before = path.read_bytes()
    path.unlink()
    process_shard(crawl, archive, CONFIG)
    assert path.read_bytes() == before


def test_a_bag_of_other_options_is_never_taken_for_this_one(crawl, tmp_path):
    process_shard(crawl, tmp_path / "a", CONFIG)
    for one in (tmp_path / "a/.solander-batch").glob("*"):
        one.unlink()
    (tmp_path / "a/solander.toml").write_text('organization = "County Archive"\n')
    with pytest.raises(solander.errors.ArchiveError, match="made with other options"):
        process_shard(crawl, tmp_path / "a", CONFIG)


def test_a_tar_file_holds_the_same_bag(archive, bag, crawl, tmp_path):
    process_shard(crawl, tmp_path / "t", ShardConfig(at=CONFIG.at, form="tar"))
    (file,) = (tmp_path / "t").glob("*.tar")
    assert solander.validate(file).passed
    folder = json.loads(next((archive / ".solander-batch").glob("*.json")).read_bytes())
    assert json.loads(next((tmp_path / "t/.solander-batch").glob("*.json")).read_bytes()) == folder


def test_a_crawl_of_several_days_has_an_interval_for_its_day(tmp_path):
    records = record() + record(number=2, WARC_Date="2024-05-03T10:00:00Z")
    (tmp_path / "days.warc").write_bytes(records)
    process_shard(tmp_path / "days.warc", tmp_path / "a", CONFIG)
    (bag,) = (one for one in (tmp_path / "a").iterdir() if one.name.startswith("days"))
    assert "<dcterms:created>2024-05-01/2024-05-03</dcterms:created>" in (bag / "metadata/dcterms.xml").read_text()
    assert not solander.validate(bag).at_or_above("error")


def test_folders_hold_at_most_a_thousand():
    assert tei_name(1) == "data/tei-0000/0000001.xml"
    assert tei_name(FOLDER_ITEMS).startswith("data/tei-0000/")
    assert tei_name(FOLDER_ITEMS + 1) == "data/tei-0001/0001001.xml"
    assert records_name(FOLDER_ITEMS + 1) == "metadata/items/0001.xml"


def test_sketches_are_near_where_words_are_and_far_where_they_are_not():
    one, near, other = (sketch_of(p.decode()) for p in (page(7), page(7, changed=1), page(8)))
    assert (one ^ near).bit_count() <= BITS_APART < (one ^ other).bit_count()
    assert sketch_of("too few words") is None


def test_what_is_no_file_of_captures_is_no_shard(tmp_path):
    plain = Path(tmp_path / "a.html")
    plain.write_bytes(page(1))
    with pytest.raises(solander.errors.SourceError, match="a shard is a file of captures"):
        process_shard(plain, tmp_path / "a", CONFIG)
    assert not list((tmp_path / "a").glob("*")) if (tmp_path / "a").exists() else True


def copied(bag: Path, folder: Path) -> Path:
    import shutil

    return Path(shutil.copytree(bag, folder / bag.name))


def test_every_page_is_derived_again_and_is_the_same(archive, bag, capfd):
    derived = solander.pipeline.rederive(bag)
    assert derived.report.passed, derived.report.findings
    assert not derived.report.unchecked
    assert main(["verify", "--rederive", str(archive)]) == 0
    assert "what its original says" in capfd.readouterr().out


def test_an_index_that_was_written_before_there_were_sketches_is_read(archive, bag, tmp_path):
    older = copied(bag, tmp_path)
    kept = [one for one in rows(bag)[0] if one != "sketch"]
    with (older / "metadata/items.csv").open("w", newline="", encoding="utf-8") as file:
        written = csv.DictWriter(file, kept, extrasaction="ignore", lineterminator="\r\n")
        written.writeheader()
        written.writerows(rows(bag))
    assert solander.pipeline.rederive(older).report.passed
    assert {one.code for one in solander.validate(older).findings if one.code.startswith("COL")} == {"COL001"}


@pytest.mark.parametrize("form", ["warc", "wacz"])
def test_a_larger_page_than_was_read_is_not_read_when_it_is_derived_again(form, tmp_path):
    from tests.batch.made_wacz import write_wacz

    pages = [page(1), page(2) + b" " * 5000]
    write = write_crawl if form == "warc" else write_wacz
    crawl = write(tmp_path / f"one.{form}", pages)
    receipt = process_shard(crawl, tmp_path / "a", ShardConfig(at=CONFIG.at, limit_bytes=4000))
    assert (receipt.pages, receipt.not_made) == (1, 1)
    derived = solander.pipeline.rederive(tmp_path / "a" / receipt.shard)
    assert derived.report.passed, derived.report.findings
    assert solander.validate(tmp_path / "a" / receipt.shard).passed


@pytest.mark.parametrize(
    ("where", "old", "new", "code"),
    [
        (tei_name(2), b"Ledger of the light", b"Ledger of the dark!", "RED001"),
        ("metadata/items/0000.xml", b"Ledger 2", b"Ledger 5", "RED002"),
        ("metadata/items.csv", b"Ledger of the light", b"Ledger of the night", "RED002"),
        ("metadata/dc.xml", b"5 web pages", b"6 web pages", "RED002"),
        ("bag-info.txt", b"urn:uuid:", b"urn:uuie:", "RED003"),
    ],
)
def test_what_is_not_what_the_file_of_captures_says_is_named(bag, tmp_path, where, old, new, code):
    altered = copied(bag, tmp_path)
    before = (altered / where).read_bytes()
    head, _, rest = before.partition(b"External-Identifier: ") if where == "bag-info.txt" else (b"", b"", before)
    assert old in rest
    mark = b"External-Identifier: " if where == "bag-info.txt" else b""
    (altered / where).write_bytes(head + mark + rest.replace(old, new, 1))
    found = solander.pipeline.rederive(altered).report.findings
    assert [(one.code, one.place.path) for one in found] == [(code, f"{altered}/{where}")]


def test_a_row_too_many_and_a_row_too_few_are_named_when_derived_again(bag, tmp_path):
    altered = copied(bag, tmp_path)
    index = altered / "metadata/items.csv"
    lines = index.read_bytes().splitlines(keepends=True)
    for changed in (lines[:-1], [*lines, lines[-1]]):
        index.write_bytes(b"".join(changed))
        assert [one.code for one in solander.pipeline.rederive(altered).report.findings] == ["RED002"]


def test_show_names_of_a_thousand_pages_the_first_and_the_last(tmp_path, capfd):
    crawl = write_crawl(tmp_path / "many.warc.gz", [page(n) for n in range(12)])
    receipt = process_shard(crawl, tmp_path / "a", CONFIG)
    assert main(["show", str(tmp_path / "a" / receipt.shard)]) == 0
    told = capfd.readouterr().out
    assert [name in told for name in ("0000001.xml", "… 10 more", "0000012.xml")] == [True] * 3
    assert "0000002.xml" not in told
    assert "many.warc.gz" in told


def test_the_list_of_an_archive_dates_many_pages_by_their_first(archive, capfd):
    main(["show", str(archive)])
    assert "2024-05-01" in capfd.readouterr().out


def test_a_catalogue_finds_the_words_of_each_page(archive, tmp_path):
    from solander.model.catalogue import Query
    from solander.pipeline.archives.cataloguing import catalogue, open_catalogue

    catalogue(archive, to=tmp_path / "catalogue.sqlite")
    opened = open_catalogue(tmp_path / "catalogue.sqlite")
    found = [len(opened.search(Query(words=words)).hits) for words in ("changed", "harbour.example/mole/6", "absent")]
    opened.close()
    assert found == [1, 1, 0]


def test_a_view_of_many_pages_is_refused_with_what_to_do(bag, tmp_path, capfd):
    assert main(["view", str(bag), "--to", str(tmp_path / "v.html")]) == 3
    assert "pack the one that you want" in capfd.readouterr().err
    assert main(["view", str(bag)]) == 3
    assert "pack the one that you want" in capfd.readouterr().err


def test_a_file_whose_name_is_no_text_becomes_a_bag_and_is_known_again(tmp_path):
    crawl = write_crawl(tmp_path / "tide\udce9 \n table.warc.gz", PAGES[:2])
    receipt = process_shard(crawl, tmp_path / "archive", CONFIG)
    assert receipt.source == "tide\ufffd   table.warc.gz"
    assert solander.validate(tmp_path / "archive" / receipt.shard).passed
    (tmp_path / "archive/.solander-batch" / f"{receipt.shard}.json").unlink()
    assert process_shard(crawl, tmp_path / "archive", CONFIG) == receipt


@pytest.mark.parametrize(("words", "status"), [([], 0), (["--fail-on", "warning"], 1)])
def test_a_page_that_was_not_made_counts_where_warnings_do(crawl, tmp_path, capfd, words, status):
    asked = ["batch", str(crawl), "--into", str(tmp_path / "a"), "--at", CONFIG.at, *words]
    # What is done already ends as it did when it was made.
    for _ in range(2):
        assert main(asked) == status
        assert "1 not made" in capfd.readouterr().err
    assert main(["validate", str(tmp_path / "a"), *words]) == status
