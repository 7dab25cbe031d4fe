"""Judging what stands, deriving it again, and what is told of the findings."""
