"""What several tests around the people of an organisation do and ask."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import select

from portal.core.database import db, transaction
from portal.core.errors import DomainError
from portal.core.times import now
from portal.partners import queries
from portal.partners.models import (
    Affiliation,
    AffiliationRole,
    Invitation,
    JoinRequest,
    RequestState,
)
from tests.cast import saved

PEOPLE = "/mein/windwerk/personen"
PASSWORD = "Ein neuer Satz, der gilt"  # noqa: S105 - of a person who exists in tests only
NEW_PERSON = {"first_name": "Ina", "last_name": "Neu", "password": PASSWORD, "consent": "y"}


def roles(person):
    """The open roles of a person, everywhere."""
    db.session.rollback()
    rows = select(Affiliation.role).where(
        Affiliation.user_id == person.id, Affiliation.until.is_(None)
    )
    return sorted(db.session.scalars(rows))


def an_invitation(organisation, person, by, role=AffiliationRole.MEMBER, **more):
    more.setdefault("sent_at", now())
    return saved(
        Invitation(organisation=organisation, person=person, invited_by=by, role=role, **more)
    )


def invitation_link(invitation, *, shown=False):
    token = queries.invitation_token(invitation, shown=shown)
    return f"/einladung/{invitation.id}/{token}"


def a_join_request(organisation, person, state=RequestState.ASKED, **more):
    more.setdefault("asked_at", now() if state is RequestState.ASKED else None)
    return saved(
        JoinRequest(organisation=organisation, person=person, state=state, sent_at=now(), **more)
    )


def race(app, *acts):
    """Each on a connection of its own, from the same moment; what became of them, sorted: "done" or
    the name of the refusal."""
    db.session.rollback()
    barrier = Barrier(len(acts))

    def run(act):
        with app.app_context():
            barrier.wait(timeout=10)
            try:
                with transaction(writing=True):
                    act()
            except DomainError as refused:
                return type(refused).__name__
            return "done"

    with ThreadPoolExecutor(len(acts)) as threads:
        return sorted(threads.map(run, acts))


def without_guard(app, *acts):
    """The control of a race: all read before anybody writes. `acts` are pairs (look, then do), each
    in a transaction of its own; what was seen, in order."""
    db.session.rollback()
    meet = Barrier(len(acts))

    def run(act):
        look, do = act
        with app.app_context():
            with transaction(writing=False):
                seen = look()
            meet.wait(timeout=10)
            with transaction(writing=True):
                do()
            return seen

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))
