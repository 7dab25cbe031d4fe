"""A page as a browser has it after its scripts ran: a document, a picture of it and a PDF, in a WARC file.

The browser has no network. Each of its requests is taken from it, judged and asked as without a browser, kept as it was
sent, and the answer handed in; what is not allowed fails for the page as well. Then all that the page refers to and the
browser did not load is fetched.

Source: HTML Standard, 13.5 (``getHTML``, serialisable shadow roots); Chrome DevTools Protocol, Fetch domain.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from solander.capturing.exchange import Exchange, WebTerms
from solander.capturing.manners import Manners
from solander.capturing.rendered import DOCUMENT, OBSERVE_SHADOWS, SCROLL, Rendered
from solander.capturing.warc_index import PDF, RENDERED, SCREENSHOT
from solander.capturing.web import SUCCESS, Visit, WebPage, shown_by
from solander.errors import NotFetched, SourceError, SourceTooLarge, UsageError

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Route

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
WIDTH, HEIGHT = 1280, 800
SCROLL_SCREENS = 60
QUIET_SECONDS = 15.0
"""How long it is waited for the page to come to rest."""

DOCUMENT_LIMIT_BYTES = 64 * 1024 * 1024
PICTURE_LIMIT_PIXELS = 12_000
"""The height of the picture at most."""

_ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-domain-reliability",
    "--no-pings",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    # Whatever is not taken from it finds no name and no way.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
)
_NOT_HANDED_ON = frozenset(
    ("content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive", "set-cookie", "alt-svc")
)


def render_page(
    address: str, terms: WebTerms, manners: Manners, browser: str, statuses: tuple[int, ...] = ()
) -> WebPage:
    """Fetch a page, render it, and fetch what the rendered document refers to.

    Args:
        address: of the page.
        terms: the terms.
        manners: what this run knows of sites.
        browser: its path; empty for the system's own.
        statuses: which are wanted instead of success.

    Raises:
        UsageError: there is no such browser, or the extra is not installed.
        SourceError: the page may not be asked, or gave nothing, or could not be rendered.
    """
    path = found_browser(browser)
    visit = Visit(address, terms, manners, "in a browser, then what it did not load")
    page, record_id, decision = visit.page(statuses or SUCCESS)
    if not shown_by(page.content, page.uri) and b"<" not in page.content[:1024]:
        # Plain text and other kinds are what they are; a browser would make a document of its own of them.
        return WebPage(visit.close(record_id, page, decision), record_id)
    rendered = _rendered(path, page, visit)
    document_id = _keep(visit, page, record_id, rendered)
    visit.beside([*shown_by(rendered.document, page.uri), *shown_by(page.content, page.uri)], page.uri)
    said = [
        ("rendered-by", rendered.browser),
        ("viewport", f"{WIDTH} x {HEIGHT}, scrolled {rendered.scrolled:,} pixels"),
    ]
    return WebPage(visit.close(document_id, page, decision, said), document_id)


def found_browser(named: str) -> str:
    """The path of a browser.

    Raises:
        UsageError: there is none.
    """
    try:
        import playwright  # noqa: F401 - whether it is there
    except ImportError:
        raise UsageError("rendering pages needs the extra: pip install 'solander[browser]'") from None
    for name in (named,) if named else NAMES:
        path = shutil.which(name)
        if path is not None:
            return path
    what = f"{named}: there is no such program" if named else "no Chromium was found"
    raise UsageError(f"{what}; install one, as Debian's chromium, or name it: --browser-path FILE")


def _rendered(path: str, page: Exchange, visit: Visit) -> Rendered:
    from playwright.sync_api import Error

    try:
        with _context(path) as (context, version):
            return _in_context(context, version, page, visit)
    except Error as error:
        said = " ".join(str(error).split())[:200]
        raise NotFetched(page.uri, f"the browser could not render it ({said})") from error


@contextmanager
def _context(path: str) -> Iterator[tuple[BrowserContext, str]]:
    from playwright.sync_api import sync_playwright

    # Chromium has no sandbox for root.
    has_sandbox = os.geteuid() != 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, headless=True, args=list(_ARGUMENTS), chromium_sandbox=has_sandbox
        )
        try:
            context = browser.new_context(
                viewport={"width": WIDTH, "height": HEIGHT},
                service_workers="block",
                accept_downloads=False,
                locale="en-US",
                timezone_id="UTC",
            )
            yield context, f"Chromium {browser.version}"
        finally:
            browser.close()


def _in_context(context: BrowserContext, version: str, page: Exchange, visit: Visit) -> Rendered:
    context.add_init_script(OBSERVE_SHADOWS)
    context.route("**/*", lambda route: _answer(route, page, visit))
    context.route_web_socket("**/*", lambda socket: socket.close())
    tab = context.new_page()
    tab.on("dialog", lambda dialog: dialog.dismiss())
    left = max(1.0, visit.deadline - visit.terms.seconds_running())
    tab.goto(page.uri, wait_until="load", timeout=left * 1000)
    scrolled = int(tab.evaluate(SCROLL, [HEIGHT, SCROLL_SCREENS]))
    _rest(tab)
    document = str(tab.evaluate(DOCUMENT)).encode("utf-8", "replace")
    if len(document) > DOCUMENT_LIMIT_BYTES:
        raise SourceTooLarge(page.uri, DOCUMENT_LIMIT_BYTES)
    height = int(tab.evaluate("() => document.documentElement.scrollHeight"))
    clip: Any = {"x": 0, "y": 0, "width": WIDTH, "height": max(HEIGHT, min(height, PICTURE_LIMIT_PIXELS))}
    picture = tab.screenshot(full_page=True, clip=clip, timeout=60_000)
    return Rendered(
        document=document, picture=picture, pdf=tab.pdf(print_background=True), browser=version, scrolled=scrolled
    )


def _rest(tab: Page) -> None:
    """Wait for the page to come to rest; one that never does is taken as it is."""
    from playwright.sync_api import TimeoutError as NotInTime

    try:
        tab.wait_for_load_state("networkidle", timeout=QUIET_SECONDS * 1000)
    except NotInTime:
        return


def _answer(route: Route, page: Exchange, visit: Visit) -> None:
    """Hand in what an address has, asked as everything is asked here."""
    request = route.request
    address = request.url.partition("#")[0]
    if address.startswith(("data:", "blob:", "about:")):
        route.continue_()
        return
    if request.method != "GET":
        visit.missed.append(
            (address[:2_000], f"the page would send something ({request.method}), and that is not done")
        )
        route.abort()
        return
    if address == page.uri:
        answer = page
    elif request.is_navigation_request() and request.frame.parent_frame is None:
        # A page that leads elsewhere by script is another page.
        visit.missed.append((address[:2_000], "the page leads there by script, and is not left"))
        route.abort()
        return
    else:
        try:
            answer = visit.medium(address, page.uri, request.headers.get("accept", "*/*"))
        except SourceError as error:
            visit.miss(address, error.what)
            route.abort()
            return
    fields: dict[str, str] = {}
    for name, value in answer.head.fields:
        small = name.lower()
        if small not in _NOT_HANDED_ON:
            fields[small] = f"{fields[small]}, {value}" if small in fields else value
    route.fulfill(status=answer.status, headers=fields, body=answer.content)


def _keep(visit: Visit, page: Exchange, record_id: str, rendered: Rendered) -> str:
    """Write what the browser made; the name of the document's record."""
    moment = visit.terms.now()
    beside = [("WARC-Concurrent-To", f"<{record_id}>")]
    document_id = visit.writer.add(
        "resource",
        RENDERED + page.uri,
        moment,
        "text/html; charset=utf-8",
        rendered.document,
        payload=rendered.document,
        fields=beside,
    )
    for prefix, kind, content in ((SCREENSHOT, "image/png", rendered.picture), (PDF, "application/pdf", rendered.pdf)):
        visit.writer.add(
            "resource",
            prefix + page.uri,
            moment,
            kind,
            content,
            payload=content,
            fields=(*beside, ("WARC-Concurrent-To", f"<{document_id}>")),
        )
    return document_id
