"""Two at the same moment, on two connections: one wins, and nothing is there twice."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from sqlalchemy import select, text

from portal.core.database import db
from portal.partners.models import ApplicationState, Organisation
from portal.partners.services import applying, deciding
from portal.partners.workflow import WORKFLOW
from tests.letters import letters
from tests.partners.conftest import START, an_application, applications, fill_in


@pytest.fixture
def meet():
    """Where both wait after they have read; where a lock holds, only one of them gets there."""
    barrier = Barrier(2)

    def wait():
        with suppress(BrokenBarrierError):
            barrier.wait(timeout=0.5)

    return wait


def race(app, *acts):
    def run(act):
        with app.app_context():
            return act()

    db.session.rollback()
    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def two_clicks(app, client):
    """The same browser twice, with the same cookie."""
    second = app.test_client()
    with client.session_transaction() as session, second.session_transaction() as same:
        same.update(session)
    return [lambda one=one: one.post(f"{START}/pruefen").status_code for one in (client, second)]


def test_double_click_makes_one_application(app, client, meet, monkeypatch):
    fill_in(client)
    make = applying._application

    def meet_and_make(*answers):
        meet()
        return make(*answers)

    monkeypatch.setattr(applying, "_application", meet_and_make)

    assert race(app, *two_clicks(app, client)) == [303, 303]
    assert len(applications()) == 1
    assert letters() == [("kim@probewerk.example", "partners/application_sent")]


def test_without_the_lock_the_same_clicks_make_two(app, client, meet):
    fill_in(client)

    def send():
        with db.engine.begin() as connection:
            (kept,) = connection.execute(text("SELECT answers FROM application_draft")).all()
        meet()
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE application_draft SET answers = '{}'"))
        return bool(kept)

    assert race(app, send, send) == [True, True]


def test_two_first_applications_with_one_new_address_make_one_person(app, meet, monkeypatch):
    clients = [app.test_client() for _ in range(2)]
    for number, client in enumerate(clients):
        fill_in(client, name=f"Werk {number}")
    add = applying.account_services.add_user

    def meet_and_add(**answers):
        meet()
        return add(**answers)

    monkeypatch.setattr(applying.account_services, "add_user", meet_and_add)

    clicks = [lambda one=one: one.post(f"{START}/pruefen").status_code for one in clients]

    assert race(app, *clicks) == [303, 303]
    assert sorted(a.name for a in applications()) == ["Werk 0", "Werk 1"]
    assert len({a.applicant_id for a in applications()}) == 1


def test_admission_against_refusal_has_one_winner(
    app, client_of, olga, ada, application, meet, monkeypatch
):
    take = WORKFLOW.take

    def meet_and_take(*args, **kwargs):
        meet()
        take(*args, **kwargs)

    monkeypatch.setattr(WORKFLOW, "take", meet_and_take)
    case, data = f"/projektbuero/antraege/{application.number}", {"version": application.version}
    admitting, declining = client_of(olga), client_of(ada)

    answers = race(
        app,
        lambda: admitting.post(f"{case}/aufnehmen", data=data).status_code,
        lambda: declining.post(f"{case}/ablehnen", data=data | {"reason": "Nein."}).status_code,
    )

    admitted = answers[0] == 303
    assert sorted(answers) == [303, 409]
    assert len(letters()) == 1
    assert applications()[0].state is (
        ApplicationState.ADMITTED if admitted else ApplicationState.DECLINED
    )
    assert len(db.session.scalars(select(Organisation.id)).all()) == int(admitted)


def test_without_version_and_lock_both_decisions_would_count(app, application, meet):
    def decide(state):
        with db.engine.begin() as connection:
            seen = connection.scalar(text("SELECT state FROM application"))
        meet()
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE application SET state = :state"), {"state": state})
        return seen

    seen = race(app, lambda: decide("admitted"), lambda: decide("declined"))

    assert seen == ["received", "received"]


def test_two_applications_of_one_name_at_once_get_two_addresses(
    app, client_of, olga, ada, kim, meet, monkeypatch
):
    make = deciding.new_organisation

    def make_and_meet(**answers):
        made = make(**answers)
        meet()
        return made

    monkeypatch.setattr(deciding, "new_organisation", make_and_meet)
    cases = [an_application(kim) for _ in range(2)]
    clients = [client_of(olga), client_of(ada)]

    answers = race(
        app,
        *(
            lambda c=c, a=f"/projektbuero/antraege/{x.number}/aufnehmen": (
                c.post(a, data={"version": 1}).status_code
            )
            for c, x in zip(clients, cases, strict=True)
        ),
    )

    slugs = sorted(db.session.scalars(select(Organisation.slug)))
    # With SQLite's lock one waits for the other; with PostgreSQL the slower one is asked to try
    # again, and nothing of it is stored.
    assert (sorted(answers), slugs) in [
        ([303, 303], ["probewerk-ggmbh", "probewerk-ggmbh-2"]),
        ([303, 409], ["probewerk-ggmbh"]),
    ]
