"""How often Python looks for waste: rarely while a command is loaded, as usual once it works.

Imports make thousands of values that stay, and to look for waste among them costs a small command a twentieth. Pages
are another matter: their trees are held by libraries, out of Python's sight, and go only when it looks.
"""

from __future__ import annotations

import gc

_USUAL = gc.get_threshold()
_RARELY = (10_000, 10, 10)


def collect_rarely() -> None:
    """Look for waste fourteen times less often."""
    gc.set_threshold(*_RARELY)


def collect_no_more() -> None:
    """Pass by all that there is from here on, for a process that ends now.

    Python looks through everything three times while it ends, to give back what the system takes in any case.
    """
    gc.freeze()


def collect_as_usual() -> None:
    """Look for waste as often as Python does by itself."""
    gc.set_threshold(*_USUAL)
