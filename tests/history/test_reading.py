"""Who reads what happened: insiders on the page of the thing, the office in its log."""

from datetime import UTC, datetime

import pytest

from portal.accounts.facts import AccountChanged, LoggedIn, LogInFailed
from portal.core.database import db
from portal.core.facts import tell
from portal.core.pages import slot
from portal.core.times import now
from portal.history.models import Entry
from portal.partners.facts import ApplicationReceived
from portal.partners.models import AffiliationRole, Application, ApplicationState, OrganisationKind
from portal.projects.facts import ProjectReturned, ProjectSubmitted
from portal.projects.models import Project, Revision
from tests.cast import a_user, affiliated, saved

LOG = "/projektbuero/protokoll"


@pytest.fixture
def project(petra, windwerk):
    project = Project(key="windpark", organisation=windwerk, author=petra, created_at=now())
    project.revisions = [Revision(title="Windpark", changed_at=now(), html={})]
    return saved(project)


@pytest.fixture
def application(app):
    anna = a_user("anna@neuland.example", "Anna", "Antrag")
    return saved(
        Application(
            state=ApplicationState.RECEIVED,
            name="Neuland GmbH",
            folded_name="neuland gmbh",
            kind=OrganisationKind.COMPANY,
            website="https://neuland.example",
            city="Dortmund",
            function="Leitung",
            applicant=anna,
            sent_at=now(),
            received_at=now(),
        )
    )


def told(*facts):
    for fact in facts:
        tell(fact)
    db.session.commit()


def on_page(app, name, thing, user) -> str:
    with app.test_request_context():
        return str(slot(name, thing, seen_by=user))


def test_insiders_read_the_history_of_a_project_in_its_order(app, petra, paul, olga, project):
    told(
        ProjectSubmitted(by=petra, for_=project.organisation, about=project),
        ProjectReturned(by=olga, for_=project.organisation, about=project, note="Ziel fehlt"),
    )

    for user in (petra, paul, olga):
        text = on_page(app, "project.history", project, user)
        assert text.index("hat das Projekt eingereicht") < text.index("hat um Änderungen gebeten")
        assert "Ziel fehlt" in text


def test_strangers_see_nothing_of_it(app, stefan, petra, project):
    told(ProjectSubmitted(by=petra, for_=project.organisation, about=project))

    assert on_page(app, "project.history", project, stefan) == ""


def test_partners_see_the_office_as_one_and_the_office_its_people(app, petra, olga, project):
    told(ProjectReturned(by=olga, for_=project.organisation, about=project))

    assert "Projektbüro hat um Änderungen" in on_page(app, "project.history", project, petra)
    assert "Olga Ordnung" not in on_page(app, "project.history", project, petra)
    assert "Olga Ordnung hat um Änderungen" in on_page(app, "project.history", project, olga)


def test_history_of_an_application_is_for_its_applicant_and_the_office(
    app, application, stefan, olga
):
    told(ApplicationReceived(by=application.applicant, about=application))

    assert "eingegangen" in on_page(app, "application.history", application, application.applicant)
    assert "eingegangen" in on_page(app, "application.history", application, olga)
    assert on_page(app, "application.history", application, stefan) == ""


def test_owner_reads_what_all_did_for_the_partner_and_a_member_the_own_acts(
    app, petra, paul, stefan, olga, windwerk
):
    told(
        AccountChanged(by=petra, for_=windwerk, about=petra, note="von Petra"),
        AccountChanged(by=paul, for_=windwerk, about=paul, note="von Paul"),
    )

    def seen(user):
        text = on_page(app, "partner.history", windwerk, user)
        return ["von Petra" in text, "von Paul" in text]

    assert [seen(user) for user in (petra, paul, stefan, olga)] == [
        [True, True],
        [False, True],
        [False, False],
        [True, True],
    ]


def test_what_people_wrote_is_escaped(app, petra, olga, project):
    told(
        ProjectReturned(
            by=olga, for_=project.organisation, about=project, note="<script>x</script>"
        )
    )

    assert "<script>" not in on_page(app, "project.history", project, petra)


def test_page_shows_the_last_thirty_lines(app, petra, project):
    told(
        *(
            ProjectSubmitted(by=petra, for_=project.organisation, about=project, note=f"Nr. {n}!")
            for n in range(35)
        )
    )

    text = on_page(app, "project.history", project, petra)

    assert text.count("<li>") == 30
    assert "Nr. 34!" in text and "Nr. 4!" not in text


