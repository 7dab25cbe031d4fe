"""What no address may do to whoever fetches it: lead into a private network, never end, or unpack to no end."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from tests.live.loopback_site import Answer, serving
from tests.warc_judges import judge_written

Refusal = Callable[..., str]

NOT_PUBLIC = r"its address {} is not of the public Internet; nothing was asked"
LOOPBACK = NOT_PUBLIC.format(r"127\.0\.0\.1")

BY_FORM = {
    "http://127.0.0.1/": LOOPBACK,
    "http://127.0.0.1:8080/": LOOPBACK,
    "http://127.1/": LOOPBACK,
    "http://2130706433/": LOOPBACK,
    "http://0x7f000001/": LOOPBACK,
    "http://0x7f.1/": LOOPBACK,
    "http://0177.0.0.1/": "it is no address .Invalid IPv4 address",
    "http://017700000001/": LOOPBACK,
    "http://①②⑦.⓪.⓪.①/": r"not of the public Internet|it is no address",
    "http://localhost/": NOT_PUBLIC.format(r"(127\.0\.0\.1|::1)"),
    "http://LOCALHOST./": r"not of the public Internet|the name has no address",
    "http://[::1]/": NOT_PUBLIC.format("::1"),
    "http://[0:0:0:0:0:0:0:1]/": NOT_PUBLIC.format("::1"),
    "http://[::ffff:127.0.0.1]/": NOT_PUBLIC.format("::ffff:127.0.0.1"),
    "http://[::ffff:10.0.0.1]/": NOT_PUBLIC.format("::ffff:10.0.0.1"),
    "http://[::ffff:a9fe:a9fe]/": NOT_PUBLIC.format("::ffff:169.254.169.254"),
    "http://[64:ff9b::7f00:1]/": NOT_PUBLIC.format("64:ff9b::7f00:1"),
    "http://[64:ff9b::a00:1]/": NOT_PUBLIC.format("64:ff9b::a00:1"),
    "http://[2002:7f00:1::]/": NOT_PUBLIC.format("2002:7f00:1::"),
    "http://[2002:a00:1::1]/": NOT_PUBLIC.format("2002:a00:1::1"),
    "http://[2001:0:7f00:1::1]/": NOT_PUBLIC.format("2001:0:7f00:1::1"),
    "http://[fc00::1]/": NOT_PUBLIC.format("fc00::1"),
    "http://[fe80::1]/": NOT_PUBLIC.format("fe80::1"),
    "http://169.254.169.254/latest/meta-data/": NOT_PUBLIC.format("169.254.169.254"),
    "http://0xa9fea9fe/latest/": NOT_PUBLIC.format("169.254.169.254"),
    "http://10.0.0.1/": NOT_PUBLIC.format("10.0.0.1"),
    "http://172.16.0.1/": NOT_PUBLIC.format("172.16.0.1"),
    "http://192.168.1.1/": NOT_PUBLIC.format("192.168.1.1"),
    "http://100.64.0.1/": NOT_PUBLIC.format("100.64.0.1"),
    "http://198.18.0.1/": NOT_PUBLIC.format("198.18.0.1"),
    "http://0.0.0.0/": NOT_PUBLIC.format("0.0.0.0"),
    "http://0/": NOT_PUBLIC.format("0.0.0.0"),
    "http://224.0.0.1/": NOT_PUBLIC.format("224.0.0.1"),
    "http://255.255.255.255/": NOT_PUBLIC.format("255.255.255.255"),
    "file:///etc/passwd": "its scheme file is not one that pages are fetched by",
    "gopher://example.org/1": "its scheme gopher is not one",
    "ftp://example.org/a": "its scheme ftp is not one",
    "ws://example.org/": "its scheme ws is not one",
    "http://keeper:secret@example.org/": "it bears a user's name or password",
    "https://keeper@example.org/": "it bears a user's name or password",
    "http://example.org:22/": "its port 22 is not one of web servers",
    "http://example.org:6379@127.0.0.1/": "it bears a user's name or password",
    "https://nowhere.invalid/": "https://nowhere.invalid/: the name has no address",
    "http://münchen.invalid/": "http://münchen.invalid/: the name has no address",
    "http://xn--/": "the name has no address|it is no address",
    "http://0177.1/": LOOPBACK,
    "http://0x7f.0.0.1/": LOOPBACK,
    "http://127。0。0。1/": LOOPBACK,
    "http://256.256.256.256/": "it is no address",
    "http://%6c%6f%63%61%6c%68%6f%73%74/": "not of the public Internet|the name has no address|it is no address",
    "http://10.0.0.1./": "not of the public Internet|the name has no address|it is no address",
    "http://[::ffff:127.0.0.1%25lo]/": "not of the public Internet|the name has no address|it is no address",
    "http://[::]/": NOT_PUBLIC.format("::"),
    "http://a%40b@10.0.0.1/": "it bears a user's name or password",
    "http://127.0.0.1:99999/": "there is no port 99999",
    "http://127.0.0.1%00.example.org/": "the name has no address|it is no address",
    "http:///a": "it names no host",
    "http://example.org:0/": "its port 0 is not one of web servers",
    "http://[fe80::1%25eth0]/": r"not of the public Internet|it is no address|has no address",
    "http://127.0.0.1./": r"not of the public Internet|it is no address|has no address",
    "http://[64:ff9b:1::a00:1]/": NOT_PUBLIC.format("64:ff9b:1::a00:1"),
    "http://[2001:0:808:808::f5ff:fffe]/": NOT_PUBLIC.format("2001:0:808:808::f5ff:fffe"),
    "http://[::127.0.0.1]/": NOT_PUBLIC.format("::(127.0.0.1|7f00:1)"),
    "http+unix://%2Frun%2Fdocker.sock/": r"its scheme http.unix is not one|it is no address",
    "unix:///run/docker.sock": "its scheme unix is not one",
    "http://[::1/": "it is no address",
    "http://example.org/" + "a" * 9_000: "it is longer than 8,000 characters",
}


@pytest.mark.parametrize("address", BY_FORM, ids=lambda one: one[:50])
def test_an_address_that_may_not_be_asked_is_refused_by_its_form_or_where_its_name_leads(
    address: str, refusal: Refusal
) -> None:
    said = refusal(address, allows_loopback=False)
    assert re.search(BY_FORM[address], said)
    assert "secret" not in said


def page(*_: object) -> Answer:
    return 200, {"Content-Type": "text/html"}, b"<!doctype html><title>A</title><p>Words of a page.</p>"


def only(path: str, answer: Callable[[str], Answer | bytes | Iterator[bytes]]) -> Callable[[str], object]:
    """A server that gives an answer to one path, and has no other."""
    return lambda asked: answer(asked) if asked.startswith(path) else (404, {}, b"nothing")


def to(address: str) -> Callable[[str], Answer]:
    return lambda _: (302, {"Location": address}, b"")


def further(path: str) -> Answer:
    return 302, {"Location": f"/a{int(path[2:] or 0) + 1}"}, b""


def endless(_: str) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    for _ in count():
        yield b"<p>more</p>" * 10_000


def dripping(_: str) -> Iterator[bytes]:
    import time

    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    for _ in range(100):
        yield b"<p>a</p>"
        time.sleep(0.05)


def interim(_: str) -> Iterator[bytes]:
    for _ in count():
        yield b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 1_000


def dripping_head(_: str) -> Iterator[bytes]:
    import time

    yield b"HTTP/1.1 200 OK\r\n"
    for number in range(100):
        yield b"X-%d: a\r\n" % number
        time.sleep(0.05)


def chunk_flood(_: str) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    for _ in count():
        yield b"1\r\na\r\n" * 10_000


def bomb(_: str) -> Answer:
    return 200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(bytes(30_000_000))


HOSTILE = {
    "into a private network": (
        to("http://10.0.0.1/a"),
        r"redirected to .*its address 10\.0\.0\.1 is not of the public",
    ),
    "to the cloud's own": (to("http://169.254.169.254/"), r"its address 169\.254\.169\.254 is not of the public"),
    "to a file": (to("file:///etc/passwd"), "redirected to .*its scheme file is not one"),
    "to gopher": (to("gopher://example.org/"), "redirected to .*its scheme gopher is not one"),
    "to a password": (to("http://a:secret@example.org/"), "redirected to .*it bears a user's name or password"),
    "to a port of mail": (to("http://example.org:25/"), "redirected to .*its port 25 is not one of web servers"),
    "10,000 redirects": (further, "it was redirected more than 10 times"),
    "in a circle": (to("/a"), "it is redirected in a circle"),
    "in a circle that a cookie ends": (
        lambda _: (302, {"Location": "/a", "Set-Cookie": "seen=1"}, b""),
        "it is redirected in a circle; it sets cookies, and none are sent",
    ),
    "endless body": (endless, "larger than the limit of 2,000,000 bytes"),
    "slow body": (dripping, "the server did not answer in time"),
    "endless interim answers": (interim, "larger than the limit of 2,000,000 bytes"),
    "headers that drip": (dripping_head, "the server did not answer in time"),
    "chunks of one byte without end": (chunk_flood, "did not answer in time|larger than the limit of 2,000,000 bytes"),
    "gzip bomb": (bomb, "larger than the limit of 2,000,000 bytes"),
    "huge headers": (lambda _: b"HTTP/1.1 200 OK\r\nX: " + b"a" * 1_000_000, "./a: .*"),
    "no HTTP": (lambda _: b"SSH-2.0-OpenSSH_9.2\r\n", "./a: .*"),
    "cut off": (lambda _: b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n<p>cut", "without sending complete message"),
    "not there": (lambda _: (404, {}, b"<p>Nothing here.</p>"), "the server said 404 Not Found; --status 404"),
    "broken": (lambda _: (500, {}, b""), "the server said 500 Internal Server Error"),
    "empty": (lambda _: (200, {}, b"  \n"), "the server said 200 OK and sent an empty page"),
    "busy for long": (lambda _: (503, {"Retry-After": "90000"}, b"later"), "to come back after 90,000 seconds"),
    "no page": (lambda _: (200, {}, b"%PDF-1.7\n" + b"%" * 100), "PDF"),
    "not modified, unasked": (lambda _: (304, {}, b""), "the server said 304 Not Modified"),
    "no content": (lambda _: (204, {}, b""), "the server said 204 No Content"),
    "redirect without an address": (lambda _: (302, {}, b""), "the server said 302 Found"),
    "redirect to no address": (to("http://[::1"), "it redirects to what is no address"),
    "two lengths": (
        lambda _: b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n<p>aa",
        "conflicting Content-Length",
    ),
    "length below nothing": (lambda _: b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n<p>aa", "bad Content-Length"),
    "busy until the end of time": (
        lambda _: (503, {"Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT"}, b"later"),
        "to come back after 2[0-9]{2},[0-9,]{11} seconds",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_server_gets_nothing_written(name: str, refusal: Refusal) -> None:
    answer, expected = HOSTILE[name]
    terms = (
        {"answer_seconds": 0.6}
        if name in ("slow body", "headers that drip", "chunks of one byte without end")
        else {"answer_seconds": 300.0}
    )
    with serving(only("/a", answer)) as site:  # type: ignore[arg-type]
        said = refusal(f"{site.address}/a", terms=terms, limit_bytes=2_000_000)
    assert re.search(expected, said)


def test_each_refusal_of_a_server_says_something_of_its_own(refusal: Refusal) -> None:
    expected = [
        one for _, one in HOSTILE.values() if "./a" not in one and "2,000,000" not in one and "in time" not in one
    ]
    assert len(set(expected)) == len(expected)


def test_a_name_that_changes_its_mind_between_two_requests_is_refused_at_the_second(refusal: Refusal) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    with serving(only("/a", page)) as site:
        port = site.address.rpartition(":")[2]
        said = refusal(f"http://rebinding.example:{port}/a", terms={"resolve": lambda host, port: next(answers)})
        assert site.asked == ["/robots.txt"]
    assert re.search(r"its address 10\.0\.0\.1 is not of the public", said)


def test_a_name_of_which_one_address_is_private_is_refused(refusal: Refusal) -> None:
    said = refusal("http://both.example/", terms={"resolve": lambda host, port: ["8.8.8.8", "192.168.0.7"]})
    assert re.search(r"its address 192\.168\.0\.7 is not of the public", said)


def test_robots_that_lead_into_a_private_network_forbid_everything(refusal: Refusal) -> None:
    with serving(only("/robots.txt", to("http://10.0.0.1/robots.txt"))) as site:
        said = refusal(f"{site.address}/a")
    assert re.search("robots.txt of .* could not be had .*10.0.0.1.*which forbids everything", said)


def test_robots_that_cannot_be_had_forbid_everything(refusal: Refusal) -> None:
    with serving(only("/robots.txt", lambda _: (503, {}, b""))) as site:
        said = refusal(f"{site.address}/a")
        assert site.asked == ["/robots.txt"]
    assert "could not be had (the server said 503), which forbids everything" in said


def test_what_a_page_shows_from_a_private_network_is_left_where_it_is(packing: Callable[..., object]) -> None:
    shown = (
        b'<!doctype html><title>A</title><p>Words.</p><img src="http://10.0.0.1/a.png"><img src="http://[::1]/b.png">'
    )
    with serving(only("/a", lambda _: (200, {"Content-Type": "text/html"}, shown))) as site:
        accession = packing(f"{site.address}/a", terms={"allows_loopback": True})
    missed = accession.capture.transport.not_fetched  # type: ignore[attr-defined]
    assert any("10.0.0.1" in one and "not of the public Internet" in one for one in missed)
    assert "CAP074" in {one.code for one in accession.report.findings}  # type: ignore[attr-defined]


def test_style_sheets_and_redirects_of_pictures_lead_into_no_private_network(packing: Callable[..., object]) -> None:
    shown = b'<!doctype html><title>A</title><link rel=stylesheet href="/s.css"><p>Words.</p><img src="/there.png">'
    answers: dict[str, Answer] = {
        "/a": (200, {"Content-Type": "text/html", "Set-Cookie": "session=secret"}, shown),
        "/s.css": (
            200,
            {"Content-Type": "text/css"},
            b'@import "http://10.0.0.2/i.css"; p {background: url(http://[::1]/b)}',
        ),
        "/there.png": (302, {"Location": "http://192.168.0.9/p.png"}, b""),
    }
    with serving(lambda path: answers.get(path, (404, {}, b""))) as site:
        accession = packing(f"{site.address}/a")
    missed = " ".join(accession.capture.transport.not_fetched)  # type: ignore[attr-defined]
    assert "10.0.0.2" in missed
    assert "192.168.0.9" in missed
    kept = b"".join(path.read_bytes() for path in accession.path.rglob("*") if path.is_file())  # type: ignore[attr-defined]
    warc = gzip.decompress((accession.path / "data/original/capture.warc.gz").read_bytes())  # type: ignore[attr-defined]
    assert b"session=secret" not in kept + warc


SECRET = b"s3cret"
BEARING_SECRETS = {
    "behind the chunks": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"1c\r\n<!doctype html><p>Words.</p>\r\n0\r\nX-Sum: 1\r\nSet-Cookie: a=s3cret\r\nX-End: 1\r\n\r\n",
    "folded": b"HTTP/1.1 200 OK\r\nset-cookie:a=1;\r\n  b=s3cret\r\nContent-Length: 28\r\n\r\n"
    b"<!doctype html><p>Words.</p>",
    "in an interim answer": b"HTTP/1.1 103 Early Hints\r\nSet-Cookie: a=s3cret\r\n\r\nHTTP/1.1 200 OK\r\n"
    b"Content-Length: 28\r\n\r\n<!doctype html><p>Words.</p>",
    "of other names": b"HTTP/1.1 200 OK\r\nSet-Cookie2: s3cret\r\nAuthentication-Info: n=s3cret\r\n"
    b"Proxy-Authorization: s3cret\r\nContent-Length: 28\r\n\r\n<!doctype html><p>Words.</p>",
}


@pytest.mark.parametrize("name", BEARING_SECRETS)
def test_no_cookie_comes_into_a_bag_wherever_an_answer_bears_it(name: str, packing: Callable[..., object]) -> None:
    assert SECRET in BEARING_SECRETS[name]
    beside = {"/robots.txt": (404, {"Set-Cookie": "a=s3cret"}, b"")}
    with serving(lambda path: beside.get(path, BEARING_SECRETS[name])) as site:
        path = packing(f"{site.address}/a").path  # type: ignore[attr-defined]
    warc = path / "data/original/capture.warc.gz"
    assert SECRET not in gzip.decompress(warc.read_bytes())
    assert SECRET not in b"".join(one.read_bytes() for one in path.rglob("*") if one.is_file())
    judge_written(warc)


@pytest.mark.parametrize("delay", ["0;", "3 , ", "0.5 ; "])
def test_a_page_that_sends_its_reader_elsewhere_is_told_and_not_followed(
    delay: str, packing: Callable[..., object]
) -> None:
    shown = f"<!doctype html><title>A</title><meta http-equiv=refresh content=\"{delay}URL='http://10.0.0.1/'\"><p>On."
    with serving(only("/a", lambda _: (200, {"Content-Type": "text/html"}, shown.encode()))) as site:
        accession = packing(f"{site.address}/a")
        assert frozenset(site.asked) == {"/robots.txt", "/a"}
    [told] = [one for one in accession.report.findings if one.code == "CAP077"]  # type: ignore[attr-defined]
    assert "the page redirects to http://10.0.0.1/ after" in told.message


def test_the_command_line_refuses_in_one_line_and_with_the_right_status(archive: Path) -> None:
    for address in ("http://127.0.0.1/", "gopher://example.org/1", "https://nowhere.invalid/"):
        command = [sys.executable, "-m", "solander.cli", "pack", address, "--into", str(archive)]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (told.returncode, told.stdout) == (3, "")
        assert told.stderr.count("\n") == 1
        assert [one.name for one in archive.iterdir()] == ["solander.toml"]
