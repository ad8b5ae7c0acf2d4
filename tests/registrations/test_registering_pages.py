"""One click to come: the button says what it does, and the answer where one stands."""

from datetime import timedelta

import pytest
import time_machine

from portal.core.database import db
from portal.core.times import now
from portal.events import services as events
from portal.events.models import Audience
from portal.partners.models import AffiliationRole
from portal.registrations import own, queries, services
from portal.registrations.policies import brings
from portal.teams.models import Joining, Team
from tests.cast import a_user, affiliated, an_organisation, saved, theme
from tests.events.conftest import a_seat
from tests.registrations.cast import (
    all_register,
    an_allocation,
    an_event,
    guest_registers,
    lines,
    people,
    states,
)
from tests.registrations.pages import buttons, words

EVENT = "/termine/fuenfte-allianztagung"
FORM = f"{EVENT}/anmelden"
ALONE = "/mein/termine/fuenfte-allianztagung/anmelden"
FOR_WINDWERK = "/mein/windwerk/termine/fuenfte-allianztagung/anmelden"


@pytest.fixture
def allocation(ada):
    return an_allocation(ada)


def test_one_organisation_one_click(client_of, petra, allocation):
    client = client_of(petra)
    page = client.get(EVENT)
    assert buttons(page) == [(FOR_WINDWERK, "Zum Termin anmelden")]
    assert "2 von 2 Plätzen frei" in words(page)

    answer = client.post(FOR_WINDWERK)

    assert (answer.status_code, answer.location) == (303, EVENT)
    assert states(allocation) == [(1, "confirmed")]
    after = client.get(EVENT)
    assert "Ihr Platz ist sicher. Ihre Nummer ist die 1." in words(after)
    assert "Platz bestätigt Ihre Nummer 1" in words(after)
    assert [label for _, label in buttons(after)] == ["Platz zurückgeben", "Meinen Namen zeigen"]


def test_when_full_the_button_names_the_place_in_line(client_of, petra, allocation):
    all_register(allocation, people(5))
    client = client_of(petra)

    assert buttons(client.get(EVENT)) == [(FOR_WINDWERK, "Warteliste, Platz 4")]
    assert "Auf der Warteliste stehen 3 Personen." in words(client.get(EVENT))
    client.post(FOR_WINDWERK)

    after = client.get(EVENT)
    assert "Sie stehen auf Platz 4 der Warteliste. Ihre Nummer ist die 6." in words(after)
    assert "Ihre Nummer 6 Warteliste Platz 4" in words(after)
    assert buttons(after)[0] == (
        "/mein/termine/fuenfte-allianztagung/abmelden",
        "Warteliste verlassen",
    )


def test_with_several_organisations_there_is_one_choice(client_of, petra, allocation):
    affiliated(petra, an_organisation("anbau", "Anbau GmbH"))

    assert buttons(client_of(petra).get(EVENT)) == [
        ("/mein/anbau/termine/fuenfte-allianztagung/anmelden", "Anmelden für Anbau GmbH"),
        (FOR_WINDWERK, "Anmelden für Windwerk eG"),
    ]


def test_without_an_organisation_one_comes_for_oneself(client_of, allocation):
    (person,) = people(1)
    client = client_of(person)

    assert buttons(client.get(EVENT)) == [(ALONE, "Zum Termin anmelden")]
    assert client.post(ALONE).status_code == 303
    assert states(allocation) == [(1, "confirmed")]


def test_question_takes_a_second_click_and_keeps_the_answer(client_of, petra, ada):
    allocation = an_allocation(ada, question="Essen Sie vegetarisch?")
    client = client_of(petra)
    page = client.get(EVENT)
    assert buttons(page) == [] and f'href="{FORM}"' in page.text

    form = client.get(FORM)
    assert "Essen Sie vegetarisch?" in form.text and f'formaction="{FOR_WINDWERK}"' in form.text
    client.post(FOR_WINDWERK, data={"answer": "Ja, gern.", "named_in_public": "y"})

    (made,) = queries.active(allocation)
    assert (made.answer, made.named_in_public) == ("Ja, gern.", True)


def test_answer_that_is_too_long_comes_back_and_takes_no_place(client_of, petra, ada):
    allocation = an_allocation(ada, question="Warum?")

    answer = client_of(petra).post(FOR_WINDWERK, data={"answer": "x" * 10_000})

    assert answer.status_code == 422
    assert "Kürzen Sie den Text auf höchstens 500 Zeichen." in answer.text
    assert states(allocation) == []


def test_second_click_and_reload_change_nothing(client_of, petra, allocation):
    client = client_of(petra)

    assert {client.post(FOR_WINDWERK).status_code for _ in range(3)} == {303}
    assert lines(allocation) == [("opened", None), ("confirmed", 1)]


