"""An organisation signs the version that was read, with the password once more; once it stands."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from portal.charter.models import Nomination, NominationState, Signature, SignatureState, Way
from portal.charter.services import signing
from portal.core.database import db
from portal.core.times import now
from portal.partners.models import Affiliation, AffiliationRole, Membership
from tests.cast import affiliated, an_organisation
from tests.charter.conftest import (
    MINE,
    SIGN,
    a_nomination,
    a_signature,
    all_of,
    publish,
    race,
)
from tests.letters import history, letters


def facts():
    return [fact for fact, *_ in history() if not fact.startswith("Declaration")]


def test_owner_signs_and_everything_that_proves_it_is_kept(client_of, windwerk, petra, declaration):
    reply = client_of(petra).post(MINE, data=SIGN)

    (kept,) = all_of(Signature)
    assert (reply.status_code, reply.location) == (303, MINE)
    assert (kept.declaration_id, kept.number, kept.sha256) == (
        declaration.id,
        1,
        declaration.sha256,
    )
    assert (kept.organisation_id, kept.organisation_name) == (windwerk.id, "Windwerk eG")
    assert (kept.signer_id, kept.signer_name, kept.function) == (
        petra.id,
        "Petra Probe",
        "Vorstand",
    )
    assert (kept.way, kept.state, kept.named_in_public) == (
        Way.PORTAL,
        SignatureState.STANDS,
        False,
    )
    assert abs((now() - kept.signed_at).total_seconds()) < 60
    assert len(kept.code) == 16
    assert ("SignatureGiven", petra.id, windwerk.id) in history()
    assert letters() == [(petra.email, "charter/signature_receipt")]


def test_signatory_signs_and_the_owner_hears_of_it(client_of, petra, eva, declaration):
    assert client_of(eva).post(MINE, data=SIGN).status_code == 303

    assert letters() == [
        (eva.email, "charter/signature_receipt"),
        (petra.email, "charter/signature_given"),
    ]


def test_page_says_what_the_click_is(client_of, petra, declaration):
    page = client_of(petra).get(MINE).text

    assert "Ihr Klick ist eine aufgezeichnete Erklärung." in page
    assert "Er ist keine qualifizierte elektronische Signatur." in page
    assert declaration.sha256 in page


def test_known_function_need_not_be_typed(client_of, windwerk, petra, declaration):
    db.session.execute(sa.update(Affiliation).values(function="Geschäftsführung"))
    db.session.commit()

    assert 'value="Geschäftsführung"' in client_of(petra).get(MINE).text


def test_page_shows_state_proof_and_withdrawal_afterwards(client_of, petra, declaration):
    client = client_of(petra)
    client.post(MINE, data=SIGN)

    page = client.get(MINE).text
    assert "steht zur aktuellen Fassung" in page
    assert "nachweis.pdf" in page and "/pruefen/" in page and "/zurueckziehen" in page
    assert 'name="password"' not in page


@pytest.mark.parametrize("role", [AffiliationRole.EDITOR, AffiliationRole.MEMBER])
def test_who_neither_owns_nor_signs_is_refused(client_of, windwerk, paul, declaration, role):
    affiliated(paul, windwerk, role)
    client = client_of(paul)

    assert client.post(MINE, data=SIGN).status_code == 403
    page = client.get(MINE).text
    assert 'name="password"' not in page and "zeichnungsberechtigt" in page
    assert all_of(Signature) == []


def test_strangers_and_the_office_sign_nothing(client_of, stefan, ada, windwerk, declaration):
    assert client_of(stefan).post(MINE, data=SIGN).status_code == 404
    assert client_of(ada).post(MINE, data=SIGN).status_code == 403


def test_organisation_without_a_membership_cannot_sign(client_of, petra, windwerk, declaration):
    db.session.execute(
        sa.update(Membership)
        .where(Membership.organisation_id == windwerk.id)
        .values(until=now().date())
    )
    db.session.commit()
    client = client_of(petra)

    assert client.post(MINE, data=SIGN).status_code == 403
    assert "Unterzeichnen können Mitglieder der Allianz." in client.get(MINE).text
    assert all_of(Signature) == []


@pytest.mark.parametrize("password", ["", "falsch", "x" * 300])
def test_wrong_password_signs_nothing(client_of, petra, declaration, password):
    reply = client_of(petra).post(MINE, data=SIGN | {"password": password})

    assert reply.status_code == 422
    assert password not in reply.text or not password
    assert all_of(Signature) == []


def test_passwords_cannot_be_tried_for_ever(client_of, petra, declaration):
    client = client_of(petra)
    codes = [client.post(MINE, data=SIGN | {"password": "falsch"}).status_code for _ in range(11)]

    assert codes == [422] * 10 + [429]


@pytest.mark.parametrize(
    "wrong", [{"entitled": ""}, {"function": ""}, {"function": "x" * 121}, {"function": "a\x00b"}]
)
def test_bad_input_is_explained_and_nothing_is_stored(client_of, petra, declaration, wrong):
    data = {name: value for name, value in (SIGN | wrong).items() if value != ""}
    reply = client_of(petra).post(MINE, data=data)

    assert (reply.status_code, all_of(Signature)) == (422, [])


@pytest.mark.parametrize("number", ["", "0", "2", "-1", "x", "9" * 30])
def test_only_the_version_that_was_read_is_signed(client_of, petra, declaration, number):
    assert client_of(petra).post(MINE, data=SIGN | {"number": number}).status_code == 409
    assert all_of(Signature) == []


def test_who_read_an_older_version_is_asked_to_read_the_new_one(client_of, ada, petra, declaration):
    publish(ada, "Ganz neu.")

    reply = client_of(petra).post(MINE, data=SIGN)

    assert reply.status_code == 409
    assert "neuere Fassung" in reply.text


def test_second_signature_of_one_version_is_refused(client_of, petra, eva, declaration):
    client_of(petra).post(MINE, data=SIGN)

    reply = client_of(eva).post(MINE, data=SIGN)

    assert (reply.status_code, len(all_of(Signature))) == (409, 1)
    assert "schon unterzeichnet" in reply.text


def test_new_version_may_be_signed_beside_the_old_one(client_of, ada, windwerk, petra, declaration):
    a_signature(windwerk, declaration, petra)
    publish(ada, "Ganz neu.")

    assert client_of(petra).post(MINE, data=SIGN | {"number": 2}).status_code == 303
    assert [(one.number, one.stands) for one in all_of(Signature)] == [(1, True), (2, True)]


def test_database_holds_one_standing_signature(windwerk, petra, declaration):
    first = a_signature(windwerk, declaration, petra)
    copy = {c.name: getattr(first, c.name) for c in Signature.__table__.columns if c.name != "id"}
    copy["code"] = "B" * 16

    with pytest.raises(IntegrityError):
        db.session.execute(sa.insert(Signature).values(**copy))
    db.session.rollback()
    first.state = SignatureState.WITHDRAWN
    db.session.flush()
    db.session.execute(sa.insert(Signature).values(**copy))


def test_signing_ends_the_open_nomination_and_its_person_hears_of_it(
    client_of, windwerk, petra, declaration
):
    a_nomination(windwerk, declaration, petra)

    client_of(petra).post(MINE, data=SIGN)

    assert [one.state for one in all_of(Nomination)] == [NominationState.TAKEN_BACK]
    assert ("nora@windwerk.example", "charter/nomination_taken_back") in letters()


def test_each_organisation_of_a_person_signs_for_itself(client_of, petra, declaration):
    second = an_organisation("zweitwerk", "Zweitwerk eG")
    affiliated(petra, second, AffiliationRole.OWNER)

    client_of(petra).post("/mein/zweitwerk/erklaerung", data=SIGN)

    assert [one.organisation_id for one in all_of(Signature)] == [second.id]


def two_owners(client_of, petra, eva):
    clients = [client_of(petra), client_of(eva)]
    return [lambda c=c: c.post(MINE, data=SIGN).status_code for c in clients]


def test_two_who_sign_at_once_make_one_signature(
    app, client_of, petra, eva, declaration, meet, monkeypatch
):
    make = signing.new_proof_code

    def meet_and_make():
        meet()
        return make()

    monkeypatch.setattr(signing, "new_proof_code", meet_and_make)

    assert sorted(race(app, *two_owners(client_of, petra, eva))) == [303, 409]
    assert len(all_of(Signature)) == 1
    assert facts() == ["SignatureGiven"]


def test_without_the_lock_the_index_still_holds(
    app, client_of, petra, eva, declaration, meet, monkeypatch
):
    make = signing.new_proof_code

    def meet_and_make():
        meet()
        return make()

    monkeypatch.setattr(signing, "new_proof_code", meet_and_make)
    monkeypatch.setattr(signing, "lock", lambda organisation: None)

    assert sorted(race(app, *two_owners(client_of, petra, eva))) == [303, 409]
    assert len(all_of(Signature)) == 1


def test_without_lock_and_index_both_would_sign(app, windwerk, petra, declaration, meet):
    """The same question, and then a row that the index does not know."""

    def sign():
        with db.engine.begin() as connection:
            count = connection.scalar(
                sa.text("SELECT count(*) FROM signature WHERE state = 'stands'")
            )
        meet()
        return count

    assert race(app, sign, sign) == [0, 0]
