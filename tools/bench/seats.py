"""Mixed operations on places, one after the other, compared with a plain model after each: counters
each time, everybody's state at every turn, the ledger and all invariants at the end of each date.

`python -m tools.bench.seats [NUMBER] [SEED]` runs them on both engines."""

import os
import random
import secrets
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any
from unittest.mock import patch

import sqlalchemy as sa

import config
from portal import create_app
from portal.accounts.models import OfficeRole, User
from portal.checking.places import PLACES
from portal.core.database import Base, db
from portal.core.errors import DomainError
from portal.core.search.analysis import fold
from portal.events import services as events
from portal.events.content import Content
from portal.events.models import Audience, EventKind
from portal.events.periods import Period
from portal.partners.models import Affiliation, AffiliationRole, Organisation, OrganisationKind
from portal.registrations import services
from portal.registrations.models import Allocation, Registration, Way
from portal.registrations.services import answering, ending, registering, seats, settings
from tools.bench.databases import database_for, engines, prepare
from tools.bench.seat_model import DONE, Model

PEOPLE, GUESTS, ORGANISATIONS = 40, 12, 4
OPERATIONS_PER_DATE = 250
LIMIT = 4  # of each organisation
OPERATIONS = int(os.environ.get("BENCH_OPERATIONS", "100000"))
CLOCKS: tuple[ModuleType, ...] = (seats, answering, ending, registering, settings)


class Differs(Exception):
    """The portal and the model do not agree."""


