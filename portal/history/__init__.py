"""What happened: one line for each fact."""
