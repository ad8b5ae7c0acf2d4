"""Projects for the Projektbüro: all of them, the case of each, and its review."""

from portal.projects.office import cases, hiding, review
from portal.projects.office.blueprint import bp

__all__ = ["bp", "cases", "hiding", "review"]
