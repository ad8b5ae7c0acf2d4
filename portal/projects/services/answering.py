"""The named organisation answers, and ends its part whenever it likes."""

from collections.abc import Callable

from flask_babel import lazy_gettext as _l

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.rules import require
from portal.core.times import now
from portal.projects.models import Basis, Participation, ParticipationRole
from portal.projects.policies import may_answer
from portal.projects.queries.taking_part import find_part
from portal.projects.services.publishing import names_changed
from portal.projects.workflow import PARTS

RAN_OUT = _l("Die Anfrage ist abgelaufen. Wer gefragt hat, kann noch einmal fragen.")


def say_yes(part: Participation, *, by: User, seen_version: int) -> None:
    """To the request: the name stands at once wherever the project is public. Or to another role
    that was offered. Raises Conflict once it ran out, and for who comes second."""
    require(may_answer, by, part)
    _in_time(part)
    if part.offered_role is None:
        _take("confirm", part, by=by, seen_version=seen_version, meanwhile=lambda: _yes(part, by))
    elif part.offered_role is ParticipationRole.LEAD:
        _take(
            "take_lead", part, by=by, seen_version=seen_version, meanwhile=lambda: _lead(part, by)
        )
    else:
        _take(
            "take_role", part, by=by, seen_version=seen_version, meanwhile=lambda: _rise(part, by)
        )


def say_no(part: Participation, *, by: User, reason: str, seen_version: int) -> None:
    """To the request, or to the role that was offered: then its part stays as it is."""
    require(may_answer, by, part)
    _in_time(part)
    if part.offered_role is None:
        _end(part, "refuse", by=by, reason=reason, seen_version=seen_version)
        return

    def stay() -> None:
        part.offered_role = part.expires_at = None

    _take("decline_offer", part, by=by, note=reason, seen_version=seen_version, meanwhile=stay)


def end(part: Participation, *, by: User, reason: str, seen_version: int) -> None:
    """Takes the yes back, or says that a public source is wrong: the name is gone at once."""
    require(may_answer, by, part)
    step = "contest" if part.basis is Basis.SOURCE else "leave"
    _end(part, step, by=by, reason=reason, seen_version=seen_version)


def _in_time(part: Participation) -> None:
    if part.is_open and not part.waits:
        raise Conflict("it ran out", about=part, message=RAN_OUT)


def _end(part: Participation, step: str, *, by: User, reason: str, seen_version: int) -> None:
    def forget_the_name() -> None:
        _answered(part, by)
        part.answer = reason
        names_changed(part.project)

    _take(step, part, by=by, note=reason, seen_version=seen_version, meanwhile=forget_the_name)


def _yes(part: Participation, by: User) -> None:
    _answered(part, by)
    names_changed(part.project)


def _rise(part: Participation, by: User) -> None:
    part.role = part.offered_role or part.role
    _answered(part, by)


def _lead(part: Participation, by: User) -> None:
    """Who led owns it together with the others from now on."""
    project = part.project
    former = find_part(project, project.organisation)
    if former is None:
        former = Participation(project=project, organisation=project.organisation)
        db.session.add(former)
    former.role, former.basis = ParticipationRole.CO_OWNER, Basis.CONFIRMED
    project.organisation = part.organisation
    _rise(part, by)
    names_changed(project)


def _answered(part: Participation, by: User) -> None:
    part.answered_at, part.answered_by_id = now(), by.id
    part.offered_role = part.expires_at = None


def _take(
    step: str,
    part: Participation,
    *,
    by: User,
    note: str = "",
    seen_version: int,
    meanwhile: Callable[[], None],
) -> None:
    PARTS.take(
        step,
        part,
        by=by,
        for_=part.organisation,
        about=part.project,
        part=part,
        note=note,
        seen_version=seen_version,
        meanwhile=meanwhile,
    )
