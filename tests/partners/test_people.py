"""The people of an organisation: owners give roles and end them, everybody may leave, and somebody
always administers it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select, text

from portal.accounts.models import User
from portal.core.database import db
from portal.core.times import now
from portal.partners import queries, services
from portal.partners.models import Affiliation, AffiliationRole
from portal.teams.models import Joining, Seat, SeatState, Team
from tests.cast import a_user, affiliated, saved, theme
from tests.letters import history, letters
from tests.partners.acting import race, roles

PEOPLE = "/mein/windwerk/personen"
OWNER, EDITOR, MEMBER, SIGNATORY = AffiliationRole


def give(client, person, role, seen="member"):
    return client.post(f"{PEOPLE}/{person.id}/rolle", data={"role": role, "seen": seen})


def remove(client, person):
    return client.post(f"{PEOPLE}/{person.id}/entfernen")


@pytest.fixture
def eva(windwerk):
    """A second owner."""
    eva = a_user("eva@windwerk.example", "Eva", "Probe")
    affiliated(eva, windwerk, OWNER)
    return eva


def test_owner_gives_another_role_and_the_person_hears_of_it(client_of, windwerk, petra, paul):
    answer = give(client_of(petra), paul, "editor")

    assert (answer.status_code, answer.location) == (303, PEOPLE)
    assert roles(paul) == [EDITOR]
    assert letters() == [(paul.email, "partners/role_given")]
    assert history() == [("RoleGiven", petra.id, windwerk.id)]


def test_what_ended_stays_for_the_rules_that_look_back(client_of, petra, paul):
    give(client_of(petra), paul, "editor")

    ended = select(Affiliation).where(
        Affiliation.user_id == paul.id, Affiliation.until.is_not(None)
    )
    assert [one.role for one in db.session.scalars(ended)] == [MEMBER]


def test_right_to_sign_stays_beside_a_new_role(client_of, windwerk, petra, paul):
    affiliated(paul, windwerk, SIGNATORY)

    give(client_of(petra), paul, "editor")

    assert roles(paul) == [EDITOR, SIGNATORY]


def test_same_role_again_changes_nothing(client_of, petra, paul):
    assert give(client_of(petra), paul, "member").status_code == 303
    assert (history(), letters()) == ([], [])


@pytest.mark.parametrize("role", ["", "king", "signatory", "OWNER", "x" * 5000])
def test_role_outside_of_the_list_is_not_given(client_of, petra, paul, role):
    answer = client_of(petra).post(
        f"{PEOPLE}/{paul.id}/rolle", data={"role": role, "seen": "member"}, follow_redirects=True
    )

    assert "Wählen Sie eine der angebotenen Rollen." in answer.text
    assert roles(paul) == [MEMBER]


def test_slower_owner_sees_that_the_role_is_another_one(client_of, petra, eva, paul):
    give(client_of(petra), paul, "editor", seen="member")

    assert give(client_of(eva), paul, "owner", seen="member").status_code == 409
    assert roles(paul) == [EDITOR]


def test_removed_person_acts_no_more_and_loses_the_seats(client_of, windwerk, petra, paul):
    team = saved(Team(slug="netze", name="Netze", theme=theme(), joining=Joining.OPEN))
    seat = saved(
        Seat(
            team=team,
            user=paul,
            organisation=windwerk,
            state=SeatState.SEATED,
            requested_at=now(),
        )
    )
    pauls = client_of(paul)
    assert pauls.get(PEOPLE).status_code == 200

    assert remove(client_of(petra), paul).location == PEOPLE

    assert pauls.get(PEOPLE).status_code == 404
    assert roles(paul) == []
    assert db.session.get(Seat, seat.id).state is SeatState.LEFT
    assert letters() == [(paul.email, "partners/affiliation_ended")]
    assert {fact for fact, *_ in history()} == {"AffiliationEnded", "SeatLeft"}


def test_everybody_may_leave_and_the_owners_hear_of_it(client_of, petra, paul):
    answer = remove(client_of(paul), paul)

    assert (answer.status_code, answer.location) == (303, "/mein")
    assert roles(paul) == []
    assert letters() == [(petra.email, "partners/affiliation_left")]


def test_member_removes_nobody_else(client_of, petra, paul):
    assert remove(client_of(paul), petra).status_code == 403
    assert give(client_of(paul), paul, "owner").status_code == 403
    assert (roles(petra), roles(paul)) == ([OWNER], [MEMBER])


def test_last_owner_neither_leaves_nor_is_demoted(client_of, petra, paul):
    client = client_of(petra)

    for answer in (remove(client, petra), give(client, petra, "editor", seen="owner")):
        assert answer.status_code == 409
        assert "die letzte Person, die die Organisation verwaltet" in answer.text
    assert roles(petra) == [OWNER]
    assert "Letzte Person, die verwaltet" in client.get(PEOPLE).text


@pytest.mark.parametrize("lost", ["locked_at", "confirmed_at"])
def test_owner_who_cannot_log_in_does_not_count(client_of, petra, eva, lost):
    setattr(eva, lost, now() if lost == "locked_at" else None)
    db.session.commit()

    assert remove(client_of(petra), petra).status_code == 409


def test_one_of_two_owners_may_go(client_of, petra, eva):
    assert remove(client_of(petra), petra).status_code == 303
    assert (roles(petra), roles(eva)) == ([], [OWNER])


def test_people_of_others_are_nobody_here(client_of, petra, stefan):
    assert remove(client_of(petra), stefan).status_code == 404
    assert give(client_of(petra), stefan, "member").status_code == 404
    assert client_of(stefan).get(PEOPLE).status_code == 404


def test_members_see_names_and_owners_see_addresses(client_of, petra, paul):
    seen, known = client_of(paul).get(PEOPLE).text, client_of(petra).get(PEOPLE).text

    assert ("Petra Probe" in seen, petra.email in seen) == (True, False)
    assert paul.email in known


def test_two_owners_who_leave_at_once_leave_one_behind(app, windwerk, petra, eva):
    def leaves(person_id):
        def leave():
            person = db.session.get(User, person_id)
            organisation = queries.acted_for("windwerk", by=person)
            services.end_affiliation(organisation, person, by=person)

        return leave

    assert race(app, leaves(petra.id), leaves(eva.id)) == ["Conflict", "done"]
    assert sorted(roles(petra) + roles(eva)) == [OWNER]


def test_two_owners_who_demote_each_other_at_once_leave_one_owner(app, windwerk, petra, eva):
    def demotes(by_id, other_id):
        def demote():
            by, other = db.session.get(User, by_id), db.session.get(User, other_id)
            organisation = queries.known_organisation("windwerk")
            services.give_role(organisation, other, role=MEMBER, by=by, seen=OWNER)

        return demote

    ids = petra.id, eva.id

    became = race(app, demotes(*ids), demotes(*reversed(ids)))

    assert became in (["Conflict", "done"], ["Denied", "done"])  # by then no owner any more
    assert sorted(roles(petra) + roles(eva)) == [MEMBER, OWNER]


def test_without_the_lock_both_would_leave(app, petra, eva):
    """The same decision on what was read before, without waiting for each other."""
    meet = Barrier(2)

    def leaves(person_id):
        def leave():
            with db.engine.begin() as connection:
                count = connection.scalar(
                    text("SELECT count(*) FROM affiliation WHERE role='owner' AND until IS NULL")
                )
            meet.wait(timeout=10)
            with db.engine.begin() as connection:
                connection.execute(
                    text("UPDATE affiliation SET until = :now WHERE user_id = :id"),
                    {"now": now().replace(tzinfo=None), "id": person_id},
                )
            return count

        return leave

    ids = [petra.id, eva.id]
    db.session.rollback()
    with ThreadPoolExecutor(2) as threads:

        def run(act):
            with app.app_context():
                return act()

        assert list(threads.map(run, [leaves(one) for one in ids])) == [2, 2]
    assert roles(petra) + roles(eva) == []


def test_who_speaks_for_two_switches_between_them(client_of, petra, stefan, windwerk):
    affiliated(stefan, windwerk)

    assert 'aria-label="Wechseln zu Solarhof GmbH"' in client_of(stefan).get(PEOPLE).text
    assert "Wechseln zu" not in client_of(petra).get(PEOPLE).text
