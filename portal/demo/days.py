"""Days relative to the one on which the demo is loaded, so that it is alive whenever that is."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from portal.core.times import in_berlin, local, now, start_of, working_days_after

DAY = timedelta(days=1)
JUST_NOW = timedelta(minutes=15)


@dataclass(frozen=True)
class Days:
    now: datetime = field(default_factory=now)

    @property
    def today(self) -> date:
        return local(self.now).date()

    def ago(self, days: int, clock: str = "10:00") -> datetime:
        """So many days ago at that time in Berlin; never in the hours that are still to come."""
        return self._past(self.today - days * DAY, clock)

    def worked(self, days: int, clock: str = "10:00") -> datetime:
        """The same for the office: on the last working day until then."""
        return self._past(self.past_day(days), clock)

    def past_day(self, days: int) -> date:
        """The last working day that lies at least so many days back."""
        day = self.today - days * DAY
        while not is_working_day(day):
            day -= DAY
        return day

    def ahead(self, days: int) -> date:
        """The first working day that lies at least so many days ahead."""
        return working_days_after(start_of(self.today + (days - 1) * DAY), 1)

    def at_latest(self, month: str, moment: datetime) -> str:
        """A recorded month ("2026-09"), but never later than the moment."""
        return min(month, local(moment).date().isoformat()[: len(month)])

    def _past(self, day: date, clock: str) -> datetime:
        return min(in_berlin(day, time.fromisoformat(clock)), self.now - JUST_NOW)


def is_working_day(day: date) -> bool:
    return working_days_after(start_of(day - DAY), 1) == day
