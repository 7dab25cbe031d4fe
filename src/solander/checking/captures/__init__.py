"""Captures -> findings: how a page was received, and whether it is the page."""
