"""Ninety days, two reminders, one click: what time does to an entry, and its people against it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from portal.core.database import db
from portal.core.times import today
from portal.exchange import services
from portal.exchange.models import OfferState, Outcome
from tests.exchange.making import (
    LIST,
    MINE,
    days_left,
    fresh,
    in_life,
    published,
    shown,
    state_of,
    typed,
)
from tests.letters import history, letters

REMINDED = ("petra@windwerk.example", "exchange/offer_reminded")
OVER = ("petra@windwerk.example", "exchange/offer_expired")


def run(job) -> int:
    number = job()
    db.session.commit()
    return number


@pytest.mark.parametrize(
    ("left", "due"), [(15, 0), (14, 1), (4, 1), (3, 1), (0, 1), (-1, 0), (60, 0)]
)
def test_reminder_goes_out_fourteen_days_before_and_only_once(petra, paul, live, left, due):
    days_left(live, left)

    assert [run(services.remind_owners) for _ in range(2)] == [due, 0]
    assert letters() == [REMINDED] * due


def test_second_reminder_follows_three_days_before(petra, live):
    days_left(live, 14)
    run(services.remind_owners)

    days_left(live, 3)

    assert [run(services.remind_owners) for _ in range(2)] == [1, 0]
    assert letters() == [REMINDED] * 2


def test_renewed_term_is_reminded_of_anew(petra, live):
    days_left(live, 3)
    run(services.remind_owners)
    services.renew(live, by=petra, seen_version=live.version)
    db.session.commit()

    days_left(live, 14)

    assert run(services.remind_owners) == 1


def test_reminder_leaves_open_forms_alone(petra, live):
    days_left(live, 14)
    before = shown(live)

    run(services.remind_owners)

    assert shown(live) == before


def test_entry_expires_on_the_day_after_its_last_one_and_once(client, petra, live):
    days_left(live, 0)
    assert run(services.expire_offers) == 0

    days_left(live, -1)

    assert [run(services.expire_offers) for _ in range(2)] == [1, 0]
    assert state_of(live) is OfferState.EXPIRED
    assert letters() == [OVER]
    assert live.slug not in client.get("/suche?q=windmesser").text


@pytest.mark.parametrize("state", [OfferState.ONLINE, OfferState.EXPIRED])
def test_one_click_renews_for_ninety_days(client_of, client, petra, live, state):
    data = in_life(live, state)
    address = f"{MINE}/{live.key}/erneuern"

    looked = client_of(petra).get(address)
    before = state_of(live)
    clicked = client_of(petra).post(address, data=data)

    assert (looked.status_code, before, clicked.status_code) == (200, state, 303)
    assert "Um 90 Tage erneuern" in looked.text
    assert state_of(live) is OfferState.ONLINE
    assert live.expires_on == today() + timedelta(days=90)
    assert client.get(f"{LIST}/{live.slug}").status_code == 200
    assert live.slug in client.get("/suche?q=windmesser").text


def test_day_is_that_of_berlin(windwerk):
    with time_machine.travel(datetime(2026, 12, 31, 23, 30, tzinfo=UTC), tick=False):
        offer = published(windwerk, "Spät")

    assert offer.expires_on.isoformat() == "2027-04-01"


def test_what_nobody_renews_stays_renewable_from_the_dashboard(client_of, petra, live):
    days_left(live, -1)
    run(services.expire_offers)

    page = client_of(petra).get("/mein").text

    assert "ist abgelaufen" in page
    assert f"{MINE}/{live.key}/erneuern" in page


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_can_be_recorded_and_is_read_by_its_people(client_of, petra, live, outcome):
    client, address = client_of(petra), f"{MINE}/{live.key}"

    answer = client.post(f"{address}/beenden", data=shown(live) | {"outcome": outcome.value})

    assert (answer.status_code, state_of(live)) == (303, OfferState.ENDED)
    assert live.outcome is outcome
    assert f": {outcome.label}." in client.get(address).text


def test_end_asks_what_came_of_it(client_of, petra, live):
    client, address = client_of(petra), f"{MINE}/{live.key}/beenden"

    silent = client.post(address, data=shown(live))
    said = client.post(address, data=shown(live) | {"outcome": "found"})

    assert (silent.status_code, said.status_code) == (422, 303)
    assert "Sagen Sie, was daraus geworden ist." in silent.text
    assert state_of(live) is OfferState.ENDED
    assert live.outcome is Outcome.FOUND
    assert history()[-1][0] == "OfferEnded"


def test_end_takes_a_waiting_text_back(client_of, petra, olga, live):
    client = client_of(petra)
    client.post(f"{MINE}/{live.key}/bearbeiten", data=typed(title="Neu hier") | shown(live))
    client.post(f"{MINE}/{live.key}/einreichen", data=shown(live))
    waiting = shown(live)

    client.post(f"{MINE}/{live.key}/beenden", data=waiting | {"outcome": "no_match"})

    late = client_of(olga).post(
        f"/projektbuero/kooperationen/{live.key}/veroeffentlichen", data=shown(live)
    )
    assert late.status_code == 409
    assert state_of(live) is OfferState.ENDED


def test_published_again_after_its_end_it_begins_anew(client_of, petra, olga, live):
    in_life(live, OfferState.ENDED)
    client = client_of(petra)
    client.post(f"{MINE}/{live.key}/bearbeiten", data=typed(title="Neu hier") | shown(live))
    client.post(f"{MINE}/{live.key}/einreichen", data=shown(live))

    client_of(olga).post(
        f"/projektbuero/kooperationen/{live.key}/veroeffentlichen", data=shown(live)
    )

    fresh(live)
    assert (live.state, live.outcome, live.ended_at) == (OfferState.ONLINE, Outcome.OPEN, None)
    assert live.slug == "windmesser-zum-leihen"
