"""A file of records is judged record by record, and each fault is named by a rule of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.false_crawls import CRAWLS, file_name, message, record

import solander

FAULTS = Path(__file__).parents[1] / "faults"

MALFORMED = {
    "00": set(),
    "01": {"WRC040"},
    "02": {"WRC041"},
    "03": {"WRC011"},
    "04": {"WRC012"},
    "05": {"WRC013"},
    "06": {"WRC005"},
    "07": {"WRC021"},
    "08": {"WRC022"},
    "09": {"WRC023"},
    "10": {"WRC025"},
    "11": {"WRC027"},
    "12": {"WRC003"},
    "13": {"WRC050"},
    "14": {"WRC010"},
    "15": {"WRC009"},
    "16": {"WRC002"},
    "17": {"WRC002", "WRC025"},
    "18": {"WRC015"},
    "19": {"WRC016"},
    "20": {"WRC017", "WRC025"},
    "21": {"WRC054"},
    "22": {"WRC056"},
    "23": {"WRC057"},
    "24": {"WRC059"},
    "25": {"WRC006"},
    "26": {"WRC008"},
    "27": {"WRC052", "WRC053", "WRC063"},
    "28": {"WRC033"},
    "29": {"WRC032"},
    "30": {"WRC001"},
    "31": {"WRC001", "WRC002"},
    "32": set(),
    "33": {"WRC061"},
    "34": {"WRC062"},
    "35": {"WRC063"},
    "36": {"WRC063"},
}
"""What is wrong with each of the malformed files of the corpora, by the number in its name (and no more)."""


@pytest.mark.parametrize("name", CRAWLS)
def test_a_specimen_is_as_it_is_made(name: str, pytestconfig: pytest.Config) -> None:
    path = FAULTS / name / file_name(name)
    if pytestconfig.getoption("--rewrite-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(CRAWLS[name]())
    if name not in ("WRC059-body-beyond-bound", "CAP031-media-left-out"):  # these are deflated, by whatever zlib
        assert path.read_bytes() == CRAWLS[name]()


@pytest.mark.corpora
@pytest.mark.parametrize("number", MALFORMED)
def test_each_defect_of_the_malformed_files_is_named_by_its_own_rule(shared: Path, number: str) -> None:
    (path,) = (shared / "corpora" / "warc" / "malformed-made").glob(f"{number}-*")
    assert {one.code for one in solander.validate(path).findings} == MALFORMED[number]


@pytest.mark.corpora
@pytest.mark.parametrize(
    ("name", "records"),
    [
        ("js-wacz/lil-projects.warc.gz", 59),
        ("resiliparse/warcfile.warc.lz4", 50),
        ("resiliparse/warcfile.warc.gz", 50),
        ("py-wacz/example-iana.warc", 118),
        ("warcio/example.arc", 2),
        ("warcio/example.arc.gz", 2),
    ],
)
def test_every_record_of_a_real_file_is_read(shared: Path, name: str, records: int) -> None:
    assert dict(solander.validate(shared / "corpora" / "warc" / name).counts)["records"] == records


@pytest.mark.corpora
def test_no_file_of_the_corpora_is_more_than_can_be_judged(shared: Path) -> None:
    corpora = shared / "corpora"
    for path in sorted([*corpora.glob("warc/*/*"), *corpora.glob("wet/*"), *corpora.glob("captures/*.gz")]):
        report = solander.validate(path)
        assert dict(report.counts)["crawls"] == 1, path
        if "malformed" not in str(path) and "bad" not in path.name and "empty" not in path.name:
            assert dict(report.counts)["records"], path


def test_a_bomb_costs_no_memory(tmp_path: Path) -> None:
    path = FAULTS / "WRC059-body-beyond-bound" / "crawl.warc"
    code = (
        f"import solander; print(solander.validate({str(path)!r}).findings[0].code);"
        "print(*[line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    found, most_kib = done.stdout.split()
    assert found == "WRC059"
    # Not ru_maxrss, which counts what the process was before it became Python.
    assert int(most_kib) < 200 * 1024


def test_a_file_that_ends_too_early_is_never_called_whole(tmp_path: Path) -> None:
    content = record() + record(number=2)
    for cut in set(range(0, len(content), 7)) - {len(record())}:
        (tmp_path / "crawl.warc").write_bytes(content[:cut])
        assert solander.validate(tmp_path / "crawl.warc").at_or_above("error"), cut


def test_a_digest_is_told_by_the_form_of_the_body_that_it_is_of(tmp_path: Path) -> None:
    from tests.false_crawls import HTML, PAGE, chunked, digest

    sent = chunked(PAGE)
    block = message(sent, fields=HTML + b"Transfer-Encoding: chunked\r\n", length=None)
    path = tmp_path / "crawl.warc"
    for form, codes in ((sent, set()), (PAGE, {"WRC042"}), (b"other", {"WRC041"})):
        path.write_bytes(record(block, WARC_Payload_Digest=digest(form)))
        assert {one.code for one in solander.validate(path).findings} == codes


def test_brackets_that_a_program_wrote_about_every_address_are_told_once(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    records = [
        record(number=number, WARC_Target_URI=f"<https://harbour.example/mole/{number}>") for number in range(1, 6)
    ]
    path.write_bytes(record(number=9) + b"".join(records))
    starts = [len(record(number=9)) + sum(map(len, records[:before])) for before in range(3)]
    (found,) = solander.validate(path).findings
    assert (found.code, found.place.line) == ("WRC027", 2)
    listed = ", ".join(f"{start:,}" for start in starts)
    assert found.message == f"WARC-Target-URI stands in brackets (5 records; the first at byte {listed})"
