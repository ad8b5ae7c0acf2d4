"""One archive with all rows and all media files, and the way back (docs/operating.md, ADR 0011)."""
