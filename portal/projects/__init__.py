"""Project presentations: written by partners, reviewed by the office, found by all."""
