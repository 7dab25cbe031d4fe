"""Capture -> page: decode, build the tree, name the blocks, tell the text proper from what surrounds it."""
