"""Which fact sends which letter to whom, by the feature that tells it. docs/mails.md says the same
in words, and a test holds the two together."""

from portal.notifications.listeners import (
    accounts,
    charter,
    joining,
    partners,
    people,
    projects,
    teams,
)

__all__ = ["accounts", "charter", "joining", "partners", "people", "projects", "teams"]
