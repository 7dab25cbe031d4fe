"""SEC rules: what would happen to a reader who opens a bag's access copy in a browser.

The original is evidence, and keeps its scripts; nobody is meant to open it. The access copy is made to be opened, in
thirty years too, by a reader who trusts the archive.

Source: HTML Standard; Content Security Policy Level 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from solander.checking.opened.access_copy import AccessCopy, Address, leaves_bag
from solander.checking.opened.script_lines import script_lines
from solander.checking.opened.tei_safety import SAFETY_RULES
from solander.checking.rules import Check, Fault, rule, run
from solander.model.finding import Finding, Place

_SCRIPT_SCHEMES = frozenset(("javascript", "vbscript", "livescript"))
_DATA_BLOCKS = re.compile(r"(?:application|text)/(?:[a-z0-9.+-]+\+)?json\Z|text/(?:plain|x-template)\Z", re.IGNORECASE)
"""Types of ``script`` that browsers do not run."""

_DOCUMENTS = re.compile(
    r"data:\s*(?:text/html|application/xhtml\+xml|image/svg\+xml|text/xml|application/xml)", re.IGNORECASE
)
_DRAWN = frozenset(("img", "image", "source", "input", "video", "feimage", "link"))
"""Elements in which a document is drawn as an image, and runs nothing."""

_SHOWN = 120


def _place(copy: AccessCopy, written: str) -> Place:
    return Place(copy.path, copy.line_of(written))


def _short(written: str) -> str:
    return written if len(written) <= _SHOWN else f"{written[:_SHOWN]}…"


def _told(address: Address) -> str:
    return f"<{address.element}> {address.attribute}"


@rule("SEC001", "access-script", severity="error", source="HTML Standard, 4.12.1 (script)")
def access_script(copy: AccessCopy) -> Iterator[Fault]:
    """The access copy holds a script that a browser would run.

    Why: it runs with the reader's rights, may change what is read, and tells others who reads.

    Remedy: make the access copy anew without scripts; the original keeps them.
    """
    scripts = [one for one in copy.elements if one.name == "script"]
    would_run = [not _DATA_BLOCKS.match(one.attributes.get("type", "").strip()) for one in scripts]
    if not any(would_run):
        return
    addresses = [one.attributes.get("src") or one.attributes.get("href") or "" for one in scripts]
    lines = script_lines(copy.content, [(one, two.text) for one, two in zip(addresses, scripts, strict=True)])
    for one, address, line, is_run in zip(scripts, addresses, lines, would_run, strict=True):
        if is_run:
            source = address or " ".join(one.text.split())
            place = Place(copy.path, line) if line is not None else _place(copy, source)
            yield Fault(place, "a script would be run", None, _short(source) or "(empty)")


@rule("SEC002", "access-event-handler", severity="error", source="HTML Standard, 8.1.8 (events)")
def access_event_handler(copy: AccessCopy) -> Iterator[Fault]:
    """An element of the access copy bears a handler of events: a script that waits.

    Why: it runs when the page is loaded, when an image fails, or when the pointer passes.

    Remedy: make the access copy anew without attributes that begin with ``on``.
    """
    for name, attributes, _ in copy.elements:
        for attribute, value in attributes.items():
            if attribute.startswith("on") and len(attribute) > 2:
                place = _place(copy, value)
                yield Fault(place, f"<{name}> {attribute} would be run", None, _short(value))


@rule("SEC003", "access-script-address", severity="error", source="HTML Standard, 7.4.2 (javascript: URLs)")
def access_script_address(copy: AccessCopy) -> Iterator[Fault]:
    """An address in the access copy is a script (``javascript:``), however it is written.

    Why: who follows the link runs it.

    Remedy: take the address out; what the page had stands in the original.
    """
    for one in copy.addresses:
        if one.scheme in _SCRIPT_SCHEMES:
            yield Fault(_place(copy, one.written), f"{_told(one)} is a script", None, _short(one.written))


@rule("SEC004", "access-data-document", severity="error", source="RFC 2397; HTML Standard, 4.8.5 (iframe)")
def access_data_document(copy: AccessCopy) -> Iterator[Fault]:
    """The access copy carries a document in a ``data:`` address, or in ``srcdoc``.

    Why: such a document may hold scripts of its own, which no look at the copy shows.

    Remedy: take it out; an image in a ``data:`` address is harmless and may stay.
    """
    for one in copy.addresses:
        if _DOCUMENTS.match(one.read) and one.element not in _DRAWN and one.attribute not in ("style", "background"):
            yield Fault(_place(copy, one.written), f"{_told(one)} is a document", None, _short(one.written))
    for name, attributes, _ in copy.elements:
        if "srcdoc" in attributes:
            value = attributes["srcdoc"]
            yield Fault(_place(copy, value), f"<{name}> srcdoc is a document", None, _short(value))


@rule("SEC005", "access-external-load", severity="warning", source="HTML Standard, 4.8; CSP 3, 6.1 (fetch directives)")
def access_external_load(copy: AccessCopy) -> Iterator[Fault]:
    """Opening the access copy asks another host for something: an image, a style, a font, a frame.

    Why: that host learns who reads what and when, and can change what is shown; one day it is gone.

    Remedy: keep the thing in ``data/media/`` and point there, or leave it out.
    """
    for one in copy.addresses:
        if one.loads and one.is_external:
            yield Fault(
                _place(copy, one.written), f"{_told(one)} would be fetched from elsewhere", None, _short(one.written)
            )


@rule("SEC006", "access-refresh", severity="error", source="HTML Standard, 4.2.5.3 (refresh)")
def access_refresh(copy: AccessCopy) -> Iterator[Fault]:
    """The access copy sends its reader elsewhere, or loads itself anew, by ``meta http-equiv="refresh"``.

    Why: the reader sees another page than the one that was kept, and may not notice.

    Remedy: take the element out.
    """
    for name, attributes, _ in copy.elements:
        if name == "meta" and attributes.get("http-equiv", "").strip().lower() == "refresh":
            value = attributes.get("content", "")
            yield Fault(_place(copy, value), "the reader would be sent to another address", None, _short(value))


@rule("SEC007", "access-form-target", severity="warning", source="HTML Standard, 4.10.21 (form submission)")
def access_form_target(copy: AccessCopy) -> Iterator[Fault]:
    """A form of the access copy would send what a reader types.

    Why: it goes to a host that is not the archive's, and is perhaps by now somebody else's.

    Remedy: take ``action`` and ``formaction`` out, or the form; its words may stay.
    """
    for name, attributes, _ in copy.elements:
        for attribute in ("action", "formaction"):
            value = attributes.get(attribute, "").strip()
            if value and not value.startswith("#") and name in ("form", "button", "input"):
                yield Fault(_place(copy, value), f"<{name}> {attribute} would be sent to", None, _short(value))


@rule("SEC008", "access-frame", severity="warning", source="HTML Standard, 4.8.5 to 4.8.7 (iframe, embed, object)")
def access_frame(copy: AccessCopy) -> Iterator[Fault]:
    """The access copy shows another document within it.

    Why: what stands there is judged by nobody here, and may not be what was kept.

    Remedy: replace it by a link, or by the words that it showed.
    """
    for name, attributes, _ in copy.elements:
        if name in ("iframe", "frame", "object", "embed", "applet", "portal", "fencedframe"):
            value = attributes.get("src") or attributes.get("data") or ""
            yield Fault(_place(copy, value), f"<{name}> shows another document", None, _short(value) or None)


@rule("SEC009", "access-base", severity="warning", source="HTML Standard, 4.2.3 (base)")
def access_base(copy: AccessCopy) -> Iterator[Fault]:
    """The access copy has a ``base`` that turns its relative addresses elsewhere.

    Why: images and links that seem to lie in the bag are then asked for on another host.

    Remedy: take ``base`` out, and write addresses as they are meant.
    """
    for name, attributes, _ in copy.elements:
        if name == "base" and (value := attributes.get("href", "").strip()):
            yield Fault(_place(copy, value), "relative addresses would lead elsewhere", None, _short(value))


@rule("SEC010", "access-address-outside-bag", severity="warning", source="RFC 8493, 6.1; RFC 8089 (file:)")
def access_address_outside_bag(copy: AccessCopy) -> Iterator[Fault]:
    """An address in the access copy leads to a file outside the bag.

    Why: whatever lies there on a reader's machine is another file, or one that the page should not know of.

    Remedy: keep the file in the bag and point to it from there, or take the address out.
    """
    for one in copy.addresses:
        if leaves_bag(copy.path, one):
            yield Fault(_place(copy, one.written), f"{_told(one)} leads out of the bag", None, _short(one.written))


@rule("SEC011", "access-encoding-unsure", severity="error", source="Encoding Standard, 4.2; HTML Standard, 13.2.3")
def access_encoding_unsure(copy: AccessCopy) -> Iterator[Fault]:
    """The access copy is not plainly UTF-8, so that a browser may read other characters in it than this check.

    Why: in another encoding the same bytes may be a script.

    Remedy: write the copy in UTF-8, and declare that with ``<meta charset="utf-8">`` at its beginning.
    """
    if (fault := copy.encoding_fault) is not None:
        yield Fault(Place(copy.path), "the copy is not certain to be read as UTF-8", "UTF-8, and declared so", fault)


@rule("SEC012", "access-policy-missing", severity="info", source="CSP 3, 3.3 (the meta element)")
def access_policy_missing(copy: AccessCopy) -> Iterator[Fault]:
    """The access copy has no policy that forbids scripts, whatever slips in.

    Why: a Content Security Policy in the copy itself holds wherever it is opened, without a server.

    Remedy: put ``<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self'">`` in it.
    """
    policies = [
        attributes.get("content", "")
        for name, attributes, _ in copy.elements
        if name == "meta" and attributes.get("http-equiv", "").strip().lower() == "content-security-policy"
    ]
    if not any(map(_forbids_scripts, policies)):
        yield Fault(Place(copy.path), "no policy forbids scripts", "a Content-Security-Policy with default-src 'none'")


@rule("SEC015", "access-read-otherwise", severity="error", source="HTML Standard, 4.12.2 (noscript), 4.12.3 (template)")
def access_read_otherwise(copy: AccessCopy) -> Iterator[Fault]:
    """The access copy holds what a browser reads otherwise than this check can: a shadow tree, or ``noscript``.

    Why: a browser shows and runs a shadow tree as part of the page, and where it runs scripts it takes all up to the
    first ``</noscript>`` for text; something may stand there that no look at the copy sees.

    Remedy: make the access copy anew without such elements; the original keeps them.
    """
    for name, attributes, _ in copy.elements:
        if name == "template" and "shadowrootmode" in attributes:
            mode = attributes["shadowrootmode"]
            yield Fault(
                _place(copy, f"shadowrootmode={mode}"), "a shadow tree would be shown", None, _short(mode) or None
            )
        elif name == "noscript":
            yield Fault(Place(copy.path), "<noscript> is text to a browser that runs scripts")


def _forbids_scripts(policy: str) -> bool:
    directives: dict[str, str] = {}
    for part in policy.lower().split(";"):
        name, _, value = part.strip().partition(" ")
        directives.setdefault(name, value.strip())
    return directives.get("script-src", directives.get("default-src", "")) == "'none'"


ACCESS_RULES: tuple[Check[[AccessCopy]], ...] = (
    access_script,
    access_event_handler,
    access_script_address,
    access_data_document,
    access_external_load,
    access_refresh,
    access_form_target,
    access_frame,
    access_base,
    access_address_outside_bag,
    access_encoding_unsure,
    access_policy_missing,
    access_read_otherwise,
)
RULES: tuple[Check[...], ...] = (*ACCESS_RULES, *SAFETY_RULES)


def check_access_copy(copy: AccessCopy) -> list[Finding]:
    """Judge an access copy."""
    return run(ACCESS_RULES, copy)
