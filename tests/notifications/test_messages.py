"""What a letter says, and that nothing people typed can change who receives it."""

import email
import re
from datetime import timedelta
from email.policy import default

import pytest
from sqlalchemy import select, update

from portal.accounts.facts import PasswordChanged, PasswordLinkAsked
from portal.core.database import db
from portal.core.facts import tell
from portal.core.times import now
from portal.notifications import labels
from portal.notifications.messages import compose
from portal.notifications.models import Letter, LetterState
from portal.partners.facts import ApplicationSent
from portal.projects.facts import ProjectReturned
from tests.architecture.test_translations import german_words, stored
from tests.architecture.test_translations import letters_of as words_in
from tests.notifications import stage as stages
from tests.notifications.facts import told_kinds
from tests.notifications.stage import Stage
from tests.notifications.test_mails import facts_of

NASTY = "Wind\r\nBcc: all@x.example\n\npark \u202e\x07"


def only_letter() -> Letter:
    db.session.flush()
    return db.session.scalars(select(Letter)).one()


def read(letter: Letter):
    """As a mail program reads it."""
    return email.message_from_bytes(compose(letter).as_bytes(), policy=default)


def words_of(letter: Letter) -> str:
    body = read(letter).get_body(("plain",))
    return str(body.get_content()).replace("\r\n", "\n")


@pytest.fixture
def all_letters(app):
    """One of each kind at least, from the facts themselves."""
    return letters_of(stages.build())


def letters_of(stage: Stage) -> list[Letter]:
    for kind in told_kinds().values():
        for fact in facts_of(kind, stage):
            tell(fact)
            db.session.flush()
            db.session.execute(update(Letter).values(state=LetterState.SENT))  # none is recalled
    return list(db.session.scalars(select(Letter).order_by(Letter.id)))


def test_every_kind_is_rendered_whole(all_letters):
    assert {letter.kind for letter in all_letters} == set(labels.LABELS)
    for letter in all_letters:
        message, text = read(letter), words_of(letter)
        assert message["Subject"] and "\n" not in message["Subject"], letter.kind
        assert text.startswith(f"Guten Tag {letter.recipient.name},\n\n"), letter.kind
        assert "Allianz Smart City Dortmund" in text.rpartition("\n-- \n")[2], letter.kind
        assert re.search(r"http://portal\.test/\S+", text), letter.kind
        assert "\n\n\n" not in text and "None" not in text and "{" not in text, letter.kind
        assert "!" not in text.partition("http")[0], letter.kind


def test_every_letter_is_english_for_who_reads_english(app):
    stage = stages.build()
    for person in stage.people.values():
        person.language = "en"
    german = german_words()

    letters = letters_of(stage)

    assert {letter.kind for letter in letters} == set(labels.LABELS)
    for letter in letters:
        text = f"{read(letter)['Subject']}\n{words_of(letter)}"
        assert f"\nDear {letter.recipient.name},\n\n" in text, letter.kind
        assert "Kind regards\nYour " in text, letter.kind
        said = words_in(re.sub(r"http\S+", "", text))
        assert said & german - stored() == set(), letter.kind


def test_each_reads_the_same_news_in_their_own_language(app):
    stage = stages.build()
    stage.people["eva"].language = "en"

    tell(ProjectReturned(by=stage.people["olga"], about=stage.project, note="Ziel fehlt"))
    db.session.flush()

    subjects = {
        x.recipient.first_name: read(x)["Subject"] for x in db.session.scalars(select(Letter))
    }
    assert subjects == {
        "Petra": f"Bitte ergänzen: {stage.project.latest.title}",
        "Paul": f"Bitte ergänzen: {stage.project.latest.title}",
        "Eva": f"Please revise: {stage.project.latest.title}",
    }


def test_every_link_leads_to_a_page_that_there_is(app, all_letters):
    adapter = app.url_map.bind("portal.test")
    for letter in all_letters:
        for path in re.findall(r"http://portal\.test(/\S*)", words_of(letter)):
            adapter.match(path, method="GET")


