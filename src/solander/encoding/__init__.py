"""Values -> documents, and back. Canonical: the same values give the same bytes."""
