"""Links in a bag are judged by where they arrive and never followed; pipes are named and never opened."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from tests.checking.bags import judge

from solander.files.whole import write_folder
from solander.model.bag import BagInfo
from solander.packing import lay_out


def test_a_link_is_named_and_never_followed(good: Path) -> None:
    (good / "data" / "link").symlink_to("/etc")
    (good / "data" / "broken").symlink_to("nowhere")
    found = judge(good)
    assert [(one.code, one.place.path) for one in found] == [("BAG017", "data/broken"), ("BAG017", "data/link")]


def linked(folder: Path, *links: tuple[str, str]) -> Path:
    """A bag of ``data/page.txt`` and ``data/deep/two.txt``, whose manifest lists links by what they lead to, too."""
    files = dict(lay_out(info=BagInfo(), payload=[("data/page.txt", b"1"), ("data/deep/two.txt", b"22")]))
    bag = write_folder(folder, "bag", tuple(files.items()))
    for name, target in links:
        (bag / name).symlink_to(target)
    return bag


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("data/link", "page.txt"),
        ("data/link", "./deep/../page.txt"),
        ("data/deep/link", "../page.txt"),
        ("data/deep/link", "two.txt"),
        ("data/link", "deep"),
    ],
)
def test_a_link_within_the_payload_is_a_warning(tmp_path: Path, name: str, target: str) -> None:
    assert [(one.code, one.place.path) for one in judge(linked(tmp_path, (name, target)))] == [("BAG046", name)]


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("data/link", "/etc/passwd"),
        ("data/link", "../../elsewhere"),
        ("data/link", "../../bag/data/page.txt"),
        ("data/link", "../bag-info.txt"),
        ("data/link", "link"),
        ("data/link", "."),
        ("data/deep/link", ".."),
        ("data/link", "nowhere"),
        ("data/link", "page.txt/.."),
        ("data/link", "page.txt/below"),
        ("notes.txt", "data/page.txt"),
    ],
)
def test_any_other_link_is_an_error(tmp_path: Path, name: str, target: str) -> None:
    assert [(one.code, one.place.path) for one in judge(linked(tmp_path, (name, target)))] == [("BAG017", name)]


def test_links_that_lead_to_links_are_judged_by_where_they_arrive(tmp_path: Path) -> None:
    links = [("data/a", "b"), ("data/b", "deep/c"), ("data/deep/c", "../page.txt"), ("data/x", "y"), ("data/y", "x")]
    found = {(one.code, one.place.path) for one in judge(linked(tmp_path, *links))}
    assert found == {*(("BAG046", f"data/{name}") for name in ("a", "b", "deep/c")), ("BAG017", "data/x"),
                     ("BAG017", "data/y")}  # fmt: skip


def test_a_listed_link_within_the_payload_is_judged_by_the_file_it_leads_to(tmp_path: Path) -> None:
    bag = linked(tmp_path, ("data/link", "page.txt"))
    for name in ("manifest-sha512.txt", "tagmanifest-sha512.txt"):
        (bag / name).unlink()
    page, two = (hashlib.sha512(content).hexdigest() for content in (b"1", b"22"))
    lines = [f"{two}  data/deep/two.txt\n", f"{page}  data/link\n", f"{page}  data/page.txt\n"]
    (bag / "manifest-sha512.txt").write_text("".join(lines))
    # Whether the link counts as a file differs from tool to tool: either count is true.
    for oxum in ("3.2", "4.3"):
        (bag / "bag-info.txt").write_text(f"Payload-Oxum: {oxum}\n")
        assert {one.code for one in judge(bag)} == {"BAG046", "BAG058"}
    (bag / "manifest-sha512.txt").write_text("".join(lines).replace(f"{page}  data/link", f"{two}  data/link"))
    assert {one.code for one in judge(bag)} == {"BAG003", "BAG046", "BAG058"}
    # A file that only a link's line names is listed by nobody.
    (bag / "manifest-sha512.txt").write_text("".join(lines[:2]))
    assert ("BAG005", "data/page.txt") in {(one.code, one.place.path) for one in judge(bag)}


def test_a_listed_file_that_became_a_link_is_not_read(good: Path) -> None:
    page = good / "data" / "original" / "page.html"
    page.rename(good.parent / "page.html")
    page.symlink_to(good.parent / "page.html")
    assert {one.code for one in judge(good)} == {"BAG004", "BAG015", "BAG017"}


def test_a_pipe_is_named_and_never_opened(good: Path) -> None:
    os.mkfifo(good / "data" / "pipe")
    os.mkfifo(good / "fetch.txt")
    assert [(one.code, one.place.path) for one in judge(good)] == [("BAG018", "data/pipe"), ("BAG018", "fetch.txt")]
