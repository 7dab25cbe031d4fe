"""Addresses that a person gives for what is shown."""

from __future__ import annotations

from solander.errors import UsageError


def home_address(base: str) -> str:
    """The address of a home page.

    Raises:
        UsageError: it is none that other addresses could be put behind.
    """
    is_one = base.startswith(("http://", "https://")) and base.endswith("/") and base.isprintable() and base.isascii()
    if not is_one or any(letter in base for letter in " <>\"'\\^`{|}?#"):
        raise UsageError("--base is an http or https address that ends in a slash")
    return base
