"""Days as exactly as they are known: "2019", "2019-12" or "2019-12-01"."""

import re
from calendar import monthrange
from datetime import date

from portal.core import times

YEARS = range(1900, 2200)
SHAPES = [
    re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?", re.ASCII),
    re.compile(
        r"(?:(?:(?P<day>\d{1,2})\.\s?)?(?P<month>\d{1,2})[./]\s?)?(?P<year>\d{4})", re.ASCII
    ),
]


def read(text: str) -> str:
    """What somebody typed ("12.2019", "1.12.2019", "2019-12"), as it is kept. Raises ValueError
    for what is no day, month or year."""
    for shape in SHAPES:
        if match := shape.fullmatch(text.strip()):
            parts = [int(part) for part in match.group("year", "month", "day") if part]
            known = date(*(parts + [1, 1])[:3])
            if known.year not in YEARS:
                break
            return known.isoformat()[: (4, 7, 10)[len(parts) - 1]]
    raise ValueError(text)


def first_day(kept: str) -> date:
    return date.fromisoformat((kept + "-01-01")[:10])


def last_day(kept: str) -> date:
    day = first_day(kept)
    if len(kept) == 4:
        return day.replace(month=12, day=31)
    return day.replace(day=monthrange(day.year, day.month)[1]) if len(kept) == 7 else day


def typed(kept: str) -> str:
    """As it stands in a field: 2019, 12.2019, 01.12.2019."""
    return ".".join(reversed(kept.split("-"))) if kept else ""


def show(kept: str) -> str:
    """2019, Dezember 2019, 1. Dezember 2019."""
    if len(kept) <= 4:
        return kept
    return times.show_month(first_day(kept)) if len(kept) == 7 else times.show_day(first_day(kept))
