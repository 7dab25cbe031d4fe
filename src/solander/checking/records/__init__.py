"""What a bag says of its page -> findings: description, records, provenance, report, derivation."""
