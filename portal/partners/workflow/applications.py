"""unconfirmed -> received -> admitted or declined, with any number of questions and answers in
between; the applicant may withdraw until the decision."""

from portal.core.workflows import Step, Workflow
from portal.partners.facts import (
    ApplicationAdmitted,
    ApplicationDeclined,
    ApplicationReceived,
    ApplicationWithdrawn,
    QuestionAnswered,
    QuestionAsked,
)
from portal.partners.models import ApplicationState
from portal.partners.policies import (
    UNDECIDED,
    is_applicant,
    may_confirm,
    may_decide_application,
)

WORKFLOW = Workflow(
    Step(
        name="receive",
        leaves=frozenset({ApplicationState.UNCONFIRMED}),
        reaches=ApplicationState.RECEIVED,
        may=may_confirm,
        tells=ApplicationReceived,
    ),
    Step(
        name="ask",
        leaves=frozenset({ApplicationState.RECEIVED}),
        reaches=ApplicationState.QUESTION,
        may=may_decide_application,
        tells=QuestionAsked,
    ),
    Step(
        name="answer",
        leaves=frozenset({ApplicationState.QUESTION}),
        reaches=ApplicationState.RECEIVED,
        may=is_applicant,
        tells=QuestionAnswered,
    ),
    Step(
        name="admit",
        leaves=UNDECIDED,
        reaches=ApplicationState.ADMITTED,
        may=may_decide_application,
        tells=ApplicationAdmitted,
    ),
    Step(
        name="decline",
        leaves=UNDECIDED,
        reaches=ApplicationState.DECLINED,
        may=may_decide_application,
        tells=ApplicationDeclined,
    ),
    Step(
        name="withdraw",
        leaves=UNDECIDED | {ApplicationState.UNCONFIRMED},
        reaches=ApplicationState.WITHDRAWN,
        may=is_applicant,
        tells=ApplicationWithdrawn,
    ),
)
