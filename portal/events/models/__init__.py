"""Dates with their programmes, and what is kept of them afterwards."""

from portal.events.models.events import (
    AUDIENCE_LABELS,
    EVENT_KIND_LABELS,
    AgendaItem,
    Audience,
    Event,
    EventKind,
    EventState,
    Precision,
)
from portal.events.models.media import EventDocument, EventPicture

__all__ = [
    "AUDIENCE_LABELS",
    "EVENT_KIND_LABELS",
    "AgendaItem",
    "Audience",
    "Event",
    "EventDocument",
    "EventKind",
    "EventPicture",
    "EventState",
    "Precision",
]
