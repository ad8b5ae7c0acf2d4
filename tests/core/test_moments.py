"""A day and a clock in a form are a moment in Berlin, wherever the server stands."""

import os
import subprocess
import sys
import time as process_time
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from flask import Flask

from portal.core.forms import Form, Moment, clock, day, typed_moment, which

ZONES = ("UTC", "America/New_York", "Asia/Tokyo")
FIRST, SECOND = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
DOUBLED = {"closes_day": "2026-10-25", "closes_clock": "02:30"}
MISSING = {"closes_day": "2026-03-29", "closes_clock": "02:30"}


class DeadlineForm(Form):
    closes_day = day("Schluss: Tag")
    closes_clock = clock("Schluss: Uhrzeit")
    closes_which = which()

    def __init__(self, known: datetime | None = None) -> None:
        super().__init__(data=typed_moment("closes", known), meta={"csrf": False})
        self.closes = Moment(self, "closes")

    def validate(self, extra_validators: object = None) -> bool:
        return super().validate(extra_validators) and self.closes.is_clear()


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The zone of the process while the test runs."""
    with monkeypatch.context() as changed:
        changed.setenv("TZ", request.param)
        process_time.tzset()
        yield request.param
    process_time.tzset()


def sent(app: Flask, **typed: str) -> DeadlineForm:
    with app.test_request_context(method="POST", data=typed):
        form = DeadlineForm()
        form.validate()
        return form


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ({}, None),
        ({"closes_day": "2026-10-25", "closes_clock": "01:59"},
         datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
        ({"closes_day": "25.10.2026", "closes_clock": "3.00"},
         datetime(2026, 10, 25, 2, tzinfo=UTC)),
        ({**DOUBLED, "closes_which": "first"}, FIRST),
        ({**DOUBLED, "closes_which": "second"}, SECOND),
        ({"closes_day": "2026-03-29", "closes_clock": "03:00"},
         datetime(2026, 3, 29, 1, tzinfo=UTC)),
        # an answer that is left over from another day changes nothing
        ({"closes_day": "2026-10-26", "closes_clock": "02:30", "closes_which": "second"},
         datetime(2026, 10, 26, 1, 30, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_day_and_clock_are_read_as_berlin_shows_them(app, zone, typed, moment):
    form = sent(app, **typed)

    assert (form.errors, form.closes.data) == ({}, moment)


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        (MISSING, "closes_clock", "springen die Uhren auf 3:00"),
        ({**MISSING, "closes_which": "second"}, "closes_clock", "springen die Uhren auf 3:00"),
        (DOUBLED, "closes_which", "welche der beiden gemeint ist"),
        ({**DOUBLED, "closes_which": ""}, "closes_which", "welche der beiden gemeint ist"),
        ({**DOUBLED, "closes_which": "third"}, "closes_which", "einen der angebotenen"),
        ({"closes_clock": "13:00"}, "closes_day", "Geben Sie auch den Tag ein."),
        ({"closes_day": "2026-03-29"}, "closes_clock", "Geben Sie auch die Uhrzeit ein."),
        ({"closes_day": "2026-02-30", "closes_clock": "13:00"}, "closes_day", "gibt es nicht"),
    ],
)
def test_what_names_no_moment_is_refused_at_its_field(app, zone, typed, field, message):
    form = sent(app, **typed)

    assert list(form.errors) == [field]
    assert message in form.errors[field][0]


def test_hour_is_asked_for_only_where_there_are_two(app):
    asked = sent(app, **DOUBLED)
    assert asked.closes.is_doubled and asked.closes_which.flags.required
    assert not sent(app, **MISSING).closes.is_doubled
    assert not sent(app, closes_day="2026-10-25", closes_clock="03:00").closes.is_doubled
    assert not sent(app).closes.is_doubled


def test_question_names_the_clock_that_was_typed(app):
    form = sent(app, **DOUBLED)

    assert [str(label) for _, label, *_ in form.closes_which.iter_choices()] == [
        "erste 2:30 Uhr (Sommerzeit)",
        "zweite 2:30 Uhr (Winterzeit)",
    ]


@pytest.mark.parametrize("moment", [FIRST, SECOND, datetime(2026, 7, 1, 11, tzinfo=UTC)])
def test_known_moment_is_typed_as_it_would_be_read(app, zone, moment):
    with app.test_request_context():
        form = DeadlineForm(moment)

        assert form.closes.data == moment


@pytest.mark.parametrize("name", ZONES)
def test_server_that_starts_in_another_zone_means_berlin(name):
    script = (
        "from datetime import date, time, datetime; from portal.core.times import *;"
        "print(datetime(2026, 7, 1, 12).astimezone().utcoffset(), in_berlin(date(2026, 7, 1),"
        " time(12)), in_berlin(date(2026, 10, 25), time(2, 30), Which.SECOND), start_of(date(2026,"
        " 3, 29)), sep='|')"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "TZ": name},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )

    offset, *moments = answer.stdout.strip().split("|")
    assert offset == {"UTC": "0:00:00", "America/New_York": "-1 day, 20:00:00"}.get(name, "9:00:00")
    assert moments == [
        "2026-07-01 10:00:00+00:00", "2026-10-25 01:30:00+00:00", "2026-03-28 23:00:00+00:00",
    ]  # fmt: skip


def test_days_and_clocks_are_the_fields_own(app):
    with app.test_request_context(method="POST", data={**DOUBLED, "closes_which": "second"}):
        form = DeadlineForm()

        assert (form.closes_day.data, form.closes_clock.data) == (date(2026, 10, 25), time(2, 30))
