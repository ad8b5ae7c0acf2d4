"""Joining a team: open ones at once, the others by a request that somebody answers."""

import pytest
from sqlalchemy import select

from portal.accounts.models import User
from portal.core.database import db
from portal.core.times import now
from portal.partners.models import Affiliation
from portal.teams import services
from portal.teams.models import Joining, Seat, SeatRole, SeatState, Team
from tests.cast import a_user, affiliated, an_organisation, saved, theme
from tests.letters import history, letters

JOIN = "/mein/windwerk/teams/energie/mitmachen"
LEAVE = "/mein/windwerk/teams/energie/verlassen"


@pytest.fixture
def energie(app):
    team = services.add_team(
        slug="energie",
        name="Energie",
        theme=theme("energie"),
        mission="Netze und Effizienz",
        since=None,
        joining=Joining.ON_REQUEST,
    )
    db.session.commit()
    return team


@pytest.fixture
def lara(energie):
    """Leads the team for Netzwerk AG."""
    lara = a_user("lara@netzwerk.example", "Lara", "Leitung")
    netzwerk = an_organisation("netzwerk", "Netzwerk AG")
    affiliated(lara, netzwerk)
    a_seat(lara, netzwerk, energie, role=SeatRole.LEAD)
    return lara


def a_seat(user, organisation, team, *, state=SeatState.SEATED, role=SeatRole.MEMBER):
    return saved(
        Seat(
            user=user,
            organisation=organisation,
            team=team,
            state=state,
            role=role,
            requested_at=now(),
        )
    )


def seats():
    db.session.rollback()
    rows = db.session.scalars(select(Seat).order_by(Seat.id))
    return [(seat.user.first_name, seat.state, seat.reason) for seat in rows]


def in_mode(team, joining):
    team.joining = joining
    db.session.commit()


def test_open_team_gives_the_seat_at_once_and_its_lead_hears_of_it(
    client_of, petra, lara, energie, windwerk
):
    in_mode(energie, Joining.OPEN)

    answer = client_of(petra).post(JOIN)

    assert (answer.status_code, answer.location) == (303, "/expertenteams/energie")
    assert seats() == [("Lara", SeatState.SEATED, ""), ("Petra", SeatState.SEATED, "")]
    assert letters() == [("lara@netzwerk.example", "teams/seat_taken")]
    assert history() == [("SeatTaken", petra.id, windwerk.id)]
    assert "Windwerk eG" in client_of(petra).get("/expertenteams/energie").text


def test_request_waits_for_the_lead_who_hears_of_it(client_of, petra, lara, energie, windwerk):
    answer = client_of(petra).post(JOIN, data={"motivation": "Wir messen Wind."})

    assert answer.status_code == 303
    assert seats()[-1] == ("Petra", SeatState.REQUESTED, "")
    assert letters() == [("lara@netzwerk.example", "teams/seat_requested")]
    assert history() == [("SeatRequested", petra.id, windwerk.id)]


def test_request_without_a_lead_goes_to_the_offices_administrators(
    client_of, petra, ada, olga, energie
):
    client_of(petra).post(JOIN, data={"motivation": "Wir messen Wind."})

    assert letters() == [("ada@office.example", "teams/seat_requested_office")]


@pytest.mark.parametrize(
    ("motivation", "message"),
    [
        ("", "Schreiben Sie, was Sie beitragen möchten."),
        ("\u200b \u00ad", "Schreiben Sie, was Sie beitragen möchten."),
        ("x" * 1001, "höchstens 1000 Zeichen"),
        ("eins\x00zwei", "Steuerzeichen"),
    ],
)
def test_motivation_is_checked_and_kept_in_the_field(
    client_of, petra, energie, motivation, message
):
    answer = client_of(petra).post(JOIN, data={"motivation": motivation})

    assert answer.status_code == 422
    assert message in answer.text
    assert seats() == []


def test_second_click_finds_what_the_first_one_made(client_of, petra, energie):
    client = client_of(petra)

    for _ in range(2):
        assert client.post(JOIN, data={"motivation": "Wir messen Wind."}).status_code == 303

    assert len(seats()) == 1


@pytest.mark.parametrize(("joining"), [Joining.INVITATION, Joining.CLOSED])
def test_nobody_joins_a_team_that_is_not_joinable(client_of, petra, energie, joining):
    in_mode(energie, joining)

    assert client_of(petra).get(JOIN).status_code == 403
    assert client_of(petra).post(JOIN, data={"motivation": "x"}).status_code == 403
    assert seats() == []


def test_archived_team_takes_nobody(client_of, petra, energie):
    energie.archived_at = now()
    db.session.commit()

    assert client_of(petra).post(JOIN, data={"motivation": "x"}).status_code == 403


@pytest.mark.parametrize(
    ("person", "status"), [("stefan", 404), ("olga", 403), ("ada", 403), ("paul", 303)]
)
def test_one_joins_for_an_organisation_one_belongs_to(
    client_of, request, windwerk, energie, person, status
):
    client = client_of(request.getfixturevalue(person))

    assert client.post(JOIN, data={"motivation": "Gern."}).status_code == status


def answer_address(seat, act, *, office=False):
    start = "/projektbuero/teams" if office else "/mein/netzwerk/teams"
    return f"{start}/energie/anfragen/{seat.id}/{act}"


