"""Themes and districts as plain records: read once, kept until the public generation grows."""

from dataclasses import dataclass

from sqlalchemy import select

from portal.core.database import db
from portal.core.generation import once_per_generation
from portal.topics.models import District, Nordwaerts, Theme


@dataclass(frozen=True)
class ThemeRecord:
    id: int
    slug: str
    name: str


@dataclass(frozen=True)
class DistrictRecord:
    id: int
    slug: str
    name: str
    short: str
    x: float
    y: float
    nordwaerts: Nordwaerts


@once_per_generation
def themes() -> tuple[ThemeRecord, ...]:
    rows = db.session.execute(select(Theme.id, Theme.slug, Theme.name).order_by(Theme.order))
    return tuple(ThemeRecord(*row) for row in rows)


@once_per_generation
def districts() -> tuple[DistrictRecord, ...]:
    columns = (District.id, District.slug, District.name, District.short)
    rows = db.session.execute(
        select(*columns, District.x, District.y, District.nordwaerts).order_by(District.order)
    )
    return tuple(DistrictRecord(*row) for row in rows)


def theme_choices() -> list[tuple[int, str]]:
    return [(theme.id, theme.name) for theme in themes()]


def district_choices() -> list[tuple[int, str]]:
    return [(district.id, district.name) for district in districts()]


def district_name(district_id: int | str | None) -> str:
    """Nothing for none."""
    return next((one.name for one in districts() if one.id == district_id), "")


def with_ids(ids: list[int]) -> list[ThemeRecord]:
    return [theme for theme in themes() if theme.id in ids]
