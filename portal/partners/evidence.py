"""Projects as evidence for a competence. They live on a floor above: whoever has them says so here,
as slots do for pages (projects/slots.py)."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Evidence:
    """What shows a competence: its title and the address of its page."""

    title: str
    href: str


class Projects(Protocol):
    """Both know nothing but what is public."""

    def choices(self, organisation_id: int) -> list[tuple[str, str]]:
        """What an organisation may point to: (key, title), by title."""

    def named(self, keys: Collection[str]) -> dict[str, Evidence]:
        """By key; one that is not public now is missing."""


_sources: list[Projects] = []


def gives_evidence(source: Projects) -> None:
    """Registers who knows projects."""
    _sources.append(source)


def project_choices(organisation_id: int) -> list[tuple[str, str]]:
    return [choice for source in _sources for choice in source.choices(organisation_id)]


def projects_named(keys: Collection[str]) -> dict[str, Evidence]:
    """Asks nobody where there is no key."""
    found: dict[str, Evidence] = {}
    for source in _sources if keys else ():
        found |= source.named(keys)
    return found
