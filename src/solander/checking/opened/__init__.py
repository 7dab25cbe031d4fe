"""What a reader opens: a view that has the page's words, and copies that do nothing to whoever opens them."""