def test_another_organisations_address_does_not_exist(client_of, petra, stefan, allocation):
    assert client_of(stefan).post(FOR_WINDWERK).status_code == 404
    assert client_of(petra).post(FOR_WINDWERK.replace("windwerk", "x" * 300)).status_code == 404
    assert states(allocation) == []


def test_resting_organisation_brings_nobody(client_of, petra, windwerk, ada):
    allocation = an_allocation(ada, an_event(ada, audience=Audience.PARTNERS))
    windwerk.suspended_at = now()
    db.session.commit()
    client = client_of(petra)

    page = client.get(EVENT)

    assert buttons(page) == [] and "Windwerk eG ruht zurzeit." in words(page)
    assert client.post(FOR_WINDWERK).status_code == 403
    assert client.post(ALONE).status_code == 403
    assert states(allocation) == []


def test_place_of_a_resting_organisation_can_be_given_back(client_of, petra, windwerk, allocation):
    client = client_of(petra)
    client.post(FOR_WINDWERK)
    windwerk.suspended_at = now()
    db.session.commit()

    assert "Platz zurückgeben" in words(client.get(EVENT))
    assert client.post("/mein/termine/fuenfte-allianztagung/abmelden").status_code == 303
    assert states(allocation) == [(1, "cancelled")]


def test_office_registers_for_no_partners_date(client_of, olga, ada):
    allocation = an_allocation(ada, an_event(ada, audience=Audience.PARTNERS))
    client = client_of(olga)

    assert buttons(client.get(EVENT)) == []
    assert client.post(ALONE).status_code == 403
    assert states(allocation) == []


def test_limit_of_an_organisation_is_said_before_and_after(client_of, petra, paul, ada, windwerk):
    allocation = an_allocation(ada, per_organisation=1)
    services.register(allocation, by=paul, organisation=windwerk)
    db.session.commit()
    client = client_of(petra)

    page, answer = client.get(EVENT), client.post(FOR_WINDWERK)

    assert "Windwerk eG hat schon so viele Anmeldungen" in words(page) and buttons(page) == []
    assert answer.status_code == 409 and f'href="{EVENT}"' in answer.text
    assert "Ihre Organisation hat schon so viele Anmeldungen" in answer.text
    assert states(allocation) == [(1, "confirmed")]


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (lambda a: a.opens_at - timedelta(seconds=1), "Die Anmeldung öffnet am "),
        (lambda a: a.closes_at, "Die Anmeldung ist seit "),
        (lambda a: a.event.ends_at, "Der Termin ist vorbei."),
    ],
)
def test_closed_is_said_in_words_and_a_click_meanwhile_gets_a_way_on(
    client_of, client, petra, allocation, moment, said
):
    with time_machine.travel(moment(allocation), tick=False):
        person = client_of(petra)
        page, form, guests = person.get(EVENT), person.get(FORM), client.get(FORM)
        answer = person.post(FOR_WINDWERK)

    for shown in (page, form, guests, answer):
        assert said in words(shown)
    assert buttons(page) == [] and buttons(guests) == []
    assert answer.status_code == 409
    assert f'href="{EVENT}"' in answer.text and 'href="/termine"' in answer.text
    assert states(allocation) == []


def test_cancelled_meanwhile_is_a_409_with_a_way_on(client_of, client, petra, allocation, ada):
    event = allocation.event
    events.cancel(event, by=ada, reason="Sturm", seen_version=event.version)
    db.session.commit()

    for answer in (client_of(petra).post(FOR_WINDWERK), client.post(FORM, data={})):
        assert answer.status_code == 409 and "Dieser Termin ist abgesagt." in words(answer)
        assert f'href="{EVENT}"' in answer.text
    assert "Anmeldung" not in words(client.get(EVENT))


def test_offer_has_its_time_and_is_taken_or_declined(client_of, ada):
    allocation = an_allocation(ada, an_event(ada, days=2.5))
    first, _, third, fourth = all_register(allocation, people(4))
    services.withdraw(first, by=first.person)
    db.session.commit()
    client = client_of(third.person)

    page = client.get(EVENT)
    assert "Ein Platz ist für Sie frei. Er gehört Ihnen, wenn Sie ihn bis" in words(page)
    assert [label for _, label in buttons(page)][:2] == ["Platz annehmen", "Angebot ablehnen"]
    assert client.post("/mein/termine/fuenfte-allianztagung/annehmen").status_code == 303
    assert states(allocation)[2:] == [(3, "confirmed"), (4, "waiting")]

    services.withdraw(third, by=third.person)
    db.session.commit()
    declining = client_of(fourth.person)
    assert declining.post("/mein/termine/fuenfte-allianztagung/abmelden").status_code == 303
    assert states(allocation)[3] == (4, "cancelled")


