"""Files of records -> findings: WARC and WACZ, record by record."""
