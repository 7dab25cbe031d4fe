"""Report -> text: what was found, told to a person or to a program. Every form says the same things."""
