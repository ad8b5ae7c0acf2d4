"""The people and organisations that most tests know, with dull defaults."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TypeVar

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import OfficeRole, User
from portal.core.database import Base, db
from portal.core.search.analysis import fold
from portal.core.times import now
from portal.partners.models import (
    Affiliation,
    AffiliationRole,
    Membership,
    Organisation,
    OrganisationKind,
    Standing,
)
from portal.topics.models import District, Theme

T = TypeVar("T", bound=Base)
PASSWORD = "Wir.Machen.Zukunft."  # noqa: S105 - the password of the whole cast


_together = False


@contextmanager
def together() -> Iterator[None]:
    """Whatever is saved inside is committed once, at the end: a world of forty things is there in a
    third of the time."""
    global _together
    _together = True
    try:
        yield
        db.session.commit()
    finally:
        _together = False


def saved(thing: T) -> T:
    db.session.add(thing)
    db.session.flush() if _together else db.session.commit()
    return thing


def a_user(email: str, first_name: str, last_name: str, **more: object) -> User:
    more.setdefault("confirmed_at", now())
    return saved(
        User(email=email, first_name=first_name, last_name=last_name, created_at=now(), **more)
    )


def an_organisation(slug: str, name: str, *, member: bool = True, **more: object) -> Organisation:
    more.setdefault("kind", OrganisationKind.COMPANY)
    organisation = Organisation(
        slug=slug, name=name, folded_name=fold(name), created_at=now(), city="Dortmund", **more
    )
    if member:
        organisation.memberships = [Membership(standing=Standing.PARTNER, since=date(2018, 4, 1))]
    return saved(organisation)


def affiliated(
    user: User, organisation: Organisation, role: AffiliationRole = AffiliationRole.MEMBER
) -> Affiliation:
    return saved(Affiliation(user=user, organisation=organisation, role=role, since=now()))


def theme(slug: str = "energie") -> Theme:
    return db.session.scalars(select(Theme).where(Theme.slug == slug)).one()


def district(slug: str = "eving") -> District:
    return db.session.scalars(select(District).where(District.slug == slug)).one()


@pytest.fixture
def windwerk(app: Flask) -> Organisation:
    return an_organisation("windwerk", "Windwerk eG", website="https://windwerk.example")


@pytest.fixture
def petra(windwerk: Organisation) -> User:
    """Owner of Windwerk eG."""
    petra = a_user("petra@windwerk.example", "Petra", "Probe")
    affiliated(petra, windwerk, AffiliationRole.OWNER)
    return petra


@pytest.fixture
def paul(windwerk: Organisation) -> User:
    """Member of Windwerk eG."""
    paul = a_user("paul@windwerk.example", "Paul", "Probe")
    affiliated(paul, windwerk)
    return paul


@pytest.fixture
def stefan(app: Flask) -> User:
    """Owner of another organisation, and a stranger to Windwerk eG."""
    stefan = a_user("stefan@solarhof.example", "Stefan", "Stern")
    affiliated(stefan, an_organisation("solarhof", "Solarhof GmbH"), AffiliationRole.OWNER)
    return stefan


@pytest.fixture
def olga(app: Flask) -> User:
    """Moderates in the Projektbüro."""
    return a_user("olga@office.example", "Olga", "Ordnung", office_role=OfficeRole.MODERATOR)


@pytest.fixture
def ada(app: Flask) -> User:
    """Leads the Projektbüro."""
    return a_user("ada@office.example", "Ada", "Amt", office_role=OfficeRole.ADMINISTRATOR)
