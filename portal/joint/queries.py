"""The decision that waits for its second person."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from portal.core.database import db
from portal.core.errors import Conflict
from portal.joint.cases import JointCase
from portal.joint.models import JointDecision, JointState


def find_open(case: JointCase) -> JointDecision | None:
    """One for an earlier state of the case counts no more."""
    rows = _open(case).where(JointDecision.case_version == case.version)
    if not case.waits:
        return None
    return db.session.scalar(rows.options(joinedload(JointDecision.opened_by)))


def open_one(case: JointCase) -> JointDecision:
    """Raises Conflict when there is none any more: somebody answered, or the text has changed."""
    found = find_open(case)
    if found is None:
        raise Conflict("no decision waits for a second person", about=case.about)
    return found


def outdated(case: JointCase) -> list[JointDecision]:
    """Opened for an earlier state of the case."""
    return list(db.session.scalars(_open(case).where(JointDecision.case_version != case.version)))


def last_refused(case: JointCase) -> JointDecision | None:
    """For whom opens the next one: why the second person did not confirm the last."""
    rows = select(JointDecision).where(
        JointDecision.about == case.about.__tablename__,
        JointDecision.about_id == case.about.id,
        JointDecision.case_version == case.version,
    )
    last = db.session.scalar(
        rows.options(joinedload(JointDecision.answered_by)).order_by(JointDecision.id.desc())
    )
    return last if last and last.state is JointState.REFUSED else None


def _open(case: JointCase) -> Select[JointDecision]:
    return select(JointDecision).where(
        JointDecision.about == case.about.__tablename__,
        JointDecision.about_id == case.about.id,
        JointDecision.state == JointState.OPEN,
    )
