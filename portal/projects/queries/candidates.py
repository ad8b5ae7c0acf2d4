"""Whom the authors of a project could ask to take part, and why somebody cannot be asked now."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, case, exists, or_, select

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Hidden
from portal.core.paging import Listing, paginate
from portal.core.search.analysis import fold
from portal.partners.models import Affiliation, Membership, Organisation
from portal.partners.policies import AUTHORS
from portal.projects.models import Project
from portal.projects.queries.taking_part import find_part
from portal.projects.queries.timing import may_be_asked_again

CANDIDATES = 8  # on one page
MOST_WORDS = 8


@dataclass(frozen=True)
class Candidate:
    """An organisation that was searched for. `hint` says why it cannot be asked now."""

    slug: str
    name: str
    city: str
    hint: str


def candidates(project: Project, q: str, *, page: int) -> Listing[Candidate]:
    """Organisations with all words in their names: members of the alliance, and others for whom
    somebody speaks here. Those first who can answer."""
    words = fold(q).split()[:MOST_WORDS]
    if not words:  # signs alone are nobody's name
        return Listing([], 1, CANDIDATES, 0)
    is_member = exists().where(
        Membership.organisation_id == Organisation.id, Membership.until.is_(None)
    )
    rows = select(Organisation).where(or_(is_member, Organisation.id.in_(_written_for())))
    for word in words:
        rows = rows.where(Organisation.folded_name.contains(word, autoescape=True))
    can_answer = case((Organisation.id.in_(_written_for()), 0), else_=1)
    ordered = rows.order_by(can_answer, Organisation.folded_name, Organisation.id)
    listing = paginate(ordered, page=page, per_page=CANDIDATES)
    ids = [organisation.id for organisation in listing.items]
    written_for = set(
        db.session.scalars(_written_for().where(Affiliation.organisation_id.in_(ids)))
    )
    found = [
        Candidate(one.slug, one.name, one.city, _hint(project, one, one.id in written_for))
        for one in listing.items
    ]
    return Listing(found, listing.page, listing.per_page, listing.total)


def why_not(project: Project, organisation: Organisation) -> str:
    """In words why the organisation cannot be asked now; nothing where it can."""
    rows = _written_for().where(Affiliation.organisation_id == organisation.id).limit(1)
    return _hint(project, organisation, db.session.scalar(rows) is not None)


def candidate(slug: str) -> Organisation:
    """Raises Hidden for an address that no organisation has."""
    found = db.session.scalar(select(Organisation).where(Organisation.slug == slug[:90]))
    if found is None:
        raise Hidden("no such organisation")
    return found


def _hint(project: Project, organisation: Organisation, somebody_writes: bool) -> str:
    part = find_part(project, organisation)
    hint: Any = ""
    if organisation.id == project.organisation_id:
        hint = _("Leitet das Projekt.")
    elif part and (part.is_public or part.waits):
        hint = _("Steht schon auf Ihrer Liste: %(state)s.", state=part.state.label)
    elif part and not may_be_asked_again(part):
        hint = _("Wurde vor Kurzem gefragt. Fragen Sie in einigen Wochen noch einmal.")
    elif organisation.suspended_at:
        hint = _("Ruht zurzeit und kann nicht antworten.")
    elif not somebody_writes:
        hint = _(
            "Hier spricht noch niemand für sie. Fragen Sie, sobald jemand das Profil verwaltet."
        )
    return str(hint)


def _written_for() -> Select[int]:
    """The ids of organisations for which somebody can answer."""
    return (
        select(Affiliation.organisation_id)
        .join(User, User.id == Affiliation.user_id)
        .where(
            Affiliation.role.in_(AUTHORS),
            Affiliation.until.is_(None),
            User.locked_at.is_(None),
            User.confirmed_at.is_not(None),
        )
    )
