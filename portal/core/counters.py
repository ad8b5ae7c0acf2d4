"""Counters of unfiltered facets: changed in the transaction that publishes, read in one statement
however long the lists are (decisions.md, "Public pages at speed")."""

from collections.abc import Iterable

from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import Base, db, upsert


class Counter(Base):
    """How many public things carry `value` in `facet` ("projects.theme", "energie")."""

    __tablename__ = "counter"
    __table_args__ = (UniqueConstraint("facet", "value"),)

    facet: Mapped[str] = mapped_column(String(40))
    value: Mapped[str] = mapped_column(String(90))
    number: Mapped[int]


def count(facet_values: Iterable[tuple[str, str]], step: int) -> None:
    """Adds `step` (1 or -1) to each counter, in a fixed order so that writers never cross."""
    more = {"number": Counter.number + step}
    for facet, value in sorted(facet_values):
        row = upsert(Counter, facet=facet, value=value, number=step)
        db.session.execute(row.on_conflict_do_update(index_elements=["facet", "value"], set_=more))


def counters(prefix: str) -> dict[str, dict[str, int]]:
    """All counters of the facets below the prefix, in one statement: {facet: {value: number}}."""
    rows = select(Counter.facet, Counter.value, Counter.number).where(
        Counter.facet.startswith(f"{prefix}.", autoescape=True), Counter.number > 0
    )
    found: dict[str, dict[str, int]] = {}
    for facet, value, number in db.session.execute(rows):
        found.setdefault(facet.removeprefix(f"{prefix}."), {})[value] = number
    return found
