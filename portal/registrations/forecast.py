"""What would happen to a registration that came at this moment: shown before it is saved."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.core.database import db
from portal.registrations.models import Allocation, Registration, RegistrationState

SHOWN = 3


@dataclass(frozen=True)
class Forecast:
    """`place_in_line` is None for who gets a place; `behind` are the next ones in the line."""

    place_in_line: int | None
    behind: list[Registration]

    @property
    def key(self) -> str:
        """Says whether a form that showed one forecast still tells the truth."""
        return f"line:{self.place_in_line}" if self.place_in_line else "place"


def forecast(allocation: Allocation, arrived_at: datetime) -> Forecast:
    """As `seats.decide` would, without the lock: somebody may be faster."""
    if not allocation.is_full:
        return Forecast(None, [])
    rows = (
        select(Registration)
        .where(
            Registration.allocation_id == allocation.id,
            Registration.state == RegistrationState.WAITING,
        )
        .order_by(Registration.received_at, Registration.number)
    )
    line = list(db.session.scalars(rows))
    before = sum(1 for one in line if one.received_at <= arrived_at)
    return Forecast(before + 1, line[before : before + SHOWN])
