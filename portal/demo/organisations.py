"""Organisations, their themes and memberships: real ones with sources, fictitious ones marked."""

from datetime import date

from portal.core.database import db
from portal.demo.dataset import Row, rows
from portal.demo.world import World
from portal.partners.models import (
    DatePrecision,
    Membership,
    Organisation,
    OrganisationKind,
    Standing,
    Verification,
)
from portal.partners.services.directory import index_partner, new_organisation


def load(world: World) -> str:
    """In three steps for all of them, and not one after the other: that takes half the time."""
    found = rows("organisations")
    for row in found:
        world.organisations[row["slug"]] = _organisation(world, row)
    db.session.add_all(world.organisations.values())
    db.session.flush()
    with db.session.no_autoflush:
        for organisation in world.organisations.values():
            index_partner(organisation)
    db.session.flush()
    standings = [m.standing for o in world.organisations.values() for m in o.memberships]
    supporters = standings.count(Standing.SUPPORTER)
    partners = len(standings) - supporters
    return f"{len(found)} organisations: {partners} partners, {supporters} supporters"


def _organisation(world: World, row: Row) -> Organisation:
    """Without a membership, it stands in public as somebody who takes part in a project only."""
    organisation = new_organisation(
        slug=row["slug"],
        name=row["name"],
        kind=OrganisationKind(row["kind"]),
        themes=[world.themes[slug] for slug in row["topics"]],
        city=row["city"],
        website=row["website"],
        summary=row["summary"],
        source_url=row["source_url"],
        note=row["note"],
        fictitious=row["fictitious"],
        verification=None if row["fictitious"] else Verification.SOURCE,
    )
    organisation.created_at = world.opened
    organisation.memberships = [_membership(entry) for entry in row["memberships"]]
    return organisation


def _membership(entry: Row) -> Membership:
    return Membership(
        standing=Standing(entry["as"]),
        since=date.fromisoformat(entry["since"]) if entry["since"] else None,
        precision=DatePrecision(entry["precision"]),
        source_url=entry["source_url"] or "",
    )
