"""Two processes, each with an app of its own. Both load what they are about, meet, and then act:
what they decide on is old unless the lock makes them look again.

`unlocked` takes the lock away, and the guards that would catch it: who acts then believes what it
loaded. `late` makes one of the two act after the other, as a slow one would."""

import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from threading import BrokenBarrierError
from typing import Any
from unittest.mock import patch

import sqlalchemy as sa

from config import Settings
from portal import create_app
from portal.accounts.models import User
from portal.core.database import db, reading_first, transaction
from portal.core.times import now
from portal.events import services as events
from portal.registrations import queries, services
from portal.registrations.models import Allocation, Move, Registration, Way
from portal.registrations.services import seats
from portal.registrations.services.seats import Place
from tests.registrations.cast import a_guest, rules

SECONDS = 60
LATE = 0.4


@dataclass(frozen=True)
class Act:
    """`what` is a name of ACTS, the ids say about whom."""

    what: str
    ids: dict[str, Any] = field(default_factory=dict)
    unlocked: bool = False
    late: bool = False


@dataclass
class Racers:
    pipes: list[Connection] = field(default_factory=list)

    def race(self, *acts: Act) -> list[str]:
        """What became of each: "done", or the name of what stopped it."""
        for pipe, act in zip(self.pipes, acts, strict=True):
            pipe.send(act)
        return [self._answer(pipe) for pipe in self.pipes]

    def without_lock(self, first: Act, second: Act) -> list[str]:
        return self.race(replace(first, unlocked=True), replace(second, unlocked=True, late=True))

    @staticmethod
    def _answer(pipe: Connection) -> str:
        assert pipe.poll(SECONDS), "a process gave no answer"
        return str(pipe.recv())


@contextmanager
def two_racers(settings: Settings) -> Iterator[Racers]:
    spawn = multiprocessing.get_context("spawn")
    meeting, racers, processes = spawn.Barrier(2), Racers(), []
    for _ in range(2):
        here, there = spawn.Pipe()
        process = spawn.Process(target=_run, args=(settings, there, meeting), daemon=True)
        process.start()
        racers.pipes.append(here)
        processes.append(process)
    try:
        for pipe in racers.pipes:
            assert pipe.poll(SECONDS), "a process did not start"
            assert pipe.recv() == "ready"
        yield racers
    finally:
        for pipe in racers.pipes:
            with suppress(OSError):
                pipe.send(None)
        for process in processes:
            process.join(10)
            process.kill()


def _run(settings: Settings, pipe: Connection, meeting: Barrier) -> None:
    app = create_app(settings)
    pipe.send("ready")
    while act := pipe.recv():
        with app.app_context():
            try:
                _do(act, meeting)
                pipe.send("done")
            except Exception as error:
                db.session.rollback()
                pipe.send(type(error).__name__)
            db.session.remove()


def _do(act: Act, meeting: Barrier) -> None:
    with ExitStack() as patches:
        if act.unlocked:
            _take_the_lock_away(patches)
        with transaction(writing=True):
            with reading_first():
                go = ACTS[act.what](**act.ids)
            with suppress(BrokenBarrierError):
                meeting.wait(SECONDS)
            if act.late:
                time.sleep(LATE)
            go()


def _take_the_lock_away(patches: ExitStack) -> None:
    def nothing(*_: Any) -> None:
        return None

    def change(registration: Registration, *, to: Any, **values: Any) -> None:
        this = sa.update(Registration).where(Registration.id == registration.id)
        db.session.execute(this.values(state=to, **values))

    def resize(allocation: Allocation, capacity: int) -> None:
        this = sa.update(Allocation).where(Allocation.id == allocation.id)
        db.session.execute(this.values(capacity=capacity))
        seats.note(allocation.id, Move.RESIZED, capacity=capacity)

    for name, instead in {
        "lock": nothing,
        "read_again": nothing,
        "_change": change,
        "resize": resize,
    }.items():
        patches.enter_context(patch.object(seats, name, instead))


Go = Callable[[], object]


def register(allocation: int, person: int) -> Go:
    places, who = db.session.get_one(Allocation, allocation), db.session.get_one(User, person)
    assert places.event.title and who.first_name
    return lambda: services.register(places, by=who)


def count_and_register(allocation: int, person: int) -> Go:
    """As most people would write it: count, then insert."""
    go = register(allocation, person)
    places = db.session.get_one(Allocation, allocation)
    free = places.taken < places.capacity and not places.waiting

    def decide(allocation_id: int, **_: Any) -> Place:
        counter = {"taken": Allocation.taken + 1} if free else {"waiting": Allocation.waiting + 1}
        both = {"numbers": Allocation.numbers + 1, "lines": Allocation.lines + 1}
        this = sa.update(Allocation).where(Allocation.id == allocation_id)
        counted = this.values(counter | both).returning(Allocation.numbers, Allocation.lines)
        number, line = db.session.execute(counted).one()
        place = Place(number, free, now())
        move = Move.CONFIRMED if free else Move.QUEUED
        seats._write(allocation_id, line, move, number=number, received_at=place.received_at)
        return place

    def act() -> None:
        with patch.object(seats, "decide", decide):
            go()

    return act


def take_in(allocation: int, person: int) -> Go:
    """What the office had in its mailbox an hour before."""
    places, ada = db.session.get_one(Allocation, allocation), db.session.get_one(User, person)
    assert places.event.title and ada.office_role
    early = places.opens_at
    return lambda: services.take_in(places, a_guest(), by=ada, way=Way.MAIL, arrived_at=early)


def withdraw(registration: int) -> Go:
    one = db.session.get_one(Registration, registration)
    assert one.allocation.event.title and one.person.first_name
    return lambda: services.withdraw(one)


def accept(registration: int) -> Go:
    one = db.session.get_one(Registration, registration)
    assert one.allocation.event.title and one.person.first_name
    return lambda: services.accept(one)


def release(person: int) -> Go:
    who = db.session.get_one(User, person)
    theirs = queries.all_active_of(who)
    assert all(one.allocation.event.title for one in theirs)
    return lambda: services.release_all_of(who)


def resize(allocation: int, person: int, capacity: int) -> Go:
    places, ada = db.session.get_one(Allocation, allocation), db.session.get_one(User, person)
    changed, version = rules(places.event, capacity=capacity), places.version
    assert ada.office_role
    return lambda: services.change_allocation(places, changed, by=ada, seen_version=version)


def cancel(allocation: int, person: int) -> Go:
    places, ada = db.session.get_one(Allocation, allocation), db.session.get_one(User, person)
    event = places.event
    assert event.title and ada.office_role
    return lambda: events.cancel(event, by=ada, reason="Sturm", seen_version=event.version)


ACTS: dict[str, Callable[..., Go]] = {
    one.__name__: one
    for one in (register, count_and_register, take_in, withdraw, accept, release, resize, cancel)
}
