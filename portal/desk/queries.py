"""What waits for the office, read from the features that own it: the desk has no state of its own.
The number of statements does not grow with the cases."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, ColumnElement, literal, or_, select, union_all

from portal.accounts.models import User
from portal.charter import queries as charter
from portal.charter.models import ProvisionalSignature
from portal.core.cases import Case
from portal.core.database import db
from portal.core.times import now, today
from portal.exchange import queries as exchange
from portal.exchange.models import Offer
from portal.partners import queries as partners
from portal.partners.models import Affiliation, Application, Invitation, JoinRequest, Organisation
from portal.partners.policies import LOOK_BACK
from portal.projects import queries as projects
from portal.projects.models import Project
from portal.projects.queries.taking_part import shared_with
from portal.teams import queries as teams
from portal.teams.models import Seat

AGES = ["late", "soon", "ok"]
Key = tuple[str, int]  # a case's table and row


@dataclass(frozen=True)
class Waiting:
    """A case, and whether this person may decide it (safety.md, case 8)."""

    case: Case
    is_mine: bool


@dataclass(frozen=True)
class Figures:
    """`oldest` in whole days."""

    open: int
    late: int
    due_today: int
    mine: int
    oldest: int


def waiting(seen_by: User) -> list[Waiting]:
    """The most urgent first, then the oldest. Seats, and partners whom nobody administers, are for
    administrators (matrix rows 22 and 30)."""
    cases = partners.waiting_cases() + projects.waiting_cases() + exchange.waiting_cases()
    cases += charter.waiting_cases()
    cases += partners.waiting_profiles(orphans=seen_by.is_administrator)
    if seen_by.is_administrator:
        cases += teams.waiting_cases()
    tied = _tied_to(seen_by)
    found = [Waiting(case, (case.about, case.about_id) not in tied) for case in cases]
    return sorted(found, key=lambda w: (AGES.index(w.case.age), w.case.since, w.case.title))


def next_of(kind: str | None, *, seen_by: User) -> Case | None:
    """The next case that this person may decide: of the kind, else of any."""
    mine = [w.case for w in waiting(seen_by) if w.is_mine]
    return next((case for case in mine if case.kind == kind), mine[0] if mine else None)


def figures(found: list[Waiting]) -> Figures:
    cases = [w.case for w in found]
    return Figures(
        open=len(cases),
        late=sum(case.age == "late" for case in cases),
        due_today=sum(case.promised_by == today() for case in cases),
        mine=sum(w.is_mine for w in found),
        oldest=max((case.days for case in cases), default=0),
    )


def _tied_to(user: User) -> set[Key]:
    """The waiting things that somebody else has to decide. The same rules as the features' own
    policies, asked of all of them in one statement; a test holds the two together."""
    own = _own_organisations(user)
    invited = select(Invitation.organisation_id).where(
        Invitation.person_id == user.id, Invitation.sent_at > now() - LOOK_BACK
    )
    either = select(own.c.id).union(invited).subquery()
    ids, names = select(either.c.id), select(own.c.folded_name)
    concerned: dict[Any, ColumnElement[bool]] = {
        Application: or_(
            Application.applicant_id == user.id,
            Application.organisation_id.in_(ids),
            Application.folded_name.in_(names),
        ),
        JoinRequest: or_(JoinRequest.person_id == user.id, JoinRequest.organisation_id.in_(ids)),
        Project: or_(
            Project.author_id == user.id,
            Project.organisation_id.in_(ids),
            Project.id.in_(shared_with(ids)),
        ),
        Offer: or_(Offer.author_id == user.id, Offer.organisation_id.in_(ids)),
        Seat: Seat.user_id == user.id,
        ProvisionalSignature: or_(
            ProvisionalSignature.email == user.email,
            ProvisionalSignature.organisation_id.in_(ids),
            ProvisionalSignature.folded_name.in_(names),
        ),
    }
    of_each = [
        select(literal(thing.__tablename__), thing.id).where(condition)
        for thing, condition in concerned.items()
    ]
    return {(table, id_) for table, id_ in db.session.execute(union_all(*of_each))}


def _own_organisations(user: User) -> CTE:
    """Where the person has, or had within twelve months, a role."""
    recent = or_(Affiliation.until.is_(None), Affiliation.until > now() - LOOK_BACK)
    rows = (
        select(Organisation.id, Organisation.folded_name)
        .join(Organisation.affiliations)
        .where(Affiliation.user_id == user.id, recent)
    )
    return rows.cte("own_organisations")
