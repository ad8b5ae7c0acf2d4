"""Who can do what in which theme: the whole map as numbers, and one cell of it in names. Only
members that do not rest are counted or named."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, String, Subquery, case, cast, func, select
from sqlalchemy.orm import contains_eager

from portal.core.database import db
from portal.core.generation import once_per_generation
from portal.partners.models import CompetenceClaim, CompetenceLevel, Membership, Organisation
from portal.topics.models import Competence, Theme
from portal.topics.queries import CompetenceRecord, ThemeRecord, competences, themes

MOST_ROWS = 100_000  # of the open data


@dataclass(frozen=True)
class Cell:
    """How many partners, and how well the best of them can do it."""

    partners: int = 0
    level: CompetenceLevel | None = None

    @property
    def is_gap(self) -> bool:
        return not self.partners


@dataclass(frozen=True)
class Line:
    """One competence, with a cell for each theme in their order."""

    competence: CompetenceRecord
    cells: tuple[tuple[ThemeRecord, Cell], ...]

    @property
    def is_shown(self) -> bool:
        """What is offered no more stays as long as somebody claims it."""
        return self.competence.is_offered or not all(cell.is_gap for _, cell in self.cells)


def competence_map() -> list[Line]:
    """In the office's order."""
    known, nobody = _cells(), Cell()
    lines = [
        Line(one, tuple((theme, known.get((theme.id, one.id), nobody)) for theme in themes()))
        for one in competences()
    ]
    return [line for line in lines if line.is_shown]


def cell_of(theme: ThemeRecord, competence: CompetenceRecord) -> Cell:
    return _cells().get((theme.id, competence.id), Cell())


@once_per_generation
def _cells() -> dict[tuple[int, int], Cell]:
    """By theme and competence; what nobody claims is missing. An organisation claims a pair once,
    so that rows are partners."""
    pair = (CompetenceClaim.theme_id, CompetenceClaim.competence_id)
    rows = _public(select(*pair, CompetenceClaim.level, func.count())).group_by(
        *pair, CompetenceClaim.level
    )
    found: dict[tuple[int, int], dict[CompetenceLevel, int]] = defaultdict(dict)
    for theme_id, competence_id, level, count in db.session.execute(rows):
        found[theme_id, competence_id][level] = count
    return {
        key: Cell(sum(numbers.values()), max(numbers, key=lambda level: level.rank))
        for key, numbers in found.items()
    }


def claimed_competences() -> Subquery:
    """(organisation_id, "4,7,19"): the ids of what it claims in public, for the directory."""
    pair = (CompetenceClaim.organisation_id, CompetenceClaim.competence_id)
    pairs = _public(select(*pair)).distinct().subquery()
    ids = func.aggregate_strings(cast(pairs.c.competence_id, String), ",").label("competences")
    return select(pairs.c.organisation_id, ids).group_by(pairs.c.organisation_id).subquery()


def partners_in(theme: ThemeRecord, competence: CompetenceRecord) -> Select[CompetenceClaim]:
    """The claims of a cell with their organisations, the highest level first, then by name."""
    rank = case(*((CompetenceClaim.level == level, level.rank) for level in CompetenceLevel))
    return (
        _public(select(CompetenceClaim))
        .where(CompetenceClaim.theme_id == theme.id, CompetenceClaim.competence_id == competence.id)
        .options(contains_eager(CompetenceClaim.organisation))
        .order_by(rank.desc(), Organisation.folded_name, Organisation.id)
    )


def competence_table() -> list[CompetenceClaim]:
    """Everything of the map, for the open data: by organisation, competence and theme."""
    rows = (
        _public(select(CompetenceClaim))
        .join(CompetenceClaim.competence)
        .join(CompetenceClaim.theme)
        .options(
            contains_eager(CompetenceClaim.organisation),
            contains_eager(CompetenceClaim.competence),
            contains_eager(CompetenceClaim.theme),
        )
        .order_by(Organisation.folded_name, Organisation.id, Competence.order, Theme.order)
        .limit(MOST_ROWS)
    )
    return list(db.session.scalars(rows))


def _public(rows: Select[*tuple[Any, ...]]) -> Select[Any]:
    return (
        rows.join(CompetenceClaim.organisation)
        .join(Organisation.memberships)
        .where(Membership.until.is_(None), Organisation.suspended_at.is_(None))
    )
