"""The office plans signing on the day and checks each provisional signature: it becomes that
partner's, dated when it was given, or it is declined with a reason."""

import pytest

from portal.accounts.models import User
from portal.charter.models import (
    Occasion,
    OccasionState,
    ProvisionalSignature,
    ProvisionalState,
    Signature,
    Way,
)
from portal.charter.services import checking
from portal.core.database import db
from portal.core.times import today
from portal.notifications.messages import words
from portal.notifications.models import Letter
from portal.partners.models import AffiliationRole
from tests.cast import affiliated, an_organisation
from tests.charter.conftest import (
    PHONE,
    a_provisional,
    a_signature,
    all_of,
    an_occasion,
    publish,
    race,
)
from tests.letters import history, letters

OFFICE = "/projektbuero/vor-ort"
PAULA = "paula@windwerk.example"
NEXT = "/projektbuero/naechster?kind=provisional"


@pytest.fixture
def occasion(declaration):
    return an_occasion(declaration)


@pytest.fixture
def given(occasion):
    return a_provisional(occasion)


def case(given, act=""):
    return f"{OFFICE}/b2345/unterschriften/{given.id}{act}"


def accept(client, given, organisation, version=1):
    data = {"organisation_id": organisation.id, "version": version}
    return client.post(case(given, "/annehmen"), data=data)


def decline(client, given, reason="Wir kennen Ihre Organisation noch nicht."):
    return client.post(case(given, "/ablehnen"), data={"reason": reason, "version": 1})


def states():
    return [one.state for one in all_of(ProvisionalSignature)]


def test_office_plans_opens_and_closes_an_occasion(client, client_of, olga, declaration):
    office = client_of(olga)
    data = {"title": "Tagung", "day": today().isoformat(), "declaration_id": declaration.id}
    way = office.post(f"{OFFICE}/neu", data=data).location

    (occasion,) = all_of(Occasion)
    phone = f"/vor-ort/{occasion.code}"
    assert way == f"{OFFICE}/{occasion.code}" and len(occasion.code) == 5
    assert (occasion.state, occasion.shows_provisional) == (OccasionState.PLANNED, False)
    assert client.get(phone).status_code == 404
    assert office.post(f"{way}/oeffnen", data={"version": 1}).status_code == 303
    assert client.get(phone).status_code == 200
    assert office.post(f"{way}/oeffnen", data={"version": 2}).status_code == 409
    assert office.post(f"{way}/schliessen", data={"version": 2}).status_code == 303
    assert client.post(phone, data=PHONE).status_code == 409
    assert office.post(f"{way}/oeffnen", data={"version": 3}).status_code == 303
    facts = [fact for fact, *_ in history() if fact.startswith("Occasion")]
    assert facts == ["OccasionPlanned", "OccasionOpened", "OccasionClosed", "OccasionOpened"]


def test_screen_shows_code_short_address_and_how_many(client_of, olga, given):
    page = client_of(olga).get(f"{OFFICE}/b2345/bildschirm").text

    assert "<svg" in page and "portal.test" in page and "/vor-ort/b2345" in page
    assert "Eine Organisation hat hier schon unterzeichnet." in page
    assert "Windwerk" not in page


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"day": "31.02.2027"}, {"declaration_id": "999"}, {"title": "x" * 161}]
)
def test_bad_occasion_is_explained_and_nothing_is_stored(client_of, olga, declaration, wrong):
    data = {"title": "Tagung", "day": "2027-03-18", "declaration_id": declaration.id} | wrong

    assert client_of(olga).post(f"{OFFICE}/neu", data=data).status_code == 422
    assert all_of(Occasion) == []


def test_slower_of_two_who_change_an_occasion_hears_it(client_of, olga, ada, occasion):
    data = {"title": "Anders", "day": "2027-03-18", "version": 1}

    assert client_of(olga).post(f"{OFFICE}/b2345", data=data).status_code == 303
    assert client_of(ada).post(f"{OFFICE}/b2345", data=data).status_code == 409


def test_it_waits_on_the_desk_until_it_is_checked(client_of, olga, windwerk, given):
    office = client_of(olga)
    way = case(given)
    assert way in office.get("/projektbuero?art=provisional").text

    accept(office, given, windwerk)

    assert way not in office.get("/projektbuero?art=provisional").text


def test_accepted_it_is_the_partners_signature_from_when_it_was_given(
    client, client_of, olga, petra, windwerk, given
):
    reply = accept(client_of(olga), given, windwerk)

    (kept,) = all_of(Signature)
    (checked,) = all_of(ProvisionalSignature)
    assert (reply.status_code, reply.location) == (303, NEXT)
    assert (kept.way, kept.organisation_id, kept.signer_name, kept.function) == (
        Way.ON_THE_DAY,
        windwerk.id,
        "Paula Probe",
        "Vorstand",
    )
    assert (kept.signed_at, kept.named_in_public) == (checked.given_at, False)
    assert (checked.state, checked.decided_by_id, checked.signature_id) == (
        ProvisionalState.ACCEPTED,
        olga.id,
        kept.id,
    )
    assert "Windwerk eG" in client.get("/erklaerung").text
    assert letters() == [
        (PAULA, "charter/provisional_accepted"),
        (petra.email, "charter/signature_given"),
    ]
    facts = {fact for fact, by, for_ in history() if (by, for_) == (olga.id, windwerk.id)}
    assert facts == {"ProvisionalAccepted", "SignatureGiven"}


