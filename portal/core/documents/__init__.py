"""Documents: looked at in a limited process, kept as they were sent, told by a row."""
