"""What the office asks for at a part of the text: open -> done -> resolved, and back."""

from portal.core.workflows import Step, Workflow
from portal.projects.facts import CommentDone, CommentReopened, CommentRepeated, CommentResolved
from portal.projects.models import CommentState
from portal.projects.policies import mends, reviews

COMMENTS = Workflow(
    Step(
        name="finish",
        leaves=frozenset({CommentState.OPEN}),
        reaches=CommentState.DONE,
        may=mends,
        tells=CommentDone,
    ),
    Step(
        name="reopen",
        leaves=frozenset({CommentState.DONE}),
        reaches=CommentState.OPEN,
        may=mends,
        tells=CommentReopened,
    ),
    Step(
        name="resolve",
        leaves=frozenset({CommentState.OPEN, CommentState.DONE}),
        reaches=CommentState.RESOLVED,
        may=reviews,
        tells=CommentResolved,
    ),
    Step(
        name="repeat",
        leaves=frozenset({CommentState.DONE, CommentState.RESOLVED}),
        reaches=CommentState.OPEN,
        may=reviews,
        tells=CommentRepeated,
    ),
)
