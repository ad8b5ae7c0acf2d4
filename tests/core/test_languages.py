"""Which language somebody is answered in, and that nobody is given a page in another one."""

import re
from datetime import UTC, datetime

import pytest
from flask import Flask

from portal.core import languages
from portal.core.database import db
from portal.core.languages import speaking
from portal.core.times import show_moment, show_month, show_short_day, show_weekday

HOST = "portal.test"
MARCH = datetime(2026, 3, 1, 13, 5, tzinfo=UTC)


def asking(languages: str) -> dict[str, str]:
    return {"Accept-Language": languages}


def language_of(answer) -> str:
    return re.search(r'<html lang="(\w+)">', answer.text)[1]


def cookie_of(client) -> str | None:
    cookie = client.get_cookie("lang", domain=HOST)
    return cookie.value if cookie else None


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("", "de"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("EN-us", "en"),
        ("de-DE,de;q=0.9,en;q=0.8", "de"),
        ("de-AT,en;q=0.9", "de"),  # Austrian German is German, though only English is named exactly
        ("fr,en;q=0.5,de;q=0.4", "en"),
        ("fr", "de"),
        ("*", "de"),
        ("en;q=0", "de"),
        ("en;q=nonsense,,;;", "de"),
        ("x" * 5000, "de"),
    ],
)
def test_browser_is_answered_in_the_first_language_that_there_is(client, asked, answered) -> None:
    assert language_of(client.get("/partner", headers=asking(asked))) == answered


def test_cookie_counts_more_than_the_browser_and_the_address_more_than_both(client) -> None:
    client.set_cookie("lang", "en", domain=HOST)

    assert language_of(client.get("/partner", headers=asking("de"))) == "en"
    assert language_of(client.get("/partner?lang=de", headers=asking("en"))) == "de"


@pytest.mark.parametrize("forged", ["fr", "", "EN", "../en", "en\0", "e" * 5000, "%ff", "ä"])
def test_language_that_is_not_offered_is_not_remembered(client, forged) -> None:
    answer = client.get("/partner", query_string={"lang": forged})

    assert (answer.status_code, language_of(answer), cookie_of(client)) == (200, "de", None)


def test_chosen_language_is_remembered_for_the_next_page(client) -> None:
    first = client.get("/partner?lang=en")

    assert "Max-Age=31536000" in first.headers["Set-Cookie"]
    assert (
        "HttpOnly" in first.headers["Set-Cookie"] and "SameSite=Lax" in first.headers["Set-Cookie"]
    )
    assert (cookie_of(client), language_of(client.get("/aktuelles"))) == ("en", "en")


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("/partner", "?lang=en"),
        ("/partner?q=Wind&art=verband", "?q=Wind&amp;art=verband&amp;lang=en"),
        ("/partner?seite=1&lang=de", "?seite=1&amp;lang=en"),
        ("/projekte?thema=a&thema=b", "?thema=a&amp;thema=b&amp;lang=en"),
        ('/partner?q="><b>&x=%26%ff', "?q=%22%3E%3Cb%3E&amp;x=%26%25FF&amp;lang=en"),
        ("/gibt-es-nicht?a=1", "?a=1&amp;lang=en"),
    ],
)
def test_switch_stays_on_the_page_and_keeps_what_was_asked(client, address, link) -> None:
    page = client.get(address).text

    assert f'<a href="{link}" lang="en" hreflang="en">English</a>' in page


def test_switch_repeats_nothing_endless(client) -> None:
    long, many = "x" * 201, "&".join(["thema=a"] * 5000)

    page = client.get(f"/projekte?q={long}&{long}=1&{many}&thema=b").text

    assert f'<a href="?{"thema=a&amp;" * 50}lang=en" lang="en"' in page


def test_english_page_leads_back_to_german(client) -> None:
    page = client.get("/partner?q=Wind", headers=asking("en")).text

    assert '<a href="?q=Wind&amp;lang=de" lang="de" hreflang="de">Deutsch</a>' in page
    assert ">English</a>" not in page


