"""The verbs: one tied administrator opens a decision and discloses the tie; a second one confirms
it, which carries it out, or does not."""

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.facts import tell
from portal.core.rules import require
from portal.core.times import now
from portal.joint.cases import JointCase
from portal.joint.facts import JointDecisionOpened
from portal.joint.models import JointDecision, JointState
from portal.joint.policies import (
    is_left_to_the_tied,
    may_answer,
    may_open,
    may_take_back,
    was_confirmed,
)
from portal.joint.queries import find_open, outdated
from portal.joint.workflow import WORKFLOW


def open_decision(
    case: JointCase, *, by: User, act: str, note: str, disclosure: str, seen_version: int
) -> JointDecision:
    """Nothing is decided yet. Raises Denied while somebody untied could decide, Conflict when the
    case has changed or another decision waits already."""
    require(may_open, by, case)
    if not case.waits or case.version != seen_version or find_open(case):
        raise Conflict("the case has changed, or a decision waits already", about=case.about)
    for old in outdated(case):
        old.state = JointState.OUTDATED
    db.session.flush()  # one open decision per case: the old ones end before the new one is there
    joint = JointDecision(
        kind=case.kind.word,
        key=case.key,
        about=case.about.__tablename__,
        about_id=case.about.id,
        case_version=case.version,
        title=case.title,
        act=act,
        note=note,
        disclosure=disclosure,
        opened_by=by,
        opened_at=now(),
    )
    db.session.add(joint)
    db.session.flush()
    tell(JointDecisionOpened(by=by, about=joint, note=disclosure))
    return joint


def confirm(
    case: JointCase, joint: JointDecision, *, by: User, disclosure: str, seen_version: int
) -> None:
    """Carries the decision out, with both names. Raises Conflict when the joint way is closed:
    somebody untied can decide now, or the first person has no say any more."""
    require(may_answer, by, joint)
    _check_the_way(case, joint, by)
    WORKFLOW.take(
        "confirm",
        joint,
        by=by,
        for_=case.for_,
        about=case.about,
        note=_both(joint, by, disclosure),
        seen_version=seen_version,
        meanwhile=lambda: _answer(joint, by, disclosure),
    )
    case.kind.decide(
        case.about,
        joint.act,
        by=by,
        note=joint.note,
        may=was_confirmed(joint),
        seen_version=joint.case_version,
    )


def refuse(
    case: JointCase, joint: JointDecision, *, by: User, reason: str, seen_version: int
) -> None:
    """The case waits on; the first person reads why."""
    require(may_answer, by, joint)
    _check_the_way(case, joint, by)
    WORKFLOW.take(
        "refuse",
        joint,
        by=by,
        note=reason,
        seen_version=seen_version,
        meanwhile=lambda: _answer(joint, by, reason),
    )


def take_back(joint: JointDecision, *, by: User, seen_version: int) -> None:
    require(may_take_back, by, joint)
    WORKFLOW.take(
        "take_back",
        joint,
        by=by,
        seen_version=seen_version,
        meanwhile=lambda: _answer(joint, by, ""),
    )


def _check_the_way(case: JointCase, joint: JointDecision, by: User) -> None:
    first = any(user.id == joint.opened_by_id for user in accounts.administrators())
    if not (first and is_left_to_the_tied(by, case)):
        raise Conflict("the joint way is closed", about=case.about)


def _both(joint: JointDecision, by: User, disclosure: str) -> str:
    return f"{joint.opened_by.name}: {joint.disclosure} / {by.name}: {disclosure}"


def _answer(joint: JointDecision, by: User, answer: str) -> None:
    joint.answered_by, joint.answered_at, joint.answer = by, now(), answer
