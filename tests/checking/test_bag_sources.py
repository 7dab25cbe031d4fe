"""What fetch.txt names is judged by its address alone: hosts of one network, local files, what is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.checking.bags import judge

from solander.files.whole import write_folder
from solander.model.bag import BagInfo
from solander.model.finding import Finding
from solander.packing import lay_out


def to_fetch(folder: Path, url: str) -> list[Finding]:
    folder.mkdir(exist_ok=True)
    files = dict(lay_out(info=BagInfo(), payload=[("data/page.txt", b"1")]))
    bag = write_folder(folder, "bag", tuple(files.items()))
    (bag / "tagmanifest-sha512.txt").unlink()
    (bag / "fetch.txt").write_text(f"{url} - data/page.txt\n")
    return [one for one in judge(bag) if one.code != "BAG058"]


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1/a", "http://2130706433/a", "http://0x7f.1/a", "http://0177.0.0.1/a", "http://[::1]:80/a"),
        *("http://10.0.0.1/a", "ftp://192.168.1.1/a", "http://172.31.255.255/a", "http://169.254.169.254/a"),
        *("http://[fe80::1%25eth0]/a", "http://[fd00::1]/a", "http://[::ffff:10.0.0.1]/a", "http://0.0.0.0/a"),
        *("http://localhost/a", "http://LOCALHOST.:8080/a", "https://db.internal/a", "http://printer/a"),
        *("http://user@127.1/a", "https://100.64.0.1/a", "http://%31%32%37.0.0.1/a", "http://nas.local/a"),
    ],
)
def test_a_host_of_one_network_only_is_a_warning(tmp_path: Path, url: str) -> None:
    assert [(one.code, one.severity) for one in to_fetch(tmp_path, url)] == [("BAG056", "warning")]


@pytest.mark.parametrize(
    "url",
    [
        *("https://archive.example/a", "http://8.8.8.8/a", "http://[2001:4860:4860::8888]/a", "ark:/12345/a"),
        *("https://localhost.example/a", "https://10.0.0.1.example/a", "https://archive.example/127.0.0.1"),
    ],
)
def test_a_host_of_the_open_net_is_none(tmp_path: Path, url: str) -> None:
    assert to_fetch(tmp_path, url) == []


@pytest.mark.parametrize("url", ["file:///etc/passwd", "FILE:///c:/x", "file:x"])
def test_a_local_file_is_no_source(tmp_path: Path, url: str) -> None:
    assert [(one.code, one.severity) for one in to_fetch(tmp_path, url)] == [("BAG054", "error")]


@pytest.mark.parametrize("url", ["http://[::1/a", "http:///a", "https:a", "http://a.example/\x1b[31m", "//a.example/"])
def test_what_nothing_can_be_fetched_by_is_malformed(tmp_path: Path, url: str) -> None:
    assert [one.code for one in to_fetch(tmp_path, url)] == ["BAG028"]
