"""Competences to choose from, and claims of them."""

from typing import Any

from sqlalchemy import select

from portal.core.database import db
from portal.core.generation import raise_generation
from portal.core.times import now
from portal.partners.models import CompetenceClaim, CompetenceLevel, EvidenceKind, Organisation
from portal.partners.services.directory import index_partner
from portal.topics.models import Competence
from tests.cast import saved, theme

CLAIMS = "/mein/windwerk/kompetenzen"


def a_competence(slug: str = "sensorik", name: str = "Sensorik", **more: Any) -> Competence:
    found = db.session.scalar(select(Competence).where(Competence.slug == slug))
    more.setdefault("order", len(list(db.session.scalars(select(Competence.id)))) + 1)
    competence = found or saved(Competence(slug=slug, name=name, **more))
    raise_generation()
    db.session.commit()
    return competence


def a_claim(
    organisation: Organisation,
    competence: Competence | None = None,
    in_theme: str = "energie",
    level: CompetenceLevel = CompetenceLevel.EXPERIENCED,
    **more: Any,
) -> CompetenceClaim:
    """With a page of the web as its evidence."""
    said = {
        "evidence_kind": EvidenceKind.PRODUCT,
        "evidence_title": "Messkoffer",
        "evidence_url": "https://windwerk.example/messkoffer",
        "claimed_at": now(),
        "confirmed_at": now(),
    }
    claim = saved(
        CompetenceClaim(
            organisation=organisation,
            competence=competence or a_competence(),
            theme=theme(in_theme),
            level=level,
            **said | more,
        )
    )
    index_partner(organisation)
    raise_generation()
    db.session.commit()
    return claim


def claims() -> list[tuple[str, str, str, str]]:
    """(organisation, competence, theme, level) of all, in the order they were made."""
    db.session.rollback()
    found = db.session.scalars(select(CompetenceClaim).order_by(CompetenceClaim.id))
    return [(c.organisation.slug, c.competence.slug, c.theme.slug, c.level.value) for c in found]
