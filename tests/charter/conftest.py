"""Versions of the declaration, signatures, nominations and occasions, and who acts on them."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from sqlalchemy import select

from portal.accounts import passwords
from portal.accounts.models import User
from portal.charter import services
from portal.charter.models import (
    Declaration,
    Nomination,
    Occasion,
    OccasionState,
    ProvisionalSignature,
    Signature,
    Way,
)
from portal.charter.services.signing import new_signature
from portal.core.database import db
from portal.core.times import now
from portal.core.tokens import token_for
from portal.partners.likeness import folded_name
from portal.partners.models import AffiliationRole, Organisation, OrganisationKind
from tests.cast import PASSWORD, a_user, affiliated, saved

TEXT = "Wir wollen mitmachen.\n\n## Was das bedeutet\n\n- Es ist kein Vertrag."
MINE = "/mein/windwerk/erklaerung"
OFFICE = "/projektbuero/erklaerung"
DAY = timedelta(days=1)
SIGN: dict[str, Any] = {
    "function": "Vorstand",
    "entitled": "y",
    "password": PASSWORD,
    "number": 1,
}
NAME: dict[str, Any] = {
    "benannt-first_name": "Nora",
    "benannt-last_name": "Probe",
    "benannt-function": "Vorstand",
    "benannt-email": "nora@windwerk.example",
    "number": 1,
}
BY_LINK: dict[str, Any] = {"name": "Nora Probe", "function": "Vorstand", "entitled": "y"}
PHONE: dict[str, Any] = {
    "organisation_name": "Windwerk eG",
    "kind": "company",
    "first_name": "Paula",
    "last_name": "Probe",
    "function": "Vorstand",
    "email": "paula@windwerk.example",
    "entitled": "y",
}


def publish(ada: User, text: str = TEXT) -> Declaration:
    """The next version."""
    declaration = services.draft(by=ada, title="Interessensbekundung", text=text)
    services.publish(declaration, by=ada, seen_version=declaration.version)
    db.session.commit()
    return declaration


def a_signature(
    organisation: Organisation, declaration: Declaration, signer: User, **more: Any
) -> Signature:
    """Standing; no letters and no history of it."""
    more = {"name": signer.name, "function": "Vorstand", "way": Way.PORTAL} | more
    signature = new_signature(declaration, organisation, signer=signer, **more)
    db.session.commit()
    return signature


def a_nomination(organisation: Organisation, declaration: Declaration, by: User) -> Nomination:
    """Of Nora, who has no account."""
    nora = a_user("nora@windwerk.example", "Nora", "Probe", confirmed_at=None)
    return saved(
        Nomination(
            declaration=declaration,
            organisation=organisation,
            person=nora,
            first_name="Nora",
            last_name="Probe",
            function="Vorstand",
            named_by=by,
            named_at=now(),
            asked_at=now(),
        )
    )


def an_occasion(declaration: Declaration, **more: Any) -> Occasion:
    more = {"state": OccasionState.OPEN, "code": "b2345"} | more
    return saved(
        Occasion(
            title="Tagung",
            day=date(2026, 11, 20),
            declaration=declaration,
            created_at=now(),
            **more,
        )
    )


def a_provisional(occasion: Occasion, name: str = "Windwerk eG") -> ProvisionalSignature:
    return saved(
        ProvisionalSignature(
            occasion=occasion,
            organisation_name=name,
            folded_name=folded_name(name),
            kind=OrganisationKind.COMPANY,
            first_name="Paula",
            last_name="Probe",
            function="Vorstand",
            email="paula@windwerk.example",
            given_at=now() - DAY,
        )
    )


def link(nomination: Nomination, *, until: Any = None) -> str:
    token = token_for(nomination, "sign", until or now() + DAY)
    return f"/erklaerung/unterzeichnen/{nomination.id}/{token}"


def all_of(model: type[Any]) -> list[Any]:
    db.session.rollback()
    return list(db.session.scalars(select(model).order_by(model.id)))


def race(app: Any, *acts: Any) -> list[Any]:
    """All on connections of their own."""

    def run(act: Any) -> Any:
        with app.app_context():
            return act()

    db.session.rollback()
    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


@pytest.fixture
def meet() -> Any:
    """Where both wait after they have read; where a lock holds, only one of them gets there."""
    barrier = Barrier(2)

    def wait() -> None:
        with suppress(BrokenBarrierError):
            barrier.wait(timeout=0.5)

    return wait


@pytest.fixture(scope="session")
def hashed() -> str:
    return passwords.hashed(PASSWORD)


@pytest.fixture
def petra(petra: User, hashed: str) -> User:
    """Owner of Windwerk eG, with a password."""
    petra.password_hash = hashed
    return saved(petra)


@pytest.fixture
def eva(windwerk: Organisation, hashed: str) -> User:
    """May sign for Windwerk eG, and nothing else."""
    eva = a_user("eva@windwerk.example", "Eva", "Probe", password_hash=hashed)
    affiliated(eva, windwerk, AffiliationRole.SIGNATORY)
    return eva


@pytest.fixture
def declaration(ada: User) -> Declaration:
    """The first version; what it took to publish it stands in the history."""
    return publish(ada)
