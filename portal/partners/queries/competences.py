"""What organisations say they can do, one organisation at a time."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from portal.core.database import db
from portal.core.errors import Hidden
from portal.partners.evidence import Evidence, projects_named
from portal.partners.models import CompetenceClaim, Organisation
from portal.topics.models import Competence, Theme


@dataclass(frozen=True)
class ShownClaim:
    """`evidence` is None while the project that it named is not public."""

    claim: CompetenceClaim
    evidence: Evidence | None


def claims_of(organisation: Organisation) -> list[ShownClaim]:
    """In the office's order; two statements at most, however many there are."""
    rows = (
        _with_words(select(CompetenceClaim))
        .where(CompetenceClaim.organisation_id == organisation.id)
        .order_by(Competence.order, Competence.id, Theme.order)
    )
    return with_evidence(list(db.session.scalars(rows)))


def public_claims_of(organisation: Organisation) -> list[ShownClaim]:
    """The claims of a member rest with it."""
    return [] if organisation.suspended_at else claims_of(organisation)


def with_evidence(claims: Sequence[CompetenceClaim]) -> list[ShownClaim]:
    found = projects_named({claim.evidence_key for claim in claims} - {""})
    return [ShownClaim(claim, _evidence_of(claim, found)) for claim in claims]


def _evidence_of(claim: CompetenceClaim, projects: dict[str, Evidence]) -> Evidence | None:
    if claim.evidence_key:
        return projects.get(claim.evidence_key)
    return Evidence(claim.evidence_title, claim.evidence_url)


def claim_of(organisation: Organisation, claim_id: int) -> CompetenceClaim:
    """Raises Hidden for the claim of another organisation."""
    rows = _with_words(select(CompetenceClaim)).where(
        CompetenceClaim.id == claim_id, CompetenceClaim.organisation_id == organisation.id
    )
    found = db.session.scalar(rows)
    if found is None:
        raise Hidden("not a claim of this organisation")
    return found


def find_claim(organisation: Organisation, theme_id: int, competence_id: int) -> int | None:
    """The id of the claim that says this already."""
    rows = select(CompetenceClaim.id).where(
        CompetenceClaim.organisation_id == organisation.id,
        CompetenceClaim.theme_id == theme_id,
        CompetenceClaim.competence_id == competence_id,
    )
    return db.session.scalar(rows)


def claim_count(organisation: Organisation) -> int:
    rows = select(func.count(CompetenceClaim.id)).where(
        CompetenceClaim.organisation_id == organisation.id
    )
    return db.session.scalar(rows) or 0


def competence_words(organisation_ids: Collection[int]) -> dict[int, str]:
    """What the search finds of the competences of organisations, by id; nothing of those that
    rest."""
    rows = (
        select(CompetenceClaim.organisation_id, Competence.name)
        .join(CompetenceClaim.competence)
        .join(CompetenceClaim.organisation)
        .where(
            CompetenceClaim.organisation_id.in_(organisation_ids),
            Organisation.suspended_at.is_(None),
        )
        .distinct()
        .order_by(Competence.name)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for organisation_id, name in db.session.execute(rows):
        found[organisation_id].append(name)
    return {organisation_id: "\n".join(names) for organisation_id, names in found.items()}


def _with_words(rows: Select[CompetenceClaim]) -> Select[CompetenceClaim]:
    return (
        rows.join(CompetenceClaim.competence)
        .join(CompetenceClaim.theme)
        .options(contains_eager(CompetenceClaim.competence), contains_eager(CompetenceClaim.theme))
    )
