"""A partner withdraws with a reason, the office revokes with one; what was signed stays in the
history, and everybody can check whether it still stands."""

import pytest

from portal.charter.models import Signature, SignatureState
from portal.charter.services import signing
from portal.core.database import db
from portal.notifications.messages import words
from portal.notifications.models import Letter
from tests.charter.conftest import MINE, OFFICE, SIGN, a_signature, all_of, publish, race
from tests.letters import history, letters

REASON = "Wir haben uns anders entschieden."


@pytest.fixture
def signed(windwerk, petra, declaration):
    return a_signature(windwerk, declaration, petra)


def withdraw(client, signed, reason=REASON, version=None):
    data = {"reason": reason, "version": version or signed.version}
    return client.post(f"{MINE}/zurueckziehen", data=data)


def revoke(client, signed, reason=REASON):
    data = {"reason": reason, "version": signed.version}
    return client.post(f"{OFFICE}/unterschriften/{signed.id}/widerrufen", data=data)


def test_owner_withdraws_and_the_office_hears_why(client, client_of, petra, ada, eva, signed):
    reply = withdraw(client_of(petra), signed)

    (kept,) = all_of(Signature)
    assert (reply.status_code, kept.state, kept.reason) == (303, SignatureState.WITHDRAWN, REASON)
    assert (kept.ended_by_id, kept.number, kept.signer_name) == (petra.id, 1, "Petra Probe")
    assert letters() == [(ada.email, "charter/signature_withdrawn_office")]
    assert REASON in words(db.session.query(Letter).one())[1]
    assert ("SignatureWithdrawn", petra.id, kept.organisation_id) in history()
    assert "Windwerk" not in client.get("/erklaerung").text
    check = client.get(f"/pruefen/{kept.shown_code}").text
    assert "zurückgezogen" in check and "gilt nicht mehr" in check and REASON not in check


def test_signatory_withdraws_and_the_owners_hear_of_it(client_of, petra, ada, eva, signed):
    assert withdraw(client_of(eva), signed).status_code == 303
    assert letters() == [
        (ada.email, "charter/signature_withdrawn_office"),
        (petra.email, "charter/signature_withdrawn"),
    ]


def test_who_withdrew_sees_it_and_may_sign_again(client_of, petra, signed):
    client = client_of(petra)
    withdraw(client, signed)

    page = client.get(MINE).text
    assert "Frühere Unterschriften" in page and REASON in page
    assert client.post(MINE, data=SIGN).status_code == 303
    assert [one.stands for one in all_of(Signature)] == [False, True]


def test_withdrawal_concerns_the_newest_that_stands(client_of, ada, windwerk, petra, signed):
    second = a_signature(windwerk, publish(ada, "Neu."), petra)
    client = client_of(petra)

    withdraw(client, second)
    assert [one.stands for one in all_of(Signature)] == [True, False]
    withdraw(client, all_of(Signature)[0])
    assert [one.stands for one in all_of(Signature)] == [False, False]


def test_members_withdraw_nothing(client_of, paul, stefan, signed):
    assert withdraw(client_of(paul), signed).status_code == 403
    assert withdraw(client_of(stefan), signed).status_code == 404
    assert all_of(Signature)[0].stands


@pytest.mark.parametrize("reason", ["", " \u200b", "x" * 2001, "a\x00b"])
def test_nothing_ends_without_a_reason(client_of, petra, ada, signed, reason):
    assert withdraw(client_of(petra), signed, reason).status_code == 422
    assert revoke(client_of(ada), signed, reason).status_code == 422
    assert all_of(Signature)[0].stands


def test_administrator_revokes_and_the_owners_hear_why(client, client_of, petra, ada, signed):
    reply = revoke(client_of(ada), signed)

    (kept,) = all_of(Signature)
    assert (reply.status_code, kept.state) == (303, SignatureState.REVOKED)
    assert letters() == [(petra.email, "charter/signature_revoked")]
    assert "widerrufen" in client.get(f"/pruefen/{kept.shown_code}").text
    assert REASON in client_of(petra).get(MINE).text


def test_moderator_and_partner_revoke_nothing(client_of, olga, petra, signed):
    assert revoke(client_of(olga), signed).status_code == 403
    assert revoke(client_of(petra), signed).status_code == 404
    assert all_of(Signature)[0].stands


def test_what_ended_ends_no_second_time(client_of, petra, ada, signed):
    withdraw(client_of(petra), signed)

    assert withdraw(client_of(petra), signed, version=2).status_code == 409
    assert revoke(client_of(ada), all_of(Signature)[0]).status_code == 409
    assert all_of(Signature)[0].state is SignatureState.WITHDRAWN


def test_withdrawal_against_revocation_has_one_winner(
    app, client_of, petra, ada, signed, meet, monkeypatch
):
    take = signing.SIGNATURES.take

    def meet_and_take(*args, **kwargs):
        meet()
        take(*args, **kwargs)

    monkeypatch.setattr(signing.SIGNATURES, "take", meet_and_take)
    owner, office = client_of(petra), client_of(ada)
    address, data = f"{OFFICE}/unterschriften/{signed.id}/widerrufen", {"reason": "x", "version": 1}

    answers = race(
        app,
        lambda: owner.post(f"{MINE}/zurueckziehen", data=data).status_code,
        lambda: office.post(address, data=data).status_code,
    )

    won = SignatureState.WITHDRAWN if answers[0] == 303 else SignatureState.REVOKED
    assert sorted(answers) == [303, 409]
    assert all_of(Signature)[0].state is won
    assert len(letters()) == 1
