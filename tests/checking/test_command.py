"""`flask check` says with figures what holds, and names what does not."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.core.database import db
from portal.events.models import Event
from portal.partners.services.directory import index_partner
from portal.registrations import services
from portal.registrations.models import Allocation, Registration
from tests.indexes import without_index
from tests.registrations.cast import all_register, an_allocation, people, rules


@pytest.fixture
def allocation(ada):
    """Two with a place, two in line."""
    allocation = an_allocation(ada)
    all_register(allocation, people(4))
    return allocation


@pytest.fixture
def check(app):
    def run():
        db.session.rollback()
        return app.test_cli_runner().invoke(args=["check"])

    return run


def plant(statement, **values):
    db.session.execute(sa.text(statement), values)
    db.session.commit()


def test_all_is_well_with_figures(allocation, check):
    answer = check()

    assert answer.exit_code == 0, answer.output
    assert answer.output.splitlines()[:4] == [
        "ok     places are counted (1 dates, 4 registrations)",
        "ok     ledgers give the same seats (5 lines)",
        "ok     everybody is registered once (4 active registrations)",
        "ok     organisations keep to their limits (0 at dates)",
    ]


def test_it_only_reads(allocation, check):
    before = db.session.execute(sa.select(Allocation.lines, Allocation.version)).one()

    check()

    assert db.session.execute(sa.select(Allocation.lines, Allocation.version)).one() == before


FAULTS = {
    "UPDATE allocation SET taken = 1": "taken: 1, counted again 2",
    "UPDATE allocation SET waiting = 3": "waiting: 3, counted again 2",
    "UPDATE allocation SET numbers = 5": "numbers: 5, counted again 4",
    "UPDATE allocation SET lines = 9": "lines: 9, counted again 5",
    "UPDATE allocation SET capacity = 3": "places: 3, counted again 2",
    "UPDATE allocation SET state = 'stopped'": "it is stopped, the ledger says otherwise",
    "UPDATE registration SET state = 'confirmed' WHERE number = 3": (
        "number 3 is confirmed, the ledger says waiting"
    ),
    "UPDATE registration SET state = 'waiting' WHERE number = 1": (
        "number 1 is waiting, the ledger says confirmed"
    ),
    "DELETE FROM registration WHERE number = 2": "number 2 is missing, the ledger says confirmed",
    "DELETE FROM ledger_entry WHERE line = 3": "line 4: follows line 2",
    "DELETE FROM ledger_entry WHERE line = 5": "number 4 is waiting, the ledger says missing",
    "UPDATE ledger_entry SET move = 'confirmed' WHERE line = 5": (
        "line 5: number 4 got a place while none was free"
    ),
}


@pytest.mark.parametrize(("statement", "told"), FAULTS.items())
def test_planted_fault_is_named(allocation, check, statement, told):
    plant(statement)

    answer = check()

    assert answer.exit_code == 1
    assert f"{allocation.event.slug}: {told}" in answer.output.replace(":  ", ": ")


def test_changed_time_of_arrival_shows_in_the_line(allocation, check):
    last = db.session.scalars(sa.select(Registration).where(Registration.number == 4)).one()
    last.received_at -= timedelta(hours=1)
    db.session.commit()

    assert "the line is [4, 3], the ledger says [3, 4]" in check().output


def test_person_who_is_registered_twice_is_named(allocation, check):
    with without_index("uq_registration_active"):
        plant("UPDATE registration SET person_id = (SELECT min(person_id) FROM registration)")
        output = check().output
        plant("DELETE FROM registration")

    assert "is registered 4 times" in output


def test_organisation_over_its_limit_is_named_unless_the_limit_was_lowered(
    ada, petra, paul, windwerk, check
):
    index_partner(windwerk)
    allocation = an_allocation(ada)
    for person in (petra, paul):
        services.register(allocation, by=person, organisation=windwerk)
        db.session.commit()
    lowered = rules(allocation.event, per_organisation=1)
    services.change_allocation(allocation, lowered, by=ada, seen_version=allocation.version)
    db.session.commit()
    assert check().exit_code == 0

    allocation.changed_at = allocation.created_at
    db.session.commit()

    assert "windwerk has 2 of at most 1" in check().output


def test_rules_that_changed_later_accuse_nobody(allocation, ada, check, monkeypatch):
    """After the cut-off a place stayed free; then the office lets people move up for longer."""
    late = rules(allocation.event, moves_up_until=allocation.created_at)
    services.change_allocation(allocation, late, by=ada, seen_version=allocation.version)
    first = db.session.scalars(sa.select(Registration).where(Registration.number == 1)).one()
    services.withdraw(first, by=first.person)
    db.session.commit()
    assert check().exit_code == 0

    again = rules(allocation.event)
    services.change_allocation(allocation, again, by=ada, seen_version=allocation.version)
    db.session.commit()

    assert check().exit_code == 0


def test_wrong_public_figure_is_named(windwerk, check):
    index_partner(windwerk)
    db.session.commit()
    plant("UPDATE counter SET number = 7 WHERE facet = 'partners.kind'")

    answer = check()

    assert answer.exit_code == 1
    assert "counter partners.kind.company: 7, counted again 1" in answer.output


def test_what_the_search_lacks_or_has_too_much_is_named(allocation, windwerk, check):
    event = db.session.scalars(sa.select(Event.id)).one()
    plant(f"UPDATE search_entry SET object_id = {event + 1} WHERE kind = 'event'")

    output = check().output

    assert f"event {event} is public, and nobody finds it" in output
    assert f"event {event + 1} is found, and not public" in output
    assert f"partner {windwerk.id} is public, and nobody finds it" in output
