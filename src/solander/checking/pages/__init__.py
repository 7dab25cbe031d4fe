"""Is every word of the page in its TEI? It is read a second time, by code that shares nothing with the reader."""
