"""The public generation: a number that grows whenever a public page may look different. It is the
root of every ETag for visitors (decisions.md, "Public pages at speed")."""

from collections.abc import Callable
from typing import TypeVar

from flask import g, has_request_context
from sqlalchemy import select
from sqlalchemy.orm import Mapped

from portal.core.database import Base, db, plain_rows, upsert
from portal.core.facts import Fact, on

T = TypeVar("T")
_kept: dict[str, tuple[int, object]] = {}


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


def once_per_generation(read: Callable[[], T]) -> Callable[[], T]:
    """Keeps what `read` gives (plain records, never models) until the generation grows. Whatever
    changes these rows raises the generation in the same transaction."""
    name = f"{read.__module__}.{read.__qualname__}"

    def kept() -> T:
        number = generation()
        known = _kept.get(name)
        if known is None or known[0] != number:
            known = (number, read())
            _kept[name] = known
        return known[1]  # type: ignore[return-value]

    return kept


def forget() -> None:
    """For tests that empty the tables between two cases."""
    _kept.clear()
