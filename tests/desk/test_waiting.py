"""The desk shows what waits, the most urgent first, and leads from one case to the next."""

from datetime import timedelta

import pytest

from portal.charter.models import (
    Declaration,
    DeclarationState,
    Occasion,
    OccasionState,
    ProvisionalSignature,
)
from portal.charter.policies import may_check
from portal.core.database import db
from portal.core.rules import Rule
from portal.core.times import now, today
from portal.desk import queries
from portal.exchange.models import Offer, OfferReview, OfferRevision
from portal.exchange.policies import may_decide as may_decide_offer
from portal.partners.models import (
    AffiliationRole,
    Application,
    ApplicationState,
    Invitation,
    OrganisationKind,
)
from portal.partners.policies import may_decide_application
from portal.projects.models import Project, ReviewState, Revision
from portal.projects.policies import may_decide
from portal.teams.models import Joining, Seat, SeatState, Team
from portal.teams.policies import may_answer
from tests.cast import a_user, affiliated, an_organisation, saved, theme

DESK = "/projektbuero"
NEXT = "/projektbuero/naechster"


def an_application(name: str, *, days: int = 0, left: int | None = 5, applicant=None):
    applicant = applicant or a_user(f"{name.lower()}@x.example", "Kim", name)
    return saved(
        Application(
            state=ApplicationState.RECEIVED,
            name=name,
            folded_name=name.lower(),
            kind=OrganisationKind.COMPANY,
            website="https://x.example",
            city="Dortmund",
            function="Leitung",
            applicant=applicant,
            sent_at=now() - timedelta(days=days),
            received_at=now() - timedelta(days=days),
            promised_by=today() + timedelta(days=left) if left is not None else None,
        )
    )


def a_project(title: str, organisation, *, days: int = 0, left: int = 5, author=None):
    project = Project(
        key=title.lower()[:16], organisation=organisation, author=author, created_at=now()
    )
    project.revisions = [
        Revision(
            title=title,
            state=ReviewState.SUBMITTED,
            changed_at=now(),
            submitted_at=now() - timedelta(days=days),
            promised_by=today() + timedelta(days=left),
            html={},
        )
    ]
    return saved(project)


def an_invitation(organisation, person, *, sent_at):
    invitation = Invitation(
        organisation=organisation,
        person=person,
        role=AffiliationRole.MEMBER,
        invited_by=person,
        sent_at=sent_at,
    )
    return saved(invitation)


def a_signature(name: str, *, days: int = 0):
    """On a phone, at an occasion of its own."""
    declaration = Declaration(
        state=DeclarationState.DRAFT,
        title="Erklärung",
        text="x",
        text_html="x",
        created_at=now(),
        changed_at=now(),
    )
    occasion = Occasion(
        code=name.lower()[:8],
        title="Tagung",
        day=today(),
        declaration=declaration,
        state=OccasionState.OPEN,
        created_at=now(),
    )
    return saved(
        ProvisionalSignature(
            occasion=occasion,
            organisation_name=name,
            folded_name=name.lower(),
            kind=OrganisationKind.COMPANY,
            first_name="Kim",
            last_name="Muster",
            function="Vorstand",
            email="kim@x.example",
            given_at=now() - timedelta(days=days),
        )
    )


def a_request(user, organisation, *, days: int = 0):
    team = saved(
        Team(
            slug=f"team-{user.id}",
            name=f"Team {user.id}",
            theme=theme(),
            joining=Joining.ON_REQUEST,
        )
    )
    return saved(
        Seat(
            team=team,
            user=user,
            organisation=organisation,
            state=SeatState.REQUESTED,
            requested_at=now() - timedelta(days=days),
        )
    )


def an_offer(title: str, organisation, *, author=None) -> Offer:
    revision = OfferRevision(
        number=1,
        title=title,
        state=OfferReview.SUBMITTED,
        changed_at=now(),
        submitted_at=now(),
        promised_by=today() + timedelta(days=5),
    )
    return saved(
        Offer(
            key=title.lower()[:16],
            organisation=organisation,
            author=author,
            created_at=now(),
            changed_at=now(),
            revisions=[revision],
        )
    )


