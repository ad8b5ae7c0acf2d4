"""The ledger alone tells what became of everybody, and shows what does not follow from rules."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from portal.core.database import db
from portal.registrations import queries, services
from portal.registrations.models import Move
from portal.registrations.replay import Times, replay
from tests.registrations.cast import an_allocation, counters, people, states

START = datetime(2026, 11, 1, 9, tzinfo=UTC)
TIMES = Times(
    offers_from=START + timedelta(days=7),
    moves_up_until=START + timedelta(days=9),
    since=START - timedelta(days=1),
)


@dataclass
class Written:
    """A line that no database has."""

    line: int
    move: Move
    number: int | None = None
    capacity: int | None = None
    received_at: datetime | None = None
    at: datetime = START


def written(*moves, at=START):
    """One line each: (move, number), the opening with its places."""
    lines = []
    for line, (move, value) in enumerate(moves, 1):
        sized = move in (Move.OPENED, Move.RESIZED)
        came = move in (Move.CONFIRMED, Move.QUEUED, Move.ENTERED_CONFIRMED, Move.ENTERED_QUEUED)
        moment = at + timedelta(minutes=line)
        lines.append(
            Written(
                line,
                move,
                number=None if sized else value,
                capacity=value if sized else None,
                received_at=moment if came else None,
                at=moment,
            )
        )
    return lines


def faults(*moves, at=START):
    return [str(fault) for fault in replay(written(*moves, at=at), TIMES).faults]


FULL = [(Move.OPENED, 1), (Move.CONFIRMED, 1), (Move.QUEUED, 2), (Move.QUEUED, 3)]


def test_ledger_gives_states_and_the_line():
    replayed = replay(written(*FULL, (Move.WITHDRAWN, 1), (Move.MOVED_UP, 2)), TIMES)

    assert replayed.states == {1: "cancelled", 2: "confirmed", 3: "waiting"}
    assert (replayed.line, replayed.taken, replayed.lines) == ([3], 1, 6)
    assert replayed.faults == []


@pytest.mark.parametrize(
    ("moves", "told"),
    [
        ([(Move.CONFIRMED, 1)], "line 1: a ledger begins with its opening, once"),
        ([*FULL, (Move.CONFIRMED, 4)], "line 5: number 4 got a place while none was free"),
        ([*FULL, (Move.QUEUED, 5)], "line 5: number 5 comes after number 3"),
        ([*FULL, (Move.MOVED_UP, 2)], "line 5: number 2 moved up while no place was free"),
        (
            [*FULL, (Move.WITHDRAWN, 1), (Move.MOVED_UP, 3)],
            "line 6: number 3 overtook number 2",
        ),
        ([*FULL, (Move.WITHDRAWN, 1)], "line 5: left a place free while number 2 waited"),
        (
            [*FULL, (Move.WITHDRAWN, 1), (Move.CONFIRMED, 4)],
            "line 6: number 4 overtook number 2",
        ),
        ([*FULL, (Move.RESIZED, 2)], "line 5: left a place free while number 2 waited"),
        ([*FULL, (Move.RESIZED, 0)], "line 5: 0 places, and 1 are taken"),
        ([*FULL, (Move.ACCEPTED, 1)], "line 5: number 1 is confirmed: not possible"),
        ([*FULL, (Move.WITHDRAWN, 9)], "line 5: number 9 is unknown: not possible"),
        (
            [*FULL, (Move.PROVED, 3), (Move.UNPROVED, 3)],
            "line 6: number 3 had confirmed the address",
        ),
        (
            [*FULL, (Move.WITHDRAWN, 1), (Move.OFFERED, 2)],
            "line 6: number 2 got an offer instead of a place",
        ),
        ([(Move.OPENED, 1), (Move.QUEUED, 1)], "line 2: number 1 got no place while one was free"),
        ([*FULL, (Move.STOPPED, None), (Move.QUEUED, 4)], "line 6: number 4 came after the end"),
    ],
)
def test_line_that_does_not_follow_is_named(moves, told):
    assert told in faults(*moves)


def test_after_the_cut_off_a_place_may_stay_free():
    late = TIMES.moves_up_until

    assert faults(*FULL, (Move.WITHDRAWN, 1), at=late) == []


def test_before_its_rules_were_made_no_line_is_judged_by_them():
    early = TIMES.since - timedelta(days=1)

    assert faults(*FULL, (Move.WITHDRAWN, 1), at=early) == []


def test_missing_line_is_named():
    lines = written(*FULL)
    del lines[2]

    told = [str(fault) for fault in replay(lines, TIMES).faults]
    assert told[0] == "line 4: follows line 2"


def test_who_arrived_before_the_one_before_is_named():
    lines = written(*FULL)
    lines[3].received_at = START

    told = [str(fault) for fault in replay(lines, TIMES).faults]
    assert told == ["line 4: number 3 arrived before the one before"]


def test_after_thirty_random_cancels_and_joins_a_replay_gives_the_same(ada):
    chance = random.Random(20261123)
    allocation = an_allocation(ada, capacity=5)
    everybody = people(12)
    for _ in range(30):
        person = chance.choice(everybody)
        registered = queries.active_of(allocation, person)
        if registered:
            services.withdraw(registered, by=person)
        else:
            services.register(allocation, by=person)
        db.session.commit()

    replayed = replay(db.session.scalars(queries.ledger(allocation)))

    assert sorted(replayed.states.items()) == states(allocation)
    assert (replayed.taken, replayed.waiting) == counters(allocation)
    assert replayed.faults == []
