"""What the office reads about a decision of two: on the case, on its own page and at the desk."""

from portal.desk import queries as desk
from portal.desk.queries import Way
from portal.projects.models import ReviewState
from tests.cast import an_organisation
from tests.joint.acting import address_of, confirmed, joints, proposed
from tests.joint.conftest import tie
from tests.projects.making import MINE, OFFICE, a_draft, in_state

DESK = "/projektbuero"
WAITS = "Wartet auf die zweite Person (Befangenheit offengelegt)"
TOGETHER = "zwei Personen der Leitung gemeinsam"


def test_case_leads_administrators_to_the_joint_way_and_tells_moderators(
    client_of, ada, olga, project
):
    case = f"{OFFICE}/{project.key}"
    for user, leads in ((ada, True), (olga, False)):
        text = client_of(user).get(case).text
        assert TOGETHER in text and "Eine andere Person entscheidet." not in text
        assert (f'href="{address_of(project)}"' in text) is leads


def test_case_with_a_proposal_says_that_it_waits(client_of, ada, berta, olga, project):
    proposed(client_of(ada), project)

    for user in (ada, berta, olga):
        text = client_of(user).get(f"{OFFICE}/{project.key}").text
        assert WAITS in text and "Ada Amt schlägt vor: Veröffentlichen." in text
        assert ("Bestätigen oder widersprechen" in text) is (user is berta)


def test_own_page_shows_each_what_they_can_do(client_of, ada, berta, olga, project):
    acts = {ada: "zuruecknehmen", berta: "bestaetigen", olga: None}
    proposed(client_of(ada), project)

    for user, own in acts.items():
        text = client_of(user).get(address_of(project)).text
        assert "Bis vor einem Monat Mitglied." in text
        assert [act for act in ("zuruecknehmen", "bestaetigen") if f'/{act}"' in text] == (
            [own] if own else []
        )


def test_organisation_reads_of_no_names_and_no_disclosure(client_of, petra, ada, berta, project):
    proposed(client_of(ada), project)
    assert "Befangenheit" not in client_of(petra).get(f"{MINE}/{project.key}").text

    confirmed(client_of(berta), project)

    text = client_of(petra).get(f"{MINE}/{project.key}").text
    assert "Projektbüro" in text and "Befangenheit offengelegt" in text
    assert "Ada Amt" not in text and "Mitglied." not in text
    office = client_of(berta).get(f"{OFFICE}/{project.key}").text
    assert "Ada Amt: Bis vor einem Monat Mitglied. / Berta Büro: Ich auch." in office


def ways(*users) -> list[list[Way]]:
    return [[w.way for w in desk.waiting(user)] for user in users]


def test_desk_says_whose_turn_it_is(client_of, ada, berta, olga, project):
    assert ways(ada, berta, olga) == [[Way.PROPOSES], [Way.PROPOSES], [Way.OTHERS]]

    proposed(client_of(ada), project)

    assert ways(ada, berta, olga) == [[Way.WAITS], [Way.CONFIRMS], [Way.OTHERS]]
    assert "von Ihnen zu bestätigen" in client_of(berta).get(DESK).text
    assert client_of(berta).get(f"{DESK}/naechster").location == f"{OFFICE}/{project.key}"
    assert client_of(ada).get(f"{DESK}/naechster").location == DESK


def test_desk_forgets_a_proposal_for_an_earlier_text(client_of, ada, berta, project):
    proposed(client_of(ada), project)
    in_state(project, ReviewState.DRAFT)
    in_state(project, ReviewState.SUBMITTED)

    assert [joint.state for joint in joints()] == ["open"]
    assert ways(ada, berta) == [[Way.PROPOSES], [Way.PROPOSES]]


def test_desk_takes_as_many_statements_however_many_wait_for_two(
    client_of, statements, windwerk, petra, ada, project
):
    client = client_of(ada)
    proposed(client, project)
    with statements() as one:
        assert client.get(DESK).status_code == 200
    for number in range(3):
        other = a_draft(windwerk, petra, title=f"Windpark {number}")
        in_state(other, ReviewState.SUBMITTED)
        proposed(client, other)
    netzwerk = an_organisation("netzwerk", "Netzwerk AG")
    tie(ada, netzwerk)

    with statements() as four:
        assert client.get(DESK).status_code == 200

    assert four.number == one.number <= 10