def titles(user) -> list[str]:
    return [w.case.title for w in queries.waiting(user)]


def test_most_urgent_stands_first_then_the_oldest(app, windwerk, olga):
    an_application("Frisch", days=0, left=5)
    an_application("Bald", days=1, left=1)
    an_application("Alt", days=4, left=3)
    an_application("Spaet", days=2, left=-1)
    a_project("Parksensor", windwerk, days=6, left=-2)

    assert titles(olga) == ["Parksensor", "Spaet", "Alt", "Bald", "Frisch"]


def test_only_administrators_see_requests_for_seats(app, windwerk, petra, olga, ada):
    a_request(petra, windwerk)

    assert [len(queries.waiting(user)) for user in (olga, ada)] == [0, 1]


def test_figures_are_counted(app, windwerk, petra, ada):
    an_application("Spaet", days=9, left=-1)
    an_application("Heute", left=0)
    a_project("Parksensor", windwerk)
    a_request(ada, windwerk)

    assert queries.figures(queries.waiting(ada)) == queries.Figures(
        open=4, late=1, due_today=1, mine=3, oldest=9
    )
    assert queries.figures([]) == queries.Figures(open=0, late=0, due_today=0, mine=0, oldest=0)


def test_what_somebody_is_tied_to_is_not_theirs_by_the_features_own_rules(app, windwerk, ada, olga):
    """The desk asks all at once what the policies ask one by one: the answers are the same."""
    solarhof = an_organisation("solarhof", "Solarhof GmbH")
    affiliated(ada, windwerk).until = now() - timedelta(days=300)
    affiliated(ada, solarhof).until = now() - timedelta(days=400)
    netzwerk = an_organisation("netzwerk", "Netzwerk AG")
    for organisation, days in ((netzwerk, 300), (solarhof, 400)):
        an_invitation(organisation, ada, sent_at=now() - timedelta(days=days))
    neuland = an_application("Neuland")
    things: dict[tuple[str, int], tuple[Rule, object]] = {}
    for application in (neuland, an_application("Windwerk eG"), an_application("x", applicant=ada)):
        application.folded_name = application.name.lower()
        things["application", application.id] = (may_decide_application, application)
    windwerk.folded_name = "windwerk eg"
    for project in (
        a_project("Windpark", windwerk),
        a_project("Solarpark", solarhof),
        a_project("Von Ada", solarhof, author=ada),
        a_project("Wo Ada eingeladen war", netzwerk),
    ):
        things["project", project.id] = (may_decide, project.latest)
    for offer in (
        an_offer("Windmesser", windwerk),
        an_offer("Solardach", solarhof),
        an_offer("Auch von Ada", solarhof, author=ada),
    ):
        things["offer", offer.id] = (may_decide_offer, offer.latest)
    for user in (ada, a_user("s@x.example", "Kim", "Muster")):
        seat = a_request(user, solarhof)
        things["seat", seat.id] = (may_answer, seat)
    for name in ("Windwerk eG", "Wellenwerk"):
        given = a_signature(name)
        things["provisional_signature", given.id] = (may_check, given)
    db.session.commit()

    found = queries.waiting(ada)

    shown = {(w.case.about, w.case.about_id): w.is_mine for w in found}
    asked = {key: rule(ada, thing) for key, (rule, thing) in things.items()}
    assert shown == asked
    assert sorted(asked.values()) == [False] * 9 + [True] * 5


def test_page_shows_figures_queue_and_what_is_not_theirs(client_of, windwerk, olga):
    affiliated(olga, windwerk)
    a_project("Windpark", windwerk, days=6, left=-1)
    an_application("Neuland", days=1)

    text = client_of(olga).get(DESK).text

    assert text.index("Windpark") < text.index("Neuland")
    assert text.count("Sie sind beteiligt") == 1
    assert 'data-age="late"' in text and 'data-age="ok"' in text
    assert "6 Tage" in text and "1 Tag<" in text


