"""Berlin's time: the two nights of the change, and the promised working day."""

from datetime import UTC, date, datetime, time

import holidays
import pytest

from portal.core.holidays import holidays_of
from portal.core.times import (
    AmbiguousTime,
    NoSuchTime,
    Which,
    in_berlin,
    show_clock,
    show_day,
    which_of_two,
    working_days_after,
)


@pytest.mark.parametrize(
    ("day", "clock", "moment"),
    [
        (date(2027, 3, 18), time(13), datetime(2027, 3, 18, 12, tzinfo=UTC)),
        (date(2027, 7, 1), time(13), datetime(2027, 7, 1, 11, tzinfo=UTC)),
        (date(2027, 3, 28), time(1, 59), datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        (date(2027, 3, 28), time(3, 0), datetime(2027, 3, 28, 1, tzinfo=UTC)),
        (date(2027, 10, 31), time(3, 0), datetime(2027, 10, 31, 2, tzinfo=UTC)),
    ],
)
def test_clock_in_berlin_is_this_moment(day, clock, moment):
    assert in_berlin(day, clock) == moment


def test_hour_that_does_not_exist_is_refused():
    with pytest.raises(NoSuchTime):
        in_berlin(date(2027, 3, 28), time(2, 30))


def test_hour_that_occurs_twice_is_refused():
    with pytest.raises(AmbiguousTime):
        in_berlin(date(2027, 10, 31), time(2, 30))


@pytest.mark.parametrize("year", range(2010, 2101))
def test_holidays_are_those_of_the_library(year):
    assert holidays_of(year) == set(holidays.country_holidays("DE", subdiv="NW", years=year))


@pytest.mark.parametrize(
    ("which", "moment"),
    [
        (Which.FIRST, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (Which.SECOND, datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ],
)
def test_hour_that_occurs_twice_is_the_one_that_was_chosen(which, moment):
    assert in_berlin(date(2026, 10, 25), time(2, 30), which) == moment
    assert which_of_two(moment) is which


@pytest.mark.parametrize("which", [None, *Which])
def test_choice_changes_nothing_where_an_hour_occurs_once(which):
    assert in_berlin(date(2026, 10, 25), time(1, 59), which) == datetime(
        2026, 10, 24, 23, 59, tzinfo=UTC
    )
    assert in_berlin(date(2026, 10, 25), time(3), which) == datetime(2026, 10, 25, 2, tzinfo=UTC)
    with pytest.raises(NoSuchTime):
        in_berlin(date(2026, 3, 29), time(2, 30), which)


def test_clock_says_which_of_two_equal_times_it_shows(app):
    moments = [datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1, 2)]

    shown = [show_clock(moment) for moment in moments]
    assert shown == ["02:30 (Sommerzeit)", "02:30 (Winterzeit)", "03:30"]


@pytest.mark.parametrize(
    ("asked", "promised"),
    [
        ("2026-11-23T09:00+01:00", date(2026, 11, 30)),  # a plain week
        ("2026-11-20T18:00+01:00", date(2026, 11, 27)),  # Friday evening
        ("2026-11-22T23:30+00:00", date(2026, 11, 30)),  # already Monday in Berlin
        ("2026-12-23T09:00+01:00", date(2026, 12, 31)),  # Christmas
        ("2026-12-28T09:00+01:00", date(2027, 1, 5)),  # New Year
        ("2027-03-24T09:00+01:00", date(2027, 4, 2)),  # Good Friday and Easter Monday
        ("2026-10-30T09:00+01:00", date(2026, 11, 6)),  # All Saints' Day is a Sunday
    ],
)
def test_promise_counts_working_days_in_north_rhine_westphalia(asked, promised):
    assert working_days_after(datetime.fromisoformat(asked), 5) == promised


def test_day_and_clock_are_shown_in_berlin(app):
    moment = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)

    assert (show_day(moment), show_clock(moment)) == ("1. Januar 2027", "00:30")
