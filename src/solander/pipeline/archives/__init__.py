"""An archive over the years: founded, catalogued, harvested, audited."""
