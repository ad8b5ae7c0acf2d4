"""The search page across all features."""
