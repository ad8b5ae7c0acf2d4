"""Pictures: re-encoded in a limited process, kept as files, told by a row."""