@pytest.fixture
def request_of_petra(petra, windwerk, energie):
    return a_seat(petra, windwerk, energie, state=SeatState.REQUESTED)


@pytest.mark.parametrize(
    ("act", "state", "kind", "fact"),
    [
        ("aufnehmen", SeatState.SEATED, "teams/seat_given", "SeatGiven"),
        ("ablehnen", SeatState.REFUSED, "teams/seat_refused", "SeatRefused"),
    ],
)
def test_lead_answers_with_a_reason_that_the_person_reads(
    client_of, lara, petra, request_of_petra, windwerk, act, state, kind, fact
):
    data = {"version": 1, "reason": "Das passt."}

    answer = client_of(lara).post(answer_address(request_of_petra, act), data=data)

    assert answer.status_code == 303
    assert seats()[-1] == ("Petra", state, "Das passt.")
    assert letters() == [("petra@windwerk.example", kind)]
    assert history() == [(fact, lara.id, windwerk.id)]


def test_refusal_needs_a_reason(client_of, lara, request_of_petra):
    address = answer_address(request_of_petra, "ablehnen")

    answer = client_of(lara).post(address, data={"version": 1, "reason": " "})

    assert answer.status_code == 422
    assert "Begründen Sie die Absage." in answer.text
    assert seats()[-1] == ("Petra", SeatState.REQUESTED, "")


@pytest.mark.parametrize("office", [False, True])
@pytest.mark.parametrize(
    ("person", "status_mine", "status_office"),
    [
        ("petra", 404, 404),
        ("stefan", 404, 404),
        ("olga", 403, 404),
        ("ada", 403, 303),
        ("lara", 303, 404),
    ],
)
def test_only_the_lead_or_an_administrator_answers(
    client_of, request, lara, request_of_petra, office, person, status_mine, status_office
):
    client = client_of(request.getfixturevalue(person))
    address = answer_address(request_of_petra, "aufnehmen", office=office)

    answer = client.post(address, data={"version": 1})

    assert answer.status_code == (status_office if office else status_mine)


def test_slower_of_two_answers_is_refused_and_sends_no_letter(client_of, lara, request_of_petra):
    client = client_of(lara)
    client.post(answer_address(request_of_petra, "aufnehmen"), data={"version": 1})

    slower = client.post(
        answer_address(request_of_petra, "ablehnen"), data={"version": 1, "reason": "Nein."}
    )

    assert slower.status_code == 409
    assert seats()[-1][1] is SeatState.SEATED
    assert len(letters()) == 1


def test_leaving_frees_the_seat_and_one_may_come_back(client_of, petra, lara, energie, windwerk):
    in_mode(energie, Joining.OPEN)
    client = client_of(petra)
    client.post(JOIN)

    assert client.post(LEAVE, data={"version": 1}).status_code == 303
    assert client.post(LEAVE, data={"version": 1}).status_code == 404
    assert client.post(JOIN).status_code == 303
    assert [state for _, state, _ in seats()] == ["seated", "left", "seated"]
    assert letters()[1] == ("lara@netzwerk.example", "teams/seat_left")


def test_request_can_be_taken_back(client_of, petra, lara, request_of_petra):
    assert client_of(petra).post(LEAVE, data={"version": 1}).status_code == 303
    assert seats()[-1][1] is SeatState.LEFT


def test_former_member_of_the_organisation_leaves_the_teams_page(client_of, petra, energie):
    db.session.scalars(
        select(Affiliation).where(Affiliation.user_id == petra.id)
    ).one().until = now()
    db.session.commit()

    assert client_of(petra).get(JOIN).status_code == 404


def test_visitors_see_organisations_and_no_people(client, petra, lara, energie):
    page = client.get("/expertenteams/energie").text

    assert "Netzwerk AG" in page
    assert "Lara" not in page
    assert "csrf" not in page


def test_organisation_without_membership_is_named_without_a_link(client, stefan, energie):
    verein = an_organisation("verein", "Verein e. V.", member=False)
    a_seat(stefan, verein, energie)

    page = client.get("/expertenteams/energie").text

    assert "Verein e. V." in page
    assert "/partner/verein" not in page


def test_unknown_team_is_not_found(client, client_of, petra):
    assert client.get("/expertenteams/nichts").status_code == 404
    assert client_of(petra).get("/mein/windwerk/teams/nichts/mitmachen").status_code == 404


def test_lists_need_the_same_statements_for_one_and_for_fifty_seats(
    client_of, lara, windwerk, energie, statements
):
    client = client_of(lara)
    address = "/mein/netzwerk/teams/energie/anfragen"
    counts = []
    for number in (1, 40):
        for i in range(number):
            person = a_user(f"p{number}-{i}@windwerk.example", "P", str(i))
            a_seat(person, windwerk, energie, state=SeatState.REQUESTED)
            other = a_user(f"q{number}-{i}@windwerk.example", "Q", str(i))
            a_seat(other, windwerk, energie)
        with statements() as counted:
            assert client.get(address).status_code == 200
        counts.append(counted.number)

    assert counts[0] == counts[1]


def test_the_database_itself_knows_one_active_seat(petra, windwerk, energie):
    assert db.session.get(User, petra.id) and db.session.get(Team, energie.id)
    a_seat(petra, windwerk, energie)

    with pytest.raises(Exception, match=r"(?i)unique"):
        a_seat(petra, windwerk, energie, state=SeatState.REQUESTED)
    db.session.rollback()
