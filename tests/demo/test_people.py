"""The accounts of contract.md, and that they can do what they are there for."""

import pytest
from sqlalchemy import select

from portal.accounts.models import OfficeRole, User
from portal.core.database import db
from portal.demo.services import PASSWORD
from portal.partners import queries as partners
from portal.partners.models import AffiliationRole, OrganisationKind
from portal.teams import queries as teams

PEOPLE = [
    "leitung@demo.example",
    "moderation@demo.example",
    "partner@demo.example",
    "mitglied@demo.example",
    "team@demo.example",
    "kommune@demo.example",
]


def person(email: str) -> User:
    return db.session.scalars(select(User).where(User.email == email)).one()


@pytest.mark.parametrize("email", PEOPLE)
def test_everybody_of_the_contract_logs_in(alliance, email) -> None:
    answer = alliance.test_client().post(
        "/konto/anmelden", data={"email": email, "password": PASSWORD}
    )

    assert answer.status_code == 303


@pytest.mark.usefixtures("alliance")
def test_roles_are_those_of_the_contract() -> None:
    assert person(PEOPLE[0]).office_role is OfficeRole.ADMINISTRATOR
    assert person(PEOPLE[1]).office_role is OfficeRole.MODERATOR
    owner, member, lead, municipal = (
        partners.affiliations_of(person(email)) for email in PEOPLE[2:]
    )
    assert [a.role for a in owner] == [AffiliationRole.OWNER]
    assert [a.role for a in member] == [AffiliationRole.MEMBER]
    assert owner[0].organisation is member[0].organisation
    assert lead[0].organisation is not owner[0].organisation
    assert municipal[0].organisation.kind is OrganisationKind.ADMINISTRATION
    assert [team.slug for team, _ in teams.led_by(person(PEOPLE[4]))] == ["energie"]
    assert "interkommunaler-austausch" in {
        seat.team.slug for seat in teams.seats_of(person(PEOPLE[5]))
    }


@pytest.mark.usefixtures("alliance")
def test_who_speaks_for_an_organisation_speaks_for_an_invented_one() -> None:
    for user in db.session.scalars(select(User)):
        for affiliation in partners.affiliations_of(user):
            assert affiliation.organisation.fictitious


@pytest.mark.usefixtures("alliance")
def test_all_addresses_can_reach_nobody() -> None:
    for user in db.session.scalars(select(User)):
        assert user.email.endswith(".example")
