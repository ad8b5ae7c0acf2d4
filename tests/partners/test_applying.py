"""Partner werden: three pages without an account, kept between visits, sent once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal import create_app
from portal.accounts.models import User
from portal.core.database import db
from portal.core.limits import limiter
from portal.core.times import now
from portal.partners.models import ApplicationDraft, ApplicationState, OrganisationKind
from tests.cast import a_user, affiliated, theme
from tests.client import PortalClient
from tests.letters import history, letters
from tests.partners.conftest import (
    ORGANISATION,
    PERSON,
    START,
    an_application,
    applications,
    apply,
    fill_in,
    link_of,
)


def drafts():
    db.session.rollback()
    return [draft.answers for draft in db.session.scalars(select(ApplicationDraft))]


def person_of(email):
    db.session.rollback()
    return db.session.scalar(select(User).where(User.email == email))


def test_sent_application_holds_every_answer_and_waits_for_the_click(client):
    energie, it = theme("energie").id, theme("it").id
    client.post(START, data=ORGANISATION | {"themes": [energie, it]})
    client.post(f"{START}/person", data=PERSON)
    client.post(f"{START}/pruefen")

    (sent,) = applications()

    assert (sent.state, sent.name, sent.folded_name, sent.kind) == (
        ApplicationState.UNCONFIRMED,
        "Probewerk gGmbH",
        "probewerk ggmbh",
        OrganisationKind.SCIENCE,
    )
    assert (sent.website, sent.street, sent.postal_code, sent.city) == (
        "https://probewerk.example",
        "Hafenweg 3",
        "44147",
        "Dortmund",
    )
    assert (sent.theme_ids, sent.why) == ([energie, it], "Wir messen Licht.")
    assert (sent.function, sent.phone) == ("Leitung", "0231 50 00000")
    assert (sent.received_at, sent.promised_by, sent.decided_at) == (None, None, None)
    assert (sent.applicant.name, sent.applicant.email) == ("Kim Muster", "kim@probewerk.example")
    assert (sent.applicant.confirmed_at, sent.applicant.password_hash) == (None, None)


def test_sent_application_writes_the_letter_with_the_link_and_nothing_to_the_office(client, olga):
    sent = apply(client)

    assert letters() == [("kim@probewerk.example", "partners/application_sent")]
    assert history() == [("ApplicationSent", sent.applicant_id, None)]


@pytest.mark.parametrize(
    "name", ["Bürger*innen für Licht e. V.", "株式会社テスト", "ﷺ" * 200, "★★★", "Probe 🏳️‍🌈 Werk"]
)
def test_names_take_any_script(client, name):
    assert apply(client, name=name).name == name


def test_known_person_is_found_by_the_address_whatever_its_spelling(client, petra, windwerk):
    sent = apply(client, email="Petra@Windwerk.example", first_name="Else", last_name="Anders")

    assert (sent.applicant_id, sent.applicant.name) == (petra.id, "Petra Probe")


def test_known_and_unknown_addresses_get_the_same_page(app, petra, windwerk):
    pages = []
    for email in (petra.email, "petra@elsewhere.example"):
        client = app.test_client()
        apply(client, email=email)
        pages.append(client.get(f"{START}/gesendet"))

    known, unknown = (page.text.replace("elsewhere", "windwerk") for page in pages)
    assert [page.status_code for page in pages] == [200, 200]
    assert _without_token(known) == _without_token(unknown)


def _without_token(page):
    return [line for line in page.splitlines() if "csrf_token" not in line]


def test_person_who_never_proved_the_address_is_called_what_the_newest_application_says(app):
    apply(app.test_client(), first_name="Kom")
    apply(app.test_client(), first_name="Kim")

    assert person_of("kim@probewerk.example").name == "Kim Muster"


def test_answers_are_there_again_after_going_back_and_after_leaving(client):
    fill_in(client)

    first, second = client.get(START).text, client.get(f"{START}/person").text

    assert 'value="Probewerk gGmbH"' in first
    assert 'value="science" checked' in first
    assert "Wir messen Licht.</textarea>" in first
    assert 'value="Muster"' in second
    assert len(drafts()) == 1


def test_whoever_goes_back_finds_later_what_was_typed_though_it_was_not_right_yet(client):
    client.post(START, data=ORGANISATION)

    answer = client.post(
        f"{START}/person", data={"first_name": "Kim", "email": "kim@", "back": "1"}
    )

    assert (answer.status_code, answer.location) == (303, START)
    page = client.get(f"{START}/person").text
    assert 'value="Kim"' in page
    assert 'value="kim@"' in page
    assert client.get(f"{START}/pruefen").location == f"{START}/person"


def test_what_is_kept_though_it_was_not_right_is_cut_and_cleaned(client):
    client.post(START, data=ORGANISATION)

    client.post(f"{START}/person", data={"last_name": "a\x00b\x07" + "x" * 5000, "back": "1"})

    (draft,) = drafts()
    assert draft["person"]["last_name"] == "ab" + "x" * 1998
    assert draft["complete"] == ["organisation"]


def test_cookie_holds_a_key_and_the_table_its_hash(client):
    client.post(START, data=ORGANISATION)

    with client.session_transaction() as session:
        key = session["application_draft"]
        assert session.permanent
    (draft,) = db.session.scalars(select(ApplicationDraft))
    assert key not in (draft.key_hash, str(draft.answers))


def test_foreign_key_opens_no_draft(app, client):
    client.post(START, data=ORGANISATION)
    stranger = app.test_client()
    with stranger.session_transaction() as session:
        session["application_draft"] = "guessed"

    assert "Probewerk" not in stranger.get(START).text


def test_draft_is_forgotten_after_thirty_days(client):
    fill_in(client)
    (draft,) = db.session.scalars(select(ApplicationDraft))
    draft.changed_at = now() - timedelta(days=31)
    db.session.commit()

    assert "Probewerk" not in client.get(START).text
    assert client.get(f"{START}/pruefen").location == START


@pytest.mark.parametrize(
    ("page", "leads_to"),
    [("/person", START), ("/pruefen", START), ("/gesendet", START)],
)
def test_nobody_skips_a_page(client, page, leads_to):
    assert (client.get(START + page).status_code, client.get(START + page).location) == (
        302,
        leads_to,
    )


def test_nothing_is_sent_while_answers_are_missing(client):
    client.post(START, data=ORGANISATION)

    answer = client.post(f"{START}/pruefen")

    assert (answer.status_code, answer.location) == (303, f"{START}/person")
    assert applications() == []


def test_last_page_shows_all_answers_with_a_way_back_to_each(client):
    client.post(START, data=ORGANISATION | {"themes": [theme("energie").id]})
    client.post(f"{START}/person", data=PERSON)

    page = client.get(f"{START}/pruefen").text

    for shown in [
        "Probewerk gGmbH",
        "Wissenschaft",
        "https://probewerk.example",
        "Hafenweg 3, 44147 Dortmund",
        "Energie",
        "Wir messen Licht.",
        "Kim Muster",
        "Leitung",
        "kim@probewerk.example",
        "0231 50 00000",
        "Organisation ändern",
        "Ansprechperson ändern",
    ]:
        assert shown in page, shown


def test_second_click_on_the_button_finds_what_the_first_one_made(app, client):
    fill_in(client)
    second = app.test_client()  # the same browser: its second request carries the older cookie
    with client.session_transaction() as session, second.session_transaction() as same:
        same.update(session)

    answers = [one.post(f"{START}/pruefen") for one in (client, second)]

    assert [answer.location for answer in answers] == [f"{START}/gesendet"] * 2
    assert len(applications()) == 1
    assert letters() == [("kim@probewerk.example", "partners/application_sent")]
    assert second.get(f"{START}/gesendet").status_code == 200


def test_new_application_after_a_sent_one_begins_with_empty_pages(client):
    apply(client)

    assert "Probewerk" not in client.get(START).text
    assert apply(client, name="Musterlicht e. V.").name == "Musterlicht e. V."
    assert [a.name for a in applications()] == ["Probewerk gGmbH", "Musterlicht e. V."]


def test_fourth_application_of_one_address_within_a_day_is_refused(app):
    for _ in range(3):
        apply(app.test_client())
    client = app.test_client()
    fill_in(client)

    answer = client.post(f"{START}/pruefen")

    assert answer.status_code == 429
    assert 86000 < int(answer.headers["Retry-After"]) <= 86400
    assert len(applications()) == 3
    assert apply(app.test_client(), email="lee@probewerk.example")


def test_day_after_there_may_be_another_one(app):
    for _ in range(3):
        sent = apply(app.test_client())
    sent = applications()[0]
    sent.sent_at = now() - timedelta(hours=25)
    db.session.commit()

    assert apply(app.test_client()).id > sent.id


def test_one_network_address_sends_thirty_times_an_hour_at_most(app, settings, monkeypatch):
    monkeypatch.setattr(limiter, "enabled", False)  # as it is put back afterwards
    limited = create_app(replace(settings, RATELIMIT_ENABLED=True))
    limited.test_client_class = PortalClient
    client = limited.test_client()
    limiter.reset()  # Redis remembers an earlier run for an hour

    codes = [client.post(f"{START}/pruefen").status_code for _ in range(31)]

    assert codes == [303] * 30 + [429]


def test_link_is_sent_again_and_the_older_one_opens_nothing(client):
    sent = apply(client)
    older = link_of(sent)

    answer = client.post(f"{START}/gesendet")

    assert (answer.status_code, answer.location) == (303, f"{START}/gesendet")
    assert [kind for _, kind in letters()] == [
        "partners/application_sent",
        "partners/confirmation_asked_again",
    ]
    assert client.get(older).status_code == 404
    assert client.get(link_of(applications()[0])).status_code == 200


def test_fourth_link_within_an_hour_is_refused(client):
    apply(client)

    codes = [client.post(f"{START}/gesendet").status_code for _ in range(4)]

    assert codes == [303, 303, 303, 429]
    assert len(letters()) == 4


def test_nobody_asks_for_the_link_of_another_browser(app, client):
    apply(client)

    assert app.test_client().post(f"{START}/gesendet").location == START
    assert len(letters()) == 1


def test_who_is_logged_in_need_not_type_the_name_again(client_of, petra):
    client = client_of(petra)
    client.post(START, data=ORGANISATION)

    page = client.get(f"{START}/person").text

    assert 'value="Petra"' in page
    assert 'value="petra@windwerk.example"' in page


def test_member_applies_for_a_second_organisation(client_of, paul):
    assert apply(client_of(paul), email=paul.email).applicant_id == paul.id


@pytest.mark.parametrize("address", [START, f"{START}/person", f"{START}/pruefen"])
def test_office_and_waiting_applicants_do_not_apply(client_of, olga, ada, kim, address):
    an_application(kim)

    for person in (olga, ada, kim):
        client = client_of(person)
        assert (client.get(address).status_code, client.post(address).status_code) == (403, 403)
    assert len(applications()) == 1


@pytest.mark.parametrize("state", [ApplicationState.DECLINED, ApplicationState.WITHDRAWN])
def test_whose_application_came_to_nothing_may_apply_again(client_of, kim, state):
    an_application(kim, state=state)

    assert apply(client_of(kim)).applicant_id == kim.id


def test_second_click_of_who_is_logged_in_finds_the_first_one_too(app, client_of, kim):
    client = client_of(kim)
    fill_in(client)

    assert [client.post(f"{START}/pruefen").status_code for _ in range(2)] == [303, 303]
    assert len(applications()) == 1


def test_organisation_that_applies_again_is_not_turned_away_the_office_sees_the_hint(
    client, client_of, olga, application
):
    again = apply(client, email="lee@elsewhere.example")
    client.post(link_of(again), data={"version": again.version, "password": "Ein Satz, der gilt"})

    page = client_of(olga).get(f"/projektbuero/antraege/{again.number}").text

    assert "Weiterer Antrag mit dieser Person, diesem Namen oder dieser Registernummer:" in page
    assert f'href="/projektbuero/antraege/{application.number}"' in page


def test_member_of_an_ended_affiliation_counts_as_nobody(client_of, kim, windwerk):
    affiliated(kim, windwerk).until = now()
    an_application(kim)

    assert client_of(kim).get(START).status_code == 403


def test_locked_person_gets_the_same_page_and_no_way_in(client):
    a_user("locked@probewerk.example", "Kim", "Muster", locked_at=now())

    sent = apply(client, email="locked@probewerk.example")

    assert client.get(f"{START}/gesendet").status_code == 200
    assert client.get(link_of(sent)).status_code == 404
