"""Ownership is offered and accepted; nobody administers anything unknowingly, and the office hears
of it. The right to sign is given and taken beside the role."""

import pytest

from portal.core.database import db
from portal.partners import services
from portal.partners.models import AffiliationRole, Invitation
from tests.cast import a_user, affiliated
from tests.letters import history, letters
from tests.partners.acting import PEOPLE, race, roles

OWNER, EDITOR, MEMBER, SIGNATORY = AffiliationRole


def offer(client, person):
    return client.post(f"{PEOPLE}/{person.id}/uebergeben")


def the_offer():
    db.session.rollback()
    return db.session.query(Invitation).one()


def answer(client, word, version=1):
    return client.post(f"/mein/einladungen/{the_offer().id}/{word}", data={"version": version})


def test_offered_ownership_changes_nothing_before_it_is_accepted(client_of, petra, paul):
    assert offer(client_of(petra), paul).location == PEOPLE

    assert (roles(petra), roles(paul)) == ([OWNER], [MEMBER])
    assert letters() == [(paul.email, "partners/ownership_offered")]


def test_accepted_handover_makes_the_former_owner_an_editor(client_of, windwerk, petra, paul, ada):
    offer(client_of(petra), paul)

    assert answer(client_of(paul), "annehmen").location == PEOPLE

    assert (roles(petra), roles(paul)) == ([EDITOR], [OWNER])
    assert letters()[1:] == [
        (petra.email, "partners/ownership_handed_over"),
        (ada.email, "partners/ownership_handed_over_office"),
    ]
    assert history() == [
        ("OwnershipOffered", petra.id, windwerk.id),
        ("OwnershipHandedOver", paul.id, windwerk.id),
    ]


def test_declined_handover_leaves_all_as_it_was(client_of, petra, paul):
    offer(client_of(petra), paul)

    answer(client_of(paul), "ablehnen")

    assert (roles(petra), roles(paul)) == ([OWNER], [MEMBER])
    assert letters()[1:] == [(petra.email, "partners/invitation_declined")]


def test_offer_of_who_lost_the_right_is_gone(client_of, windwerk, petra, paul):
    offer(client_of(petra), paul)
    eva = a_user("eva@windwerk.example", "Eva", "Probe")
    affiliated(eva, windwerk, OWNER)
    services.give_role(windwerk, petra, role=MEMBER, by=eva, seen=OWNER)
    db.session.commit()

    assert answer(client_of(paul), "annehmen").status_code == 410
    assert roles(paul) == [MEMBER]


def test_who_only_signs_takes_over_or_gets_a_role_too(client_of, windwerk, petra):
    sina = a_user("sina@windwerk.example", "Sina", "Probe")
    affiliated(sina, windwerk, SIGNATORY)
    client = client_of(petra)

    assert offer(client, sina).status_code == 303
    role = {"role": "editor", "seen": "signatory"}
    assert client.post(f"{PEOPLE}/{sina.id}/rolle", data=role).status_code == 303

    assert roles(sina) == [EDITOR, SIGNATORY]


def test_strangers_and_owners_are_offered_nothing(client_of, windwerk, petra, stefan):
    eva = a_user("eva@windwerk.example", "Eva", "Probe")
    affiliated(eva, windwerk, OWNER)

    assert offer(client_of(petra), stefan).status_code == 404
    assert offer(client_of(petra), eva).status_code == 409
    assert letters() == []


def test_two_offers_accepted_at_once_make_one_owner_of_the_task(app, windwerk, petra, paul):
    quinn = a_user("quinn@windwerk.example", "Quinn", "Probe")
    affiliated(quinn, windwerk)
    offers = [services.offer_ownership(windwerk, one, by=petra) for one in (paul, quinn)]
    db.session.commit()

    def accepts(offer_id):
        def accept():
            offered = db.session.get(Invitation, offer_id)
            services.accept(offered, by=offered.person, seen_version=1)

        return accept

    assert race(app, *(accepts(one.id) for one in offers)) == ["Gone", "done"]
    assert sorted(roles(paul) + roles(quinn)) == [MEMBER, OWNER]
    assert roles(petra) == [EDITOR]


@pytest.mark.parametrize("word", ["zeichnung-geben", "zeichnung-nehmen"])
def test_members_give_nobody_the_right_to_sign(client_of, petra, paul, word):
    assert client_of(paul).post(f"{PEOPLE}/{paul.id}/{word}").status_code == 403


def test_right_to_sign_is_given_once_and_taken_again(client_of, petra, paul):
    client = client_of(petra)

    for word in ("geben", "geben", "nehmen", "nehmen"):
        assert client.post(f"{PEOPLE}/{paul.id}/zeichnung-{word}").status_code == 303
        assert roles(paul) == ([MEMBER, SIGNATORY] if word == "geben" else [MEMBER])

    assert letters() == [
        (paul.email, "partners/signing_right_given"),
        (paul.email, "partners/signing_right_taken"),
    ]
