"""Question and answer between the office and an applicant, and who hears that somebody waits."""

from datetime import timedelta

from sqlalchemy import select

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.facts import tell
from portal.core.rules import require
from portal.core.times import now, today, working_days_after
from portal.partners.facts import ApplicantReminded, QuestionAskedAgain
from portal.partners.models import Application, ApplicationState
from portal.partners.policies import is_applicant, may_decide_application
from portal.partners.services.applying import WORKING_DAYS
from portal.partners.services.links import count_a_link
from portal.partners.workflow import WORKFLOW

ANSWER_WITHIN = timedelta(days=14)
HEARS_EVERY = timedelta(days=7)  # features.md, A5
MOST_AT_ONCE = 500  # letters of one run; the next day's run goes on


def ask(application: Application, *, by: User, question: str, seen_version: int) -> None:
    """The applicant gets the question by mail, with a link to answer it. Raises Denied for who is
    tied, Conflict for who comes second."""
    require(may_decide_application, by, application)

    def wait_for_the_answer() -> None:
        application.question = question
        application.answer_by = today() + ANSWER_WITHIN
        application.heard_at = now()
        application.burn_links()

    WORKFLOW.take(
        "ask",
        application,
        by=by,
        note=question,
        seen_version=seen_version,
        meanwhile=wait_for_the_answer,
    )


def answer(application: Application, *, by: User, text: str, seen_version: int) -> None:
    """The case is the office's again, and its promise begins anew. `by` is the applicant, logged
    in or holding the link."""
    require(is_applicant, by, application)

    def promise_again() -> None:
        moment = now()
        application.promised_by = working_days_after(moment, WORKING_DAYS)
        application.answer_by = None
        application.heard_at = moment
        application.burn_links()

    WORKFLOW.take(
        "answer",
        application,
        by=by,
        note=text,
        seen_version=seen_version,
        meanwhile=promise_again,
    )


def ask_for_answer_again(application: Application, *, subject: str) -> None:
    """A new link by mail; older ones open nothing any more. Raises TooOften, or Conflict where
    nothing is asked any more."""
    if application.state is not ApplicationState.QUESTION:
        raise Conflict("the question is answered", about=application)
    count_a_link(subject)
    application.burn_links()
    application.heard_at = now()
    db.session.flush()
    tell(QuestionAskedAgain(by=application.applicant, about=application))


def remind_applicants() -> int:
    """For the worker, each day: who has heard nothing for a week hears how things stand. Tells how
    many; the caller commits."""
    waiting = (
        select(Application)
        .where(
            Application.state.in_([ApplicationState.RECEIVED, ApplicationState.QUESTION]),
            Application.heard_at < now() - HEARS_EVERY,
        )
        .order_by(Application.id)
        .limit(MOST_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    found = db.session.scalars(waiting).all()
    for application in found:
        application.heard_at = now()
        tell(ApplicantReminded(by=None, about=application))
    return len(found)
