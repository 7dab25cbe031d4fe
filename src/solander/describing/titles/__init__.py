"""Titles: which of those that a page offers is its own, and where the site's name begins."""
