"""Page, description and capture -> HTML for reading: pure functions, the same values give the same bytes."""

from solander.viewing.side_by_side import view_side_by_side
from solander.viewing.view import view_page

__all__ = ["view_page", "view_side_by_side"]
