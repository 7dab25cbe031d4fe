"""Bags on their way to repositories: made ready, sent once, written down."""
