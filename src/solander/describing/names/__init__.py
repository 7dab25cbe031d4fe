"""Names of people and bodies: what is one, and what only stands where one would."""
