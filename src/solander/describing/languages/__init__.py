"""Languages, told from words and scripts against what a page declares."""
