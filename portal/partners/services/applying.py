"""What an applicant does: answering page by page, sending, proving the address, withdrawing."""

from datetime import timedelta
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import select

from portal.accounts import services as account_services
from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict, TooOften
from portal.core.facts import tell
from portal.core.rules import require
from portal.core.times import now, working_days_after
from portal.partners.facts import ApplicationSent, ConfirmationAskedAgain
from portal.partners.likeness import folded_name
from portal.partners.models import (
    Application,
    ApplicationDraft,
    ApplicationState,
    OrganisationKind,
)
from portal.partners.policies import is_applicant, may_apply, may_confirm
from portal.partners.queries.applications import sent_since
from portal.partners.queries.drafts import SENT, STEPS, drafts_with, find_draft, key_hash_of
from portal.partners.services.links import count_a_link
from portal.partners.services.persons import person_behind
from portal.partners.workflow import WORKFLOW
from portal.topics import queries as topics

APPLICATIONS = 3
APPLICATIONS_WITHIN = timedelta(days=1)
WORKING_DAYS = 5  # within which the office promises an answer


def keep_answers(
    key: str, step: str, answers: dict[str, Any], *, by: User, complete: bool = True
) -> str:
    """Keeps the answers of one page beside those of the others. Returns the key for the cookie: a
    new one where the old one leads to no draft, or to one that was sent."""
    require(may_apply, by, None)
    draft = find_draft(key)
    if draft is None:
        key = token_urlsafe(24)
        draft = ApplicationDraft(key_hash=key_hash_of(key), answers={}, changed_at=now())
        db.session.add(draft)
    done = set(draft.answers.get("complete", [])) - {step} | ({step} if complete else set())
    draft.answers = {**draft.answers, step: answers, "complete": sorted(done)}
    draft.changed_at = now()
    db.session.flush()
    return key


def send(key: str, *, by: User, language: str) -> Application | None:
    """Makes the answers an application that waits for the click in the mail; None while answers are
    missing. The second click on the button finds what the first one made. Raises TooOften after
    three applications a day for one address, known or unknown."""
    locked = drafts_with(key).with_for_update().execution_options(populate_existing=True)
    draft = db.session.scalar(locked)
    if draft and SENT in draft.answers:  # before the rule: it refuses who has an application
        return db.session.get_one(Application, draft.answers[SENT])
    require(may_apply, by, None)
    if draft is None or not set(STEPS) <= set(draft.answers.get("complete", [])):
        return None
    organisation, person = (draft.answers[step] for step in STEPS)
    applicant = person_behind(
        person["email"],
        language=language,
        first_name=person["first_name"],
        last_name=person["last_name"],
    )
    _refuse_when_too_many(applicant)
    application = _application(organisation, person, applicant)
    db.session.add(application)
    db.session.flush()
    draft.answers = {SENT: application.id}  # the rest now stands in the application
    tell(ApplicationSent(by=applicant, about=application))
    return application


def _application(
    organisation: dict[str, Any], person: dict[str, Any], applicant: User
) -> Application:
    return Application(**said_of(organisation, person), applicant=applicant, sent_at=now())


def said_of(organisation: dict[str, Any], person: dict[str, Any]) -> dict[str, Any]:
    """The answers as an application keeps them, by column."""
    return {
        "name": organisation["name"],
        "folded_name": folded_name(organisation["name"]),
        "kind": OrganisationKind(organisation["kind"]),
        "website": organisation["website"],
        "street": organisation["street"],
        "postal_code": organisation["postal_code"],
        "city": organisation["city"],
        "register_court": organisation.get("register_court", ""),
        "register_number": organisation.get("register_number", ""),
        "district_id": organisation.get("district_id") or None,
        "why": organisation["why"],
        "theme_ids": [theme.id for theme in topics.with_ids(organisation["themes"])],
        "function": person["function"],
        "phone": person["phone"],
    }


def _refuse_when_too_many(applicant: User) -> None:
    """One after the other per person: the row is locked until the commit."""
    db.session.execute(select(User.id).where(User.id == applicant.id).with_for_update())
    sent = sent_since(applicant, now() - APPLICATIONS_WITHIN)
    if len(sent) >= APPLICATIONS:
        wait = sent[-APPLICATIONS] + APPLICATIONS_WITHIN - now()
        raise TooOften("applications", seconds=max(1, int(wait.total_seconds())))


def ask_again(application: Application, *, subject: str) -> None:
    """A new link by mail; older ones open nothing any more. Raises TooOften, or Conflict when the
    address is proven already."""
    if application.state is not ApplicationState.UNCONFIRMED:
        raise Conflict("the address is confirmed", about=application)
    count_a_link(subject)
    application.burn_links()
    application.sent_at = now()
    db.session.flush()
    tell(ConfirmationAskedAgain(by=application.applicant, about=application))


def confirm(
    application: Application, *, password_hash: str | None = None, seen_version: int
) -> bool:
    """The address is proven by the link; the office's promise begins. `password_hash` is for who
    has no password yet, and nobody's password is replaced here: says whether it was set."""
    person = application.applicant
    require(may_confirm, person, application)
    is_new = person.password_hash is None and password_hash is not None
    if is_new and password_hash:
        account_services.set_password(person, password_hash)

    def receive() -> None:
        moment = now()
        application.received_at = moment
        application.promised_by = working_days_after(moment, WORKING_DAYS)
        application.heard_at = moment
        application.burn_links()
        person.confirmed_at = person.confirmed_at or moment

    WORKFLOW.take("receive", application, by=person, seen_version=seen_version, meanwhile=receive)
    return is_new


def withdraw(application: Application, *, by: User, seen_version: int) -> None:
    require(is_applicant, by, application)

    def close() -> None:
        application.decided_at = now()
        application.burn_links()

    WORKFLOW.take("withdraw", application, by=by, seen_version=seen_version, meanwhile=close)
