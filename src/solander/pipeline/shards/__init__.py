"""Parts of a large run, each done by one process: what they are, and what is written down of them."""
