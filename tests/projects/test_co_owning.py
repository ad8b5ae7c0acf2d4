"""A co-owner that has said yes writes the presentation with the lead; who was only asked does not.
The lead decides who belongs to it, and can hand itself over."""

from datetime import timedelta

import pytest

from portal.accounts.models import OfficeRole
from portal.core.database import db
from portal.core.times import now
from portal.desk import queries as desk
from portal.history.models import Entry
from portal.partners.models import AffiliationRole
from portal.projects.models import Basis, ParticipationRole, ReviewState
from portal.projects.policies import is_lead, is_untied
from tests.cast import a_user, affiliated, an_organisation
from tests.letters import history, letters
from tests.projects.making import MINE, OFFICE, in_state, published, shown, typed
from tests.projects.parts import ASKED, a_part, co_owner, fresh, parts_of, seen

THEIRS = "/mein/solarhof/projekte"
CO_OWNER, LEAD, PARTNER = (
    ParticipationRole.CO_OWNER,
    ParticipationRole.LEAD,
    ParticipationRole.PARTNER,
)
HIDDEN = [Basis.PENDING, Basis.REFUSED, Basis.WITHDRAWN, Basis.EXPIRED]


def test_co_owner_edits_and_submits_under_its_own_address(
    client_of, stefan, petra, project, solarhof, windwerk
):
    co_owner(project, solarhof)
    client, here = client_of(stefan), f"{THEIRS}/{project.key}"

    listed = client.get(THEIRS).text
    answers = [
        client.get(here).status_code,
        client.get(f"{here}/bearbeiten").status_code,
        client.post(f"{here}/bearbeiten", data=typed(title="Neu") | shown(project)).status_code,
        client.post(f"{here}/einreichen", data=shown(project)).status_code,
        client.post(f"{here}/zurueckziehen", data=shown(project)).status_code,
    ]

    assert "Windpark am Hafen" in listed
    assert answers == [200, 200, 303, 303, 303]
    assert history()[-3:] == [
        ("ProjectSaved", stefan.id, solarhof.id),
        ("ProjectSubmitted", stefan.id, solarhof.id),
        ("ProjectTakenBack", stefan.id, solarhof.id),
    ]


@pytest.mark.parametrize("basis", HIDDEN)
def test_organisation_without_a_yes_finds_nothing(
    client_of, stefan, petra, project, solarhof, basis
):
    a_part(project, solarhof, petra, basis, role=CO_OWNER)
    client, here = client_of(stefan), f"{THEIRS}/{project.key}"

    answers = [
        client.get(here).status_code,
        client.get(f"{here}/beteiligte").status_code,
        client.post(f"{here}/bearbeiten", data=typed() | shown(project)).status_code,
        client.post(f"{here}/einreichen", data=shown(project)).status_code,
    ]

    assert answers == [404] * 4
    assert "Windpark" not in client.get(THEIRS).text


def test_partner_that_said_yes_does_not_write(client_of, stefan, petra, project, solarhof):
    a_part(project, solarhof, petra, Basis.CONFIRMED)

    assert client_of(stefan).get(f"{THEIRS}/{project.key}").status_code == 404


def test_rights_end_with_the_yes(client_of, stefan, project, solarhof):
    part = co_owner(project, solarhof)
    client = client_of(stefan)

    client.post(f"{ASKED}/{part.id}/beenden", data=seen(part))

    assert client.get(f"{THEIRS}/{project.key}").status_code == 404


def test_role_in_one_owner_gives_nothing_in_another(client_of, stefan, windwerk, project, solarhof):
    """Stefan owns Solarhof GmbH and is a mere member of Windwerk eG (safety.md, case 3)."""
    co_owner(project, solarhof)
    affiliated(stefan, windwerk)
    client, here = client_of(stefan), f"{MINE}/{project.key}"

    page = client.get(here)
    answers = [
        client.get(f"{here}/bearbeiten").status_code,
        client.post(f"{here}/bearbeiten", data=typed() | shown(project)).status_code,
        client.post(f"{here}/einreichen", data=shown(project)).status_code,
        client.get(f"{here}/beteiligte/suchen").status_code,
    ]

    assert (page.status_code, "/einreichen" in page.text) == (200, False)
    assert answers == [403] * 4
    assert client.get(f"{THEIRS}/{project.key}/bearbeiten").status_code == 200


