"""Who may see a project, write it and decide on it (safety.md, matrix rows 3 to 10, 13), and who
names others and answers when named."""

from sqlalchemy import ColumnElement

from portal.accounts.models import User
from portal.accounts.policies import is_administrator, is_office
from portal.core.rules import rule
from portal.core.times import now
from portal.partners.models import Organisation
from portal.partners.policies import acts_for, administers, belongs_to, writes_for
from portal.partners.ties import LOOK_BACK, has_ties, is_among
from portal.projects.models import (
    Basis,
    Comment,
    Participation,
    ParticipationRole,
    Project,
    ReviewState,
    Revision,
)

OPEN = frozenset({ReviewState.DRAFT, ReviewState.RETURNED})
# Writing goes on in a revision beside it.
CLOSED = frozenset({ReviewState.PUBLISHED, ReviewState.REJECTED})
OWNING = frozenset({ParticipationRole.LEAD, ParticipationRole.CO_OWNER})
OVER = frozenset({Basis.REFUSED, Basis.WITHDRAWN, Basis.EXPIRED})


def owning(project: Project) -> list[Organisation]:
    """The lead, then the co-owners that have said yes. Who was only asked owns nothing."""
    return [project.organisation, *(p.organisation for p in project.participations if p.owns)]


def concerned(project: Project) -> set[int]:
    """The ids of organisations whose people do not decide on it: who owns it, who is asked to own
    it, and who was or was asked within the last twelve months."""
    since = now() - LOOK_BACK
    return {project.organisation_id} | {
        part.organisation_id
        for part in project.participations
        if {part.role, part.offered_role} & OWNING
        and (part.basis not in OVER or any(end > since for end in part.ends))
    }


@rule
def is_member(user: User, project: Project) -> bool:
    return any(belongs_to(user, organisation) for organisation in owning(project))


@rule
def is_lead(user: User, project: Project) -> bool:
    """Any owner or editor of the organisation that leads it."""
    return writes_for(user, project.organisation)


@rule
def writes_it(user: User, project: Project) -> bool:
    return any(writes_for(user, organisation) for organisation in owning(project))


@rule
def is_author(user: User, revision: Revision) -> bool:
    """Any owner or editor of an owning organisation (decisions.md)."""
    return writes_it(user, revision.project)


@rule
def is_open(_: object, revision: Revision) -> bool:
    return revision.state in OPEN


@rule
def is_writable(_: object, revision: Revision) -> bool:
    return revision.state in OPEN | CLOSED and revision.project.archived_at is None


@rule
def stands_beside(_: object, revision: Revision) -> bool:
    """Something else of the project has been public."""
    return revision.project.slug is not None


@rule
def is_owner(user: User, project: Project) -> bool:
    """Its administrator answers for what an organisation shows (matrix, row 10)."""
    return administers(user, project.organisation)


def ties(project: Project) -> ColumnElement[bool]:
    """Of a User: who leaves the decision to others."""
    return has_ties(concerned(project), person_id=project.author_id)


@rule
def is_untied(user: User, revision: Revision) -> bool:
    """Four eyes: nobody decides for an organisation of their own, nor on their own text."""
    return not is_among(user, ties(revision.project))


@rule
def is_free_to_hide(user: User, project: Project) -> bool:
    return is_office(user, project) and is_untied(user, project.latest)


@rule
def mends(user: User, comment: Comment) -> bool:
    return is_author(user, comment.project.latest)


@rule
def is_anothers(_: object, part: Participation) -> bool:
    """The lead's own part is no request: it says yes by writing."""
    return not part.is_lead


@rule
def writes_its_project(user: User, part: Participation) -> bool:
    return writes_it(user, part.project)


@rule
def leads_its_project(user: User, part: Participation) -> bool:
    return is_lead(user, part.project)


@rule
def owns_nothing(_: object, part: Participation) -> bool:
    """Nobody but the lead takes from a co-owner what it has."""
    return not part.owns


@rule
def has_an_offer(_: object, part: Participation) -> bool:
    return part.offered_role is not None


@rule
def answers_for_it(user: User, part: Participation) -> bool:
    """Any owner or editor of the named organisation."""
    return writes_for(user, part.organisation)


@rule
def reads_for_it(user: User, part: Participation) -> bool:
    return belongs_to(user, part.organisation)


may_draft = acts_for  # asked of an organisation
may_see = is_office | is_member
may_edit = is_author & is_writable
may_discard = is_author & stands_beside
may_publish = is_office & ~stands_beside & is_untied
may_update = is_office & stands_beside & is_untied
may_hide = is_owner | is_free_to_hide  # asked of a project, like the next
may_confirm = writes_it
may_submit = is_author
may_take_back = is_author
may_decide = is_office & is_untied
may_read_review = is_administrator | may_decide  # what the office keeps to itself: row 13


@rule
def reviews(user: User, comment: Comment) -> bool:
    return may_decide(user, comment.project.latest)


may_name = writes_it  # asked of a project
may_drop = is_anothers & (leads_its_project | (writes_its_project & owns_nothing))
may_offer = is_anothers & leads_its_project
may_answer = is_anothers & answers_for_it
may_answer_offer = may_answer & has_an_offer
