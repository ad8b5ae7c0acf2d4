"""People on their way into an organisation: invited, asking, and claiming the profile of one that
nobody speaks for."""

from portal.accounts.models import User
from portal.core.database import db
from portal.demo.dataset import Row, rows
from portal.demo.world import World
from portal.partners.facts import (
    JoinRequested,
    JoinRequestSent,
    PersonInvited,
    ProfileClaimed,
)
from portal.partners.models import (
    AffiliationRole,
    Invitation,
    JoinRequest,
    RequestState,
)
from portal.partners.policies import has_owner
from portal.partners.queries import people_of


def load(world: World) -> str:
    found = rows("joining")
    for row in found:
        (_invite if row["kind"] == "invitation" else _ask)(world, row)
    return f"{len(found)} invitations and requests"


def _person(world: World, row: Row) -> User:
    """Who asks has proven the address and chosen a password; who is invited has done neither."""
    at = world.days.ago(row["days_ago"], "10:05")
    asks = row["kind"] == "request"
    person = User(
        email=row["email"],
        first_name=row.get("first_name", ""),
        last_name=row.get("last_name", ""),
        password_hash=world.password_hash if asks else None,
        confirmed_at=at if asks else None,
        created_at=at,
    )
    db.session.add(person)
    db.session.flush()
    return person


def _invite(world: World, row: Row) -> None:
    organisation = world.organisations[row["organisation"]]
    (owner,) = people_of(organisation.id, AffiliationRole.OWNER)
    role, at = AffiliationRole(row["role"]), world.days.ago(row["days_ago"], "10:05")
    invitation = Invitation(
        organisation=organisation,
        person=_person(world, row),
        role=role,
        invited_by=owner,
        sent_at=at,
    )
    db.session.add(invitation)
    db.session.flush()
    note = role.label
    world.note(PersonInvited, at, by=owner, about=invitation, for_=organisation, note=note)


def _ask(world: World, row: Row) -> None:
    organisation, person = world.organisations[row["organisation"]], _person(world, row)
    at = world.days.ago(row["days_ago"], "10:05")
    claims = not has_owner(organisation.id)
    request = JoinRequest(
        organisation=organisation,
        person=person,
        is_claim=claims,
        state=RequestState.ASKED,
        function=row["function"],
        motivation=row["motivation"],
        sent_at=at,
        asked_at=at,
    )
    db.session.add(request)
    db.session.flush()
    world.note(JoinRequestSent, at, by=person, about=request)
    fact = ProfileClaimed if claims else JoinRequested
    world.note(fact, at, by=person, about=request, for_=organisation, note=row["motivation"])
