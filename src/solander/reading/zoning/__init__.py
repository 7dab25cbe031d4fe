"""Leaves -> zones: which of them are the text proper, and what the others are."""
