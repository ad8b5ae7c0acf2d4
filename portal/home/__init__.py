"""The start page, a person's own page, legal pages and probes."""
