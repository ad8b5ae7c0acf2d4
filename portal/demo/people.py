"""Accounts of the demo (contract.md names six of them) and for whom they speak."""

from portal.accounts.facts import OfficeUserCreated
from portal.accounts.models import OfficeRole, User
from portal.core.database import db
from portal.demo.dataset import Row, rows
from portal.demo.world import World
from portal.partners.models import Affiliation, AffiliationRole


def load(world: World) -> str:
    found = rows("accounts")
    for row in found:
        world.people[row["email"]] = _add(world, row)
    db.session.flush()
    for person in world.people.values():
        if person.is_office:
            world.note(OfficeUserCreated, world.opened, by=None, about=person)
    return f"{len(found)} accounts"


def _add(world: World, row: Row) -> User:
    person = User(
        email=row["email"],
        first_name=row["first_name"],
        last_name=row["last_name"],
        office_role=OfficeRole(row["office_role"]),
        password_hash=world.password_hash,
        confirmed_at=world.opened,
        created_at=world.opened,
    )
    db.session.add(person)
    db.session.add_all(
        Affiliation(
            user=person,
            organisation=world.organisations[entry["organisation"]],
            role=AffiliationRole(entry["role"]),
            function=entry["function"],
            since=world.opened,
        )
        for entry in row["affiliations"]
    )
    return person
