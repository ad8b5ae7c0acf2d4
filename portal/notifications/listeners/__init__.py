"""Which fact sends which letter to whom, by the feature that tells it. docs/mails.md says the same
in words, and a test holds the two together."""

from portal.notifications.listeners import (
    accounts,
    charter,
    exchange,
    joining,
    joint,
    partners,
    people,
    projects,
    registrations,
    taking_part,
    teams,
)

__all__ = [
    "accounts",
    "charter",
    "exchange",
    "joining",
    "joint",
    "partners",
    "people",
    "projects",
    "registrations",
    "taking_part",
    "teams",
]
