"""The Allianzposter: who had joined by a day, as layers, the youngest first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Select, or_, select

from portal.core.database import db
from portal.core.pictures.models import Picture
from portal.partners.models import (
    DatePrecision,
    Membership,
    Organisation,
    OrganisationKind,
    Standing,
)
from portal.partners.queries.directory import PARTNERS

FOUNDERS = 62  # so many signed on the day; names may be missing, the figure never changes
FOUNDED = date(2016, 12, 9)
DEPTHS = 5  # shades of the wall; the foundation is the deepest


@dataclass(frozen=True)
class Logo:
    """Where its files are (core.pictures), and its shape."""

    key: str
    widths: list[int]
    width: int
    height: int


@dataclass(frozen=True)
class Name:
    """`slug` is None where a name is no link: fictitious ones, and those who have left, have no
    page. `logo` is there only where the organisation released it for the poster."""

    text: str
    slug: str | None
    is_fictitious: bool
    logo: Logo | None


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


@dataclass(frozen=True)
class Wall:
    """The whole poster. `kinds` says how many names there are of each kind, before one was chosen;
    `undated` how many are missing on a past day because nobody knows when they joined."""

    layers: list[Layer]
    kinds: dict[OrganisationKind, int]
    undated: int

    @property
    def has_fictitious(self) -> bool:
        return any(name.is_fictitious for layer in self.layers for name in layer.names)


def wall(*, kind: OrganisationKind | None = None, day: date | None = None) -> Wall:
    """The poster of today, or of a past day; of one kind, or of all. One statement. The foundation
    is always there and always counts 62."""
    rows = db.session.execute(_members(day)).all()
    undated = [row for row in rows if not _joined(row)] if day else []
    shown = [row for row in rows if _joined(row)] if day else rows
    return Wall(
        layers=_layers([row for row in shown if kind in (None, row.kind)]),
        kinds=dict(Counter(row.kind for row in shown)),
        undated=sum(1 for row in undated if kind in (None, row.kind)),
    )


def _members(day: date | None) -> Select[*tuple[Any, ...]]:
    """On a past day also those who left since; their pages are gone."""
    rows = (
        select(
            Organisation.name,
            Organisation.slug,
            Organisation.kind,
            Organisation.fictitious,
            Picture.key,
            Picture.widths,
            Picture.width,
            Picture.height,
            Membership.standing,
            Membership.since,
            Membership.precision,
            Organisation.memberships.any(Membership.until.is_(None)).label("is_member")
            if day
            else Membership.until.is_(None).label("is_member"),
        )
        .join(Organisation.memberships)
        .outerjoin(Picture, (Picture.id == Organisation.logo_id) & Organisation.logo_on_poster)
        .where(Membership.standing.in_(PARTNERS))
        .order_by(Organisation.fictitious, Organisation.folded_name, Organisation.id)
    )
    if day is None:
        return rows.where(Membership.until.is_(None))
    return rows.where(
        or_(Membership.since.is_(None), Membership.since <= day),
        or_(Membership.until.is_(None), Membership.until > day),
    )


def _joined(row: Any) -> date | None:
    """Founders all joined on the day of the foundation, whatever else is written down."""
    return FOUNDED if row.standing is Standing.FOUNDER else row.since


def _layers(rows: list[Any]) -> list[Layer]:
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
    return [
        Name(
            text=row.name,
            slug=row.slug if row.is_member and not row.fictitious else None,
            is_fictitious=row.fictitious,
            logo=_logo(row) if row.key and row.is_member else None,
        )
        for row in rows
    ]


def _logo(row: Any) -> Logo:
    return Logo(key=row.key, widths=row.widths, width=row.width, height=row.height)
