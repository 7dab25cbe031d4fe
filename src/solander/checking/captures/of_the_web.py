"""CAP rules of pages of the web: whether what was captured is the page, and all of it.

Source: RFC 9309 (robots.txt); the HTML Standard, 4.2.5.1 (names of ``meta``) and 4.12.1 (scripts).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from solander.checking.rules import Fault, rule
from solander.model.bag_layout import ORIGINAL_FOLDER
from solander.model.capture import Capture
from solander.model.finding import Place
from solander.model.late_pattern import late
from solander.model.page import Page, leaves, plain

_FEW, _SOME = 150, 250
"""Words: a challenge has not more, a wall of consent not many more."""
_SHELL = 25
"""Words: a page that scripts have yet to make has not more."""

# What the makers of challenges put into every one of them.
_CHALLENGE = re.compile(
    rb"cf-chl-|challenge-platform|cf_chl_opt|captcha-delivery\.com|_incapsula_resource|px-captcha|"
    rb"awswafintegration|sec-if-cpt-container|ddos-guard|\bh-captcha\b|\bg-recaptcha\b|hcaptcha\.com/1/api|"
    rb"\bcf-turnstile\b|arkoselabs|geetest",
    re.IGNORECASE,
)
_PROOF = late(
    r"just a moment|attention required|are you (?:a )?(?:human|robot)|verify (?:that )?you are (?:a )?human|"
    r"security check|checking your browser|unusual traffic|enable javascript and cookies|not a robot|"
    r"sind sie ein (?:mensch|roboter)|kein roboter|n'êtes pas un robot|no eres un robot|"
    r"bevestig dat u een mens|你是机器人|人机验证|安全验证|ロボットではない",
    re.IGNORECASE,
)
_CONSENT = late(
    r"accept all|reject all|allow all cookies|manage (?:your )?(?:cookie )?(?:preferences|options|choices)|"
    r"before you continue|we (?:and our (?:\d+ )?partners )?(?:use|store).{0,40}cookies|cookie settings|"
    r"alle akzeptieren|alle ablehnen|bevor sie fortfahren|zustimmen und weiter|"
    r"tout accepter|tout refuser|avant de continuer|aceptar todo|rechazar todo|accetta tutto|rifiuta tutto|"
    r"alles accepteren|alles weigeren|zaakceptuj wszystko|全部接受|すべて同意",
    re.IGNORECASE,
)
_SCRIPT = re.compile(rb"<script\b", re.IGNORECASE)
_META = re.compile(rb"<meta\b([^>]{0,2000})>", re.IGNORECASE)
_ROBOTS_NAME = re.compile(rb"name\s*=\s*[\"']?(?:robots|solander)[\"'\s/>]", re.IGNORECASE)
_CONTENT = re.compile(rb"content\s*=\s*[\"']?([^\"'>]{0,500})", re.IGNORECASE)
_NOT_WISHED = ("noarchive", "none")
_REFRESH = re.compile(rb"http-equiv\s*=\s*[\"']?refresh[\"'\s/>]", re.IGNORECASE)
_LEADS = re.compile(
    rb"content\s*=\s*[\"']?\s*([0-9]{1,4})(?:\.[0-9]*)?\s*[;,]?\s*url\s*=\s*([^>]{1,2000}?)(?=[\"']?\s*(?:[a-z-]+\s*=|/?\Z))",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"([0-9]{1,3}(?:,[0-9]{3}){0,4}) more(?:,|\Z)")
_AT_ONCE_SECONDS = 10
_UNSEEN = re.compile(rb"<!--.*?(?:-->|\Z)|<noscript\b.*?(?:</noscript\s*+>|\Z)", re.IGNORECASE | re.DOTALL)
"""What a browser that runs scripts does not act upon; what is begun and not ended goes on to the end of the page."""


@rule("CAP070", "captcha-instead-of-page", severity="error", source="law 2: stages record, checks judge")
def captcha_instead_of_page(capture: Capture, page: Page) -> Iterator[Fault]:
    """What was captured is a test whether a person is asking, and not the page.

    Why: none of the page's words is in the bag.

    Remedy: capture the page in a browser of your own, save it, and pack what was saved; do not try to pass the test by
    program.
    """
    text = _short_text(page, _FEW) if capture.transport is not None else None
    if text is None:
        return
    words = len(text.split())
    is_said = _PROOF.search(f"{page.title or ''}\n{text}")
    if (is_said or words <= _SHELL) and _CHALLENGE.search(capture.content):
        yield Fault(_place(capture), "this is a test for human visitors (a captcha), not the page")


@rule("CAP071", "consent-wall", severity="warning", source="law 2: stages record, checks judge")
def consent_wall(capture: Capture, page: Page) -> Iterator[Fault]:
    """What was captured asks for consent to cookies, and holds hardly another word.

    Why: the page lies behind it.

    Remedy: give or refuse consent in a browser of your own, save the page, and pack what was saved.
    """
    if capture.transport is None or b"cookie" not in capture.content[:400_000].lower():
        return
    if (text := _short_text(page)) is None:
        return
    asked = {one[0].lower() for one in _CONSENT.finditer(f"{page.title or ''}\n{text}")}
    if len(asked) >= 2:
        yield Fault(_place(capture), f"the page asks for consent ({', '.join(sorted(asked)[:3])}), and hardly more")


@rule("CAP072", "page-made-by-scripts", severity="warning", source="HTML Standard, 4.12.1 (the script element)")
def page_made_by_scripts(capture: Capture, page: Page) -> Iterator[Fault]:
    """The page as it was sent has hardly a word, and scripts that would make the rest.

    Why: what a reader of the page saw is not in the bag.

    Remedy: capture it with a browser: ``solander pack ADDRESS --browser``.
    """
    transport = capture.transport
    if transport is None or transport.rendered_by or capture.media_type == "text/plain":
        return
    text = _short_text(page, _SHELL) if transport.status in (200, 203) else None
    if text is None:
        return
    words = len(text.split())
    scripts = len(_SCRIPT.findall(capture.content))
    if scripts and not _is_refused(capture, page):
        yield Fault(
            _place(capture),
            f"it has {words} word{'' if words == 1 else 's'} and {scripts} script{'' if scripts == 1 else 's'}",
        )


@rule("CAP073", "robots-ignored", severity="info", source="RFC 9309, 2.2.2")
def robots_ignored(capture: Capture, page: Page) -> Iterator[Fault]:
    """The site's robots.txt forbids to fetch this page by program, and whoever captured it was told to ignore that.

    Why: whoever keeps or publishes the page should know.

    Remedy: none is needed where your institution may do so; else ask the site.
    """
    said = capture.transport.robots if capture.transport is not None else None
    if said and said.endswith("that was ignored, as asked."):
        yield Fault(_place(capture), said.removesuffix("."))


@rule("CAP074", "media-not-fetched", severity="warning", source="law 2: stages record, checks judge")
def media_not_fetched(capture: Capture, page: Page) -> Iterator[Fault]:
    """Something that the page shows or needs was not fetched: robots.txt forbids it, it may not be asked, a bound was
    reached, or its server did not answer.

    Why: the page is not all there. The record beside the page names each with the reason.

    Remedy: capture the page again later, or ask the site; what lies in a private network is never fetched.
    """
    missed = capture.transport.not_fetched if capture.transport is not None else ()
    if missed:
        more = _and_more(missed[1:])
        yield Fault(_place(capture), f"not fetched: {missed[0][:300]}{more}")


@rule("CAP075", "media-not-there", severity="info", source="RFC 9110, 15.5")
def media_not_there(capture: Capture, page: Page) -> Iterator[Fault]:
    """Something that the page refers to is not at its place: the server answered with another status than success.

    Why: the page was shown without it, when it was captured.

    Remedy: none is needed; the answers are kept.
    """
    gone = capture.transport.not_there if capture.transport is not None else ()
    if gone:
        more = _and_more(gone[1:])
        yield Fault(_place(capture), f"not there: {gone[0][:300]}{more}")


@rule("CAP076", "archiving-not-wished", severity="info", source="HTML Standard, 4.2.5.1 (meta names); X-Robots-Tag")
def archiving_not_wished(capture: Capture, page: Page) -> Iterator[Fault]:
    """The page or its server asks that no copy be shown (``noarchive``).

    Why: that binds nobody who may archive, but whoever shows the copy should know of it.

    Remedy: none is needed; see what your institution says of it.
    """
    if capture.transport is None:
        return
    tags = (tag[1] for tag in _META.finditer(capture.content[:200_000]))
    said = [_CONTENT.search(tag) for tag in tags if _ROBOTS_NAME.search(tag + b" ")]
    asked = [one[1].decode("latin-1").lower() for one in said if one is not None]
    asked += capture.transport.robots_tags
    if any(part.strip() in _NOT_WISHED for one in asked for part in one.replace("solander:", "").split(",")):
        yield Fault(_place(capture), "the page asks that no copy of it be shown (noarchive)")


@rule("CAP077", "page-leads-elsewhere", severity="warning", source="HTML Standard, 4.2.5.3 (refresh)")
def page_leads_elsewhere(capture: Capture, page: Page) -> Iterator[Fault]:
    """The page sends its reader on to another address at once (``meta http-equiv="refresh"``), and has hardly a word.

    Why: what a reader of the address saw is the other page, which is not in the bag.

    Remedy: pack the address to which it leads.
    """
    begin = capture.content[:200_000]
    if capture.media_type == "text/plain" or b"refresh" not in begin.lower() or _short_text(page) is None:
        return
    for tag in _META.finditer(_UNSEEN.sub(b"", begin)):
        leads = _LEADS.search(tag[1]) if _REFRESH.search(tag[1] + b" ") else None
        if leads is None or int(leads[1]) > _AT_ONCE_SECONDS:
            continue
        written = leads[2].decode("utf-8", "replace").strip(" \t\r\n\f\"'")
        try:
            address = urljoin(capture.uri or "", written)
        except ValueError:
            address = written
        if address.partition("#")[0] != (capture.uri or "").partition("#")[0]:
            yield Fault(_place(capture), f"the page redirects to {address[:300]} after {int(leads[1])} seconds")
            return


RULES = (
    captcha_instead_of_page,
    consent_wall,
    page_made_by_scripts,
    robots_ignored,
    media_not_fetched,
    media_not_there,
    archiving_not_wished,
    page_leads_elsewhere,
)


def _and_more(others: Sequence[str]) -> str:
    """How many there are beside the first: each a line, but that the last ones may count those that are not named."""
    number = sum(int(one[1].replace(",", "")) if (one := _COUNTED.match(other)) else 1 for other in others)
    return f" (and {number:,} more)" if number else ""


def _place(capture: Capture) -> Place:
    return Place(f"{ORIGINAL_FOLDER}{capture.original_name}")


def _is_refused(capture: Capture, page: Page) -> bool:
    return any(True for check in (captcha_instead_of_page, consent_wall) for _ in check(capture, page))


def _short_text(page: Page, most: int = _SOME) -> str | None:
    """All words of a page that has no more than so many; ``None`` of any other."""
    found: list[str] = []
    for division in page.divisions:
        for leaf in leaves(division.blocks):
            found += plain(leaf).split()
            if len(found) > most:
                return None
    return " ".join(found)
