"""Bytes -> text -> tree: by which charset, within which bounds, by which parser."""
