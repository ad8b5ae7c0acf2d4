"""When something takes place, as exactly as it is known."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.core.times import start_of
from portal.events.models import Precision


@dataclass(frozen=True)
class Period:
    """From a moment to a moment. Days and months end with the midnight that follows them."""

    starts_at: datetime
    ends_at: datetime
    precision: Precision = Precision.TIME

    @property
    def last_moment(self) -> datetime:
        """As of an event."""
        exact = self.precision is Precision.TIME
        return self.ends_at if exact else self.ends_at - timedelta(seconds=1)

    @classmethod
    def of_days(cls, first: date, last: date | None = None) -> "Period":
        after = (last or first) + timedelta(days=1)
        return cls(start_of(first), start_of(after), Precision.DAY)

    @classmethod
    def of_month(cls, year: int, month: int) -> "Period":
        first = date(year, month, 1)
        after = (first + timedelta(days=31)).replace(day=1)
        return cls(start_of(first), start_of(after), Precision.MONTH)
