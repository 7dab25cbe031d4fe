"""TEI -> findings: its grammar, what grammar cannot say, and its header."""
