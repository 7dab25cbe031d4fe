"""An archive of one bag of many pages and one of one page, to be looked at, changed and shown."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.batch.made_crawls import write_crawl
from tests.serving.crawls.asking import AT, PAGES, written

from solander.model.catalogue import CATALOGUE_NAME
from solander.pipeline import begin_archive, catalogue, pack_all
from solander.pipeline.shards.shard import ShardConfig, process_shard
from solander.pipeline.showing.shown_archive import ShownArchive


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one bag of many pages and one of one page, catalogued."""
    folder = tmp_path_factory.mktemp("crawls")
    begin_archive(folder / "archive")
    crawl = write_crawl(folder / "Häfen 2024.warc.gz", [written(number) for number in range(1, PAGES + 1)])
    process_shard(crawl, folder / "archive", ShardConfig(at="2026-01-01T00:00:00Z"))
    (folder / "alone.html").write_bytes(written(3).replace(b"mark0003", b"mark0003 lonely"))
    assert [one.error for one in pack_all([str(folder / "alone.html")], into=folder / "archive", at=AT)
            if not hasattr(one, "accession")] == []  # fmt: skip
    catalogue(folder / "archive", at=AT)
    return folder / "archive"


@pytest.fixture
def archive(made: Path, tmp_path: Path) -> Path:
    """A copy that may be changed."""
    return Path(shutil.copytree(made, tmp_path / "archive"))


@pytest.fixture
def shown(made: Path) -> ShownArchive:
    return ShownArchive(made, made / CATALOGUE_NAME, name="Archive", email="a@example.org")
