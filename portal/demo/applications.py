"""Applications in every state, with their applicants; two wait longer than was promised."""

from datetime import datetime, timedelta

from portal.accounts.models import User
from portal.core.database import db
from portal.core.facts import Fact
from portal.core.search.analysis import fold
from portal.core.times import local, working_days_after
from portal.demo.dataset import Row, rows
from portal.demo.days import DAY
from portal.demo.world import World
from portal.partners.facts import (
    ApplicationAdmitted,
    ApplicationDeclined,
    ApplicationReceived,
    ApplicationSent,
    ApplicationWithdrawn,
    QuestionAsked,
)
from portal.partners.models import Application, ApplicationState, OrganisationKind
from portal.partners.services.applying import WORKING_DAYS
from portal.partners.services.asking import ANSWER_WITHIN

CLICKED_AFTER = timedelta(minutes=8)
LATE = 6  # days ago, and more: over the promise, whatever holidays lie between
ENDINGS: dict[ApplicationState, type[Fact]] = {
    ApplicationState.ADMITTED: ApplicationAdmitted,
    ApplicationState.DECLINED: ApplicationDeclined,
    ApplicationState.WITHDRAWN: ApplicationWithdrawn,
}


def load(world: World) -> str:
    found = sorted(rows("applications"), key=lambda row: int(row["days_ago"]), reverse=True)
    for place, row in enumerate(found):
        _add(world, row, f"{9 + place % 8:02}:{place * 13 % 60:02}")
    return f"{len(found)} applications"


def _add(world: World, row: Row, clock: str) -> None:
    state = ApplicationState(row["state"])
    confirmed_at = _confirmed_at(world, row, clock)
    sent_at = confirmed_at - CLICKED_AFTER
    confirmed = state is not ApplicationState.UNCONFIRMED
    applicant = _applicant(world, row, sent_at, confirmed_at if confirmed else None)
    application = Application(
        state=state,
        name=row["organisation"],
        folded_name=fold(row["organisation"]),
        kind=OrganisationKind(row["kind"]),
        website=row["website"],
        street=row["street"],
        postal_code=row["postal_code"],
        city=row["city"],
        why=row["why"],
        register_court=row.get("register_court", ""),
        register_number=row.get("register_number", ""),
        district_id=world.districts[row["district"]].id if row.get("district") else None,
        theme_ids=[world.themes[slug].id for slug in row["topics"]],
        function=row["function"],
        phone=row["phone"],
        applicant=applicant,
        sent_at=sent_at,
    )
    db.session.add(application)
    db.session.flush()
    world.note(ApplicationSent, sent_at, by=applicant, about=application)
    if confirmed:
        application.received_at = confirmed_at
        application.promised_by = working_days_after(confirmed_at, WORKING_DAYS)
        world.note(ApplicationReceived, confirmed_at, by=applicant, about=application)
        application.heard_at = confirmed_at
    if state is ApplicationState.QUESTION:
        _ask(world, application, row)
    if state in ENDINGS:
        _close(world, application, row)


def _confirmed_at(world: World, row: Row, clock: str) -> datetime:
    moment = world.days.ago(row["days_ago"], clock)
    while row["state"] == ApplicationState.RECEIVED and row["days_ago"] >= LATE:
        if working_days_after(moment, WORKING_DAYS) < world.days.today:
            break
        moment -= DAY
    return moment


def _applicant(world: World, row: Row, sent_at: datetime, confirmed_at: datetime | None) -> User:
    """Who has confirmed the address has chosen a password on the same page."""
    person = User(
        email=row["email"],
        first_name=row["first_name"],
        last_name=row["last_name"],
        password_hash=world.password_hash if confirmed_at else None,
        confirmed_at=confirmed_at,
        created_at=sent_at,
    )
    db.session.add(person)
    return person


def _ask(world: World, application: Application, row: Row) -> None:
    at = world.days.worked(row["asked_days_ago"], "11:10")
    application.question = row["question"]
    application.answer_by = local(at).date() + ANSWER_WITHIN
    application.heard_at = at
    world.note(QuestionAsked, at, by=world.moderator, about=application, note=row["question"])


def _close(world: World, application: Application, row: Row) -> None:
    """The admitted one brings no organisation along: the alliance stays at its 170 partners."""
    office = application.state is not ApplicationState.WITHDRAWN
    by = world.moderator if office else application.applicant
    at = world.days.worked(row["decided_days_ago"], "10:50")
    application.decided_at = max(at, application.received_at or at)
    application.decided_by_id = by.id if office else None
    application.reason = row["reason"]
    kind = ENDINGS[application.state]
    world.note(kind, application.decided_at, by=by, about=application, note=row["reason"])
