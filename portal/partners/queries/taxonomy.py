"""The competences as the office keeps them: all of them, with how often each is claimed."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select

from portal.core.database import db
from portal.core.errors import Hidden
from portal.partners.models import CompetenceClaim
from portal.topics.models import Competence


@dataclass(frozen=True)
class Kept:
    """`claims` counts also those that rest."""

    competence: Competence
    claims: int


def all_competences() -> Select[Competence]:
    return select(Competence).order_by(Competence.order, Competence.id)


def kept(competences: list[Competence]) -> list[Kept]:
    """With their numbers, in one statement."""
    ids = [one.id for one in competences]
    rows = (
        select(CompetenceClaim.competence_id, func.count())
        .where(CompetenceClaim.competence_id.in_(ids))
        .group_by(CompetenceClaim.competence_id)
    )
    numbers = {competence_id: count for competence_id, count in db.session.execute(rows)}
    return [Kept(one, numbers.get(one.id, 0)) for one in competences]


def competence_with_slug(slug: str) -> Competence:
    """Raises Hidden."""
    found = db.session.scalar(select(Competence).where(Competence.slug == slug))
    if found is None:
        raise Hidden("no such competence")
    return found


def competence_with_id(competence_id: int) -> Competence:
    """Raises Hidden."""
    found = db.session.get(Competence, competence_id)
    if found is None:
        raise Hidden("no such competence")
    return found


def claims_with(competence: Competence) -> list[CompetenceClaim]:
    rows = select(CompetenceClaim).where(CompetenceClaim.competence_id == competence.id)
    return list(db.session.scalars(rows.order_by(CompetenceClaim.id)))
