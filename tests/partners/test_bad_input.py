"""What nobody should type: a message at the field, status 422, the text kept, nothing stored."""

import pytest
from sqlalchemy import func, select

from portal.core.database import db
from portal.partners.models import ApplicationDraft
from tests.partners.conftest import ORGANISATION, PERSON, START

TOO_LONG = "Kürzen Sie den Text auf höchstens"
CONTROL = "unsichtbares Steuerzeichen"
OFFERED = "Wählen Sie einen der angebotenen Einträge."
ONE_LINE = "Schreiben Sie den Text in eine Zeile."
INVISIBLE = "\u200b \u00ad\u2060"
NAME = "Geben Sie den Namen der Organisation ein."
KIND = "Wählen Sie die Art der Organisation."
WEBSITE = "Geben Sie die Webadresse ein."
NO_WEBSITE = "Das ist keine Webadresse."
CODE = "Die Postleitzahl sieht aus wie 44135."
CITY = "Geben Sie den Ort ein."
FIRST = "Geben Sie den Vornamen ein."
LAST = "Geben Sie den Nachnamen ein."
FUNCTION = "Geben Sie Ihre Funktion in der Organisation ein."
MAIL = "Geben Sie Ihre E-Mail-Adresse ein."
NO_MAIL = "Die E-Mail-Adresse ist nicht vollständig."
NO_PHONE = "Die Telefonnummer sieht aus wie"
CONSENT = "Lesen Sie die Datenschutzhinweise"


def missing(name, message):
    return [(name, None, message), (name, "", message), (name, INVISIBLE, message)]


def unseen(name):
    return [
        (name, "a\x00b", CONTROL),
        (name, "a\x07b", CONTROL),
        (name, "a\x1b[31mb", CONTROL),
        (name, "a\u202eb", CONTROL),
    ]


ON_THE_FIRST_PAGE = [
    *missing("name", NAME),
    *unseen("name"),
    ("name", "x" * 201, TOO_LONG),
    ("name", "eins\nzwei", ONE_LINE),
    *[("kind", value, KIND) for value in (None, "")],
    *[("kind", value, OFFERED) for value in ("Company", "founder", "0", "a\x00b")],
    *missing("website", WEBSITE),
    *unseen("website"),
    ("website", "https://" + "x" * 300 + ".example", TOO_LONG),
    ("website", "probewerk.example/" + "x" * 280, TOO_LONG),  # with https:// it is
    *[
        ("website", value, NO_WEBSITE)
        for value in (
            "kein punkt",
            "localhost",
            "javascript:alert(1)",
            "ftp://probewerk.example",
            "https://",
            "https:///probewerk.example",
            "https://kim@probewerk.example",
            "https://probewerk.example:99999",
            "http://192.0.2.1",
            "http://[::1]/",
            "https://-probewerk.example",
            "https://probe..werk.example",
            "mailto:kim@probewerk.example",
            "//probewerk.example",
            "https://probewerk.example\\@elsewhere.example",
        )
    ],
    *unseen("street"),
    ("street", "x" * 201, TOO_LONG),
    *unseen("postal_code"),
    ("postal_code", "1" * 11, TOO_LONG),
    *[("postal_code", value, CODE) for value in ("44", "44/135", "=1+1")],
    *missing("city", CITY),
    *unseen("city"),
    ("city", "x" * 121, TOO_LONG),
    *[("themes", value, OFFERED) for value in (["0.5"], ["999999"], ["energie"], ["1", "-1"])],
    ("themes", [str(10**30)], OFFERED),
    *unseen("why"),
    ("why", "x" * 1501, TOO_LONG),
]
ON_THE_SECOND_PAGE = [
    *missing("first_name", FIRST),
    *unseen("first_name"),
    ("first_name", "x" * 81, TOO_LONG),
    *missing("last_name", LAST),
    *unseen("last_name"),
    ("last_name", "x" * 81, TOO_LONG),
    *missing("function", FUNCTION),
    *unseen("function"),
    ("function", "x" * 121, TOO_LONG),
    *missing("email", MAIL),
    *unseen("email"),
    ("email", "x" * 250 + "@probewerk.example", TOO_LONG),
    *[
        ("email", value, NO_MAIL)
        for value in (
            "kim@",
            "@probewerk.example",
            "kim",
            "kim@probewerk",
            "kim muster@probewerk.example",
            "kim@probewerk.example, lee@probewerk.example",
            "kim@probewerk.example\nBcc: lee@probewerk.example",
        )
    ],
    *unseen("phone"),
    ("phone", "1" * 41, TOO_LONG),
    *[("phone", value, NO_PHONE) for value in ("12", "anrufen", "=1+1", "0231<b>")],
    ("consent", None, CONSENT),
    ("consent", "", CONSENT),
]


def stored():
    db.session.rollback()
    return db.session.scalar(select(func.count(ApplicationDraft.id)))


def changed(answers, name, value):
    answers = answers | {name: value}
    return {n: v for n, v in answers.items() if v is not None}


@pytest.mark.parametrize(("name", "value", "message"), ON_THE_FIRST_PAGE)
def test_first_page_refuses(client, name, value, message):
    answer = client.post(START, data=changed(ORGANISATION, name, value))

    assert answer.status_code == 422
    assert f'href="#{name}' in answer.text  # from the summary to the field
    assert answer.text.count(message) == 2  # in the summary and at the field
    assert stored() == 0
    if name != "why":
        assert "Wir messen Licht.</textarea>" in answer.text


@pytest.mark.parametrize(("name", "value", "message"), ON_THE_SECOND_PAGE)
def test_second_page_refuses(client, name, value, message):
    client.post(START, data=ORGANISATION)

    answer = client.post(f"{START}/person", data=changed(PERSON, name, value))

    assert answer.status_code == 422
    assert f'href="#{name}' in answer.text
    assert answer.text.count(message) == 2
    if name != "phone":
        assert 'value="0231 50 00000"' in answer.text
    with client.session_transaction() as session:
        assert session["application_draft"]
    assert client.get(f"{START}/pruefen").location == f"{START}/person"


def test_wrong_text_is_shown_again_as_it_was_typed(client):
    answer = client.post(START, data=ORGANISATION | {"website": "kein punkt", "why": "x" * 1501})

    assert 'value="kein punkt"' in answer.text
    assert "x" * 1501 in answer.text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("probewerk.example", "https://probewerk.example"),
        ("  www.Probewerk.example/  ", "https://www.probewerk.example"),
        ("HTTP://probewerk.example", "http://probewerk.example"),
        (
            "https://probewerk.example:8443/über?x=1#oben",
            "https://probewerk.example:8443/über?x=1#oben",
        ),
        ("https://prüfwerk.example", "https://prüfwerk.example"),
        ("probe\u200bwerk.example", "https://probewerk.example"),
    ],
)
def test_web_address_is_kept_in_its_normal_spelling(client, typed, kept):
    client.post(START, data=ORGANISATION | {"website": typed})

    (draft,) = db.session.scalars(select(ApplicationDraft))
    assert draft.answers["organisation"]["website"] == kept
