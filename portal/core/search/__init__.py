"""Search over everything that the portal shows: German analysis, the index, marking of hits."""
