"""An organisation names the person who may sign for it; that person answers by a link from the
mail, once and without a log-in."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.accounts.models import User
from portal.charter.models import Nomination, NominationState, Signature, Way
from portal.charter.services import naming
from portal.core.database import db
from portal.core.times import now
from portal.core.tokens import token_for
from portal.notifications.messages import words
from portal.notifications.models import Letter
from portal.partners.models import Affiliation
from tests.charter.conftest import (
    BY_LINK,
    DAY,
    MINE,
    NAME,
    SIGN,
    a_nomination,
    a_signature,
    all_of,
    link,
    publish,
    race,
)
from tests.letters import history, letters

NORA = "nora@windwerk.example"
NAMED = f"{MINE}/benennen"
OPEN, SIGNED, REFUSED, TAKEN_BACK = NominationState


def states():
    return [one.state for one in all_of(Nomination)]


def charter_facts():
    return [fact for fact, *_ in history() if not fact.startswith("Declaration")]


@pytest.fixture
def named(windwerk, petra, declaration):
    """Nora was named by Petra."""
    return a_nomination(windwerk, declaration, petra)


def answer(client, nomination, **changed):
    data = BY_LINK | {"version": nomination.version} | changed
    return client.post(link(nomination), data=data)


def test_named_person_gets_a_link_without_having_an_account(client_of, petra, declaration):
    reply = client_of(petra).post(NAMED, data=NAME)

    (nomination,) = all_of(Nomination)
    person = db.session.get(User, nomination.person_id)
    assert (reply.status_code, reply.location) == (303, MINE)
    assert (person.email, person.password_hash, person.confirmed_at) == (NORA, None, None)
    assert letters() == [(NORA, "charter/signatory_named")]
    assert charter_facts() == ["SignatoryNamed"]


def test_link_in_the_mail_shows_who_asks_and_the_text(client, client_of, petra, declaration):
    client_of(petra).post(NAMED, data=NAME)

    (letter,) = db.session.scalars(sa.select(Letter))
    _subject, text = words(letter)
    (address,) = [line for line in text.splitlines() if "/unterzeichnen/" in line]
    page = client.get(address.strip().removeprefix("http://portal.test"))

    assert page.status_code == 200
    assert "Petra Probe" in page.text and "Wir wollen mitmachen." in page.text
    assert "keine qualifizierte elektronische Signatur" in page.text
    assert 'value="Nora Probe"' in page.text


def test_looking_changes_nothing(client, named):
    before = charter_facts()

    assert [client.get(link(named)).status_code for _ in range(2)] == [200, 200]
    assert (states(), all_of(Signature), charter_facts()) == ([OPEN], [], before)


def test_signing_by_link_stands_for_the_organisation(client, windwerk, petra, named):
    reply = answer(client, named, name="Nora Probe-Muster", named_in_public="y")

    (kept,) = all_of(Signature)
    assert (reply.status_code, reply.location) == (303, f"/pruefen/{kept.shown_code}")
    assert (kept.way, kept.signer_id, kept.signer_name, kept.function) == (
        Way.LINK,
        named.person_id,
        "Nora Probe-Muster",
        "Vorstand",
    )
    assert (kept.organisation_id, kept.number, kept.named_in_public) == (windwerk.id, 1, True)
    assert states() == [SIGNED]
    assert letters() == [
        (NORA, "charter/signature_receipt"),
        (petra.email, "charter/signature_given"),
    ]
    assert ("SignatureGiven", named.person_id, windwerk.id) in history()
    assert "Nora Probe-Muster" in client.get(reply.location).text


def test_signatory_who_named_somebody_hears_of_the_signature(
    client, client_of, windwerk, petra, eva, declaration
):
    nomination = a_nomination(windwerk, declaration, eva)

    answer(client, nomination)

    assert letters() == [
        (NORA, "charter/signature_receipt"),
        (petra.email, "charter/signature_given"),
        (eva.email, "charter/signature_given"),
    ]


def test_who_was_asked_for_an_older_version_is_not_shown_for_the_new_one(
    client_of, ada, petra, named
):
    client = client_of(petra)
    assert "ist um die Unterschrift gebeten" in client.get(MINE).text

    publish(ada, "Ganz neu.")

    assert "ist um die Unterschrift gebeten" not in client.get(MINE).text
    assert client.post(NAMED, data=NAME | {"number": 2}).status_code == 303
    assert states() == [TAKEN_BACK, OPEN]


def test_who_signed_by_link_has_no_way_in(client, named):
    answer(client, named)

    assert client.get("/mein").status_code == 302
    person = db.session.get(User, named.person_id)
    assert person.password_hash is None
    assert all_of(Affiliation)[-1].user_id != person.id


def test_link_works_once(client, named):
    address = link(named)
    answer(client, named)

    assert client.get(address).status_code == 404
    assert client.post(address, data=BY_LINK | {"version": 2}).status_code == 404
    assert len(all_of(Signature)) == 1


def test_refusing_needs_a_reason_and_who_named_hears_it(client, petra, named):
    address = f"{link(named)}/ablehnen"
    empty = client.post(address, data={"reason": " ", "version": named.version})
    reply = client.post(address, data={"reason": "Ich darf das nicht.", "version": named.version})

    assert (empty.status_code, reply.status_code) == (422, 303)
    assert states() == [REFUSED]
    assert letters() == [(petra.email, "charter/signature_refused")]
    (letter,) = db.session.scalars(sa.select(Letter))
    assert "Ich darf das nicht." in words(letter)[1]


def test_refusal_shows_where_it_was_asked(client, client_of, petra, named):
    client.post(f"{link(named)}/ablehnen", data={"reason": "Nein.", "version": named.version})

    page = client_of(petra).get(MINE).text
    assert "Nora Probe unterzeichnet nicht" in page and "Nein." in page


def test_naming_somebody_new_burns_the_older_link(client, client_of, petra, named):
    old = link(named)
    new = NAME | {"benannt-email": "nils@windwerk.example", "benannt-first_name": "Nils"}

    assert client_of(petra).post(NAMED, data=new).status_code == 303

    assert states() == [TAKEN_BACK, OPEN]
    assert client.get(old).status_code == 404
    assert client.get(link(all_of(Nomination)[1])).status_code == 200
    assert letters() == [
        (NORA, "charter/nomination_taken_back"),
        ("nils@windwerk.example", "charter/signatory_named"),
    ]


def test_nomination_can_be_taken_back(client, client_of, petra, named):
    old, owner = link(named), client_of(petra)
    data = {"version": named.version}

    assert owner.post(f"{MINE}/benennung/zuruecknehmen", data=data).status_code == 303
    assert owner.post(f"{MINE}/benennung/zuruecknehmen", data=data).status_code == 404
    assert (states(), client.get(old).status_code) == ([TAKEN_BACK], 404)


def test_expired_link_offers_a_new_one(client, named):
    late = link(named, until=now() - DAY)

    assert client.get(late).status_code == 410
    assert client.post(late, data=BY_LINK | {"version": 1}).status_code == 410
    assert client.post(f"{late}/ablehnen", data={"reason": "x", "version": 1}).status_code == 410
    assert client.post(f"{late}/neu").status_code == 303
    assert letters() == [(NORA, "charter/signatory_asked_again")]
    assert client.get(late).status_code == 404
    assert all_of(Signature) == []


def test_no_more_than_three_links_an_hour_for_one_address(client, named):
    codes = []
    for _ in range(4):
        late = link(all_of(Nomination)[0], until=now() - DAY)
        codes.append(client.post(f"{late}/neu").status_code)

    assert codes == [303, 303, 303, 429]


def test_nobody_is_flooded_by_being_named(client_of, petra, declaration):
    client = client_of(petra)

    codes = [client.post(NAMED, data=NAME).status_code for _ in range(4)]
    assert codes == [303, 303, 303, 429]


@pytest.mark.parametrize("forged", ["confirm", "password", "answer"])
def test_link_for_another_purpose_opens_nothing(client, named, forged):
    token = token_for(named, forged, now() + DAY)

    assert client.get(f"/erklaerung/unterzeichnen/{named.id}/{token}").status_code == 404


@pytest.mark.parametrize("token", ["x", "0-0", "f" * 90, "zz-" + "0" * 64, "%00", "ä"])
def test_forged_link_opens_nothing(client, named, token):
    address = f"/erklaerung/unterzeichnen/{named.id}/{token}"

    assert client.get(address).status_code == 404
    assert client.post(address, data=BY_LINK).status_code == 404
    assert client.post(f"{address}/neu").status_code == 404
    assert client.get("/erklaerung/unterzeichnen/99999/x").status_code == 404


def test_link_ends_when_who_named_lost_the_right(client, petra, named):
    db.session.execute(sa.update(Affiliation).values(until=now()))
    db.session.commit()

    assert client.get(link(named)).status_code == 404
    assert answer(client, named).status_code == 404
    late = link(named, until=now() - timedelta(days=1))
    assert client.post(f"{late}/neu").status_code == 404


def test_link_for_an_older_version_says_that_there_is_a_new_one(client, ada, named):
    address = link(named)
    publish(ada, "Ganz neu.")

    reply = client.get(address)
    assert reply.status_code == 404
    assert "neuere Fassung" in reply.text


def test_link_is_of_no_use_when_somebody_else_has_signed(client, windwerk, petra, named):
    a_signature(windwerk, named.declaration, petra)

    reply = answer(client, named)
    assert reply.status_code == 409
    assert "schon unterzeichnet" in reply.text


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"function": ""}, {"entitled": None}, {"name": "x" * 161}]
)
def test_bad_answer_is_explained_and_nothing_is_stored(client, named, wrong):
    data = {k: v for k, v in (BY_LINK | wrong).items() if v is not None} | {"version": 1}

    assert client.post(link(named), data=data).status_code == 422
    assert (states(), all_of(Signature)) == ([OPEN], [])


@pytest.mark.parametrize(
    "wrong", [{"email": "keine"}, {"first_name": ""}, {"last_name": " "}, {"function": "x" * 121}]
)
def test_bad_naming_is_explained_and_the_form_stays_open(client_of, petra, declaration, wrong):
    data = NAME | {f"benannt-{name}": value for name, value in wrong.items()}
    reply = client_of(petra).post(NAMED, data=data)

    assert (reply.status_code, all_of(Nomination)) == (422, [])
    assert '<details class="confirm" open>' in reply.text


def test_members_neither_name_nor_see_the_address(client_of, paul, named):
    client = client_of(paul)

    assert client.post(NAMED, data=NAME).status_code == 403
    data = {"version": named.version}
    assert client.post(f"{MINE}/benennung/zuruecknehmen", data=data).status_code == 403
    page = client.get(MINE).text
    assert "Nora Probe" in page and NORA not in page


def test_known_person_keeps_the_own_name(client_of, petra, stefan, declaration):
    data = NAME | {"benannt-email": stefan.email}
    client_of(petra).post(NAMED, data=data)

    db.session.refresh(stefan)
    assert stefan.name == "Stefan Stern"
    assert letters() == [(stefan.email, "charter/signatory_named")]


def test_signed_version_needs_nobody_else(client_of, windwerk, petra, declaration):
    a_signature(windwerk, declaration, petra)

    assert client_of(petra).post(NAMED, data=NAME).status_code == 409


def both(app, named):
    data = BY_LINK | {"version": named.version}
    address = link(named)
    clients = [app.test_client() for _ in range(2)]
    return [lambda c=c: c.post(address, data=data).status_code for c in clients]


def test_link_used_twice_at_once_signs_once(app, petra, named, meet, monkeypatch):
    make = naming.new_signature

    def meet_and_make(*args, **kwargs):
        meet()
        return make(*args, **kwargs)

    monkeypatch.setattr(naming, "new_signature", meet_and_make)

    answers = sorted(race(app, *both(app, named)))

    assert answers[0] == 303 and answers[1] in {404, 409}
    assert (len(all_of(Signature)), states()) == (1, [SIGNED])
    assert letters().count((NORA, "charter/signature_receipt")) == 1


def test_without_nonce_and_index_both_clicks_would_count(app, named, meet):
    def click():
        with db.engine.begin() as connection:
            state = connection.scalar(sa.text("SELECT state FROM nomination"))
        meet()
        with db.engine.begin() as connection:
            connection.execute(sa.text("UPDATE nomination SET state = 'signed'"))
        return state

    assert race(app, click, click) == ["open", "open"]


def test_link_against_the_owner_at_once_makes_one_signature(app, client_of, petra, named):
    data = BY_LINK | {"version": named.version}
    address, visitor, owner = link(named), app.test_client(), client_of(petra)

    answers = race(
        app,
        lambda: visitor.post(address, data=data).status_code,
        lambda: owner.post(MINE, data=SIGN).status_code,
    )

    assert answers.count(303) == 1 and set(answers) <= {303, 404, 409}
    assert len(all_of(Signature)) == 1
