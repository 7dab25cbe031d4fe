"""Page, description and capture -> HTML for reading: pure functions, the same values give the same bytes."""

from solander.viewing.view import view_page

__all__ = ["view_page"]
