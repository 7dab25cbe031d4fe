"""Nouns: the frozen values that pass from stage to stage. No I/O; they import only each other."""