def test_uninvolved_organisation_of_an_author_is_no_address(client_of, petra, project):
    other = an_organisation("netzwerk", "Netzwerk AG")
    affiliated(petra, other, AffiliationRole.OWNER)

    assert client_of(petra).get(f"/mein/netzwerk/projekte/{project.key}").status_code == 404


def test_own_page_opens_a_shared_project_under_the_own_organisation(
    client_of, stefan, project, solarhof
):
    co_owner(project, solarhof)
    in_state(project, ReviewState.RETURNED)

    text = client_of(stefan).get("/mein").text

    assert text.count(f"{THEIRS}/{project.key}") == 2  # in the list, and as what waits
    assert f"{MINE}/{project.key}" not in text


def test_letters_lead_each_owner_to_its_own_address(
    client_of, stefan, olga, petra, project, solarhof
):
    co_owner(project, solarhof)
    affiliated(stefan, project.organisation)
    data = in_state(project, ReviewState.SUBMITTED) | {"note": "Bitte kürzen."}

    client_of(olga).post(f"{OFFICE}/{project.key}/zurueckgeben", data=data)

    assert letters() == [
        ("petra@windwerk.example", "projects/project_returned"),
        ("stefan@solarhof.example", "projects/project_returned"),
    ]


@pytest.mark.parametrize(
    ("basis", "role", "offered", "answered_days_ago", "untied"),
    [
        (Basis.CONFIRMED, CO_OWNER, None, 3, False),
        (Basis.PENDING, CO_OWNER, None, None, False),
        (Basis.CONFIRMED, PARTNER, CO_OWNER, 3, False),
        (Basis.REFUSED, CO_OWNER, None, 300, False),
        (Basis.REFUSED, CO_OWNER, None, 400, True),
        (Basis.CONFIRMED, PARTNER, None, 3, True),
        (Basis.PENDING, PARTNER, None, None, True),
    ],
)
def test_moderator_tied_to_a_co_owner_does_not_decide(
    client_of, project, solarhof, basis, role, offered, answered_days_ago, untied
):
    mona = a_user("mona@office.example", "Mona", "Maß", office_role=OfficeRole.MODERATOR)
    affiliated(mona, solarhof).until = now() - timedelta(days=30)
    answered = now() - timedelta(days=answered_days_ago) if answered_days_ago else None
    a_part(project, solarhof, None, basis, role=role, offered_role=offered, answered_at=answered)
    data = in_state(project, ReviewState.SUBMITTED) | {"note": "Bitte kürzen."}
    client = client_of(mona)

    page = client.get(f"{OFFICE}/{project.key}").text
    (on_the_desk,) = desk.waiting(mona)
    asked = is_untied(mona, project.latest)
    answer = client.post(f"{OFFICE}/{project.key}/zurueckgeben", data=data).status_code

    assert ("/zurueckgeben" in page, on_the_desk.is_mine, asked) == (untied,) * 3
    assert answer == (303 if untied else 403)
    if not untied:
        db.session.rollback()
        assert db.session.query(Entry).filter_by(fact="ActDenied", by_id=mona.id).count() == 1


def test_more_rights_need_a_yes_and_the_name_stands_meanwhile(
    client, client_of, petra, stefan, windwerk, solarhof
):
    project = published(windwerk, "Windpark", author=petra)
    part = a_part(project, solarhof, petra, Basis.CONFIRMED)
    here = f"{MINE}/{project.key}/beteiligte/{part.id}"
    lead, named = client_of(petra), client_of(stefan)

    offered = lead.post(f"{here}/rolle", data={"role": "co_owner"} | seen(part)).status_code
    meanwhile = "Solarhof GmbH" in client.get("/projekte/windpark").text
    writes = named.get(f"{THEIRS}/{project.key}").status_code
    taken = named.post(f"{ASKED}/{part.id}/zusagen", data=seen(part)).status_code
    after = named.get(f"{THEIRS}/{project.key}").status_code

    assert (offered, meanwhile, writes, taken, after) == (303, True, 404, 303, 200)
    assert "Mitträger" in client.get("/projekte/windpark").text
    assert letters() == [
        ("stefan@solarhof.example", "projects/role_offered"),
        ("petra@windwerk.example", "projects/role_taken"),
    ]


