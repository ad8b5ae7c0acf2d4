"""Owners invite by several addresses at once; who holds the link answers, and the right of who
invited is asked again at that moment (safety.md, cases 4 and 5)."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from portal.accounts.models import User
from portal.core.database import db
from portal.core.times import now
from portal.core.tokens import token_for
from portal.notifications.messages import words
from portal.notifications.models import Letter
from portal.partners import queries, services
from portal.partners.models import Affiliation, AffiliationRole, Invitation, InvitationState
from tests.cast import PASSWORD, a_user, affiliated, an_organisation
from tests.letters import history, letters
from tests.partners.acting import (
    NEW_PERSON,
    PEOPLE,
    an_invitation,
    invitation_link,
    race,
    roles,
    without_guard,
)

OWNER, EDITOR, MEMBER, SIGNATORY = AffiliationRole
DAY = timedelta(days=1)


def invite(client, emails, role="member"):
    return client.post(f"{PEOPLE}/einladen", data={"emails": emails, "role": role})


def states():
    db.session.rollback()
    return list(db.session.scalars(select(Invitation.state).order_by(Invitation.id)))


def the_invitation():
    db.session.rollback()
    return db.session.scalars(select(Invitation)).one()


@pytest.fixture
def ina(app):
    """Known by her address only."""
    return a_user("ina@windwerk.example", "", "", confirmed_at=None)


@pytest.fixture
def invited(windwerk, petra, ina):
    return an_invitation(windwerk, ina, petra)


def test_owner_invites_several_addresses_in_one_field(client_of, windwerk, petra):
    answer = invite(
        client_of(petra), "Ina <ina@windwerk.example>, IVO@windwerk.example\nivo@windwerk.example"
    )

    assert (answer.status_code, answer.location) == (303, PEOPLE)
    assert letters() == [
        ("ina@windwerk.example", "partners/person_invited"),
        ("ivo@windwerk.example", "partners/person_invited"),
    ]
    assert history() == [("PersonInvited", petra.id, windwerk.id)] * 2


@pytest.mark.parametrize(
    ("emails", "told"),
    [
        ("", "mindestens eine E-Mail-Adresse"),
        ("ina", "keine vollständige E-Mail-Adresse: ina"),
        ("ina@windwerk.example kein@", "keine vollständige E-Mail-Adresse: kein@"),
        ("a\x00b@windwerk.example", "unsichtbares Steuerzeichen"),
        (" ".join(f"n{number}@windwerk.example" for number in range(21)), "höchstens 20 Personen"),
        ("x" * 7000, "höchstens 6000 Zeichen"),
    ],
)
def test_addresses_that_no_letter_reaches_are_refused_all_together(client_of, petra, emails, told):
    answer = invite(client_of(petra), emails)

    assert answer.status_code == 422
    assert told in answer.text
    assert (letters(), states()) == ([], [])


@pytest.mark.parametrize("role", ["", "king", "OWNER"])
def test_role_outside_of_the_list_is_refused(client_of, petra, role):
    assert invite(client_of(petra), "ina@windwerk.example", role).status_code == 422


def test_who_has_the_role_already_is_named_and_gets_no_letter(client_of, petra, paul):
    answer = client_of(petra).post(
        f"{PEOPLE}/einladen",
        data={"emails": paul.email, "role": "member"},
        follow_redirects=True,
    )

    assert f"Diese Rolle besteht schon: {paul.email}" in answer.text
    assert letters() == []


def test_second_invitation_burns_the_first_and_its_role_counts(client_of, client, petra, invited):
    old = invitation_link(invited)

    invite(client_of(petra), "ina@windwerk.example", "editor")

    assert states() == [InvitationState.REVOKED, InvitationState.OPEN]
    assert client.get(old).status_code == 404


def test_mailbox_gets_three_links_an_hour_and_no_more(client_of, petra):
    client = client_of(petra)

    answers = [invite(client, "ina@windwerk.example").status_code for _ in range(4)]

    assert answers == [303, 303, 303, 429]
    assert len(letters()) == 3


def test_letter_carries_the_link_that_makes_the_account(client, petra, windwerk, client_of):
    invite(client_of(petra), "ina@windwerk.example", "editor")
    letter = db.session.scalars(select(Letter)).one()
    _subject, text = words(letter)
    link = next(line for line in text.splitlines() if "/einladung/" in line)
    path = link.removeprefix("http://portal.test")

    shown = client.get(path)
    answer = client.post(path, data=NEW_PERSON | {"version": 1})

    assert "Petra Probe lädt Sie ein" in shown.text
    assert (answer.status_code, answer.location) == (303, PEOPLE)
    ina = db.session.scalars(select(User).where(User.email == "ina@windwerk.example")).one()
    assert (ina.name, ina.confirmed_at is not None, roles(ina)) == ("Ina Neu", True, [EDITOR])
    assert client.get(PEOPLE).status_code == 200
    assert letters()[1:] == [(petra.email, "partners/invitation_accepted")]


def test_get_changes_nothing_and_the_used_link_is_gone(client, ina, invited):
    link = invitation_link(invited)

    client.get(link)
    assert (states(), roles(ina)) == ([InvitationState.OPEN], [])
    client.post(link, data=NEW_PERSON | {"version": 1})
    db.session.expire_all()

    assert client.application.test_client().get(link).status_code == 404


@pytest.mark.parametrize("missing", ["first_name", "last_name", "password", "consent"])
def test_account_is_not_made_while_something_is_missing(client, ina, invited, missing):
    data = {name: value for name, value in NEW_PERSON.items() if name != missing}

    assert client.post(invitation_link(invited), data=data | {"version": 1}).status_code == 422
    assert (states(), roles(ina)) == ([InvitationState.OPEN], [])


def test_who_has_an_account_logs_in_first(client, client_of, windwerk, petra, stefan):
    invitation = an_invitation(windwerk, stefan, petra)
    link = invitation_link(invitation)

    assert "/konto/anmelden?weiter=" in client.get(link).text
    assert client.post(link, data=NEW_PERSON | {"version": 1}).status_code == 403
    assert client_of(stefan).get(link).location == f"/mein/einladungen/{invitation.id}"
    answer = client_of(stefan).post(
        f"/mein/einladungen/{invitation.id}/annehmen", data={"version": 1}
    )

    assert answer.location == PEOPLE
    assert roles(stefan) == [MEMBER, OWNER]


def test_invitation_waits_on_the_persons_own_page(client_of, windwerk, petra, stefan):
    an_invitation(windwerk, stefan, petra)

    assert "Einladung von Windwerk eG" in client_of(stefan).get("/mein").text


def test_somebody_else_gets_403_and_the_invitation_stays_open(client_of, ina, invited, stefan):
    client = client_of(stefan)
    link = invitation_link(invited)

    seen, act = client.get(link), client.post(link, data=NEW_PERSON | {"version": 1})

    assert (seen.status_code, act.status_code) == (403, 403)
    assert "Diese Einladung gilt einer anderen Adresse" in seen.text
    assert client.get(f"/mein/einladungen/{invited.id}").status_code == 404
    assert (states(), roles(stefan)) == ([InvitationState.OPEN], [OWNER])


def test_copied_link_proves_no_address_and_leads_to_the_mail(client, ina, invited):
    link = invitation_link(invited, shown=True)

    shown = client.get(link)
    act = client.post(link, data=NEW_PERSON | {"version": 1})
    sent = client.post(f"{link}/neu")

    assert "Link an meine Adresse senden" in shown.text
    assert (act.status_code, sent.status_code) == (403, 303)
    assert letters() == [("ina@windwerk.example", "partners/person_invited")]
    assert (ina.password_hash, roles(ina)) == (None, [])


def test_owner_sees_the_link_for_copying_and_members_do_not(client_of, invited, petra, paul):
    link = invitation_link(invited, shown=True)

    assert link in client_of(petra).get(PEOPLE).text
    assert "Offene Einladungen" not in client_of(paul).get(PEOPLE).text


def test_expired_link_offers_a_new_one_and_the_newest_counts(client, invited, ina):
    with time_machine.travel(now() + 15 * DAY, tick=False):
        late = client.get(invitation_link(invited))
        again = client.post(f"{invitation_link(invited)}/neu")
        db.session.expire_all()
        fresh = client.get(invitation_link(the_invitation()))

    assert (late.status_code, again.status_code, fresh.status_code) == (410, 303, 200)
    assert "Neuen Link senden" in late.text
    assert letters() == [(ina.email, "partners/person_invited")]


def test_owner_sends_it_again_and_revokes_it(client_of, client, petra, invited):
    old = invitation_link(invited)
    owner = client_of(petra)
    here = f"{PEOPLE}/einladungen/{invited.id}"

    assert owner.post(f"{here}/erneut", data={"version": 1}).status_code == 303
    assert client.get(old).status_code == 404
    newest = invitation_link(the_invitation())
    assert client.get(newest).status_code == 200
    assert owner.post(f"{here}/zurueckziehen", data={"version": 2}).status_code == 303
    assert client.get(newest).status_code == 404
    assert states() == [InvitationState.REVOKED]


def test_invitation_after_the_inviter_lost_the_right_is_gone(client, windwerk, petra, ina, invited):
    eva = a_user("eva@windwerk.example", "Eva", "Probe")
    affiliated(eva, windwerk, OWNER)
    services.end_affiliation(windwerk, petra, by=eva)
    db.session.commit()

    answer = client.post(invitation_link(invited), data=NEW_PERSON | {"version": 1})

    assert answer.status_code == 410
    assert "darf für die Organisation nicht mehr einladen" in answer.text
    assert (roles(ina), ina.password_hash) == ([], None)


def test_invitation_of_a_resting_organisation_is_gone(client, windwerk, ina, invited):
    windwerk.suspended_at = now()
    db.session.commit()

    answer = client.post(invitation_link(invited), data=NEW_PERSON | {"version": 1})

    assert answer.status_code == 410
    assert "ruht zurzeit" in answer.text
    assert roles(ina) == []


@pytest.mark.parametrize("forged", ["purpose", "subject", "stamp", "nothing"])
def test_forged_link_opens_nothing(client, windwerk, petra, invited, ina, forged):
    other = an_invitation(an_organisation("netzwerk", "Netzwerk AG"), ina, petra)
    token = {
        "purpose": token_for(invited, "answer", now() + DAY),
        "subject": queries.invitation_token(other),
        "stamp": "ffffffff-" + queries.invitation_token(invited).partition("-")[2],
        "nothing": "-",
    }[forged]

    assert client.get(f"/einladung/{invited.id}/{token}").status_code == 404
    assert client.post(f"/einladung/{invited.id}/{token}", data=NEW_PERSON).status_code == 404


def test_declined_invitation_tells_who_invited(client_of, windwerk, petra, stefan):
    invitation = an_invitation(windwerk, stefan, petra)

    answer = client_of(stefan).post(
        f"/mein/einladungen/{invitation.id}/ablehnen", data={"version": 1}
    )

    assert answer.location == "/mein"
    assert letters() == [(petra.email, "partners/invitation_declined")]
    assert states() == [InvitationState.DECLINED]


def test_right_to_sign_comes_beside_membership(client_of, windwerk, petra, stefan):
    invitation = an_invitation(windwerk, stefan, petra, SIGNATORY)

    client_of(stefan).post(f"/mein/einladungen/{invitation.id}/annehmen", data={"version": 1})

    assert roles(stefan) == [MEMBER, OWNER, SIGNATORY]


def accepts(invitation_id):
    def accept():
        invitation = db.session.get(Invitation, invitation_id)
        services.accept(invitation, by=invitation.person, seen_version=1)

    return accept


def test_invitation_accepted_twice_at_once_lets_in_once(app, windwerk, petra, stefan):
    invitation = an_invitation(windwerk, stefan, petra)
    acts = [accepts(invitation.id)] * 2

    assert race(app, *acts) == ["Conflict", "done"]
    assert roles(stefan) == [MEMBER, OWNER]


def test_without_state_and_version_it_would_let_in_twice(app, windwerk, petra, stefan):
    invitation_id = an_invitation(windwerk, stefan, petra).id
    ids = {"organisation_id": windwerk.id, "user_id": stefan.id}

    def look():
        return db.session.scalar(
            select(func.count(Invitation.id)).where(
                Invitation.id == invitation_id, Invitation.state == InvitationState.OPEN
            )
        )

    def let_in():
        db.session.add(Affiliation(role=MEMBER, since=now(), **ids))

    assert without_guard(app, (look, let_in), (look, let_in)) == [1, 1]
    assert roles(stefan) == [MEMBER, MEMBER, OWNER]


def test_password_of_the_person_is_the_way_in_afterwards(client, ina, invited):
    client.post(invitation_link(invited), data=NEW_PERSON | {"version": 1})
    fresh = client.application.test_client()

    wrong = fresh.post("/konto/anmelden", data={"email": ina.email, "password": PASSWORD})
    right = fresh.post(
        "/konto/anmelden", data={"email": ina.email, "password": NEW_PERSON["password"]}
    )

    assert (wrong.status_code, right.status_code) == (422, 303)
