"""When a case is left to two tied administrators, and who of them may do what (safety.md, 1.5)."""

from sqlalchemy import func, select

from portal.accounts.models import OfficeRole, User
from portal.accounts.policies import IN_OFFICE, is_administrator
from portal.core.database import db
from portal.core.rules import Rule, rule
from portal.joint.cases import JointCase
from portal.joint.models import JointDecision, JointState


@rule
def is_left_to_the_tied(_: object, case: JointCase) -> bool:
    """Nobody of the Projektbüro who can log in is free to decide alone, and there are two to
    decide together."""
    untied = func.count(User.id).filter(~case.tied)
    administrators = func.count(User.id).filter(User.office_role == OfficeRole.ADMINISTRATOR)
    free, two = db.session.execute(select(untied, administrators).where(IN_OFFICE)).one()
    return free == 0 and two >= 2


@rule
def is_the_second(user: User, joint: JointDecision) -> bool:
    return user.is_authenticated and joint.opened_by_id != user.id


@rule
def is_the_first(user: User, joint: JointDecision) -> bool:
    return user.is_authenticated and joint.opened_by_id == user.id


may_open = is_administrator & is_left_to_the_tied  # asked of a case
may_answer = is_administrator & is_the_second  # asked of a decision, like the next
may_take_back = is_administrator & is_the_first


def was_confirmed(joint: JointDecision) -> Rule:
    """Stands for the rule of one person while the decision is carried out: the second of two has
    just confirmed it."""

    @rule
    def is_confirmed(user: User, _: object) -> bool:
        return joint.state is JointState.CONFIRMED and joint.answered_by_id == user.id

    return is_administrator & is_confirmed
