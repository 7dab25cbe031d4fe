"""Texts written in light markup or for a typesetter: their blocks are read, their words and marks stay as written."""
