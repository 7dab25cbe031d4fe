"""What a page needs to be shown again beside what a reader sees: its scripts, its manifest, what its links preload."""

import pytest

from solander.capturing.replay_references import replay_references

URI = "https://harbour.example/notes/page"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("<script src=a.js></script>", "https://harbour.example/notes/a.js"),
        ("<SCRIPT SRC='/a.js'></SCRIPT>", "https://harbour.example/a.js"),
        ('<script src="https://tide.example/a.js?x=1&amp;y=2"></script>', "https://tide.example/a.js?x=1&y=2"),
        ("<link rel='modulepreload' href=m.mjs>", "https://harbour.example/notes/m.mjs"),
        ("<link rel=manifest href=app.json>", "https://harbour.example/notes/app.json"),
        ("<link href=f.woff2 rel='preload prefetch' as=font>", "https://harbour.example/notes/f.woff2"),
        # The first base holds, wherever it stands.
        ("<script src=a.js></script><base href=/b/><base href=/c/>", "https://harbour.example/b/a.js"),
        # However much stands in the tag before its source, and where no ">" ends it.
        (f"<script {'data-tide=1 ' * 90}src=a.js></script>", "https://harbour.example/notes/a.js"),
        (f"<script data-tide='{'>' * 9000}' src=a.js></script>", "https://harbour.example/notes/a.js"),
        ("<script src=a.js", "https://harbour.example/notes/a.js"),
    ],
)
def test_a_script_and_what_is_preloaded_is_told_with_its_whole_address(written: str, address: str) -> None:
    assert replay_references(written.encode(), URI) == [address]


@pytest.mark.parametrize(
    "written",
    ["<script>let src = 1</script>", "<link rel=next href=b>", "<script src='data:text/javascript,1'></script>"],
)
def test_nothing_else_is(written: str) -> None:
    assert replay_references(written.encode(), URI) == []


def test_each_address_is_told_once_in_the_order_of_the_page() -> None:
    page = b"<script src=b.js></script><script src=a.js></script><script src=b.js#x></script>"
    assert [one.rpartition("/")[2] for one in replay_references(page, URI)] == ["b.js", "a.js"]