def test_declined_it_stands_nowhere_and_the_person_reads_why_and_the_way_in(
    client, client_of, olga, given
):
    assert decline(client_of(olga), given).location == NEXT

    (letter,) = db.session.query(Letter)
    text = words(letter)[1]
    assert states() == [ProvisionalState.DECLINED]
    assert letters() == [(PAULA, "charter/provisional_declined")]
    assert "Wir kennen Ihre Organisation noch nicht." in text and "/partner-werden" in text
    assert all_of(Signature) == []
    assert client.post("/vor-ort/b2345", data=PHONE).location.endswith("/danke")
    assert len(states()) == 2


def test_partner_with_a_like_name_is_suggested_and_chosen(client_of, olga, windwerk, occasion):
    given = a_provisional(occasion, "Windwerk e. G.")
    an_organisation("anderes", "Anderes Haus")

    page = client_of(olga).get(case(given)).text

    assert "ähnlicher Name im Verzeichnis: Windwerk eG" in page
    assert f'<option selected value="{windwerk.id}">' in page


def test_new_organisation_has_no_suggestion(client_of, olga, windwerk, occasion):
    given = a_provisional(occasion, "Musterchor Hörde")

    assert "Kein Mitglied mit diesem" in client_of(olga).get(case(given)).text


@pytest.mark.parametrize("chosen", ["", "0", "x", "99999"])
def test_it_is_accepted_for_a_member_only(client_of, olga, given, chosen):
    data = {"organisation_id": chosen, "version": 1}

    assert client_of(olga).post(case(given, "/annehmen"), data=data).status_code == 422
    assert states() == [ProvisionalState.WAITING]


def test_who_is_no_member_cannot_be_chosen(client_of, olga, given):
    outside = an_organisation("verein", "Verein e. V.", member=False)

    assert accept(client_of(olga), given, outside).status_code == 422


def test_partner_that_has_signed_gets_no_second_signature(
    client_of, olga, petra, windwerk, declaration, given
):
    a_signature(windwerk, declaration, petra)

    reply = accept(client_of(olga), given, windwerk)
    assert reply.status_code == 409 and "schon unterzeichnet" in reply.text
    assert (len(all_of(Signature)), states()) == (1, [ProvisionalState.WAITING])


def test_accepting_is_for_the_version_that_was_shown_there(client_of, ada, olga, windwerk, given):
    publish(ada, "Ganz neu.")

    accept(client_of(olga), given, windwerk)
    assert [one.number for one in all_of(Signature)] == [1]


def test_who_is_tied_to_the_named_organisation_decides_nothing(client_of, olga, windwerk, given):
    affiliated(olga, windwerk)
    client = client_of(olga)

    assert accept(client, given, windwerk).status_code == 403
    assert decline(client, given).status_code == 403
    page = client.get(case(given)).text
    assert "/annehmen" not in page and "eine andere Person des Projektbüros" in page


def test_who_signed_there_decides_nothing(client, client_of, olga, windwerk, occasion):
    client.post("/vor-ort/b2345", data=PHONE | {"email": olga.email.upper()})
    (given,) = all_of(ProvisionalSignature)

    assert accept(client_of(olga), given, windwerk).status_code == 403
    assert "Sie sind beteiligt" in client_of(olga).get("/projektbuero").text


def test_who_is_tied_to_the_chosen_organisation_accepts_nothing(
    client_of, olga, windwerk, occasion
):
    given = a_provisional(occasion, "Ganz anders")
    affiliated(olga, windwerk, AffiliationRole.MEMBER)

    assert accept(client_of(olga), given, windwerk).status_code == 403


def test_partners_check_nothing(client_of, petra, windwerk, given):
    assert accept(client_of(petra), given, windwerk).status_code == 404


def test_other_occasion_does_not_lead_to_it(client_of, olga, declaration, given):
    an_occasion(declaration, code="c2345")
    address = f"{OFFICE}/c2345/unterschriften/{given.id}"

    assert client_of(olga).get(address).status_code == 404


def test_known_person_keeps_the_own_name(client_of, olga, paul, windwerk, occasion):
    given = a_provisional(occasion)
    given.email = paul.email
    db.session.commit()

    accept(client_of(olga), given, windwerk, version=given.version)

    assert db.session.get(User, paul.id).name == "Paul Probe"
    assert all_of(Signature)[0].signer_id == paul.id
    assert all_of(Signature)[0].signer_name == "Paula Probe"


def test_accepting_against_declining_has_one_winner(
    app, client_of, olga, ada, windwerk, given, meet, monkeypatch
):
    take = checking.PROVISIONAL.take

    def meet_and_take(*args, **kwargs):
        meet()
        take(*args, **kwargs)

    monkeypatch.setattr(checking.PROVISIONAL, "take", meet_and_take)
    one, two, address = client_of(olga), client_of(ada), case(given)
    yes, no = {"organisation_id": windwerk.id, "version": 1}, {"reason": "Nein.", "version": 1}

    answers = race(
        app,
        lambda: one.post(f"{address}/annehmen", data=yes).status_code,
        lambda: two.post(f"{address}/ablehnen", data=no).status_code,
    )

    accepted = answers[0] == 303
    assert sorted(answers) == [303, 409]
    assert states() == [ProvisionalState.ACCEPTED if accepted else ProvisionalState.DECLINED]
    assert len(all_of(Signature)) == int(accepted)


def test_newest_version_is_proposed_for_an_occasion(client_of, olga, ada, declaration):
    newest = publish(ada, "Ganz neu.")

    page = client_of(olga).get(f"{OFFICE}/neu").text
    assert f'<option selected value="{newest.id}">' in page


def test_without_a_version_there_is_nothing_to_sign_on_the_day(client_of, olga):
    assert "Noch gibt es keine Erklärung." in client_of(olga).get(f"{OFFICE}/neu").text
    data = {"title": "Tagung", "day": "2027-03-18"}
    assert client_of(olga).post(f"{OFFICE}/neu", data=data).status_code == 422
