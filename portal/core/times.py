"""Moments are stored in UTC and shown in Berlin; here they are put into words and read back."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from flask_babel import format_date, format_time

BERLIN = ZoneInfo("Europe/Berlin")


class NoSuchTime(ValueError):
    """In the night when clocks go forward, this hour does not exist."""


class AmbiguousTime(ValueError):
    """In the night when clocks go back, this hour happens twice."""


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    return now().astimezone(BERLIN).date()


def in_berlin(day: date, clock: time) -> datetime:
    """The moment (UTC) at which Berlin's clocks show this. Raises NoSuchTime or AmbiguousTime in
    the two nights of the change, because nobody can know then what was meant (R21)."""
    local = datetime.combine(day, clock, tzinfo=BERLIN)
    moment = local.astimezone(UTC)
    if moment.astimezone(BERLIN).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTime(local.isoformat())
    if moment != local.replace(fold=1).astimezone(UTC):
        raise AmbiguousTime(local.isoformat())
    return moment


def start_of(day: date) -> datetime:
    """Midnight in Berlin; the changes of the clock never touch it."""
    return in_berlin(day, time(0))


def local(moment: datetime) -> datetime:
    return moment.astimezone(BERLIN)


@cache
def _holidays(year: int) -> frozenset[date]:
    # 3 MB that no page for visitors needs.
    import holidays  # noqa: PLC0415

    return frozenset(holidays.country_holidays("DE", subdiv="NW", years=year))


def working_days_after(moment: datetime, count: int) -> date:
    """The day in Berlin that lies `count` working days (Monday to Friday, without the holidays of
    North Rhine-Westphalia) after the moment."""
    day = local(moment).date()
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in _holidays(day.year):
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
    """14:30"""
    return str(format_time(local(value), "HH:mm", rebase=False))


def show_moment(value: datetime) -> str:
    """22. November 2026, 14:30"""
    return f"{show_day(value)}, {show_clock(value)}"


def _local_date(value: date | datetime) -> date:
    return local(value).date() if isinstance(value, datetime) else value
