"""open -> confirmed, refused or taken back."""

from portal.core.workflows import Step, Workflow
from portal.joint.facts import JointDecisionRefused, JointDecisionTaken, JointDecisionTakenBack
from portal.joint.models import JointState
from portal.joint.policies import may_answer, may_take_back

WAITING = frozenset({JointState.OPEN})

WORKFLOW = Workflow(
    Step(
        name="confirm",
        leaves=WAITING,
        reaches=JointState.CONFIRMED,
        may=may_answer,
        tells=JointDecisionTaken,
    ),
    Step(
        name="refuse",
        leaves=WAITING,
        reaches=JointState.REFUSED,
        may=may_answer,
        tells=JointDecisionRefused,
    ),
    Step(
        name="take_back",
        leaves=WAITING,
        reaches=JointState.TAKEN_BACK,
        may=may_take_back,
        tells=JointDecisionTakenBack,
    ),
)
