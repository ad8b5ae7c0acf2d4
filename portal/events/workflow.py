"""A date is planned, and may be cancelled; it never comes back under the same address."""

from portal.core.workflows import Step, Workflow
from portal.events.facts import EventCancelled
from portal.events.models import EventState
from portal.events.policies import may_cancel

WORKFLOW = Workflow(
    Step(
        name="cancel",
        leaves=frozenset({EventState.PLANNED}),
        reaches=EventState.CANCELLED,
        may=may_cancel,
        tells=EventCancelled,
    ),
)
