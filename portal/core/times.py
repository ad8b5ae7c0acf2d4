"""Moments are stored in UTC and shown in Berlin; here they are put into words and read back."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from flask_babel import format_date, format_time
from flask_babel import gettext as _

from portal.core.holidays import holidays_of

BERLIN = ZoneInfo("Europe/Berlin")


class NoSuchTime(ValueError):
    """In the night when clocks go forward, this hour does not exist."""


class AmbiguousTime(ValueError):
    """In the night when clocks go back, this hour happens twice."""


class Which(StrEnum):
    """Of an hour that happens twice: the first one is summer time, the second one winter time."""

    FIRST = "first"
    SECOND = "second"


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    return now().astimezone(BERLIN).date()


def in_berlin(day: date, clock: time, which: Which | None = None) -> datetime:
    """The moment (UTC) at which Berlin's clocks show this. Raises NoSuchTime in the night when they
    go forward; in the night when they go back AmbiguousTime unless `which` says what was meant
    (R21). Where an hour happens once, `which` changes nothing."""
    local = datetime.combine(day, clock, tzinfo=BERLIN).replace(fold=0)
    moment, second = local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)
    if moment.astimezone(BERLIN).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTime(local.isoformat())
    if moment != second and which is None:
        raise AmbiguousTime(local.isoformat())
    return second if which is Which.SECOND else moment


def happens_twice(day: date, clock: time) -> bool:
    try:
        in_berlin(day, clock)
    except AmbiguousTime:
        return True
    except NoSuchTime:
        return False
    return False


def which_of_two(moment: datetime) -> Which | None:
    """None where Berlin's clocks show this once, as they nearly always do."""
    shown = local(moment)
    if not happens_twice(shown.date(), shown.time()):
        return None
    return Which.SECOND if shown.fold else Which.FIRST


def start_of(day: date) -> datetime:
    """Midnight in Berlin; the changes of the clock never touch it."""
    return in_berlin(day, time(0))


def day_before(moment: datetime) -> date:
    """The last day of a span of days, which ends with the midnight after it."""
    return local(moment - timedelta(seconds=1)).date()


def local(moment: datetime) -> datetime:
    return moment.astimezone(BERLIN)


def working_days_after(moment: datetime, count: int) -> date:
    """The day in Berlin that lies `count` working days (Monday to Friday, without the holidays of
    North Rhine-Westphalia) after the moment."""
    day = local(moment).date()
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in holidays_of(day.year):
            count -= 1
    return day


def show_day(value: date | datetime) -> str:
    """22. November 2026"""
    return str(format_date(_local_date(value), "long"))


def show_short_day(value: date | datetime) -> str:
    """22.11.2026"""
    return str(format_date(_local_date(value), "medium"))


def show_weekday(value: date | datetime) -> str:
    """Sonntag, 22. November 2026"""
    return str(format_date(_local_date(value), "full"))


def show_month(value: date | datetime) -> str:
    """November 2026"""
    return str(format_date(_local_date(value), "LLLL yyyy"))


def show_clock(value: datetime) -> str:
    """14:30, and "02:30 (Winterzeit)" where the clocks show it twice."""
    shown = str(format_time(local(value), "HH:mm", rebase=False))
    which = which_of_two(value)
    if which is None:
        return shown
    season = _("Sommerzeit") if which is Which.FIRST else _("Winterzeit")
    return f"{shown} ({season})"


def show_moment(value: datetime) -> str:
    """22. November 2026, 14:30"""
    return f"{show_day(value)}, {show_clock(value)}"


def _local_date(value: date | datetime) -> date:
    return local(value).date() if isinstance(value, datetime) else value
