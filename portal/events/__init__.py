"""Dates of the alliance."""
