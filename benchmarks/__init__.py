"""Measurements that take longer than a test: what is learnt and judged on corpora outside the project."""
