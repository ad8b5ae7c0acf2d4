"""What can have happened to a date."""

from portal.core.facts import Fact


class EventPlanned(Fact): ...


class EventChanged(Fact): ...


class EventCancelled(Fact): ...