def test_chips_count_each_kind_and_narrow_the_list(client_of, windwerk, petra, ada):
    an_application("Neuland")
    a_project("Windpark", windwerk)
    a_request(petra, windwerk)
    client = client_of(ada)

    everything = client.get(DESK).text
    projects = client.get(f"{DESK}?art=projects").text

    for chip in ("Partneranträge <b>1</b>", "Projekte <b>1</b>", "Beitritte <b>1</b>"):
        assert chip in everything
    assert "Windpark" in projects and "Neuland" not in projects


def test_moderator_has_no_chip_for_seats(client_of, olga):
    assert "Beitritte" not in client_of(olga).get(DESK).text


def test_empty_desk_says_that_all_is_answered(client_of, olga):
    assert "Alles beantwortet." in client_of(olga).get(DESK).text


def test_desk_with_nothing_of_theirs_says_so_and_shows_the_rest(client_of, windwerk, olga):
    affiliated(olga, windwerk)
    a_project("Windpark", windwerk)

    text = client_of(olga).get(DESK).text

    assert "Alles beantwortet." in text and "Windpark" in text


def test_chip_without_cases_leads_back(client_of, olga):
    an_application("Neuland")

    assert "Hier wartet nichts." in client_of(olga).get(f"{DESK}?art=projects").text


def location(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def test_next_case_is_of_the_same_kind_else_of_any_else_the_desk(client_of, windwerk, olga):
    client = client_of(olga)
    assert location(client, NEXT) == DESK

    late = an_application("Spaet", days=9, left=-3)
    project = a_project("Windpark", windwerk)

    assert location(client, NEXT) == f"{DESK}/antraege/{late.number}"
    assert location(client, f"{NEXT}?kind=projects") == f"{DESK}/projekte/{project.key}"
    assert location(client, f"{NEXT}?kind=seats") == f"{DESK}/antraege/{late.number}"
    assert location(client, f"{NEXT}?kind=unsinn") == f"{DESK}/antraege/{late.number}"


def test_next_case_is_never_one_that_somebody_else_decides(client_of, windwerk, olga):
    affiliated(olga, windwerk)
    a_project("Windpark", windwerk)

    assert location(client_of(olga), f"{NEXT}?kind=projects") == DESK


@pytest.mark.parametrize("page", ["0", "-1", "abc", "1" + "0" * 30])
def test_nonsense_page_is_the_first_one(client_of, olga, page):
    assert client_of(olga).get(f"{DESK}?seite={page}").status_code == 200


def test_long_list_has_pages(client_of, olga):
    for number in range(26):
        an_application(f"Nr{number:02}", days=number)
    client = client_of(olga)

    assert "Nr25" in client.get(DESK).text and "Nr00" not in client.get(DESK).text
    assert "Nr00" in client.get(f"{DESK}?seite=2").text
    assert client.get(f"{DESK}?seite=3").status_code == 404


@pytest.mark.parametrize("address", [DESK, NEXT])
def test_desk_is_the_offices(client, client_of, petra, address):
    assert client.get(address).status_code == 302
    assert client_of(petra).get(address).status_code == 404


def test_case_page_shows_the_list_beside_it(client_of, windwerk, olga):
    a_project("Windpark", windwerk)
    application = an_application("Neuland")

    text = client_of(olga).get(f"{DESK}/antraege/{application.number}").text

    assert "Windpark" in text
    assert f'href="{DESK}/antraege/{application.number}" aria-current="page"' in text


def test_desk_takes_at_most_ten_statements_however_many_wait(client_of, statements, windwerk, ada):
    client = client_of(ada)

    def three_more(start: int) -> None:
        for number in range(start, start + 3):
            user = a_user(f"n{number}@x.example", "Kim", "Muster")
            an_application(f"A{number}", applicant=user)
            a_project(f"P{number}", windwerk, author=user)
            a_request(user, windwerk)
            a_signature(f"S{number}")

    three_more(0)
    with statements() as few:
        assert client.get(DESK).status_code == 200
    for start in range(3, 21, 3):
        three_more(start)
    with statements() as many:
        assert client.get(DESK).status_code == 200

    assert many.number == few.number <= 10
