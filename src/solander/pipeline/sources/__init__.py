"""From what a user names to captures: files, lists, addresses, places elsewhere."""
