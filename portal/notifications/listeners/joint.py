"""Letters about decisions of two tied administrators: the others hear that a second one is needed,
the first one why it was not confirmed."""

from portal.accounts import queries as accounts
from portal.core.facts import on
from portal.joint.facts import JointDecisionOpened, JointDecisionRefused
from portal.joint.models import JointDecision
from portal.notifications.services import write


@on(JointDecisionOpened)
def ask_for_the_second(fact: JointDecisionOpened) -> None:
    joint: JointDecision = fact.about
    write(
        "joint/joint_decision_opened",
        fact,
        accounts.administrators(),
        title=joint.title,
        word=joint.kind,
        key=joint.key,
        first=fact.by.name,
    )


@on(JointDecisionRefused)
def say_why_it_was_not_confirmed(fact: JointDecisionRefused) -> None:
    joint: JointDecision = fact.about
    write(
        "joint/joint_decision_refused",
        fact,
        [joint.opened_by],
        title=joint.title,
        word=joint.kind,
        key=joint.key,
        second=fact.by.name,
        note=fact.note,
    )
