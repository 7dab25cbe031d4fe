"""axe in a page: what a program can tell of whether people who do not see, or use no mouse, can use it.

``make test-browser`` installs it from npm into ``.cache/npm``; its word is taken for faults that are serious or worse.
"""

from __future__ import annotations

from pathlib import Path

from tests.viewing.browser import Browser

AXE = Path(__file__).parents[2] / ".cache" / "npm" / "node_modules" / "axe-core" / "axe.min.js"


def serious_faults(browser: Browser) -> list[str]:
    """The faults of the page that is open, a line each."""
    browser.evaluate(AXE.read_text(encoding="utf-8") + "; undefined")
    found = browser.evaluate(
        "axe.run(document, {iframes: false}).then(r => r.violations.filter(v => ['serious', 'critical']"
        ".includes(v.impact)).flatMap(v => v.nodes.map(n => v.id + ': ' + n.target.join(' ') + ' ' + n.html)))"
    )
    return [str(one) for one in found]
