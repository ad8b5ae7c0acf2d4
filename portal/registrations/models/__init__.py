"""Allocations hold the rules and counters of a date's places, registrations the people, the ledger
what became of each."""

from portal.registrations.models.allocations import (
    Allocation,
    AllocationState,
    LedgerEntry,
    Move,
)
from portal.registrations.models.calendar_keys import CalendarKey
from portal.registrations.models.registrations import (
    ENTERED,
    Registration,
    RegistrationState,
    Way,
)

__all__ = [
    "ENTERED",
    "Allocation",
    "AllocationState",
    "CalendarKey",
    "LedgerEntry",
    "Move",
    "Registration",
    "RegistrationState",
    "Way",
]
