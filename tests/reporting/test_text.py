"""What a report says to a person."""

from hypothesis import given
from hypothesis import strategies as st

from solander.model.finding import Finding, Place, Report
from solander.reporting.text import closing_line, render, size, visible


def finding(code: str = "BAG003", severity: str = "error", **fields: object) -> Finding:
    place = Place("archive/2025-letters/manifest-sha512.txt", 3)
    return Finding(place, code, "payload-digest-mismatch", severity, "data/page.html", **fields)  # type: ignore[arg-type]


def test_a_finding_is_a_line_and_its_two_values_another():
    report = Report(
        subject="archive",
        findings=(finding(expected="5b1e04c7" + "0" * 120, found="07aa9d12" + "0" * 120),),
        counts=(("bags", 14), ("bags-with-findings", 1), ("files", 98), ("bytes", 1_100_000)),
    )
    assert render(report) == (
        "archive/2025-letters/manifest-sha512.txt:3  BAG003 payload-digest-mismatch  data/page.html\n"
        "    recorded 5b1e04c7…  found 07aa9d12…\n"
        "1 error in 1 of 14 bags (98 files, 1.1 MB)\n"
    )


def test_a_report_without_findings_says_so_with_its_counts():
    assert closing_line(Report(subject="a", counts=(("bags", 1), ("files", 11), ("bytes", 980)))) == (
        "no errors in 1 bag (11 files, 980 B)"
    )


def test_warnings_are_said_to_be_no_errors():
    report = Report(subject="a", findings=(finding(severity="warning"), finding(severity="info")))
    assert closing_line(report) == "no errors, 1 warning and 1 remark"
    assert "(warning) data/page.html" in render(report)


def test_what_was_not_checked_is_never_silent():
    report = Report(subject="a", unchecked=("the words: no record",))
    assert render(report) == "not checked: the words: no record\n1 thing not checked\n"


def test_two_digests_that_begin_alike_are_shown_whole():
    shown = render(Report(subject="a", findings=(finding(expected="ab" * 32, found="ab" * 31 + "cd"),)))
    assert "ab" * 32 in shown
    assert "ab" * 31 + "cd" in shown


def test_long_values_stand_on_lines_of_their_own_and_are_cut():
    shown = render(Report(subject="a", findings=(finding(code="PAG001", expected="word " * 100, found="x"),)))
    assert "\n    expected word word" in shown
    assert "…\n    found x\n" in shown


def test_sizes_are_said_as_people_say_them():
    assert [size(number) for number in (0, 999, 1000, 999_949, 999_950, 1_100_000, 10**16)] == [
        "0 B", "999 B", "1.0 kB", "999.9 kB", "1.0 MB", "1.1 MB", "10.0 PB",
    ]  # fmt: skip


@given(st.text(alphabet=st.characters(codec=None, exclude_categories=[])))
def test_nothing_of_the_material_can_work_the_terminal(text: str):
    shown = visible(text)
    assert not any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for character in shown)
    assert not {"\u202e", "\u2066", "\u2028"} & set(shown)
    shown.encode()


def test_words_of_any_script_stay_as_they_are():
    for text in ("Zhāng Píng 张平", "Ελλάδα", "العربية", "naïve café"):
        assert visible(text) == text


def test_no_errors_is_said_only_where_everything_was_checked():
    report = Report(subject="a", unchecked=("the words",), counts=(("bags", 1), ("files", 2), ("bytes", 3)))
    assert closing_line(report) == "1 thing not checked in 1 bag (2 files, 3 B)"
    both = Report(subject="a", findings=(finding(), finding(severity="info")), unchecked=("one", "two"))
    assert closing_line(both) == "1 error, 2 things not checked and 1 remark"


def test_a_folder_that_is_no_bag_is_counted_beside_the_bags():
    counts = (("bags", 2), ("strays", 1), ("files", 24), ("bytes", 1000))
    report = Report(subject="a", findings=(finding("BAG001"),), counts=counts)
    assert closing_line(report) == "1 error in 2 bags and 1 folder that is no bag (24 files, 1.0 kB)"
    assert closing_line(Report(subject="a", findings=(finding(),), counts=(("strays", 2), ("bags", 0)))) == (
        "1 error in 2 folders that are no bag"
    )


def test_bags_and_pages_are_counted_side_by_side():
    counts = (("bags", 2), ("bags-with-findings", 1), ("pages", 1), ("documents", 1))
    assert closing_line(Report(subject="a", counts=counts)) == "no errors in 1 of 2 bags, 1 page and 1 document"


def test_an_archive_without_bags_says_so():
    assert closing_line(Report(subject="a", counts=(("bags", 0), ("files", 0), ("bytes", 0)))) == "no bags"


def test_rules_that_were_to_be_ignored_are_counted_with_what_they_would_have_said():
    counts = (("bags", 2), ("ignored-DCM009", 2), ("ignored-DCM002", 0))
    assert closing_line(Report(subject="a", counts=counts)) == "no errors in 2 bags; 2 rules ignored (2 findings)"
    assert closing_line(Report(subject="a", counts=counts[:1] + counts[2:])) == "no errors in 2 bags; 1 rule ignored"


def test_only_what_a_bag_recorded_is_called_recorded():
    assert "recorded 1.1" in render(Report(subject="a", findings=(finding("BAG015", expected="1.1", found="2.2"),)))
    assert "expected 1.0" in render(Report(subject="a", findings=(finding("BAG026", expected="1.0", found="9.9"),)))


def test_an_empty_value_is_told_from_none():
    assert "expected (nothing)  found x" in render(
        Report(subject="a", findings=(finding("RED001", expected="", found="x"),))
    )
