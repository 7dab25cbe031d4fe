"""What ``robots.txt`` allows, by the examples and the rules of RFC 9309."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solander.capturing.robots import ROBOTS_LIMIT_BYTES, Rule, parse_robots

RULES = """\
User-agent: *
Disallow: *.gif$
Disallow: /example/
Allow: /publications/

User-Agent: foobot
Disallow:/
Allow:/example/page.html
Allow:/example/allowed.gif

User-agent: barbot
User-agent: bazbot
Disallow: /example/page.html

User-agent: quuxbot
"""


@pytest.mark.parametrize(
    ("product", "target", "allowed"),
    [
        ("foobot", "/example/page.html", True),
        ("foobot", "/example/allowed.gif", True),
        ("foobot", "/other", False),
        ("barbot", "/example/page.html", False),
        ("bazbot", "/example/page.html", False),
        ("bazbot", "/example/", True),
        ("quuxbot", "/example/", True),
        ("solander", "/example/a", False),
        ("solander", "/a.gif", False),
        ("solander", "/a.gif?b", True),
        ("solander", "/publications/a", True),
        ("solander", "/", True),
    ],
)
def test_groups_and_rules_are_chosen_as_the_standard_has_it(product: str, target: str, allowed: bool) -> None:
    assert (parse_robots(RULES.encode(), product).refusing(target) is None) is allowed


@pytest.mark.parametrize(
    ("rules", "target", "allowed"),
    [
        ("Disallow: /a\nAllow: /a", "/a", True),
        ("Disallow: /a/b\nAllow: /a", "/a/b/c", False),
        ("Disallow: /a%3cb", "/a%3Cb", False),
        ("Disallow: /ä", "/%C3%A4", False),
        ("Disallow: /a$", "/ab", True),
        ("Disallow: /*/b*c$", "/x/b/y/c", False),
        ("Disallow: /*/b*c$", "/x/b/y/c/", True),
        ("Disallow:", "/a", True),
        ("Disallow: /", "/robots.txt", True),
        ("Disallow: / # all", "/a", False),
        ("disallow : /a", "/a", False),
    ],
)
def test_a_path_is_matched_as_the_standard_has_it(rules: str, target: str, allowed: bool) -> None:
    assert (parse_robots(f"\ufeffUser-agent: *\r\n{rules}\r\n".encode()).refusing(target) is None) is allowed


def test_rules_of_several_groups_for_one_program_hold_together() -> None:
    first = b"User-agent: solander\nDisallow: /a\n\nUser-agent: other\nDisallow: /\n\n"
    second = b"User-agent: Solander/2.0\nDisallow: /b\nCrawl-delay: 2.5\nSitemap: https://example.org/m.xml"
    read = parse_robots(first + second)
    assert read.refusing("/a")
    assert read.refusing("/b")
    assert read.refusing("/c") is None
    assert (read.delay_seconds, read.sitemaps) == (2.5, ("https://example.org/m.xml",))


@given(st.binary(max_size=2_000), st.text(max_size=50))
def test_whatever_stands_in_it_it_is_read(content: bytes, target: str) -> None:
    read = parse_robots(b"User-agent: *\nDisallow: " + content + b"\nUser-agent: *\nDisallow: /behind\n")
    assert Rule("/behind", False) in read.rules
    refusing = read.refusing("/" + target.encode("utf-8", "replace").decode())
    assert refusing is None or (refusing in read.rules and not refusing.allows)


def test_a_pattern_of_many_stars_costs_no_more_than_it_is_long() -> None:
    rules = f"User-agent: *\nDisallow: /{'*a' * 900}b$\n".encode() * 5
    assert parse_robots(rules[:ROBOTS_LIMIT_BYTES]).refusing("/" + "a" * 7_000) is None


@pytest.mark.parametrize(
    ("rule", "target", "allowed"),
    [
        ("/a%2A", "/abc", True),
        ("/a%2a", "/a*", False),
        ("/a%2A", "/a%2Ab", False),
        ("/a%24", "/a$b", False),
        ("/a%24", "/a", True),
        ("/a$", "/a%24", True),
        ("/a*b", "/a%2Ab", False),
    ],
)
def test_an_escaped_sign_is_a_letter_and_no_sign(rule: str, target: str, allowed: bool) -> None:
    robots = parse_robots(f"User-agent: *\nDisallow: {rule}\n".encode())
    assert (robots.refusing(target) is None) is allowed


@pytest.mark.parametrize("line", [b"Disallow: /" + b" " * 400_000 + b"x", b" " * 400_000 + b"x", b"a" * 400_000])
def test_a_long_line_is_read_in_no_time(line: bytes) -> None:
    began = perf_counter()
    parse_robots(b"User-agent: *\n" + line + b"\nDisallow: /b\n")
    assert perf_counter() - began < 2
