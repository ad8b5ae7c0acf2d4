"""A day, a month or a year as people type it."""

from datetime import UTC, datetime

import pytest

from portal.history.periods import read_period


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("22.11.2026", "2026-11-21T23:00", "2026-11-22T23:00"),
        ("2026-11-22", "2026-11-21T23:00", "2026-11-22T23:00"),
        ("1.7.2026", "2026-06-30T22:00", "2026-07-01T22:00"),
        ("11.2026", "2026-10-31T23:00", "2026-11-30T23:00"),
        ("2026-12", "2026-11-30T23:00", "2026-12-31T23:00"),
        ("2026", "2025-12-31T23:00", "2026-12-31T23:00"),
        (" 29.03.2026 ", "2026-03-28T23:00", "2026-03-29T22:00"),  # clocks go forward
        ("28.02.2028", "2028-02-27T23:00", "2028-02-28T23:00"),
    ],
)
def test_period_is_read_in_berlin(typed, since, until):
    period = read_period(typed)

    assert (period.since, period.until) == (moment(since), moment(until))


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "gestern",
        "31.02.2026",
        "2026-13",
        "13.2026",
        "1.1.1",
        "99999",
        "0000",
        "2026-0",
        "0.5.2026",
    ],
)
def test_what_is_no_period_is_none(typed):
    assert read_period(typed) is None
