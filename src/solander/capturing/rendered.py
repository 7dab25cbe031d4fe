"""What a browser is asked to do with a page: note its shadow trees, scroll, and write its document out.

The document is written with its shadow trees as declarative ones, the closed ones as well, so that no word is lost that
a reader saw.

Source: HTML Standard, 4.12.3 (``shadowrootmode``) and 13.5 (``getHTML``).
"""

from __future__ import annotations

from typing import NamedTuple


class Rendered(NamedTuple):
    """What a browser made of a page."""

    document: bytes
    """HTML in UTF-8."""
    picture: bytes
    """PNG."""
    pdf: bytes
    browser: str
    """Its name and version."""
    scrolled: int
    """Pixels."""


OBSERVE_SHADOWS = """
(() => {
  const roots = new Set();
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (how) {
    const root = attach.call(this, how);
    roots.add(root);
    return root;
  };
  Object.defineProperty(window, Symbol.for('solander.shadows'), {value: roots});
})();
"""
"""Notes the shadow trees that scripts attach."""

LOADED = """
async (seconds) => {
  const until = Date.now() + seconds * 1000;
  while (document.readyState !== 'complete' && Date.now() < until) {
    await new Promise((done) => setTimeout(done, 100));
  }
}
"""
"""Waits for the page to load, so many seconds at most."""

SCROLL = """
async ([height, screens]) => {
  const rest = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  let screen = 0;
  while (screen < screens) {
    window.scrollTo(0, screen * height);
    await rest(80);
    screen += 1;
    if (screen * height >= document.documentElement.scrollHeight) { break; }
  }
  window.scrollTo(0, document.documentElement.scrollHeight);
  await rest(150);
  const far = Math.round(window.scrollY);
  window.scrollTo(0, 0);
  return far;
}
"""
"""Scrolls to the end, within bounds; gives how far it came."""

DOCUMENT = """
() => {
  const known = window[Symbol.for('solander.shadows')] || new Set();
  const found = new Set();
  const look = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot && !found.has(element.shadowRoot)) {
        found.add(element.shadowRoot);
        look(element.shadowRoot);
      }
    }
  };
  look(document);
  for (const root of known) {
    if (root.host && root.host.isConnected && !found.has(root)) { found.add(root); look(root); }
  }
  const element = document.documentElement;
  const shell = element.cloneNode(false).outerHTML;
  const begin = shell.slice(0, shell.lastIndexOf('</'));
  const type = document.doctype ? new XMLSerializer().serializeToString(document.doctype) : '';
  const inner = element.getHTML
    ? element.getHTML({serializableShadowRoots: true, shadowRoots: [...found]})
    : element.innerHTML;
  return type + begin + inner + '</' + element.localName + '>';
}
"""
"""The document as text."""
