"""Plain text -> the same values: paragraphs, headings, lists, tables and letters, told from lines alone."""
