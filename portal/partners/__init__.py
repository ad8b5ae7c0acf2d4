"""Organisations, their membership, applications and the people who speak for them."""
