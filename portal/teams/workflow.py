"""requested -> seated or refused; seated -> left."""

from portal.core.workflows import Step, Workflow
from portal.teams.facts import RequestWithdrawn, SeatGiven, SeatLeft, SeatRefused
from portal.teams.models import SeatState
from portal.teams.policies import may_answer, may_leave

WORKFLOW = Workflow(
    Step(
        name="accept",
        leaves=frozenset({SeatState.REQUESTED}),
        reaches=SeatState.SEATED,
        may=may_answer,
        tells=SeatGiven,
    ),
    Step(
        name="refuse",
        leaves=frozenset({SeatState.REQUESTED}),
        reaches=SeatState.REFUSED,
        may=may_answer,
        tells=SeatRefused,
    ),
    Step(
        name="withdraw",
        leaves=frozenset({SeatState.REQUESTED}),
        reaches=SeatState.LEFT,
        may=may_leave,
        tells=RequestWithdrawn,
    ),
    Step(
        name="leave",
        leaves=frozenset({SeatState.SEATED}),
        reaches=SeatState.LEFT,
        may=may_leave,
        tells=SeatLeft,
    ),
)
