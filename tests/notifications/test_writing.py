"""Letters are written in the transaction of the fact, to those who may be written to, once."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.accounts.facts import AccountChanged, PasswordChanged, PasswordLinkAsked
from portal.core.database import db
from portal.core.facts import tell
from portal.core.times import now
from portal.notifications.models import Letter, LetterState
from portal.notifications.services import write
from portal.partners.facts import ApplicationSent, ApplicationWithdrawn
from portal.projects.facts import ProjectPublished, ProjectSubmitted
from portal.teams.facts import SeatRequested
from portal.teams.models import SeatRole
from tests.cast import a_user
from tests.letters import letters
from tests.notifications import stage as stages


def written() -> list[tuple[str, str]]:
    db.session.flush()
    rows = db.session.scalars(select(Letter).order_by(Letter.id))
    return [(letter.recipient.email.partition("@")[0], letter.kind) for letter in rows]


def test_letter_keeps_what_the_worker_needs(petra):
    petra.language = "en"
    fact = PasswordChanged(by=petra, about=petra)

    write("accounts/password_changed", fact, [petra], receipt=True, day=now().date(), title="x")
    db.session.flush()

    [letter] = db.session.scalars(select(Letter))
    assert (letter.about, letter.about_id, letter.at) == ("user", petra.id, fact.at)
    assert (letter.language, letter.state, letter.attempts) == ("en", LetterState.WAITING, 0)
    assert letter.parameters == {"day": now().date().isoformat(), "title": "x"}
    assert letter.message_id.endswith("@dortmund.de")


def test_who_acted_hears_of_it_only_by_a_receipt(petra, paul):
    fact = AccountChanged(by=petra, about=petra)

    write("accounts/password_changed", fact, [petra, paul])
    write("accounts/password_link_asked", fact, [petra], receipt=True)

    assert written() == [
        ("paul", "accounts/password_changed"),
        ("petra", "accounts/password_link_asked"),
    ]


def test_locked_person_is_never_written_to(petra):
    petra.locked_at = now()

    write("x/y", AccountChanged(by=None, about=petra), [petra], receipt=True, to_unconfirmed=True)

    assert written() == []


def test_unconfirmed_person_is_only_asked_to_confirm(app):
    ute = a_user("ute@x.example", "Ute", "Probe", confirmed_at=None)
    fact = AccountChanged(by=None, about=ute)

    write("x/other", fact, [ute])
    write("x/confirm", fact, [ute], to_unconfirmed=True)

    assert written() == [("ute", "x/confirm")]


def test_nobody_gets_a_letter_twice(petra, paul):
    write("x/y", AccountChanged(by=None, about=petra), [paul, petra, paul])

    assert written() == [("paul", "x/y"), ("petra", "x/y")]


def test_database_refuses_the_same_letter_of_the_same_fact(petra):
    fact = AccountChanged(by=None, about=petra)
    write("x/y", fact, [petra])
    write("x/y", fact, [petra])

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_letter_falls_with_its_transaction(petra):
    tell(PasswordLinkAsked(by=None, about=petra))
    db.session.rollback()

    assert letters() == []


def test_import_tells_nobody(app):
    stage = stages.build()

    tell(ProjectSubmitted(by=None, for_=stage.windwerk, about=stage.project))
    tell(ProjectPublished(by=None, for_=stage.windwerk, about=stage.project))

    assert written() == []


def test_application_that_was_never_confirmed_is_withdrawn_in_silence(app):
    stage = stages.build()
    stage.application.received_at = None

    tell(ApplicationWithdrawn(by=stage.people["anna"], about=stage.application))

    assert written() == []


def test_unconfirmed_applicant_is_asked_to_confirm(app):
    stage = stages.build()
    stage.people["anna"].confirmed_at = None

    tell(ApplicationSent(by=stage.people["anna"], about=stage.application))

    assert written() == [("anna", "partners/application_sent")]


def test_author_who_left_hears_nothing_more(app):
    stage = stages.build()
    stage.project.author = stage.people["gesa"]

    tell(ProjectPublished(by=stage.people["olga"], for_=stage.windwerk, about=stage.project))

    assert [name for name, _kind in written()] == ["petra", "eva"]


def test_who_was_tied_more_than_a_year_ago_decides_again(app):
    stage = stages.build()
    for affiliation in stage.windwerk.affiliations:
        if affiliation.user is stage.people["tom"]:
            affiliation.until = now() - timedelta(days=366)

    tell(ProjectSubmitted(by=stage.people["petra"], for_=stage.windwerk, about=stage.project))

    assert sorted(name for name, _kind in written()) == ["ada", "olga", "tom"]


def test_request_goes_to_the_office_when_all_leads_are_locked(app):
    stage = stages.build()
    for name in ("lara", "dora"):
        stage.people[name].locked_at = now()

    tell(SeatRequested(by=stage.people["paul"], for_=stage.windwerk, about=stage.request))

    assert written() == [("ada", "teams/seat_requested_office")]


def test_each_lead_gets_the_link_of_the_organisation_led_for(app):
    stage = stages.build()
    stages.a_seat(stage.people["petra"], stage.windwerk, stage.request.team, role=SeatRole.DEPUTY)

    tell(SeatRequested(by=stage.people["paul"], for_=stage.windwerk, about=stage.request))
    db.session.flush()

    slugs = {
        letter.recipient.first_name: letter.parameters["lead_organisation_slug"]
        for letter in db.session.scalars(select(Letter))
    }
    assert slugs == {"Lara": "netzwerk", "Dora": "netzwerk", "Petra": "windwerk"}
