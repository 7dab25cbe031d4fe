"""The engines: RELAX NG, Schematron and JSON Schema, applied to any document, with a place for each fault."""
