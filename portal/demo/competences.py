"""What the demo's invented organisations say they can do; real ones are never made to say so."""

from sqlalchemy import select

from portal.core.database import db
from portal.demo.dataset import Row, rows
from portal.demo.world import World
from portal.partners.models import CompetenceClaim, CompetenceLevel, EvidenceKind, Organisation
from portal.partners.services.directory import index_partner
from portal.projects.models import Project
from portal.topics.models import Competence


def load(world: World) -> str:
    known = {found.slug: found for found in db.session.scalars(select(Competence))}
    keys = {slug: key for slug, key in db.session.execute(select(Project.slug, Project.key))}
    found = [row for row in rows("competences") if row["competence"] in known]
    db.session.add_all(_claim(world, row, known, keys) for row in found)
    db.session.flush()
    claiming: dict[int, Organisation] = {}
    for row in found:
        organisation = world.organisations[row["organisation"]]
        claiming[organisation.id] = organisation
    for organisation in claiming.values():
        index_partner(organisation)
    return f"{len(found)} competences of {len(claiming)} organisations"


def _claim(
    world: World, row: Row, known: dict[str, Competence], keys: dict[str | None, str]
) -> CompetenceClaim:
    said_at = world.days.worked(row["days_ago"], "10:20")
    return CompetenceClaim(
        organisation=world.organisations[row["organisation"]],
        competence=known[row["competence"]],
        theme=world.themes[row["theme"]],
        level=CompetenceLevel(row["level"]),
        evidence_kind=EvidenceKind(row["kind"]),
        evidence_title=row["title"],
        evidence_url=row["url"],
        evidence_key=keys[row["project"]] if row["project"] else "",
        claimed_at=said_at,
        confirmed_at=said_at,
    )