class Run:
    """In an app context; `clock` is the portal's and the model's."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.chance = random.Random(seed)
        self.clock = datetime.now(UTC).replace(microsecond=0)
        self.done: Counter[str] = Counter()
        self.acts = {
            name.removeprefix("do_"): getattr(self, name)
            for name in dir(self)
            if name.startswith("do_")
        }
        self._cast()

    def _cast(self) -> None:
        mark, moment = secrets.token_hex(4), self.clock

        def user(name: str, **more: Any) -> User:
            return User(
                email=f"{name}-{mark}@model.example",
                first_name=name,
                last_name="Muster",
                created_at=moment,
                confirmed_at=moment,
                **more,
            )

        self.ada = user("ada", office_role=OfficeRole.ADMINISTRATOR)
        self.organisations = [
            Organisation(
                slug=f"o{i}-{mark}",
                name=f"Werk {i} {mark}",
                folded_name=fold(f"werk {i}"),
                kind=OrganisationKind.COMPANY,
                created_at=moment,
            )
            for i in range(ORGANISATIONS)
        ]
        self.people = [user(f"p{i}") for i in range(PEOPLE)]
        belong = [
            Affiliation(
                user=one,
                organisation=self.organisations[place % ORGANISATIONS],
                role=AffiliationRole.MEMBER,
                since=moment,
            )
            for place, one in enumerate(self.people)
        ]
        self.guests = [f"g{i}-{mark}@model.example" for i in range(GUESTS)]
        db.session.add_all([self.ada, *self.organisations, *self.people, *belong])
        db.session.commit()

    def operations(self, number: int) -> None:
        with ExitStack() as patches:
            for module in CLOCKS:
                patches.enter_context(patch.object(module, "now", lambda: self.clock))
            while number > 0:
                self._one_date(min(number, OPERATIONS_PER_DATE))
                number -= OPERATIONS_PER_DATE

    def _one_date(self, number: int) -> None:
        self._open()
        pause = timedelta(days=31) / number
        for turn in range(number):
            self.clock += pause * self.chance.random() * 2
            self._one_operation()
            if turn % 25 == 0:
                self._compare_everybody()
        self._compare_everybody()
        faults = [fault for check in PLACES for fault in check().faults]
        db.session.commit()
        if faults:
            raise Differs(f"seed {self.seed}: {faults[:5]}")
        self._clear()

    def _clear(self) -> None:
        """The next date begins with nobody anywhere."""
        for one in self.organisations:
            one.suspended_at = None
        for name in ("letter", "history_entry", "ledger_entry", "registration", "allocation"):
            db.session.execute(sa.delete(Base.metadata.tables[name]))
        db.session.commit()
        for thing in list(db.session):
            if isinstance(thing, Allocation | Registration):
                db.session.expunge(thing)

    def _open(self) -> None:
        start = self.clock + timedelta(days=30)
        self.event = events.plan(
            Content(
                title=f"Modell {secrets.token_hex(4)}",
                kind=EventKind.WORKSHOP,
                audience=Audience.PUBLIC,
                period=Period(start, start + timedelta(hours=2)),
            ),
            by=self.ada,
        )
        times: dict[str, datetime] = {
            "opens_at": self.clock,
            "closes_at": start - timedelta(days=1),
            "cancel_until": start - timedelta(hours=2),
            "offers_from": start - timedelta(days=6),
            "moves_up_until": start - timedelta(days=2),
        }
        capacity = self.chance.randint(3, 12)
        self.rules: dict[str, Any] = {**times, "per_organisation": LIMIT}
        opened = services.Rules(capacity=capacity, **self.rules)
        self.allocation = services.open_allocation(self.event, opened, by=self.ada, at=self.clock)
        db.session.commit()
        opens, closes, cancel_until, offers_from, moves_up_until = times.values()
        self.model = Model(
            capacity, LIMIT, opens, closes, cancel_until, offers_from, moves_up_until
        )

    def _one_operation(self) -> None:
        name = self.chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        act: Callable[[], tuple[str, Callable[[], object]] | None] = self.acts[name]
        found = act()
        if found is None:
            return
        expected, does = found
        try:
            does()
            db.session.commit()
            answer = DONE
        except DomainError as error:
            db.session.rollback()
            answer = type(error).__name__
        self.done[f"{name}: {answer}"] += 1
        self._compare(name, answer, expected)

    def _compare(self, name: str, answer: str, expected: str) -> None:
        kept = (Allocation.taken, Allocation.waiting, Allocation.numbers, Allocation.capacity)
        is_ = db.session.execute(sa.select(*kept).where(Allocation.id == self.allocation.id)).one()
        model = self.model
        ought = (model.taken, len(model.line), len(model.entries), model.capacity)
        if tuple(is_) != ought or answer != expected:
            db.session.rollback()
            raise Differs(f"seed {self.seed}, {name}: {answer} {is_}, expected {expected} {ought}")

    def _compare_everybody(self) -> None:
        rows = sa.select(Registration.number, Registration.state).where(
            Registration.allocation_id == self.allocation.id
        )
        there = {number: str(state) for number, state in db.session.execute(rows)}
        ought = {one.number: one.state for one in self.model.entries}
        if there != ought:
            raise Differs(f"seed {self.seed}: {there}, expected {ought}")

    def _somebody(self) -> Any:
        return self.chance.choice(self.model.entries) if self.model.entries else None

    def _row(self, number: int) -> Registration:
        rows = sa.select(Registration).where(
            Registration.allocation_id == self.allocation.id, Registration.number == number
        )
        return db.session.scalars(rows).one()

    def do_register(self) -> Any:
        place = self.chance.randrange(PEOPLE)
        who, alone = self.people[place], self.chance.random() < 0.4
        where = None if alone else place % ORGANISATIONS
        organisation = None if where is None else self.organisations[where]
        expected = self.model.register(self.clock, place, where)
        return expected, lambda: services.register(
            self.allocation, by=who, organisation=organisation
        )

    def do_guest(self) -> Any:
        place = self.chance.randrange(GUESTS)
        expected = self.model.register(self.clock, PEOPLE + place, proved=False)
        guest = services.Guest(email=self.guests[place], first_name="G", last_name="Gast")
        subject = secrets.token_hex(8)
        return expected, lambda: services.register_guest(
            self.allocation, guest, language="de", subject=subject
        )

    def do_take_in(self) -> Any:
        place = self.chance.randrange(GUESTS)
        arrived = self.clock - timedelta(days=40 * self.chance.random() ** 3)
        guest = services.Guest(email=self.guests[place], first_name="G", last_name="Gast")
        expected = self.model.take_in(self.clock, PEOPLE + place, arrived)
        return expected, lambda: services.take_in(
            self.allocation, guest, by=self.ada, way=Way.MAIL, arrived_at=arrived
        )

    def _of_somebody(self, name: str, does: Callable[[Registration], object]) -> Any:
        one = self._somebody()
        if one is None:
            return None
        act = getattr(self.model, name)
        expected = act(one) if name == "prove" else act(self.clock, one)
        return expected, lambda: does(self._row(one.number))

    def do_prove(self) -> Any:
        return self._of_somebody("prove", services.prove)

    def do_withdraw(self) -> Any:
        return self._of_somebody("withdraw", services.withdraw)

    def do_remove(self) -> Any:
        def remove(one: Registration) -> None:
            services.remove(one, by=self.ada, reason="x")

        return self._of_somebody("remove", remove)

    def do_accept(self) -> Any:
        return self._of_somebody("accept", services.accept)

    def do_resize(self) -> Any:
        capacity = max(1, self.model.capacity + self.chance.choice([-3, -1, 1, 2, 4]))
        expected = self.model.resize(self.clock, min(capacity, 20))
        changed = services.Rules(capacity=min(capacity, 20), **self.rules)

        def resize() -> None:
            db.session.refresh(self.allocation)
            seen = self.allocation.version
            services.change_allocation(self.allocation, changed, by=self.ada, seen_version=seen)

        return expected, resize

    def do_move_up(self) -> Any:
        expected = self.model.move_up_by_hand()
        return expected, lambda: services.move_up_by_hand(self.allocation, by=self.ada)

    def do_lapse(self) -> Any:
        return self.model.lapse(self.clock), services.let_lapse

    def do_delete(self) -> Any:
        place = self.chance.randrange(PEOPLE)
        who = self.people[place]
        return self.model.release(self.clock, place), lambda: services.release_all_of(who)

    def do_rest(self) -> Any:
        """An organisation is suspended, or wakes; what it has stays."""
        place = self.chance.randrange(ORGANISATIONS)
        one, resting = self.organisations[place], self.model.resting
        resting.symmetric_difference_update({place})

        def rest() -> None:
            one.suspended_at = self.clock if place in resting else None

        return DONE, rest

    def do_stop(self) -> Any:
        return self.model.stop(), lambda: services.stop(self.event, by=self.ada)


WEIGHTS = {
    "register": 40,
    "guest": 10,
    "take_in": 6,
    "prove": 8,
    "withdraw": 16,
    "remove": 3,
    "accept": 8,
    "resize": 4,
    "move_up": 1,
    "lapse": 6,
    "delete": 2,
    "rest": 1.5,
    "stop": 0.15,
}


def measure(environment: dict[str, str], number: int, seed: int) -> tuple[Counter[str], float]:
    """What was done how often, and the seconds it took."""
    os.environ.update(environment)
    app = create_app(config.from_environment())
    begin = time.monotonic()
    with app.app_context():
        run = Run(seed)
        run.operations(number)
        db.session.remove()
        db.engine.dispose()
    return run.done, time.monotonic() - begin


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else OPERATIONS
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6)
    os.environ["PORTAL_ENV"], os.environ["PORTAL_BASE_URL"] = "demo", "http://127.0.0.1:8000"
    with tempfile.TemporaryDirectory() as folder:
        for engine, server in engines().items():
            url = database_for(server, "portal_bench_seats") if server else ""
            environment = {"PORTAL_DATA_DIR": f"{folder}/{engine}", "PORTAL_DATABASE_URL": url}
            prepare(environment)
            done, seconds = measure(environment, number, seed)
            print(f"{engine}, seed {seed}: {sum(done.values())} operations in {seconds:.0f} s")
            for what, often in sorted(done.items()):
                print(f"  {often:6}  {what}")


if __name__ == "__main__":
    main()