def test_offer_that_is_over_says_so(client_of, ada):
    allocation = an_allocation(ada, an_event(ada, days=2.5))
    first, _, third = all_register(allocation, people(3))
    services.withdraw(first, by=first.person)
    db.session.commit()
    client = client_of(third.person)

    with time_machine.travel(third.offered_until, tick=False):
        page = client.get(EVENT)
        answer = client.post("/mein/termine/fuenfte-allianztagung/annehmen")

    assert "Die Frist für dieses Angebot ist abgelaufen." in words(page)
    assert answer.status_code == 409 and "Dieses Angebot gilt nicht mehr" in words(answer)


def test_after_the_set_time_nobody_gives_back_by_themselves(client_of, allocation):
    first, *_ = all_register(allocation, people(1))
    client = client_of(first.person)

    with time_machine.travel(allocation.cancel_until, tick=False):
        page = client.get(EVENT)
        answer = client.post("/mein/termine/fuenfte-allianztagung/abmelden")

    assert "Platz zurückgeben" not in words(page)
    assert answer.status_code == 409 and "Schreiben Sie dem Projektbüro" in words(answer)
    assert states(allocation) == [(1, "confirmed")]


@pytest.mark.parametrize("act", ["abmelden", "annehmen", "nennen"])
def test_who_is_not_registered_acts_on_nothing(client_of, stefan, allocation, act):
    all_register(allocation, people(1))

    assert client_of(stefan).post(f"{ALONE.rpartition('/')[0]}/{act}").status_code == 404
    assert client_of(stefan).post(f"/mein/termine/gibt-es-nicht/{act}").status_code == 404
    assert states(allocation) == [(1, "confirmed")]


def test_team_date_is_for_its_team(client, client_of, ada, stefan, olga):
    team = saved(Team(slug="energie", name="Energie", theme=theme(), joining=Joining.ON_REQUEST))
    tara = a_user("tara@t.example", "Tara", "Team")
    a_seat(tara, an_organisation("teamwerk", "Teamwerk"), team)
    event = an_event(ada, audience=Audience.TEAM, team=team)
    allocation = an_allocation(ada, event)

    for stranger in (client, client_of(stefan)):
        for address in (EVENT, FORM, f"{EVENT}/platzvergabe", f"{FORM}/danke"):
            assert stranger.get(address).status_code == 404
    assert client_of(stefan).post(ALONE).status_code == 404
    assert client.post(FORM, data={}).status_code == 404
    assert buttons(client_of(tara).get(EVENT)) == [(ALONE, "Zum Termin anmelden")]
    assert client_of(tara).post(ALONE).status_code == 303
    assert client_of(olga).get(EVENT).status_code == 200
    assert client_of(olga).post(ALONE).status_code == 403
    assert states(allocation) == [(1, "confirmed")]


def test_offered_organisations_are_those_that_the_rule_allows(ada, petra, windwerk):
    outside = an_organisation("aussen", "Außen GmbH", member=False)
    resting = an_organisation("ruhend", "Ruhend AG", suspended_at=now())
    foreign = an_organisation("fremd", "Fremd AG")
    for one in (outside, resting):
        affiliated(petra, one, AffiliationRole.OWNER)
    everybody = [windwerk, outside, resting, foreign]

    for audience in (Audience.PUBLIC, Audience.PARTNERS):
        event = an_event(ada, title=f"Treffen {audience}", audience=audience)
        active, asleep = own.organisations_for(event, petra)
        assert {one.id for one in active} == {
            one.id for one in everybody if brings(petra, event, one)
        }
        assert asleep == [resting]


def test_log_in_makes_a_guest_entry_of_the_same_address_ones_own(client_of, ada, allocation):
    person = a_user("gast@x.example", "Gabi", "Gast")
    guest_registers(allocation, "gast@x.example")
    client = client_of(person)
    page = client.get(EVENT)
    assert "noch zu bestätigen" in words(page) and buttons(page)[0] == (
        ALONE,
        "Anmeldung bestätigen",
    )

    client.post(ALONE)

    assert lines(allocation)[-1] == ("proved", 1)
    assert states(allocation) == [(1, "confirmed")]


def test_pages_need_as_many_statements_with_one_organisation_as_with_three(
    client_of, statements, petra, allocation
):
    client = client_of(petra)

    def asked(address):
        with statements() as sent:
            assert client.get(address).status_code == 200
        return sent.number

    few = [asked(EVENT), asked(FORM)]
    for n in range(3):
        affiliated(petra, an_organisation(f"o{n}", f"Org {n}"))
    all_register(allocation, people(4))

    assert [asked(EVENT), asked(FORM)] == few
