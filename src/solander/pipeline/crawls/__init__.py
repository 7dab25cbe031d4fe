"""A file of captures on its way into one bag of many pages."""
