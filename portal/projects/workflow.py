"""draft -> submitted -> published or returned; what was submitted can be taken back until then."""

from portal.core.workflows import Step, Workflow
from portal.projects.facts import (
    ProjectPublished,
    ProjectReturned,
    ProjectSubmitted,
    ProjectTakenBack,
)
from portal.projects.models import ReviewState
from portal.projects.policies import OPEN, may_decide, may_submit, may_take_back

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
        name="publish",
        leaves=WAITING,
        reaches=ReviewState.PUBLISHED,
        may=may_decide,
        tells=ProjectPublished,
    ),
    Step(
        name="give_back",
        leaves=WAITING,
        reaches=ReviewState.RETURNED,
        may=may_decide,
        tells=ProjectReturned,
    ),
)
