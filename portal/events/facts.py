"""What can have happened to a date."""

from dataclasses import dataclass, field
from typing import Any

from portal.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class EventPlanned(Fact):
    """`like` is the date with whose words it began, or None."""

    like: Any = None


@dataclass(frozen=True, kw_only=True)
class EventChanged(Fact):
    """`moved`: it takes place at another time or somewhere else. `before` says when and where it
    was to take place until now (content.whereabouts), and `tells` that the office wants those to
    hear of it who are coming."""

    moved: bool = False
    before: dict[str, str] = field(default_factory=dict)
    tells: bool = False


class EventCancelled(Fact): ...


class EventMediaChanged(Fact):
    """Its pictures or documents."""
