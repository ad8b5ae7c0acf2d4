"""Themes, competences and districts as plain records: read once, kept until the public generation
grows."""

from dataclasses import dataclass

from sqlalchemy import select

from portal.core.database import db
from portal.core.generation import once_per_generation
from portal.topics.models import ActionField, Competence, District, Nordwaerts, Theme


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
    outline: str
    label_at: str


@dataclass(frozen=True)
class CompetenceRecord:
    """`merged_into_id` names the one that took its place; only what `is_offered` can be chosen."""

    id: int
    slug: str
    name: str
    explanation: str
    is_offered: bool
    merged_into_id: int | None


@once_per_generation
def themes() -> tuple[ThemeRecord, ...]:
    rows = db.session.execute(select(Theme.id, Theme.slug, Theme.name).order_by(Theme.order))
    return tuple(ThemeRecord(*row) for row in rows)


@once_per_generation
def competences() -> tuple[CompetenceRecord, ...]:
    """All, also those that are offered no more."""
    columns = (Competence.id, Competence.slug, Competence.name, Competence.explanation)
    rows = db.session.execute(
        select(*columns, Competence.archived_at.is_(None), Competence.merged_into_id).order_by(
            Competence.order, Competence.id
        )
    )
    return tuple(CompetenceRecord(*row) for row in rows)


@once_per_generation
def districts() -> tuple[DistrictRecord, ...]:
    columns = (
        District.id, District.slug, District.name, District.short, District.x, District.y,
        District.nordwaerts, District.outline, District.label_at,
    )  # fmt: skip
    rows = db.session.execute(select(*columns).order_by(District.order))
    return tuple(DistrictRecord(*row) for row in rows)


def theme_choices() -> list[tuple[int, str]]:
    return [(theme.id, theme.name) for theme in themes()]


@once_per_generation
def action_fields() -> tuple[tuple[int, str], ...]:
    """Their ids and names, in the city's order."""
    rows = db.session.execute(select(ActionField.id, ActionField.name).order_by(ActionField.order))
    return tuple((row.id, row.name) for row in rows)


def action_field_choices() -> list[tuple[int, str]]:
    return list(action_fields())


def district_choices() -> list[tuple[int, str]]:
    return [(district.id, district.name) for district in districts()]


def competence_choices(*, kept: int | None = None) -> list[tuple[int, str]]:
    """What is offered, and the one that is in use where the choice is made."""
    return [(one.id, one.name) for one in competences() if one.is_offered or one.id == kept]


def find_theme(slug: str) -> ThemeRecord | None:
    return next((theme for theme in themes() if theme.slug == slug), None)


def find_competence(slug: str) -> CompetenceRecord | None:
    """The successor of one that was merged. A merged one is nobody's successor."""
    found = next((one for one in competences() if one.slug == slug), None)
    if found is None or found.merged_into_id is None:
        return found
    return next(one for one in competences() if one.id == found.merged_into_id)


def district_name(district_id: int | str | None) -> str:
    """Nothing for none."""
    return next((one.name for one in districts() if one.id == district_id), "")


def with_ids(ids: list[int]) -> list[ThemeRecord]:
    return [theme for theme in themes() if theme.id in ids]
