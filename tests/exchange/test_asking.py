"""Two organisations write to each other through the portal; addresses stay hidden until both
have."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.core.database import db
from portal.core.times import now
from portal.exchange.models import Inquiry, InquiryState, Message, OfferState
from portal.exchange.services import asking
from portal.notifications.messages import words
from portal.notifications.models import Letter
from portal.partners import services as partners
from tests.cast import affiliated, an_organisation
from tests.exchange.making import LIST, MINE, THEIRS, asked, fresh, in_life, published, shown, typed
from tests.letters import history, letters

TEXT = "Passt das zu unserem Hof?"


def number(model) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(model.id)))


@pytest.fixture
def inquiry(live, stefan, solarhof) -> Inquiry:
    return asked(live, stefan, solarhof)


def test_button_leads_to_the_form_of_ones_only_organisation(client_of, live, stefan):
    client = client_of(stefan)

    led = client.get(f"{LIST}/{live.slug}/anfragen")

    assert led.location == f"{THEIRS}/anfragen/an/{live.slug}"
    assert "Schreiben Sie an Windwerk eG" in client.get(led.location).text


def test_question_reaches_the_writers_of_the_entry_without_address_or_text(
    client_of, live, stefan, petra, erik, paul
):
    data = {"text": TEXT, "shows_address": "y"}

    answer = client_of(stefan).post(f"{THEIRS}/anfragen/an/{live.slug}", data=data)

    inquiry = db.session.scalars(select(Inquiry)).one()
    assert answer.location == f"{THEIRS}/anfragen/{inquiry.key}"
    assert letters() == [
        ("petra@windwerk.example", "exchange/inquiry_sent"),
        ("erik@windwerk.example", "exchange/inquiry_sent"),
    ]
    assert history()[-1][0] == "InquirySent"
    page = client_of(petra).get(f"{MINE}/anfragen/{inquiry.key}").text
    assert TEXT in page and "Solarhof GmbH" in page
    assert "Stefan" not in page and "stefan@" not in page


def test_letters_name_neither_address_nor_text(client_of, live, stefan, petra):
    data = {"text": TEXT, "shows_address": "y"}
    client_of(stefan).post(f"{THEIRS}/anfragen/an/{live.slug}", data=data)

    subject, text = words(db.session.scalars(select(Letter)).one())

    assert TEXT not in text and "stefan" not in (subject + text).lower()
    assert f"{MINE}/anfragen/" in text


@pytest.mark.parametrize(
    ("asks", "answers", "asking_sees", "asked_sees"),
    [(True, True, True, True), (True, False, False, True), (False, False, False, False)],
)
def test_after_an_answer_each_side_sees_who_agreed(
    client_of, live, stefan, solarhof, petra, asks, answers, asking_sees, asked_sees
):
    inquiry = asked(live, stefan, solarhof, shows_address=asks)
    data = {"text": "Gern."} | ({"shows_address": "y"} if answers else {})

    client_of(petra).post(f"{MINE}/anfragen/{inquiry.key}", data=data)

    theirs = client_of(stefan).get(f"{THEIRS}/anfragen/{inquiry.key}").text
    ours = client_of(petra).get(f"{MINE}/anfragen/{inquiry.key}").text
    assert ("mailto:petra@windwerk.example" in theirs, "Petra Probe" in theirs) == (
        asking_sees,
        asking_sees,
    )
    assert ("mailto:stefan@solarhof.example" in ours, "Stefan Stern" in ours) == (
        asked_sees,
        asked_sees,
    )


def test_states_follow_who_writes(client_of, inquiry, stefan, petra):
    theirs, ours = f"{THEIRS}/anfragen/{inquiry.key}", f"{MINE}/anfragen/{inquiry.key}"
    states = []
    for person, address in ((stefan, theirs), (petra, ours), (stefan, theirs), (petra, ours)):
        client_of(person).post(address, data={"text": "Hallo."})
        fresh(inquiry)
        states.append(inquiry.state)

    client_of(stefan).post(f"{theirs}/schliessen", data={"version": inquiry.version})
    late = client_of(petra).post(ours, data={"text": "Noch etwas."})

    answered = InquiryState.ANSWERED
    assert states == [InquiryState.NEW, answered, answered, answered]
    assert late.status_code == 409
    assert "Noch etwas.</textarea>" in late.text
    assert [kind for who, kind in letters() if who.startswith("petra")] == [
        f"exchange/inquiry_{name}" for name in ("sent", "continued", "continued", "closed")
    ]
    assert [kind for who, kind in letters() if who.startswith("stefan")] == [
        f"exchange/inquiry_{name}" for name in ("answered", "continued")
    ]


def test_nobody_else_reads_a_thread(client_of, inquiry, paul, olga, ada, petra):
    third = an_organisation("netzwerk", "Netzwerk AG")
    affiliated(petra, third)
    mine = f"{MINE}/anfragen/{inquiry.key}"

    assert client_of(paul).get(mine).status_code == 404
    assert client_of(olga).get(mine).status_code == 403
    assert client_of(ada).get(mine).status_code == 403
    elsewhere = f"/mein/netzwerk/kooperationen/anfragen/{inquiry.key}"
    assert client_of(petra).get(elsewhere).status_code == 404


def test_no_office_page_shows_what_was_written(client_of, inquiry, live, ada):
    client = client_of(ada)
    pages = (f"/projektbuero/kooperationen/{live.key}", "/projektbuero/protokoll", "/projektbuero")

    assert not any("Passt das zu uns?" in client.get(page).text for page in pages)


def test_own_entry_takes_no_question(client_of, live, petra):
    address = f"{MINE}/anfragen/an/{live.slug}"

    assert client_of(petra).get(address).status_code == 403
    assert client_of(petra).post(address, data={"text": TEXT}).status_code == 403
    turned_back = client_of(petra).get(f"{LIST}/{live.slug}/anfragen")
    assert (turned_back.status_code, turned_back.location) == (302, f"{LIST}/{live.slug}")
    assert number(Inquiry) == 0


def test_double_click_sends_one_message(client_of, live, stefan):
    client, data = client_of(stefan), {"text": TEXT, "key": "k" * 16}
    address = f"{THEIRS}/anfragen/an/{live.slug}"

    answers = [client.post(address, data=data) for _ in range(2)]

    assert answers[0].location == answers[1].location
    assert (number(Inquiry), number(Message), len(letters())) == (1, 1, 1)


def test_second_question_goes_into_the_open_thread(client_of, inquiry, live, stefan):
    client, address = client_of(stefan), f"{THEIRS}/anfragen/an/{live.slug}"

    looked = client.get(address)
    client.post(address, data={"text": "Und wann?"})

    assert looked.location == f"{THEIRS}/anfragen/{inquiry.key}"
    assert (number(Inquiry), number(Message)) == (1, 2)


def test_after_the_end_of_a_thread_a_new_one_may_begin(client_of, inquiry, live, stefan):
    inquiry.state = InquiryState.CLOSED
    db.session.commit()

    answer = client_of(stefan).post(f"{THEIRS}/anfragen/an/{live.slug}", data={"text": TEXT})

    assert answer.status_code == 303
    assert number(Inquiry) == 2


@pytest.mark.parametrize(
    ("state", "status"),
    [(OfferState.EXPIRED, 410), (OfferState.ENDED, 410), (OfferState.REMOVED, 404)],
)
def test_what_is_over_takes_no_new_question_and_goes_on_with_old_ones(
    client_of, inquiry, live, stefan, petra, state, status
):
    in_life(live, state)
    other = published(live.organisation, "Noch eins")
    in_life(other, state)
    address = f"{THEIRS}/anfragen/an/{other.slug}"

    assert client_of(stefan).post(address, data={"text": TEXT}).status_code == status
    go_on = client_of(petra).post(f"{MINE}/anfragen/{inquiry.key}", data={"text": "Ja."})
    assert go_on.status_code == 303


def test_resting_organisation_reads_and_does_not_write(
    client_of, inquiry, solarhof, stefan, windwerk, petra, ada, live
):
    partners.suspend(
        solarhof, by=ada, reason="Streit", projects_rest=False, seen_version=solarhof.version
    )
    db.session.commit()
    client, thread = client_of(stefan), f"{THEIRS}/anfragen/{inquiry.key}"

    assert client.get(thread).status_code == 200
    assert "Nachricht senden" not in client.get(thread).text
    assert client.post(thread, data={"text": "Hallo?"}).status_code == 403
    assert client.post(f"{THEIRS}/anfragen/an/{live.slug}", data={"text": "?"}).status_code == 403
    assert number(Message) == 1


def test_flood_is_stopped_each_day(client_of, live, stefan, solarhof, monkeypatch):
    monkeypatch.setattr(asking, "MOST_INQUIRIES", 2)
    monkeypatch.setattr(asking, "MOST_MESSAGES", 3)
    client = client_of(stefan)
    offers = [published(live.organisation, f"Eintrag {place}") for place in range(3)]
    addresses = [f"{THEIRS}/anfragen/an/{offer.slug}" for offer in offers]

    sent = [client.post(address, data={"text": "?"}).status_code for address in addresses]
    first = db.session.scalars(select(Inquiry).order_by(Inquiry.id)).first()
    more = [
        client.post(f"{THEIRS}/anfragen/{first.key}", data={"text": "?"}).status_code
        for _ in range(2)
    ]
    for each in db.session.scalars(select(Inquiry)):
        each.begun_at = now() - timedelta(days=1)
    for each in db.session.scalars(select(Message)):
        each.written_at = now() - timedelta(days=1)
    db.session.commit()

    assert sent == [303, 303, 429]
    assert more == [303, 429]
    assert client.post(addresses[2], data={"text": "?"}).status_code == 303


def test_dashboard_and_list_say_who_waits(client_of, inquiry, petra, stefan):
    assert "Solarhof GmbH fragt zu" in client_of(petra).get("/mein").text
    assert "Solarhof GmbH fragt zu" not in client_of(stefan).get("/mein").text
    assert "eine wartet auf Ihre Antwort" in client_of(petra).get(MINE).text
    for person, side in ((petra, MINE), (stefan, THEIRS)):
        page = client_of(person).get(f"{side}/anfragen").text
        assert "wartet auf Antwort" in page


def test_draft_of_a_new_text_does_not_leak_into_a_question(client_of, live, petra, stefan):
    data = typed(title="Geheim") | shown(live)
    client_of(petra).post(f"{MINE}/{live.key}/bearbeiten", data=data)
    client = client_of(stefan)

    page = client.get(f"{THEIRS}/anfragen/an/{live.slug}").text
    client.post(f"{THEIRS}/anfragen/an/{live.slug}", data={"text": TEXT})

    assert "Geheim" not in page
    assert "Geheim" not in client.get(f"{THEIRS}/anfragen").text
