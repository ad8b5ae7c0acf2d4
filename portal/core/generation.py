"""The public generation: a number that grows whenever a public page may look different. It is the
root of every ETag for visitors (decisions.md, "Public pages at speed")."""

import secrets
from collections.abc import Callable
from threading import Lock
from typing import ParamSpec, TypeVar

import sqlalchemy as sa
from flask import g, has_request_context
from sqlalchemy import select
from sqlalchemy.orm import Mapped

from portal.core.database import Base, db, plain_rows, upsert
from portal.core.facts import Fact, on

T = TypeVar("T")
P = ParamSpec("P")
LEAP = 1_000_000
_kept: dict[tuple[object, ...], tuple[int, object]] = {}


class PublicGeneration(Base):
    """One row, id 1."""

    __tablename__ = "public_generation"

    number: Mapped[int]


_NUMBER = select(PublicGeneration.__table__.c.number)


def generation() -> int:
    """0 while nothing was ever published. Asked once per reading request."""
    if not has_request_context():
        return plain_rows(_NUMBER).scalar() or 0
    number: int | None = g.get("generation")
    if number is None:
        number = g.generation = plain_rows(_NUMBER).scalar() or 0
    return number


def raise_generation() -> None:
    """At most once per transaction would do; the row is locked until the commit either way."""
    first = upsert(PublicGeneration, id=1, number=1)
    more = {"number": PublicGeneration.number + 1}
    db.session.execute(first.on_conflict_do_update(index_elements=["id"], set_=more))
    if has_request_context():
        g.pop("generation", None)


def leap(connection: sa.Connection, *, beyond: int) -> None:
    """After rows were restored: no number that anybody has seen, before or since the backup, may
    come again for other pages."""
    number = max(connection.scalar(_NUMBER) or 0, beyond) + 1 + secrets.randbelow(LEAP)
    connection.execute(sa.delete(PublicGeneration))
    connection.execute(sa.insert(PublicGeneration).values(id=1, number=number))


def wait_for_publishers() -> None:
    """Until the commit, nobody else publishes: for who compares with everything that is public
    and then adds a lot. Raising the generation makes the others wait."""
    first = upsert(PublicGeneration, id=1, number=0)
    db.session.execute(first.on_conflict_do_nothing(index_elements=["id"]))
    row = select(PublicGeneration.id).where(PublicGeneration.id == 1)
    db.session.execute(row.with_for_update())


@on(Fact)
def a_public_fact_raises_it(fact: Fact) -> None:
    if not fact.quiet:
        raise_generation()


def once_per_generation(read: Callable[P, T]) -> Callable[P, T]:
    """Keeps what `read` gives (plain records, never models) until the generation grows. Whatever
    changes these rows raises the generation in the same transaction. What it is asked with are
    values, and few different ones. After a publication one thread reads and the others wait for it:
    all at once they would take the time and memory of all."""
    name = f"{read.__module__}.{read.__qualname__}"
    reading = Lock()

    def kept(*asked: P.args, **named: P.kwargs) -> T:
        number, place = generation(), (name, *asked, *sorted(named.items()))
        known = _kept.get(place)
        if known is None or known[0] != number:
            with reading:
                known = _kept.get(place)
                if known is None or known[0] != number:
                    known = _kept[place] = (number, read(*asked, **named))
        return known[1]  # type: ignore[return-value]

    return kept


def kept() -> list[object]:
    """All that is kept now; for measuring."""
    return [value for _, value in _kept.values()]


def forget() -> None:
    """For tests that empty the tables between two cases."""
    _kept.clear()
