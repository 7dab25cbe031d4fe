"""Days as pages write them -> W3CDTF, and which of several is the day of publication."""
