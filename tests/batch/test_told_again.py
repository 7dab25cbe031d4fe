"""What a bag of many pages tells of its own making is told again: whoever alters it by hand is found out."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.batch.asked import CONFIG
from tests.batch.made_crawls import page, write_crawl
from tests.batch.made_wacz import write_wacz

import solander
from solander.errors import ArchiveError
from solander.pipeline import update_bag
from solander.pipeline.shards.shard import ShardConfig, process_shard

KEEPER = """organization = "Harbour Museum & Sons"
contact_email = "keeper@harbour.example"
[tei]
licence = "CC0 1.0"
[bag]
algorithms = ["sha512", "sha256"]
"""
TELLING = ("RED005", "RED006", "RED007")


def packed(crawl: Path, archive: Path, config: ShardConfig = CONFIG) -> Path:
    archive.mkdir()
    (archive / "solander.toml").write_text(KEEPER)
    name = process_shard(crawl, archive, config).shard
    return archive / (name if config.form == "folder" else f"{name}.{config.form}")


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kept")
    crawl = write_crawl(folder / "Harbour & <sons>.warc.gz", [page(1), page(2), page(1), b"", page(3)])
    return packed(crawl, folder / "archive")


@pytest.fixture
def bag(kept, tmp_path):
    return Path(shutil.copytree(kept, tmp_path / kept.name))


def told(bag: Path) -> list[tuple[str, str, int | None]]:
    """What is found when a bag is derived again: codes, files and lines."""
    report = solander.pipeline.rederive(bag).report
    assert not report.unchecked
    return [(one.code, one.place.path.removeprefix(f"{bag}/"), one.place.line) for one in report.findings]


def alter(file: Path, old: str, new: str) -> int:
    """Put something else where a thing stands first; in which line it stood."""
    before = file.read_text("utf-8")
    assert old in before
    file.write_text(before.replace(old, new, 1), "utf-8")
    return before[: before.index(old)].count("\n") + 1


@pytest.mark.parametrize("form", ["folder", "tar"])
@pytest.mark.parametrize("write", [write_crawl, write_wacz])
def test_a_bag_that_nobody_touched_has_nothing_wrong_with_it(tmp_path, write, form):
    crawl = write(tmp_path / ("h.wacz" if write is write_wacz else "h.warc.gz"), [page(1), page(2)])
    made = packed(crawl, tmp_path / "a", ShardConfig(at=CONFIG.at, form=form))
    derived = solander.pipeline.rederive(made).report
    assert (derived.findings, derived.unchecked) == ((), ())
    assert set(derived.rules) >= set(TELLING)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("4 pages made into TEI P5, 1 not made", "5 pages made into TEI P5, 0 not made"),
        ("<originalName>Harbour", "<originalName>Market"),
        ("<formatName>text/csv", "<formatName>text/tsv"),
        ("<eventOutcome>warning", "<eventOutcome>success"),
        ("For the manifests: sha512", "For the manifests: sha384"),
        ("<linkingObjectRole>outcome", "<linkingObjectRole>source"),
        ("<eventDateTime>2026", "<eventDateTime>2025"),
    ],
)
def test_a_step_that_is_told_otherwise_is_named_with_its_line(bag, old, new):
    line = alter(bag / "metadata/premis.xml", old, new)
    assert told(bag) == [("RED005", "metadata/premis.xml", line)]


def test_what_hangs_on_the_day_is_set_aside(bag):
    premis = bag / "metadata/premis.xml"
    premis.write_text(premis.read_text().replace(f"solander {solander.__version__}", "solander 9.9"))
    alter(premis, f"<agentVersion>{solander.__version__}", "<agentVersion>9.9")
    alter(premis, "errors: 0", "errors: 3")
    assert told(bag) == []


def test_an_event_that_a_keeper_added_is_the_keepers(bag):
    added = "<event><eventType>fixity check</eventType><eventDateTime>2030-01-01</eventDateTime></event></premis>"
    alter(bag / "metadata/premis.xml", "</premis>", added)
    assert told(bag) == []


def test_a_record_of_the_steps_that_is_lost_is_named(bag):
    (bag / "metadata/premis.xml").unlink()
    assert told(bag) == [("RED005", "metadata/premis.xml", 1)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("4 web pages of harbour.example", "6 web pages of harbour.example"),
        ("Made from   Harbour", "Made from   Market"),
        ("Packed      2026", "Packed      2025"),
        ("Kept by     Harbour", "Kept by     Market"),
        ("sha512sum --check", "sha256sum --check"),
        ("Do not change", "Do change"),
    ],
)
def test_a_line_of_the_page_for_people_that_says_something_else_is_named(bag, old, new):
    line = alter(bag / "README.txt", old, new)
    assert told(bag) == [("RED006", "README.txt", line)]


def test_a_page_for_people_in_a_keepers_own_words_is_left_alone(bag):
    (bag / "README.txt").write_text("These are the pages of the harbour.\n")
    assert told(bag) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Bag-Version: 1", "Bag-Version: 2"),
        ("Bagging-Date: 2026-01-01", "Bagging-Date: 2025-12-31"),
        ("Source-Organization: Harbour", "Source-Organization: Market"),
        ("Contact-Email: keeper", "Contact-Email: nobody"),
        ("External-Description: 4 web pages", "External-Description: 5 web pages"),
        ("Web-Capture-File: Harbour", "Web-Capture-File: Market"),
        ("Web-Capture-Pages: 4", "Web-Capture-Pages: 5"),
        ("Web-Capture-Begin: 2024", "Web-Capture-Begin: 2023"),
        ("Web-Capture-End: 2024", "Web-Capture-End: 2025"),
    ],
)
def test_a_field_that_says_something_else_is_named_with_its_line(bag, old, new):
    line = alter(bag / "bag-info.txt", old, new)
    assert told(bag) == [("RED007", "bag-info.txt", line)]


def test_a_digest_of_the_captures_that_is_another_is_named(bag):
    line = alter(bag / "bag-info.txt", "Web-Capture-SHA256: ", "Web-Capture-SHA256: 0")
    assert told(bag) == [("RED007", "bag-info.txt", line)]


def test_a_description_in_a_keepers_own_words_is_left_alone(bag):
    alter(bag / "bag-info.txt", "External-Description: 4 web pages of", "External-Description: All that we had of")
    assert told(bag) == []


def test_a_bag_that_was_brought_up_to_date_has_its_new_keeper(bag):
    info = [("Source-Organization", "County Archive"), ("Contact-Email", "desk@county.example")]
    updated = update_bag(
        bag,
        add_algorithms=["sha384"],
        drop_algorithms=["sha256"],
        info=info,
        remove_info=["Source-Organization", "Contact-Email"],
        at=datetime(2031, 1, 1, tzinfo=UTC),
    )
    assert updated.was_updated
    assert told(bag) == []
    # What was captured is no keeper's to say.
    alter(bag / "bag-info.txt", "Web-Capture-Pages: 4", "Web-Capture-Pages: 5")
    assert [code for code, _, _ in told(bag)] == ["RED007"]


def test_what_is_too_large_to_be_compared_is_said_to_be_unchecked(bag):
    with (bag / "README.txt").open("ab") as file:
        file.truncate(65 << 20)
    report = solander.pipeline.rederive(bag).report
    assert not report.findings
    assert ["README.txt" in one for one in report.unchecked] == [True]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"at": "2026-01-01T00:00:00Z"', '"at": "2026-01-01T00:00:00"'),
        ('"algorithms": "sha512 sha256"', '"algorithms": "crc32"'),
        ('"original-name": "capture.warc.gz"', '"original-name": "../capture.warc.gz"'),
    ],
)
def test_a_bag_that_does_not_say_how_it_was_made_is_refused(bag, old, new):
    alter(bag / "metadata/description.json", old, new)
    with pytest.raises(ArchiveError, match="does not record how it was made"):
        solander.pipeline.rederive(bag)