def test_reason_stands_in_the_letter(app):
    stage = stages.build()
    note = "Erste Zeile\n\n- Ziel fehlt\n- Bild fehlt"

    tell(ProjectReturned(by=stage.people["olga"], about=stage.project, note=note))
    db.session.flush()

    letter = db.session.scalars(select(Letter)).first()
    assert "    Erste Zeile\n\n    - Ziel fehlt\n    - Bild fehlt\n" in words_of(letter)


def test_headers_are_those_of_a_machine_that_nobody_answers(petra):
    tell(PasswordChanged(by=petra, about=petra))
    letter = only_letter()

    message = read(letter)

    assert message["From"] == "Allianz Smart City Dortmund <smartcity@dortmund.de>"
    assert message["To"] == "Petra Probe <petra@windwerk.example>"
    assert message["Message-ID"] == f"<{letter.message_id}>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert abs(message["Date"].datetime - now()) < timedelta(minutes=1)
    assert message.get_content_type() == "text/plain"
    assert message.get_content_charset() == "utf-8"
    assert all(len(line) <= 998 for line in compose(letter).as_bytes().split(b"\r\n"))


def test_message_id_is_the_same_on_every_try(petra):
    tell(PasswordChanged(by=petra, about=petra))
    letter = only_letter()

    assert read(letter)["Message-ID"] == read(letter)["Message-ID"]


def test_what_people_typed_cannot_add_headers(app):
    stage = stages.build()
    stage.people["eva"].first_name, stage.people["eva"].last_name = NASTY, "Ä" * 80
    stage.project.latest.title = NASTY

    tell(ProjectReturned(by=stage.people["olga"], about=stage.project, note=NASTY))
    db.session.flush()

    for letter in db.session.scalars(select(Letter)):
        message = read(letter)
        assert set(message.keys()) == {
            "Subject",
            "From",
            "To",
            "Date",
            "Message-ID",
            "Auto-Submitted",
            "Content-Type",
            "Content-Transfer-Encoding",
            "MIME-Version",
        }
        assert [a.addr_spec for a in message["To"].addresses] == [letter.recipient.email]
        assert message["Subject"] == "Bitte ergänzen: Wind Bcc: all@x.example park"


def test_long_title_gives_a_short_subject(app):
    stage = stages.build()
    stage.project.latest.title = "Sehr lang " * 12

    tell(ProjectReturned(by=stage.people["olga"], about=stage.project, note="x"))
    db.session.flush()

    letter = db.session.scalars(select(Letter)).first()
    assert len(str(read(letter)["Subject"])) <= 150


def test_template_syntax_in_names_stays_text(petra):
    petra.first_name = "{{ 7 * 7 }}"
    tell(PasswordChanged(by=petra, about=petra))

    assert "Guten Tag {{ 7 * 7 }} Probe," in words_of(only_letter())


def test_password_link_opens_the_page_until_its_time_is_over(client, petra):
    tell(PasswordLinkAsked(by=None, about=petra))
    [path] = re.findall(r"http://portal\.test(/konto/passwort/\S+)", words_of(only_letter()))
    db.session.commit()

    assert client.get(path).status_code == 200


def test_confirmation_link_opens_its_page(client, app):
    stage = stages.build()
    stage.application.state = "unconfirmed"
    tell(ApplicationSent(by=stage.people["anna"], about=stage.application))
    pattern = r"http://portal\.test(/partner-werden/bestaetigen/\S+)"
    [path] = re.findall(pattern, words_of(only_letter()))
    db.session.commit()

    assert client.get(path).status_code == 200


def test_links_never_follow_the_host_of_a_request(app, petra):
    tell(PasswordChanged(by=petra, about=petra))

    with app.test_request_context("/", base_url="http://127.0.0.1:9"):
        assert "127.0.0.1" not in words_of(only_letter())