def test_page_that_was_kept_is_never_given_to_who_reads_another_language(client) -> None:
    german = client.get("/partner", headers=asking("de"))
    english = client.get("/partner", headers=asking("en"))
    kept = {"If-None-Match": german.headers["ETag"]}
    client.set_cookie("lang", "en", domain=HOST)
    chosen = client.get("/partner", headers=asking("de") | kept)

    assert german.headers["ETag"] != english.headers["ETag"]
    assert (chosen.status_code, language_of(chosen)) == (200, "en")
    assert chosen.headers["ETag"] == english.headers["ETag"]


@pytest.mark.parametrize("asked", ["de", "en"])
def test_reader_who_has_the_page_in_this_language_is_told_so(client, asked) -> None:
    first = client.get("/partner", headers=asking(asked))
    kept = {"If-None-Match": first.headers["ETag"]}

    assert client.get("/partner", headers=asking(asked) | kept).status_code == 304


def test_caches_between_keep_pages_by_what_browsers_ask_and_none_that_a_cookie_chose(
    client,
) -> None:
    for address in ("/partner", "/termine.ics", "/projekte.csv"):
        answer = client.get(address, headers=asking("en"))
        assert answer.headers["Vary"] == "Accept-Language"
        assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"

    client.set_cookie("lang", "en", domain=HOST)
    chosen = client.get("/partner")
    again = client.get("/partner", headers={"If-None-Match": chosen.headers["ETag"]})

    for answer in (chosen, again):
        assert answer.headers["Cache-Control"] == "private, max-age=0, must-revalidate"
    assert again.status_code == 304


@pytest.mark.parametrize(
    "address", ["/partner?lang=en", "/partner?q=a&lang=en", "/partner?lang=fr"]
)
def test_page_that_may_set_the_cookie_is_kept_by_nobody(client, address) -> None:
    answer = client.get(address)

    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer.headers


def test_error_pages_speak_english_too(client) -> None:
    answer = client.get("/gibt-es-nicht", headers=asking("en"))

    assert answer.status_code == 404
    assert "This page does not exist, or no longer exists." in answer.text


def test_form_explains_mistakes_in_the_language_of_the_page(client) -> None:
    answer = client.post(
        "/konto/anmelden", data={"email": "kim", "password": ""}, headers=asking("en")
    )

    assert answer.status_code == 422
    assert "The e-mail address is not complete. It looks like name@beispiel.de." in answer.text
    assert "Enter your password." in answer.text
    assert "2 entries still need your help" in answer.text


def test_what_people_typed_is_marked_as_german_on_english_pages(client, windwerk) -> None:
    windwerk.summary = "Wind wird Strom."
    db.session.commit()

    german = client.get("/partner/windwerk").text
    english = client.get("/partner/windwerk", headers=asking("en")).text

    assert 'lang="de">' in german.splitlines()[1] and german.count('lang="de"') == 1
    assert '<p class="lead measure" lang="de">Wind wird Strom.</p>' in english


def test_lists_send_as_many_statements_in_english(client, statements) -> None:
    counts = []
    for asked in ("de", "en"):
        for _warm in range(2):
            with statements() as sent:
                client.get("/projekte", headers=asking(asked))
        counts.append(sent.number)

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", ["Sonntag, 1. März 2026", "März 2026", "01.03.2026", "1. März 2026, 14:05"]),
        ("en", ["Sunday, 1 March 2026", "March 2026", "1 Mar 2026", "1 March 2026, 14:05"]),
    ],
)
def test_days_are_written_as_the_language_writes_them(app, language, said) -> None:
    with speaking(language):
        found = [shown(MARCH) for shown in (show_weekday, show_month, show_short_day, show_moment)]

    assert found == said


def test_who_reads_a_language_that_is_gone_is_told_in_german(app) -> None:
    with speaking("fr"):
        assert show_month(MARCH) == "März 2026"


def test_language_without_a_compiled_catalogue_is_not_offered(tmp_path, caplog) -> None:
    app = Flask("nothing", root_path=str(tmp_path))
    app.config.update(LANGUAGES=("de", "en"), SECURE=False)

    languages.init_app(app)

    assert app.config["LANGUAGES"] == ("de",)
    assert "messages.mo is missing: run `make messages`; 'en' is not offered" in caplog.text
