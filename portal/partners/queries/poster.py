"""The Allianzposter: who joined when, as layers, the youngest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import select

from portal.core.database import db
from portal.partners.models import DatePrecision, Membership, Organisation, Standing
from portal.partners.queries.directory import PARTNERS

FOUNDERS = 62  # so many signed on the day; names may be missing, the figure never changes
FOUNDED = date(2016, 12, 9)
DEPTHS = 5  # shades of the wall; the foundation is the deepest


@dataclass(frozen=True)
class Name:
    """`slug` is None where a name is no link: fictitious ones have none."""

    text: str
    slug: str | None


@dataclass(frozen=True)
class Layer:
    """`year` is None for those whose day nobody wrote down. `since` and `precision` say when all
    of them joined, if it was one round. `total` counts them and all that lie below."""

    year: int | None
    since: date | None
    precision: DatePrecision
    founders: bool
    count: int
    total: int
    depth: int
    names: list[Name]

    @property
    def anchor(self) -> str:
        if self.founders:
            return "fundament"
        return f"runde-{self.year}" if self.year else "ohne-datum"

    @property
    def has_fictitious(self) -> bool:
        return any(name.slug is None for name in self.names)


def layers() -> list[Layer]:
    """One statement. The foundation is always there and always counts 62."""
    rows = db.session.execute(
        select(
            Organisation.name,
            Organisation.slug,
            Organisation.fictitious,
            Membership.standing,
            Membership.since,
            Membership.precision,
        )
        .join(Organisation.memberships)
        .where(Membership.until.is_(None), Membership.standing.in_(PARTNERS))
        .order_by(Organisation.fictitious, Organisation.folded_name, Organisation.id)
    ).all()
    founders = [row for row in rows if row.standing is Standing.FOUNDER]
    later = [row for row in rows if row.standing is not Standing.FOUNDER]
    found = [_foundation(founders)]
    dated = _by_year([row for row in later if row.since])
    for place, (year, members) in enumerate(dated):
        depth = DEPTHS - 1 - round(place * (DEPTHS - 2) / max(DEPTHS - 2, len(dated) - 1))
        found.append(_layer(year, members, below=found[-1].total, depth=depth))
    if undated := [row for row in later if not row.since]:  # what has no date lies loose on top
        found.append(_layer(None, undated, below=found[-1].total, depth=1))
    return list(reversed(found))


def _by_year(rows: list[Any]) -> list[tuple[int, list[Any]]]:
    """The oldest first; within a year the order stays."""

    def year_of(row: Any) -> int:
        return int(row.since.year)

    return [(year, list(g)) for year, g in groupby(sorted(rows, key=year_of), key=year_of)]


def _foundation(rows: list[Any]) -> Layer:
    return Layer(
        year=FOUNDED.year,
        since=FOUNDED,
        precision=DatePrecision.DAY,
        founders=True,
        count=FOUNDERS,
        total=FOUNDERS,
        depth=DEPTHS,
        names=_names(rows),
    )


def _layer(year: int | None, rows: list[Any], *, below: int, depth: int) -> Layer:
    days = {(row.since, row.precision) for row in rows}
    since, precision = days.pop() if len(days) == 1 else (None, DatePrecision.YEAR)
    return Layer(
        year=year,
        since=since,
        precision=precision if year else DatePrecision.UNKNOWN,
        founders=False,
        count=len(rows),
        total=below + len(rows),
        depth=depth,
        names=_names(rows),
    )


def _names(rows: Iterable[Any]) -> list[Name]:
    return [Name(row.name, None if row.fictitious else row.slug) for row in rows]
