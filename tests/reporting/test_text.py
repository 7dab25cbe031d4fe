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
    assert render(report) == "not checked: the words: no record\nno errors; 1 thing not checked\n"


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
