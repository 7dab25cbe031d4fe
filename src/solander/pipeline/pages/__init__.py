"""One page on its way: read, judged, packed, kept as a version."""
