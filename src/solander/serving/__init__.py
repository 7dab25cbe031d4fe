"""A face: an archive in a browser, and for programs that harvest it. It reads, and writes nothing."""
