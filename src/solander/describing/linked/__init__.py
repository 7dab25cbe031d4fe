"""What a page says in JSON-LD and in its links -> candidates."""
