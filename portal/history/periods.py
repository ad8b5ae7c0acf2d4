"""A day, a month or a year as people type it, as the two moments between which it lies."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.core.times import start_of

SHAPES = (
    re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<month>\d{1,2})\.(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})"),
    re.compile(r"(?P<year>\d{4})"),
)
YEARS = range(1900, 2200)


@dataclass(frozen=True)
class Period:
    """From `since` on, before `until`."""

    since: datetime
    until: datetime


def read_period(text: str) -> Period | None:
    """None when it is no day, month or year that there is."""
    for shape in SHAPES:
        if found := shape.fullmatch(text.strip()):
            return _period(**{name: int(part) for name, part in found.groupdict().items()})
    return None


def _period(year: int, month: int | None = None, day: int | None = None) -> Period | None:
    if year not in YEARS:
        return None
    try:
        first = date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    if day:
        after = first + timedelta(days=1)
    elif month:
        after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    else:
        after = date(year + 1, 1, 1)
    return Period(start_of(first), start_of(after))
