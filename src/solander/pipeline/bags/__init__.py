"""Bags of any payload: made, judged by BagIt, brought up to date, fetched, taken apart."""
