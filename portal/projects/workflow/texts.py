"""draft -> submitted -> published, returned or rejected. What was submitted can be taken back until
then; a draft beside a public text can be discarded."""

from portal.core.workflows import Step, Workflow
from portal.projects.facts import (
    ProjectDiscarded,
    ProjectPublished,
    ProjectRejected,
    ProjectReturned,
    ProjectSubmitted,
    ProjectTakenBack,
    ProjectUpdated,
)
from portal.projects.models import ReviewState
from portal.projects.policies import (
    OPEN,
    may_decide,
    may_discard,
    may_publish,
    may_submit,
    may_take_back,
    may_update,
)

WAITING = frozenset({ReviewState.SUBMITTED})

WORKFLOW = Workflow(
    Step(
        name="submit",
        leaves=OPEN,
        reaches=ReviewState.SUBMITTED,
        may=may_submit,
        tells=ProjectSubmitted,
    ),
    Step(
        name="take_back",
        leaves=WAITING,
        reaches=ReviewState.DRAFT,
        may=may_take_back,
        tells=ProjectTakenBack,
    ),
    Step(
        name="discard",
        leaves=OPEN,
        reaches=ReviewState.DISCARDED,
        may=may_discard,
        tells=ProjectDiscarded,
    ),
    Step(
        name="publish",
        leaves=WAITING,
        reaches=ReviewState.PUBLISHED,
        may=may_publish,
        tells=ProjectPublished,
    ),
    Step(
        name="update",
        leaves=WAITING,
        reaches=ReviewState.PUBLISHED,
        may=may_update,
        tells=ProjectUpdated,
    ),
    Step(
        name="give_back",
        leaves=WAITING,
        reaches=ReviewState.RETURNED,
        may=may_decide,
        tells=ProjectReturned,
    ),
    Step(
        name="reject",
        leaves=WAITING,
        reaches=ReviewState.REJECTED,
        may=may_decide,
        tells=ProjectRejected,
    ),
)
