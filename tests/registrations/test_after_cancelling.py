"""A date that is cancelled: what the office can no longer do with its places."""

import pytest

from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.times import now
from portal.events import services as events
from portal.registrations import services
from tests.registrations.cast import all_register, an_allocation, counters, lines, people, rules
from tests.registrations.office import a_mail, office
from tests.registrations.test_rules import errors


@pytest.fixture
def allocation(ada):
    """One place is free, and one waits: it was cancelled after the cut-off."""
    allocation = an_allocation(ada, moves_up_until=now())
    first, *_ = all_register(allocation, people(3))
    services.withdraw(first, by=first.person)
    event = allocation.event
    events.cancel(event, by=ada, reason="Sturm", seen_version=event.version)
    db.session.commit()
    return allocation


def test_more_places_move_nobody_up(ada, allocation):
    more = rules(allocation.event, capacity=9)

    with pytest.raises(Conflict):
        services.change_allocation(allocation, more, by=ada, seen_version=allocation.version)
    db.session.rollback()

    assert counters(allocation) == (1, 1)


def test_nobody_moves_up_by_hand(client_of, olga, allocation):
    client = client_of(olga)

    reply = client.post(office(allocation, "/anmeldungen/nachruecken"))

    assert reply.status_code == 409
    assert "Nachrücken lassen" not in client.get(office(allocation, "/anmeldungen")).text
    assert lines(allocation)[-1] == ("stopped", None)


def test_mail_is_not_entered_any_more(client_of, olga, allocation):
    reply = client_of(olga).post(office(allocation, "/anmeldungen/nachtragen"), data=a_mail(now()))

    assert reply.status_code == 422
    assert errors(reply)["arrived_day"] == "Dieser Termin ist abgesagt."


def test_list_and_rules_can_still_be_read(client_of, olga, allocation):
    client = client_of(olga)

    assert client.get(office(allocation, "/anmeldungen")).status_code == 200
    page = client.get(office(allocation, "/platzvergabe")).text
    assert "abgesagt" in page and 'name="capacity"' not in page
