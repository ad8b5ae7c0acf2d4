"""The office's desk: everything that waits, oldest first; owns no state."""
