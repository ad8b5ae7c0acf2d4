"""What waits for the office, read from the features that own it: the desk has no state of its own.
The number of statements does not grow with the cases."""

from dataclasses import dataclass

from sqlalchemy import literal, or_, select, union_all

from portal.accounts.models import User
from portal.charter import queries as charter
from portal.charter.models import ProvisionalSignature
from portal.core.cases import Case
from portal.core.database import db
from portal.core.times import now, today
from portal.partners import queries as partners
from portal.partners.models import Affiliation, Application, Organisation
from portal.partners.policies import LOOK_BACK
from portal.projects import queries as projects
from portal.projects.models import Project
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
    """The most urgent first, then the oldest. Seats are for administrators (matrix row 30)."""
    cases = partners.waiting_cases() + projects.waiting_cases() + charter.waiting_cases()
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
    policies, asked of all of them at once; a test holds the two together."""
    ids, names = _own_organisations(user)
    concerned = {
        Application: or_(
            Application.applicant_id == user.id,
            Application.organisation_id.in_(ids),
            Application.folded_name.in_(names),
        ),
        Project: or_(Project.author_id == user.id, Project.organisation_id.in_(ids)),
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


def _own_organisations(user: User) -> tuple[list[int], list[str]]:
    """Where the person has, or had within twelve months, a role."""
    recent = or_(Affiliation.until.is_(None), Affiliation.until > now() - LOOK_BACK)
    rows = (
        select(Organisation.id, Organisation.folded_name)
        .join(Organisation.affiliations)
        .where(Affiliation.user_id == user.id, recent)
    )
    found = list(db.session.execute(rows))
    return [id_ for id_, _name in found], [name for _id, name in found]
