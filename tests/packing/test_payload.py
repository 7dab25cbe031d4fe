"""What becomes of each name in a folder that is to be bagged: nothing is passed over in silence."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from solander.model.bag import BagInfo, FetchEntry
from solander.model.bag_layout import README_NAME
from solander.model.fixity import digest
from solander.model.ports import Entry
from solander.packing import lay_out
from solander.packing.layout import with_oxum
from solander.packing.payload import choose_payload
from solander.packing.plain_layout import format_fetch, tag_files_of, with_field
from solander.packing.tag_files import parse_fetch

NAMES = st.text(st.characters(exclude_characters="/\0", exclude_categories=("Cs",)), min_size=1, max_size=8).filter(
    lambda name: name not in (".", "..")
)
KINDS = st.sampled_from(["file", "folder", "symlink", "special"])


@st.composite
def trees(draw: st.DrawFn) -> list[Entry]:
    """Every name of a folder, in any order."""
    found: dict[str, Entry] = {}
    for names, kind in draw(st.lists(st.tuples(st.lists(NAMES, min_size=1, max_size=4), KINDS), max_size=12)):
        for depth in range(1, len(names)):
            found.setdefault("/".join(names[:depth]), Entry("/".join(names[:depth]), "folder"))
        path = "/".join(names)
        if path not in found and all(found["/".join(names[:depth])].kind == "folder" for depth in range(1, len(names))):
            found[path] = Entry(path, kind, 1 if kind == "file" else 0)
    whole = {
        path: one
        for path, one in found.items()
        if all(found["/".join(path.split("/")[:depth])].kind == "folder" for depth in range(1, path.count("/") + 1))
    }
    return draw(st.permutations(list(whole.values())))


@given(trees(), st.lists(st.sampled_from(["*a*", "?", "*", "a/*", "[0-9]*", "b/"]), max_size=2), st.booleans())
def test_each_name_is_accounted_for_once(tree: list[Entry], patterns: list[str], refused: bool) -> None:
    chosen = choose_payload(tree, below="data/", exclude=patterns, links_are_refused=refused)
    kept = [one.path for one in chosen.files]
    told = [*kept, *chosen.links, *chosen.excluded, *(path for path, _ in chosen.refused)]
    assert len(told) == len(set(told))
    for one in tree:
        ancestors = {"/".join(one.path.split("/")[:depth]) for depth in range(1, one.path.count("/") + 1)}
        if one.kind == "folder" or ancestors & set(chosen.excluded):
            continue
        assert one.path in told
    folders = {one.path for one in tree if one.kind == "folder"}
    assert set(chosen.empty_folders) <= folders
    if not patterns:
        held = {one.path.rpartition("/")[0] for one in tree}
        assert set(chosen.empty_folders) | {path for path, _ in chosen.refused} >= folders - held


def test_a_pattern_without_a_slash_is_of_names_and_one_with_it_of_paths() -> None:
    tree = [Entry("a", "folder"), Entry("a/x.tmp", "file"), Entry("x.tmp", "file"), Entry("a/b", "file")]
    assert choose_payload(tree, below="data/", exclude=["*.tmp"]).excluded == ("a/x.tmp", "x.tmp")
    assert choose_payload(tree, below="data/", exclude=["a/*.tmp"]).excluded == ("a/x.tmp",)
    assert choose_payload(tree, below="data/", exclude=["*.TMP"]).excluded == ()
    whole = choose_payload(tree, below="data/", exclude=["a/"])
    assert (whole.excluded, [one.path for one in whole.files]) == (("a",), ["x.tmp"])


def test_a_folder_of_which_everything_is_left_out_is_empty() -> None:
    tree = [Entry("a", "folder"), Entry("a/b", "folder"), Entry("a/b/x", "file")]
    assert choose_payload(tree, below="data/", exclude=["x"]).empty_folders == ("a/b",)


def test_the_layouts_agree_but_for_what_is_a_page_s_alone() -> None:
    payload = {"data/100%.txt": b"one", "data/a\nb": b""}
    info = with_oxum(BagInfo.of([("Contact-Name", "A")]), map(len, payload.values()))
    algorithms = ("sha512", "md5")
    plain = dict(
        tag_files_of(
            info=info,
            payload={
                name: tuple(digest(content, one).value for one in algorithms) for name, content in payload.items()
            },
            algorithms=algorithms,
        )
    )
    ours = dict(lay_out(info=info, payload=list(payload.items()), algorithms=algorithms))
    tag_manifests = {name for name in ours if name.startswith("tagmanifest-")}
    assert set(ours) == {*plain, *payload, README_NAME}
    assert {name: plain[name] for name in plain.keys() - tag_manifests} == {
        name: ours[name] for name in plain.keys() - tag_manifests
    }
    for name in tag_manifests:
        lines = [line for line in ours[name].splitlines() if not line.endswith(README_NAME.encode())]
        assert plain[name].splitlines() == lines


def test_a_field_is_put_once_where_it_stood_first() -> None:
    info = BagInfo.of([("a", "1"), ("B", "2"), ("c", "3"), ("b", "4")])
    assert with_field(info, "b", "5").pairs == (("a", "1"), ("b", "5"), ("c", "3"))
    assert with_field(info, "d", "5").pairs == (*info.pairs, ("d", "5"))


@given(
    st.lists(
        st.tuples(
            st.from_regex(r"https://[a-z]{1,5}\.example/[!-~]{0,9}", fullmatch=True),
            st.none() | st.integers(0, 10**17),
            NAMES,
        ),
        max_size=5,
    )
)
def test_fetch_txt_is_read_as_it_was_written(lines: list[tuple[str, int | None, str]]) -> None:
    entries = tuple(
        FetchEntry(url, size, f"data/{name}", number)
        for number, (url, size, name) in enumerate(lines, 1)
        if "\\" not in name
    )
    entries = tuple(one._replace(line=number) for number, one in enumerate(entries, 1))
    assert parse_fetch(format_fetch(entries).decode()) == (entries, [])
