"""Applications in every state, and the answers that make one."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts import passwords
from portal.accounts.models import User
from portal.core.database import db
from portal.core.times import now
from portal.partners import queries, services
from portal.partners.likeness import folded_name
from portal.partners.models import (
    Application,
    ApplicationState,
    DatePrecision,
    Membership,
    Organisation,
    OrganisationKind,
    Standing,
)
from tests.cast import PASSWORD, a_user, saved
from tests.client import PortalClient

START = "/partner-werden"
ORGANISATION: dict[str, Any] = {
    "name": "Probewerk gGmbH",
    "kind": "science",
    "website": "https://probewerk.example",
    "street": "Hafenweg 3",
    "postal_code": "44147",
    "city": "Dortmund",
    "themes": [],
    "why": "Wir messen Licht.",
}
PERSON: dict[str, Any] = {
    "first_name": "Kim",
    "last_name": "Muster",
    "function": "Leitung",
    "email": "kim@probewerk.example",
    "phone": "0231 50 00000",
    "consent": "y",
}


def without(answers: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in answers.items() if name not in names}


def fill_in(client: PortalClient, **changed: str) -> None:
    """The first two pages."""
    organisation = {n: changed.get(n, v) for n, v in ORGANISATION.items()}
    person = {n: changed.get(n, v) for n, v in PERSON.items()}
    assert client.post(START, data=organisation).location == "/partner-werden/person"
    assert client.post(f"{START}/person", data=person).location == "/partner-werden/pruefen"


def apply(client: PortalClient, **changed: str) -> Application:
    fill_in(client, **changed)
    assert client.post(f"{START}/pruefen").location == "/partner-werden/gesendet"
    return applications()[-1]


def applications() -> list[Application]:
    db.session.rollback()
    return list(db.session.scalars(select(Application).order_by(Application.id)))


def link_of(application: Application) -> str:
    token = queries.confirmation_token(application)
    return f"{START}/bestaetigen/{application.id}/{token}"


def an_application(
    applicant: User, *, state: ApplicationState = ApplicationState.RECEIVED, **more: Any
) -> Application:
    """Received yesterday, unless it is unconfirmed."""
    name = more.setdefault("name", "Probewerk gGmbH")
    moment = now() - timedelta(days=1)
    if state is not ApplicationState.UNCONFIRMED:
        more.setdefault("received_at", moment)
        more.setdefault("promised_by", date(2099, 1, 8))
    more.setdefault("kind", OrganisationKind.SCIENCE)
    more.setdefault("website", "https://probewerk.example")
    more.setdefault("function", "Leitung")
    more.setdefault("sent_at", moment)
    return saved(
        Application(
            state=state,
            folded_name=folded_name(name),
            city="Dortmund",
            applicant=applicant,
            **more,
        )
    )


def add_organisation(
    *,
    name: str,
    kind: OrganisationKind = OrganisationKind.COMPANY,
    standing: Standing | None = None,
    since: date | None = None,
    precision: DatePrecision = DatePrecision.DAY,
    **more: Any,
) -> Organisation:
    """With its place in the directory, where it has a standing."""
    organisation = services.new_organisation(name=name, kind=kind, **more)
    if standing:
        membership = Membership(standing=standing, since=since, precision=precision)
        organisation.memberships = [membership]
    db.session.add(organisation)
    db.session.flush()
    services.index_partner(organisation)
    return organisation


@pytest.fixture
def kim(app: Flask) -> User:
    """Applies for Probewerk gGmbH, and has a password."""
    hashed = passwords.hashed(PASSWORD)
    return a_user("kim@probewerk.example", "Kim", "Muster", password_hash=hashed)


@pytest.fixture
def application(kim: User) -> Application:
    """Kim's, received yesterday."""
    return an_application(kim)
