"""Who registered hears once that the date moved, that it is soon, and thanks."""

import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from portal.core.database import db
from portal.core.facts import tell
from portal.core.times import BERLIN
from portal.events import services as events
from portal.events.content import Content
from portal.events.facts import EventChanged
from portal.events.models import Audience, Event, EventKind
from portal.events.periods import Period
from portal.events.services import plan
from portal.notifications.jobs import jobs_of
from portal.notifications.models import Letter, LetterState
from portal.registrations import services
from portal.registrations import told as who_is_told
from portal.registrations.models import Allocation, Registration, RegistrationState, Way
from portal.registrations.services import Rules
from tests.cast import a_user, together
from tests.registrations.cast import all_register, guest_registers, people

DAY = timedelta(days=1)


def berlin(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=BERLIN).astimezone(UTC)


REGISTERS, NINE, START = (
    berlin(2027, 3, 1, 12),
    berlin(2027, 3, 17, 9),
    berlin(2027, 3, 18, 13),
)
TEN = berlin(2027, 3, 19, 10)


@pytest.fixture
def allocation(ada) -> Allocation:
    """A date on 18 March 2027 with two places."""
    with time_machine.travel(REGISTERS - DAY, tick=False):
        event = plan(content(START), by=ada)
        rules = Rules(
            capacity=2,
            opens_at=REGISTERS - DAY,
            closes_at=START,
            cancel_until=START,
            offers_from=START - DAY,
            moves_up_until=START,
        )
        made = services.open_allocation(event, rules, by=ada)
        db.session.commit()
        return made


def content(start: datetime, **more) -> Content:
    return Content(
        title="Tagung",
        kind=EventKind.ALLIANCE_MEETING,
        audience=Audience.PUBLIC,
        period=Period(start, start + timedelta(hours=4)),
        **more,
    )


def register(allocation, count, moment=REGISTERS):
    with time_machine.travel(moment, tick=False):
        made = all_register(allocation, people(count))
        sent()
        return made


def sent() -> None:
    db.session.execute(update(Letter).values(state=LetterState.SENT))
    db.session.commit()


def move(allocation, by, start, moment=REGISTERS + DAY):
    with time_machine.travel(moment, tick=False):
        event = db.session.get_one(Event, allocation.event_id)
        events.change(event, content(start), by=by, seen_version=event.version, tells=True)
        db.session.commit()


def told(kind: str) -> list[str]:
    db.session.rollback()
    rows = select(Letter).where(Letter.kind == f"registrations/{kind}").order_by(Letter.id)
    return [letter.recipient.email.partition("@")[0] for letter in db.session.scalars(rows)]


def run(moment: datetime) -> None:
    """As the worker does it every five minutes."""
    for step in (services.let_lapse, services.remind, services.thank):
        with time_machine.travel(moment, tick=False):
            step()
            db.session.commit()
            db.session.expire_all()


def test_everybody_hears_that_it_moved_with_a_place_or_without(allocation, ada):
    register(allocation, 3)

    move(allocation, ada, START + DAY)

    assert told("registration_moved") == ["p1", "p2", "p3"]


def test_change_of_words_tells_nobody(allocation, ada):
    register(allocation, 1)

    event = db.session.get_one(Event, allocation.event_id)
    tell(EventChanged(by=ada, about=event))

    assert told("registration_moved") == []


def test_rules_do_not_shift_with_the_date(allocation, ada):
    move(allocation, ada, START + 7 * DAY)

    db.session.expire_all()
    assert (allocation.closes_at, allocation.cancel_until) == (START, START)


def test_who_cancelled_or_never_confirmed_hears_of_no_move(allocation, ada):
    first, _second = register(allocation, 2)
    with time_machine.travel(REGISTERS, tick=False):
        services.withdraw(first, by=first.person)
        guest_registers(allocation)
        db.session.commit()

    move(allocation, ada, START + DAY)

    assert told("registration_moved") == ["p2"]


def many_are_registered(allocation, count):
    """As if they had come one after the other."""
    db.session.execute(update(Allocation).values(capacity=count, taken=count, numbers=count))
    with together():
        for number, person in enumerate(people(count), start=1):
            db.session.add(
                Registration(
                    allocation=allocation,
                    number=number,
                    state=RegistrationState.CONFIRMED,
                    person=person,
                    first_name=person.first_name,
                    last_name=person.last_name,
                    way=Way.PORTAL,
                    code=f"C{number:0>15}",
                    received_at=REGISTERS,
                    entered_at=REGISTERS,
                    proved_at=REGISTERS,
                    seated_at=REGISTERS,
                )
            )


def test_five_hundred_hear_of_two_moves_within_a_minute(allocation, ada):
    many_are_registered(allocation, 500)

    begin = time.monotonic()
    move(allocation, ada, START + DAY)
    took = time.monotonic() - begin
    move(allocation, ada, START + 2 * DAY, REGISTERS + DAY + timedelta(seconds=30))

    letters = list(
        db.session.scalars(select(Letter).where(Letter.kind == "registrations/registration_moved"))
    )
    assert len({letter.recipient_id for letter in letters}) == len(letters) == 500
    assert {letter.parameters["starts_at"] for letter in letters} == {(START + 2 * DAY).isoformat()}
    assert took < 10