def test_offer_that_is_declined_leaves_the_part_as_it_is(
    client_of, petra, stefan, project, solarhof
):
    part = a_part(project, solarhof, petra, Basis.CONFIRMED, offered_role=CO_OWNER)
    said = part.answered_at

    answer = client_of(stefan).post(
        f"{ASKED}/{part.id}/absagen", data={"reason": "Zu viel Arbeit."} | seen(part)
    )

    assert answer.status_code == 303
    assert (fresh(part).basis, part.role, part.offered_role) == (Basis.CONFIRMED, PARTNER, None)
    assert (part.answered_at, part.answer) == (said, "")
    assert letters() == [("petra@windwerk.example", "projects/role_declined")]


def test_offer_is_taken_back_before_the_answer(client_of, petra, stefan, project, solarhof):
    part = a_part(project, solarhof, petra, Basis.CONFIRMED, offered_role=CO_OWNER)
    old = seen(part)

    back = client_of(petra).post(
        f"{MINE}/{project.key}/beteiligte/{part.id}/rolle-zuruecknehmen", data=old
    )
    late = client_of(stefan).post(f"{ASKED}/{part.id}/zusagen", data=old)

    assert (back.status_code, late.status_code) == (303, 409)
    assert fresh(part).role is PARTNER


def test_fewer_rights_apply_at_once(client_of, petra, stefan, project, solarhof):
    part = co_owner(project, solarhof)

    answer = client_of(petra).post(
        f"{MINE}/{project.key}/beteiligte/{part.id}/rolle", data={"role": "partner"} | seen(part)
    )

    assert answer.status_code == 303
    assert client_of(stefan).get(f"{THEIRS}/{project.key}").status_code == 404
    assert (fresh(part).role, part.basis) == (PARTNER, Basis.CONFIRMED)
    assert letters() == [("stefan@solarhof.example", "projects/role_lowered")]


def test_lead_goes_over_to_a_co_owner_that_agrees(
    client_of, petra, stefan, project, solarhof, windwerk
):
    part = co_owner(project, solarhof)
    here = f"{MINE}/{project.key}"

    client_of(petra).post(f"{here}/beteiligte/{part.id}/rolle", data={"role": "lead"} | seen(part))
    client_of(stefan).post(f"{ASKED}/{part.id}/zusagen", data=seen(part))

    assert parts_of(project) == [
        ("Solarhof GmbH", "lead", "confirmed"),
        ("Windwerk eG", "co_owner", "confirmed"),
    ]
    assert [is_lead(user, fresh(part).project) for user in (petra, stefan)] == [False, True]
    assert client_of(petra).get(f"{here}/bearbeiten").status_code == 200
    assert letters() == [
        ("stefan@solarhof.example", "projects/role_offered"),
        ("petra@windwerk.example", "projects/lead_handed_over"),
    ]


@pytest.mark.parametrize(
    ("basis", "role", "offered"),
    [
        (Basis.CONFIRMED, PARTNER, "lead"),
        (Basis.CONFIRMED, PARTNER, "partner"),
        (Basis.CONFIRMED, CO_OWNER, "co_owner"),
    ],
)
def test_roles_that_are_not_offered_are_refused(
    client_of, petra, project, solarhof, basis, role, offered
):
    part = a_part(project, solarhof, petra, basis, role=role)

    answer = client_of(petra).post(
        f"{MINE}/{project.key}/beteiligte/{part.id}/rolle", data={"role": offered} | seen(part)
    )

    assert answer.status_code == 422


def test_co_owner_offers_no_roles(client_of, stefan, petra, project, solarhof):
    co_owner(project, solarhof)
    other = a_part(project, an_organisation("netzwerk", "Netzwerk AG"), petra, Basis.CONFIRMED)

    answer = client_of(stefan).post(
        f"{THEIRS}/{project.key}/beteiligte/{other.id}/rolle",
        data={"role": "co_owner"} | seen(other),
    )

    assert answer.status_code == 403
    assert fresh(other).offered_role is None
