"""Decisions that are left to two tied administrators: they disclose it, and decide together."""