def test_administrator_reads_all_and_a_moderator_the_own_acts(client_of, petra, olga, ada):
    told(
        AccountChanged(by=petra, about=petra, note="von Petra"),
        AccountChanged(by=olga, about=olga, note="von Olga"),
    )

    assert ["von Petra" in client_of(user).get(LOG).text for user in (ada, olga)] == [True, False]
    assert "von Olga" in client_of(olga).get(LOG).text


@pytest.mark.parametrize("filters", ["person=petra", "person=PROBE", "vorgang=AccountChanged"])
def test_moderator_cannot_filter_the_way_to_others_acts(client_of, petra, olga, filters):
    told(AccountChanged(by=petra, about=petra, note="von Petra"))

    assert "von Petra" not in client_of(olga).get(f"{LOG}?{filters}").text


def test_log_is_closed_to_partners_and_visitors(client, client_of, petra):
    assert client.get(LOG).status_code == 302
    assert client_of(petra).get(LOG).status_code == 404


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ("", ["von Petra", "von Olga", "niemand"]),
        ("person=Petra", ["von Petra"]),
        ("person=petra+probe", ["von Petra"]),
        ("person=office.example", ["von Olga"]),
        ("person=nobody", []),
        ("vorgang=LogInFailed", ["niemand"]),
        ("zeit=2026", ["von Petra", "von Olga", "niemand"]),
        ("zeit=05.2026", ["von Olga"]),
        ("zeit=05.05.2026&person=olga", ["von Olga"]),
        ("zeit=2025", []),
    ],
)
def test_log_is_narrowed_by_person_fact_and_time(client_of, petra, olga, ada, filters, found):
    at = datetime(2026, 3, 1, tzinfo=UTC)
    client = client_of(ada)
    told(
        AccountChanged(by=petra, about=petra, note="von Petra", at=at),
        AccountChanged(by=olga, about=olga, note="von Olga", at=at.replace(month=5, day=5)),
        LogInFailed(by=None, about=petra, note="niemand", at=at.replace(month=7)),
    )

    text = client.get(f"{LOG}?{filters}").text

    assert [n for n in ("von Petra", "von Olga", "niemand") if n in text] == found


@pytest.mark.parametrize("filters", ["zeit=gestern", "vorgang=Nothing", "person=" + "x" * 200])
def test_filter_that_cannot_be_read_says_so_at_the_field(client_of, ada, filters):
    answer = client_of(ada).get(f"{LOG}?{filters}")

    assert answer.status_code == 422
    assert "kern-error" in answer.text


@pytest.mark.parametrize("page", ["0", "-1", "abc", "1" + "0" * 30])
def test_nonsense_page_is_the_first_one(client_of, ada, page):
    assert client_of(ada).get(f"{LOG}?seite={page}").status_code == 200


def test_page_behind_the_last_one_does_not_exist(client_of, ada):
    assert client_of(ada).get(f"{LOG}?seite=99").status_code == 404


def test_deleted_person_leaves_a_readable_line(client_of, ada):
    db.session.add(Entry(fact="LoggedIn", by_id=999_999, at=now()))
    db.session.add(Entry(fact="ForgottenFact", by_id=None, at=now()))
    db.session.commit()

    text = client_of(ada).get(LOG).text

    assert "Eine gelöschte Person" in text
    assert "ForgottenFact" in text


def test_log_takes_as_many_statements_for_fifty_lines_as_for_three(
    client_of, statements, petra, ada
):
    client = client_of(ada)
    told(*(LoggedIn(by=petra, about=petra) for _ in range(3)))
    with statements() as few:
        client.get(LOG)
    for number in range(60):
        user = a_user(f"{number}@x.example", "Kim", f"Muster{number}")
        told(LoggedIn(by=user, about=user))
    with statements() as many:
        client.get(LOG)

    assert many.number == few.number


def test_member_who_left_reads_no_longer(app, petra, windwerk, project):
    former = a_user("f@windwerk.example", "Franka", "Früher")
    affiliated(former, windwerk, AffiliationRole.EDITOR).until = now()
    told(ProjectSubmitted(by=petra, for_=windwerk, about=project))

    assert on_page(app, "project.history", project, former) == ""