@pytest.mark.parametrize(
    ("moment", "are_reminded"),
    [
        (NINE - timedelta(seconds=1), False),
        (NINE, True),
        (START - timedelta(seconds=1), True),  # the worker stood still
        (START, False),
    ],
)
def test_reminder_leaves_at_nine_in_berlin_the_day_before(allocation, moment, are_reminded):
    register(allocation, 3)

    run(moment)
    run(moment)

    assert told("participant_reminded") == (["p1", "p2"] if are_reminded else [])


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (berlin(2027, 3, 28, 13), datetime(2027, 3, 27, 8, tzinfo=UTC)),  # clocks go forward
        (berlin(2027, 3, 29, 13), datetime(2027, 3, 28, 7, tzinfo=UTC)),
        (berlin(2027, 10, 31, 13), datetime(2027, 10, 30, 7, tzinfo=UTC)),  # and back
        (berlin(2027, 11, 1, 0, 30), datetime(2027, 10, 31, 8, tzinfo=UTC)),
    ],
)
def test_reminder_keeps_to_berlins_clock_when_it_changes(start, due):
    assert who_is_told.reminder_at(Event(starts_at=start)) == due


def test_who_registers_after_the_reminder_gets_none(allocation):
    register(allocation, 1)
    with time_machine.travel(NINE + timedelta(minutes=1), tick=False):
        all_register(allocation, [a_user("neu@x.example", "Neu", "Muster")])

    run(NINE + timedelta(minutes=2))

    assert told("participant_reminded") == ["p1"]


def test_date_that_moved_to_another_day_is_reminded_of_again_and_by_hours_not(allocation, ada):
    register(allocation, 1)
    run(NINE)
    sent()

    move(allocation, ada, START + timedelta(hours=2), NINE + timedelta(hours=1))
    run(NINE + timedelta(hours=2))
    assert told("participant_reminded") == ["p1"]

    move(allocation, ada, START + 7 * DAY, NINE + timedelta(hours=3))
    run(NINE + timedelta(hours=4))
    assert told("participant_reminded") == ["p1"]

    run(NINE + 7 * DAY)
    assert told("participant_reminded") == ["p1", "p1"]


def test_reminder_that_lies_ready_is_not_sent_when_the_date_moves_or_is_cancelled(allocation, ada):
    register(allocation, 1)
    run(NINE)

    move(allocation, ada, START + 7 * DAY, NINE + timedelta(minutes=1))

    assert told("participant_reminded") == []


def test_cancelled_date_reminds_and_thanks_nobody(allocation, ada):
    register(allocation, 1)
    event = db.session.get_one(Event, allocation.event_id)
    with time_machine.travel(REGISTERS + DAY, tick=False):
        events.cancel(event, by=ada, reason="Sturm", seen_version=event.version)
        db.session.commit()

    run(NINE)
    run(TEN)

    assert (told("participant_reminded"), told("participant_thanked")) == ([], [])


@pytest.mark.parametrize(
    ("moment", "are_thanked"),
    [(TEN - timedelta(seconds=1), False), (TEN, True), (TEN + 14 * DAY, False)],
)
def test_thanks_leave_once_at_ten_the_day_after(allocation, moment, are_thanked):
    register(allocation, 3)

    run(moment)
    run(moment)

    assert told("participant_thanked") == (["p1", "p2"] if are_thanked else [])


def test_where_somebody_was_checked_in_only_who_came_is_thanked(allocation):
    first, _second = register(allocation, 2)
    first.checked_in_at = START
    db.session.commit()

    run(TEN)

    assert told("participant_thanked") == ["p1"]


def test_two_workers_at_once_remind_once(allocation):
    """The second one read the list before the first had finished."""
    register(allocation, 1)
    with time_machine.travel(NINE, tick=False):
        read_before = who_is_told.soon(NINE)
        services.remind()
        db.session.commit()

        assert [who_is_told.is_to_remind(one, NINE) for one in read_before] == [False]
        assert services.remind() == 0


def test_crash_in_between_leaves_nothing_half_done(allocation, monkeypatch):
    register(allocation, 2)
    with time_machine.travel(NINE, tick=False):
        services.remind()
        db.session.rollback()
    assert told("participant_reminded") == []

    run(NINE)

    assert told("participant_reminded") == ["p1", "p2"]


def test_worker_lets_lapse_reminds_and_thanks(app, allocation):
    register(allocation, 1)
    with time_machine.travel(REGISTERS, tick=False):
        guest_registers(allocation)
    jobs = jobs_of(app)
    for moment in (NINE, TEN):
        with time_machine.travel(moment, tick=False):
            jobs.attend.call_local()

    db.session.expire_all()
    states = list(db.session.scalars(select(Registration.state).order_by(Registration.number)))
    assert states == [RegistrationState.CONFIRMED, RegistrationState.CANCELLED]
    assert (told("participant_reminded"), told("participant_thanked")) == (["p1"], ["p1"])
