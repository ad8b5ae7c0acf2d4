"""The authors name other organisations: asked, remembered, taken back, removed."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.facts import tell
from portal.core.rules import require
from portal.core.times import now
from portal.core.workflows import check_version
from portal.partners.models import Organisation
from portal.projects.facts import (
    ParticipationAsked,
    ParticipationChanged,
    ParticipationExpired,
    ParticipationReminded,
)
from portal.projects.models import Basis, Participation, ParticipationRole, Project
from portal.projects.policies import may_drop, may_name, writes_its_project
from portal.projects.queries.candidates import why_not
from portal.projects.queries.taking_part import count_open, find_part, run_out
from portal.projects.queries.timing import OPEN_FOR, may_be_reminded
from portal.projects.services.acting import acting
from portal.projects.services.publishing import names_changed
from portal.projects.workflow import PARTS

MOST_OPEN = 30  # requests of one project
MOST_AT_ONCE = 500  # of one nightly run; the next one goes on
TOO_MANY = _l("30 Anfragen dieses Projekts sind noch offen. Warten Sie auf Antworten.")
TOO_SOON = _l("Erinnern können Sie einmal in der Woche.")


def ask(
    project: Project,
    organisation: Organisation,
    *,
    by: User,
    for_: Organisation | None = None,
    role: ParticipationRole,
    note: str,
) -> Participation:
    """Its owners and editors hear of it; nothing shows in public. A second click finds the first
    request. Raises Conflict for an organisation that cannot answer or has answered lately."""
    require(may_name, by, project)
    asking = acting(project, for_, by=by)
    part = find_part(project, organisation)
    if part and part.waits:
        return part
    if hint := why_not(project, organisation):
        raise Conflict("cannot be asked", about=project, message=hint)
    if count_open(project) >= MOST_OPEN:
        raise Conflict("too many open requests", about=project, message=TOO_MANY)
    if part is None:
        part = _add(project, organisation, by=by, role=role, note=note)
        _tell(ParticipationAsked, part, by=by, for_=asking)
        return part
    close_if_over(part)

    def wait_for_the_answer() -> None:
        _open(part, by=by, role=role, note=note)

    _take("ask_again", part, by=by, for_=asking, meanwhile=wait_for_the_answer)
    return part


def _add(
    project: Project, organisation: Organisation, *, by: User, role: ParticipationRole, note: str
) -> Participation:
    part = Participation(project_id=project.id, organisation=organisation, basis=Basis.PENDING)
    _open(part, by=by, role=role, note=note)
    try:
        with db.session.begin_nested():
            db.session.add(part)
    except IntegrityError as error:
        raise Conflict("asked at the same time", about=project) from error
    db.session.expire(project, ["participations"])
    return part


def _open(part: Participation, *, by: User, role: ParticipationRole, note: str) -> None:
    part.role, part.note, part.source_url = role, note, ""
    part.asked_at, part.asked_by, part.expires_at = now(), by, now() + OPEN_FOR
    part.reminded_at = part.answered_at = part.answered_by_id = part.offered_role = None
    part.answer = ""


def change(
    part: Participation,
    *,
    by: User,
    for_: Organisation | None = None,
    role: ParticipationRole,
    note: str,
    seen_version: int,
) -> None:
    """What is asked for, while nobody has answered: who reads an older page gets a 409."""
    require(writes_its_project, by, part)
    asking = acting(part.project, for_, by=by)
    check_version(part, seen_version)
    if part.basis is not Basis.PENDING or not part.waits:
        raise Conflict("it is answered or over", about=part)
    part.role, part.note = role, note
    db.session.flush()
    _tell(ParticipationChanged, part, by=by, for_=asking)


def remind(
    part: Participation, *, by: User, for_: Organisation | None = None, seen_version: int
) -> None:
    """Once a week at most. Raises Conflict before, and where nothing waits any more."""
    require(writes_its_project, by, part)
    asking = acting(part.project, for_, by=by)
    check_version(part, seen_version)
    if not may_be_reminded(part):
        raise Conflict("too soon, or nothing waits", about=part, message=TOO_SOON)
    part.reminded_at = now()
    db.session.flush()
    _tell(ParticipationReminded, part, by=by, for_=asking)


def drop(
    part: Participation, *, by: User, for_: Organisation | None = None, seen_version: int
) -> None:
    """Takes a request back, or a name out of public. Who co-owns is removed by the lead alone."""
    require(may_drop, by, part)
    asking = acting(part.project, for_, by=by)

    def end_it() -> None:
        part.expires_at, part.offered_role = now(), None
        names_changed(part.project)

    step = "take_back" if part.basis is Basis.PENDING else "remove"
    _take(step, part, by=by, for_=asking, seen_version=seen_version, meanwhile=end_it)


def expire() -> int:
    """For the worker, each night: requests and offers that nobody answered. Tells how many; the
    caller commits."""
    waiting = run_out().limit(MOST_AT_ONCE).with_for_update(skip_locked=True, of=Participation)
    found = db.session.scalars(waiting).all()
    for part in found:
        close_if_over(part)
    return len(found)


def close_if_over(part: Participation) -> None:
    if part.waits or not part.is_open:
        return
    part.offered_role = None
    if part.basis is Basis.PENDING:
        part.basis = Basis.EXPIRED
    db.session.flush()
    _tell(ParticipationExpired, part, by=None, for_=None)


def _take(step: str, part: Participation, *, seen_version: int = 0, **more: Any) -> None:
    PARTS.take(
        step,
        part,
        about=part.project,
        part=part,
        note=part.organisation.name,
        seen_version=seen_version or part.version,
        **more,
    )


def _tell(kind: Any, part: Participation, *, by: User | None, for_: Organisation | None) -> None:
    tell(kind(by=by, for_=for_, about=part.project, part=part, note=part.organisation.name))
