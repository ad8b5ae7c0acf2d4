"""What the page foresees is what happens then."""

from datetime import timedelta

import pytest

from portal.core.database import db
from portal.registrations import queries, services
from portal.registrations.forecast import forecast
from portal.registrations.models import Way
from tests.registrations.cast import a_guest, all_register, an_allocation, people

MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("which", "away", "place"),
    [(3, -MOMENT, 1), (3, 0 * MOMENT, 2), (3, MOMENT, 2), (4, -MOMENT, 2), (4, MOMENT, 3)],
)
def test_mail_gets_the_place_in_line_that_was_foreseen(ada, which, away, place):
    """Who came in the same microsecond and has the lower number stays ahead."""
    allocation = an_allocation(ada)
    registrations = all_register(allocation, people(4))
    arrived = registrations[which - 1].received_at + away

    foreseen = forecast(allocation, arrived)
    made = services.take_in(allocation, a_guest(), by=ada, way=Way.MAIL, arrived_at=arrived)
    db.session.commit()

    assert foreseen.place_in_line == queries.place_in_line(made) == place
    assert [one.number for one in foreseen.behind] == [n for n in (3, 4) if n >= place + 2]


def test_free_place_is_foreseen_while_nobody_waits(ada):
    allocation = an_allocation(ada)
    (registration,) = all_register(allocation, people(1))
    arrived = registration.received_at - timedelta(hours=1)

    foreseen = forecast(allocation, arrived)
    made = services.take_in(allocation, a_guest(), by=ada, way=Way.PHONE, arrived_at=arrived)

    assert foreseen.place_in_line is None and made.state.value == "confirmed"
