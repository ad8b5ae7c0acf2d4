"""The holidays of North Rhine-Westphalia. The library that knows those of the whole world takes
15 MB in each process that asks it; the tests compare with it (tests/core/test_times.py)."""

from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

SAME_EACH_YEAR = ((1, 1), (5, 1), (10, 3), (11, 1), (12, 25), (12, 26))
# Good Friday, Easter Monday, Ascension, Whit Monday, Corpus Christi.
AROUND_EASTER = (-2, 1, 39, 50, 60)
ONCE = frozenset({date(2017, 10, 31)})  # five hundred years of Reformation


@cache
def holidays_of(year: int) -> frozenset[date]:
    fixed = {date(year, month, day) for month, day in SAME_EACH_YEAR}
    moving = {easter(year) + timedelta(days=days) for days in AROUND_EASTER}
    return frozenset(fixed | moving | {day for day in ONCE if day.year == year})
