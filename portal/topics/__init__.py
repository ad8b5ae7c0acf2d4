"""Themes and districts: the words that all features share."""
