"""A page as a browser has it after its scripts ran: a document, a picture of it and a PDF, in a WARC file.

The browser has no network. Each of its requests is taken from it, judged and asked as without a browser, kept as it was
sent, and the answer handed in; what is not allowed fails for the page as well. Then all that the page refers to and the
browser did not load is fetched.

Source: HTML Standard, 13.5 (``getHTML``, serialisable shadow roots); Chrome DevTools Protocol, Fetch domain.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

from solander.capturing.exchange import Exchange, WebTerms
from solander.capturing.manners import Manners
from solander.capturing.rendered import DOCUMENT, LOADED, OBSERVE_SHADOWS, SCROLL, Rendered
from solander.capturing.warc_index import PDF, RENDERED, SCREENSHOT
from solander.capturing.web import SUCCESS, Visit, WebPage, shown_by
from solander.errors import NotFetched, SourceError, SourceTooLarge, UsageError

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Page, Request, Route, WebSocketRoute

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
WIDTH, HEIGHT = 1280, 800
SCROLL_SCREENS = 60
LOAD_SECONDS, QUIET_SECONDS = 60.0, 15.0
"""How long it is waited for the page to load, and to come to rest."""

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
    visit.keeps = True
    page, record_id, decision = visit.page(statuses or SUCCESS)
    if not shown_by(page.content, page.uri) and b"<" not in page.content[:1024]:
        # Plain text and other kinds are what they are; a browser would make a document of its own of them.
        return WebPage(visit.close(record_id, page, decision), record_id)
    rendered = _rendered(path, page, visit)
    document_id = _keep(visit, page, record_id, rendered)
    visit.beside([*shown_by(rendered.document, page.uri), *shown_by(page.content, page.uri)], page.uri)
    said = [
        ("rendered-by", rendered.browser),
        *(("not-sent", f"{uri} {what}") for uri, what in visit.unsent[:100]),
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
    import asyncio

    from playwright.async_api import Error

    seconds = max(1.0, visit.deadline - visit.terms.seconds_running())
    try:
        # Only from without can a script be ended that never ends by itself.
        return asyncio.run(asyncio.wait_for(_in_browser(path, page, visit), seconds))
    except TimeoutError as error:
        raise NotFetched(page.uri, f"the browser did not render it within {seconds:,.0f} seconds") from error
    except Error as error:
        said = " ".join(str(error).split())[:200]
        raise NotFetched(page.uri, f"the browser could not render it ({said})") from error


async def _in_browser(path: str, page: Exchange, visit: Visit) -> Rendered:
    from playwright.async_api import async_playwright

    # Chromium has no sandbox for root.
    has_sandbox = os.geteuid() != 0
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=path, headless=True, args=list(_ARGUMENTS), chromium_sandbox=has_sandbox
        )
        try:
            context = await browser.new_context(
                viewport={"width": WIDTH, "height": HEIGHT},
                service_workers="block",
                accept_downloads=False,
                locale="en-US",
                timezone_id="UTC",
            )
            return await _in_context(context, f"Chromium {browser.version}", page, visit)
        finally:
            await browser.close()


async def _in_context(context: BrowserContext, version: str, page: Exchange, visit: Visit) -> Rendered:
    async def answer(route: Route) -> None:
        await _answer(route, page, visit)

    async def refuse(socket: WebSocketRoute) -> None:
        visit.unsent.append((socket.url[:2_000], "a connection that stays open (WebSocket)"))
        await socket.close()

    await context.add_init_script(OBSERVE_SHADOWS)
    await context.route("**/*", answer)
    await context.route_web_socket("**/*", refuse)
    tab = await context.new_page()
    tab.on("dialog", lambda dialog: dialog.dismiss())
    left = max(1.0, visit.deadline - visit.terms.seconds_running())
    await tab.goto(page.uri, wait_until="domcontentloaded", timeout=left * 1000)
    await tab.evaluate(LOADED, LOAD_SECONDS)
    scrolled = int(await tab.evaluate(SCROLL, [HEIGHT, SCROLL_SCREENS]))
    await _rest(tab)
    document = str(await tab.evaluate(DOCUMENT)).encode("utf-8", "replace")
    if len(document) > DOCUMENT_LIMIT_BYTES:
        raise SourceTooLarge(page.uri, DOCUMENT_LIMIT_BYTES)
    height = int(await tab.evaluate("() => document.documentElement.scrollHeight"))
    clip: Any = {"x": 0, "y": 0, "width": WIDTH, "height": max(HEIGHT, min(height, PICTURE_LIMIT_PIXELS))}
    picture = await tab.screenshot(full_page=True, clip=clip, timeout=60_000)
    pdf = await tab.pdf(print_background=True)
    return Rendered(document=document, picture=picture, pdf=pdf, browser=version, scrolled=scrolled)


async def _rest(tab: Page) -> None:
    """Wait for the page to come to rest; one that never does is taken as it is."""
    from playwright.async_api import TimeoutError as NotInTime

    try:
        await tab.wait_for_load_state("networkidle", timeout=QUIET_SECONDS * 1000)
    except NotInTime:
        return


async def _answer(route: Route, page: Exchange, visit: Visit) -> None:
    """Hand in what an address has, asked as everything is asked here."""
    request = route.request
    address = request.url.partition("#")[0]
    if address.startswith(("data:", "blob:", "about:")):
        await route.continue_()
    elif request.method != "GET":
        visit.unsent.append((address[:2_000], f"something that the page would send ({request.method})"))
        await route.abort()
    elif address == page.uri.partition("#")[0]:
        await _hand_in(route, page)
    elif _leads_elsewhere(request):
        # A page that goes on to another by script is another page; with this status the browser stays where it is.
        visit.missed.setdefault(address[:2_000], "the page goes on there by script, and is not left")
        await route.fulfill(status=204)
    else:
        try:
            found = visit.medium(address, page.uri, request.headers.get("accept", "*/*"))
        except SourceError as error:
            visit.missed.setdefault(address[:2_000], error.what)
            await route.abort()
            return
        await _hand_in(route, found)


def _leads_elsewhere(request: Request) -> bool:
    from playwright.async_api import Error

    if not request.is_navigation_request():
        return False
    try:
        return request.frame.parent_frame is None
    except Error:
        return True  # a frame that is not there yet is one of a new tab


async def _hand_in(route: Route, found: Exchange) -> None:
    fields: dict[str, str] = {}
    for name, value in found.head.fields:
        small = name.lower()
        if small not in _NOT_HANDED_ON:
            fields[small] = f"{fields[small]}, {value}" if small in fields else value
    await route.fulfill(status=found.status, headers=fields, body=found.content)


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
