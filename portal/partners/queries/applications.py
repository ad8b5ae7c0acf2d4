"""Applications: for the applicant, for the office, and for who holds the link in the mail."""

import re
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import User
from portal.core.cases import Case
from portal.core.database import db
from portal.core.errors import Hidden
from portal.core.rules import Rule, require
from portal.core.times import today
from portal.core.tokens import LinkExpired, fits, token_for
from portal.partners.models import Application, ApplicationState
from portal.partners.policies import is_applicant, may_see_application, may_see_case

CONFIRM = "confirm"  # the purpose of the link
CONFIRM_WITHIN = timedelta(days=7)
ANSWER = "answer"
ANSWER_LINK_LASTS = timedelta(days=30)  # from the letter; the question itself may be older
NUMBER = re.compile(r"\d{4}-(\d{3,10})", re.ASCII)
GREATEST_ID = 2**31 - 1
LINKS_GONE = {
    CONFIRM: _l(
        "Dieser Link gilt nicht oder nicht mehr. Haben Sie Ihre Adresse schon bestätigt, dann"
        " melden Sie sich an: Ihr Antrag steht in Ihrem Bereich."
    ),
    ANSWER: _l(
        "Dieser Link gilt nicht oder nicht mehr. Haben Sie schon geantwortet, dann ist nichts mehr"
        " zu tun. Den Stand sehen Sie nach der Anmeldung in Ihrem Bereich."
    ),
}


def with_number(number: str, *, seen_by: User) -> Application:
    """For the applicant, and for the office once it was received. Raises Hidden for others."""
    return _with_number(number, may_see_application, seen_by)


def case_with_number(number: str, *, seen_by: User) -> Application:
    """For the office alone. Raises Hidden while the address is not confirmed."""
    return _with_number(number, may_see_case, seen_by)


def _with_number(number: str, may_see: Rule, seen_by: User) -> Application:
    quoted = NUMBER.fullmatch(number)
    found = _find(int(quoted[1])) if quoted else None
    if found is None or found.number != number:
        raise Hidden("no such application")
    require(may_see, seen_by, found, otherwise=Hidden)
    return found


def _find(application_id: int) -> Application | None:
    if application_id > GREATEST_ID:
        return None
    rows = select(Application).options(joinedload(Application.applicant))
    return db.session.scalar(rows.where(Application.id == application_id))


def applications_of(user: User) -> list[Application]:
    """The newest first."""
    rows = select(Application).where(Application.applicant_id == user.id)
    return list(db.session.scalars(rows.order_by(Application.id.desc())))


def sent_since(user: User, moment: datetime) -> list[datetime]:
    """When this person's applications were sent, oldest first."""
    rows = select(Application.sent_at).where(
        Application.applicant_id == user.id, Application.sent_at > moment
    )
    return list(db.session.scalars(rows.order_by(Application.sent_at)))


def confirmation_token(application: Application) -> str:
    """For the link in the letter; it works until the seventh day after the sending."""
    return token_for(application, CONFIRM, until=application.sent_at + CONFIRM_WITHIN)


def with_link(application_id: int, token: str, purpose: str) -> Application:
    """Who holds the link may load. Raises Hidden for a wrong or used one, and LinkExpired for a
    right one whose time is over. `purpose` is CONFIRM or ANSWER."""
    application = _find(application_id)
    if application is None or application.applicant.locked_at:
        raise Hidden("no such application", message=LINKS_GONE[purpose])
    if not fits(token, application, purpose):
        raise Hidden("no such link", message=LINKS_GONE[purpose])
    return application


def with_expired_link(application_id: int, token: str, purpose: str) -> Application:
    """Who asks for a new link holds an old one that fits but for its time. Raises Hidden."""
    application = _find(application_id)
    try:
        return with_link(application_id, token, purpose)
    except LinkExpired:
        if application is None:
            raise
        return application


def after_the_link(
    application_id: int, *, but: ApplicationState, seen_by: User
) -> Application | None:
    """Whose link was used up and who is logged in: the own application, unless it still stands
    where the link would lead on; else None."""
    application = _find(application_id)
    if application is None or not is_applicant(seen_by, application):
        return None
    return application if application.state is not but else None


def waiting() -> Select[Application]:
    """What the office has to answer, oldest first; a question comes back when nobody answers."""
    unanswered = and_(
        Application.state == ApplicationState.QUESTION, Application.answer_by < today()
    )
    return (
        select(Application)
        .where(or_(Application.state == ApplicationState.RECEIVED, unanswered))
        .order_by(Application.received_at, Application.id)
    )


def waiting_cases() -> list[Case]:
    return [
        Case(
            kind="applications",
            label=str(_l("Partnerantrag")),
            title=application.name,
            since=application.received_at or application.sent_at,
            promised_by=application.answer_by or application.promised_by,
            endpoint="applications_office.show",
            values={"number": application.number},
            about=Application.__tablename__,
            about_id=application.id,
            version=application.version,
        )
        for application in db.session.scalars(waiting())
    ]
