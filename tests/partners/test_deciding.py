"""What the office decides: once, untied, on the version it saw, and what follows from it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.accounts.models import OfficeRole
from portal.core.database import db
from portal.core.search.models import SearchEntry
from portal.core.times import now, today
from portal.partners import queries
from portal.partners.models import (
    Affiliation,
    AffiliationRole,
    ApplicationState,
    Membership,
    Organisation,
    OrganisationKind,
    Standing,
)
from portal.partners.policies import may_decide_application
from portal.partners.text_blocks import declining_blocks
from portal.partners.workflow import WORKFLOW
from tests.cast import a_user, affiliated, an_organisation, theme
from tests.letters import history, letters
from tests.partners.conftest import an_application, applications

NEXT = "/projektbuero/naechster?kind=applications"


def case(application):
    return f"/projektbuero/antraege/{application.number}"


def admit(client, application, message="Willkommen.", version=None):
    version = application.version if version is None else version
    return client.post(
        f"{case(application)}/aufnehmen", data={"message": message, "version": version}
    )


def decline(client, application, reason="Kein Bezug.", version=None):
    version = application.version if version is None else version
    return client.post(f"{case(application)}/ablehnen", data={"reason": reason, "version": version})


def organisations():
    db.session.rollback()
    return list(db.session.scalars(select(Organisation).order_by(Organisation.id)))


def test_admitted_organisation_is_a_partner_from_today_and_its_applicant_the_owner(
    client_of, olga, kim
):
    energie = theme("energie")
    application = an_application(kim, theme_ids=[energie.id, 999999], function="Leitung")

    answer = admit(client_of(olga), application)

    (organisation,) = organisations()
    (decided,) = applications()
    assert (answer.status_code, answer.location) == (303, NEXT)
    assert (organisation.slug, organisation.name, organisation.folded_name) == (
        "probewerk-ggmbh",
        "Probewerk gGmbH",
        "probewerk ggmbh",
    )
    assert (organisation.kind, organisation.city, organisation.website) == (
        OrganisationKind.SCIENCE,
        "Dortmund",
        "https://probewerk.example",
    )
    assert organisation.themes == [energie]
    (membership,) = db.session.scalars(select(Membership))
    assert (membership.standing, membership.since, membership.application_id) == (
        Standing.PARTNER,
        today(),
        decided.id,
    )
    (affiliation,) = db.session.scalars(select(Affiliation))
    assert (affiliation.user_id, affiliation.role, affiliation.function) == (
        kim.id,
        AffiliationRole.OWNER,
        "Leitung",
    )
    assert (decided.state, decided.organisation_id, decided.decided_by_id, decided.reason) == (
        ApplicationState.ADMITTED,
        organisation.id,
        olga.id,
        "Willkommen.",
    )


def test_admission_is_told_to_the_applicant_and_written_down(client_of, olga, kim, application):
    admit(client_of(olga), application)

    (organisation,) = organisations()
    assert letters() == [("kim@probewerk.example", "partners/application_admitted")]
    assert history() == [("ApplicationAdmitted", olga.id, organisation.id)]


def test_admitted_organisation_shows_within_the_same_second(client, client_of, olga, application):
    before = {page: client.get(page).headers["ETag"] for page in ("/partner", "/allianzposter")}

    admit(client_of(olga), application)

    for page, tag in before.items():
        fresh = client.get(page, headers={"If-None-Match": tag})
        assert (fresh.status_code, "Probewerk gGmbH" in fresh.text) == (200, True)
    assert client.get("/partner/probewerk-ggmbh").status_code == 200
    assert "Probewerk" in client.get("/partner?q=probewerk").text
    (entry,) = db.session.scalars(select(SearchEntry))
    assert (entry.kind, entry.slug, entry.is_public) == ("partner", "probewerk-ggmbh", True)
    assert queries.listed_facets() == queries.FacetCounts(1, {"science": 1}, {})


def test_admitted_applicant_reaches_the_organisation(client_of, olga, kim, application):
    admit(client_of(olga), application)

    assert client_of(kim).get("/mein/probewerk-ggmbh/teams").status_code == 200


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Windwerk eG", "windwerk-eg-2"),
        ("Anträge", "antraege-2"),
        ("Bürger*innen für Licht e. V.", "buergerinnen-fuer-licht-e-v"),
        ("株式会社", "eintrag"),
        ("★★★", "eintrag"),
        ("ﷺ" * 200, "eintrag"),
        ("x" * 200, "x" * 80),
    ],
)
def test_new_member_gets_an_address_that_nobody_has(client, client_of, olga, kim, name, slug):
    an_organisation("windwerk-eg", "Windwerk eG")
    application = an_application(kim, name=name)

    assert admit(client_of(olga), application).status_code == 303

    assert organisations()[-1].slug == slug
    page = client.get(f"/partner/{slug}")
    assert (page.status_code, name in page.text) == (200, True)


def test_declined_application_keeps_the_reason_and_the_applicant_reads_it(
    client, client_of, olga, kim, application
):
    answer = decline(client_of(olga), application, "Kein Bezug zu <Dortmund>.")

    (decided,) = applications()
    assert (answer.status_code, answer.location) == (303, NEXT)
    assert (decided.state, decided.reason, decided.decided_by_id) == (
        ApplicationState.DECLINED,
        "Kein Bezug zu <Dortmund>.",
        olga.id,
    )
    assert organisations() == []
    assert letters() == [("kim@probewerk.example", "partners/application_declined")]
    assert history() == [("ApplicationDeclined", olga.id, None)]
    page = client_of(kim).get(f"/mein/antraege/{application.number}").text
    assert "Kein Bezug zu &lt;Dortmund&gt;." in page


@pytest.mark.parametrize(
    ("reason", "message"),
    [
        ("", "Begründen Sie die Ablehnung."),
        ("\u200b \n", "Begründen Sie die Ablehnung."),
        ("x" * 2001, "höchstens 2000 Zeichen"),
        ("a\x00b", "Steuerzeichen"),
    ],
)
def test_refusal_needs_a_reason_that_can_be_read(client_of, olga, application, reason, message):
    answer = decline(client_of(olga), application, reason)

    assert (answer.status_code, message in answer.text) == (422, True)
    assert applications()[0].state is ApplicationState.RECEIVED


@pytest.mark.parametrize(
    ("text", "message"), [("x" * 2001, "höchstens 2000 Zeichen"), ("a\x07b", "Steuerzeichen")]
)
def test_welcome_is_checked_too(client_of, olga, application, text, message):
    answer = admit(client_of(olga), application, text)

    assert (answer.status_code, message in answer.text) == (422, True)
    assert organisations() == []


def test_admission_needs_no_words(client_of, olga, application):
    assert admit(client_of(olga), application, "").status_code == 303


@pytest.mark.parametrize("act", [admit, decline])
@pytest.mark.parametrize("version", [0, 2, "", "no number"])
def test_decision_on_another_version_is_refused(client_of, olga, application, act, version):
    assert act(client_of(olga), application, version=version).status_code == 409
    assert applications()[0].state is ApplicationState.RECEIVED
    assert (organisations(), letters(), history()) == ([], [], [])


@pytest.mark.parametrize("act", [admit, decline])
def test_slower_of_two_decisions_is_refused_and_sends_no_letter(client_of, olga, ada, kim, act):
    application = an_application(kim)
    decline(client_of(ada), application, version=1)

    answer = act(client_of(olga), application, version=1)

    assert answer.status_code == 409
    assert "Jemand war schneller." in answer.text
    assert letters() == [("kim@probewerk.example", "partners/application_declined")]


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        (ApplicationState.UNCONFIRMED, []),
        (ApplicationState.RECEIVED, ["ask", "admit", "decline"]),
        (ApplicationState.QUESTION, ["admit", "decline"]),
        (ApplicationState.ADMITTED, []),
        (ApplicationState.DECLINED, []),
        (ApplicationState.WITHDRAWN, []),
    ],
)
def test_steps_open_to_the_office(olga, kim, state, steps):
    application = an_application(kim, state=state)

    assert [step.name for step in WORKFLOW.open_to(olga, application)] == steps


@pytest.mark.parametrize(
    "state",
    [ApplicationState.ADMITTED, ApplicationState.DECLINED, ApplicationState.WITHDRAWN],
)
def test_decided_case_shows_how_and_offers_no_button(client_of, olga, kim, state):
    application = an_application(kim, state=state, decided_at=now(), reason="So ist es.")

    page = client_of(olga).get(case(application)).text

    assert state.label in page
    assert "So ist es." in page
    assert "/aufnehmen" not in page


def test_case_of_an_unproven_address_is_not_there(client_of, olga, ada, kim):
    application = an_application(kim, state=ApplicationState.UNCONFIRMED)

    for person in (olga, ada):
        client = client_of(person)
        assert client.get(case(application)).status_code == 404
        assert admit(client, application).status_code == 404
    assert queries.waiting_cases() == []


def test_only_the_office_decides(client, client_of, kim, petra, application):
    for one, code in ((client, 302), (client_of(kim), 404), (client_of(petra), 404)):
        assert one.get(case(application)).status_code == code
        assert admit(one, application).status_code == code
        assert decline(one, application).status_code == code
    assert applications()[0].state is ApplicationState.RECEIVED


def is_the_applicant(olga, kim):
    return an_application(olga)


def is_a_member_of_the_same_name(olga, kim):
    affiliated(olga, an_organisation("probewerk", "PROBEWERK GGmbH"))
    return an_application(kim)


def left_it_eleven_months_ago(olga, kim):
    affiliated(olga, an_organisation("probewerk", "Probewerk gGmbH")).until = now() - timedelta(330)
    return an_application(kim)


def left_it_thirteen_months_ago(olga, kim):
    affiliated(olga, an_organisation("probewerk", "Probewerk gGmbH")).until = now() - timedelta(400)
    return an_application(kim)


def is_a_member_of_another(olga, kim):
    affiliated(olga, an_organisation("windwerk", "Windwerk eG"))
    return an_application(kim)


def has_a_nameless_organisation(olga, kim):
    affiliated(olga, an_organisation("stern", "★"))
    return an_application(kim, name="✿")


@pytest.mark.parametrize(
    ("tie", "may"),
    [
        (is_the_applicant, False),
        (is_a_member_of_the_same_name, False),
        (left_it_eleven_months_ago, False),
        (left_it_thirteen_months_ago, True),
        (is_a_member_of_another, True),
        (has_a_nameless_organisation, True),
    ],
)
def test_who_is_tied_to_the_organisation_does_not_decide(client_of, olga, kim, tie, may):
    application = tie(olga, kim)
    db.session.commit()
    client = client_of(olga)

    page = client.get(case(application))

    assert may_decide_application(olga, application) is may
    assert page.status_code == 200
    assert ("/aufnehmen" in page.text) is may
    assert ("Sie sind mit dieser Organisation verbunden." in page.text) is not may
    if not may:
        codes = [act(client, application).status_code for act in (admit, decline)]
        assert codes == [403, 403]
        assert applications()[0].state is ApplicationState.RECEIVED
        assert history() == [("ActDenied", olga.id, None)] * 2


def test_another_person_of_the_office_decides_instead(client_of, olga, ada, kim):
    application = is_a_member_of_the_same_name(olga, kim)

    assert admit(client_of(ada), application).status_code == 303


def test_next_case_opens_by_itself(client_of, olga, kim):
    first, second = an_application(kim), an_application(kim, name="Zweites Werk")
    client = client_of(olga)

    answer = client.get(admit(client, first).location)

    assert answer.location == case(second)
    assert "Probewerk gGmbH ist aufgenommen" in client.get(answer.location).text


def test_ten_applications_are_decided_in_eleven_clicks(client_of, olga, kim):
    for number in range(10):
        an_application(kim, name=f"Werk {number}")
    client, clicks = client_of(olga), 0

    place = client.get("/projektbuero/naechster?kind=applications").location
    clicks += 1
    while place != "/projektbuero":
        number = place.rpartition("/")[2]
        application = queries.case_with_number(number, seen_by=olga)
        place = client.get(admit(client, application).location).location
        clicks += 1

    assert clicks == 11
    assert len(organisations()) == 10


def test_waiting_cases_are_what_the_desk_needs(kim):
    later = an_application(kim, name="Später", received_at=now())
    sooner = an_application(kim, name="Früher", received_at=now() - timedelta(days=9))
    for state in (ApplicationState.UNCONFIRMED, ApplicationState.ADMITTED):
        an_application(kim, state=state)

    found = queries.waiting_cases()

    assert [
        (c.kind, c.label, c.title, c.endpoint, c.values, c.about, c.about_id, c.days) for c in found
    ] == [
        (
            "applications",
            "Partnerantrag",
            a.name,
            "applications_office.show",
            {"number": a.number},
            "application",
            a.id,
            days,
        )
        for a, days in ((sooner, 9), (later, 0))
    ]


def test_text_block_stands_in_the_form_and_can_be_changed(client_of, olga, application):
    client = client_of(olga)
    for word, (label, text) in declining_blocks().items():
        page = client.get(f"{case(application)}?ablehnen={word}").text
        assert label in page
        assert f">\n{text}</textarea>" in page or f">{text}</textarea>" in page.replace("\r\n", "")

    assert "Begründung" in client.get(f"{case(application)}?ablehnen=").text
    assert client.get(f"{case(application)}?ablehnen=nichts").status_code == 200


def test_case_shows_what_was_asked_and_answered(client_of, olga, kim):
    application = an_application(
        kim, street="Hafenweg 3", postal_code="44147", phone="0231 50", why="Wir messen Licht."
    )

    page = client_of(olga).get(case(application)).text

    for shown in [
        application.number,
        "Probewerk gGmbH",
        "Wissenschaft",
        "Hafenweg 3, 44147 Dortmund",
        "8. Januar 2099",
        "Kim Muster",
        "kim@probewerk.example",
        "0231 50",
        "Wir messen Licht.",
        "E-Mails zu diesem Vorgang",
    ]:
        assert shown in page, shown


def test_moderator_without_a_tie_decides_like_an_administrator(client_of, kim):
    moderator = a_user("mo@office.example", "Mo", "M", office_role=OfficeRole.MODERATOR)

    assert decline(client_of(moderator), an_application(kim)).status_code == 303
