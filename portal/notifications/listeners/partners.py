"""Letters about applications: applicants hear of every step, the office of what it has to do."""

from typing import Any

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.core.facts import Fact, on
from portal.core.times import today
from portal.notifications.services import write
from portal.partners.facts import (
    ApplicantReminded,
    ApplicationAdmitted,
    ApplicationDeclined,
    ApplicationReceived,
    ApplicationSent,
    ApplicationWithdrawn,
    ConfirmationAskedAgain,
    QuestionAnswered,
    QuestionAsked,
    QuestionAskedAgain,
)
from portal.partners.models import Application, ApplicationState
from portal.partners.policies import is_untied
from portal.partners.queries.applications import ANSWER_LINK_LASTS, CONFIRM_WITHIN


@on(ApplicationSent)
def ask_to_confirm(fact: ApplicationSent) -> None:
    _send_the_link("partners/application_sent", fact)


@on(ConfirmationAskedAgain)
def ask_to_confirm_again(fact: ConfirmationAskedAgain) -> None:
    _send_the_link("partners/confirmation_asked_again", fact)


@on(ApplicationReceived)
def promise_an_answer(fact: ApplicationReceived) -> None:
    promised = {"promised_by": fact.about.promised_by}
    applicant = [fact.about.applicant]
    write(
        "partners/application_received", fact, applicant, receipt=True, **_about(fact), **promised
    )
    office = _who_may_decide(fact.about)
    write("partners/application_received_office", fact, office, **_about(fact), **promised)


@on(QuestionAsked)
def ask_the_applicant(fact: QuestionAsked) -> None:
    _send_the_question("partners/question_asked", fact)


@on(QuestionAskedAgain)
def ask_the_applicant_again(fact: QuestionAskedAgain) -> None:
    _send_the_question("partners/question_asked_again", fact)


@on(QuestionAnswered)
def tell_the_office_the_answer(fact: QuestionAnswered) -> None:
    promised = {"promised_by": fact.about.promised_by}
    office = _who_may_decide(fact.about)
    write("partners/question_answered", fact, office, **_about(fact), **promised)


@on(ApplicantReminded)
def say_how_things_stand(fact: ApplicantReminded) -> None:
    application: Application = fact.about
    if application.state is ApplicationState.QUESTION:
        _send_the_question("partners/answer_missing", fact)
        return
    write(
        "partners/applicant_reminded",
        fact,
        [application.applicant],
        **_about(fact),
        promised_by=application.promised_by,
        is_late=bool(application.promised_by and application.promised_by < today()),
    )


@on(ApplicationAdmitted)
def welcome(fact: ApplicationAdmitted) -> None:
    write(
        "partners/application_admitted",
        fact,
        [fact.about.applicant],
        **_about(fact),
        organisation_slug=fact.for_.slug,
    )


@on(ApplicationDeclined)
def say_why_not(fact: ApplicationDeclined) -> None:
    write("partners/application_declined", fact, [fact.about.applicant], **_about(fact))


@on(ApplicationWithdrawn)
def tell_the_office(fact: ApplicationWithdrawn) -> None:
    """An application that was never confirmed was never seen there."""
    if fact.about.received_at:
        office = _who_may_decide(fact.about)
        write("partners/application_withdrawn", fact, office, **_about(fact))


def _send_the_link(kind: str, fact: Fact) -> None:
    write(
        kind,
        fact,
        [fact.about.applicant],
        receipt=True,
        to_unconfirmed=True,
        organisation=fact.about.name,
        until=fact.about.sent_at + CONFIRM_WITHIN,
    )


def _send_the_question(kind: str, fact: Fact) -> None:
    application: Application = fact.about
    write(
        kind,
        fact,
        [application.applicant],
        receipt=True,
        **_about(fact) | {"note": application.question},
        answer_by=application.answer_by,
        until=fact.at + ANSWER_LINK_LASTS,
    )


def _who_may_decide(application: Application) -> list[User]:
    return [user for user in accounts.office() if is_untied(user, application)]


def _about(fact: Fact) -> dict[str, Any]:
    application: Application = fact.about
    return {
        "number": application.number,
        "organisation": application.name,
        "note": fact.note,
    }
