"""What everybody sees, and what nobody but its people does."""

from datetime import timedelta

import pytest
import time_machine

from portal.core.database import db
from portal.core.generation import forget
from portal.core.times import now
from portal.exchange.models import OfferKind, OfferReview, OfferState
from portal.partners import services as partners
from tests.cast import an_organisation, district, theme
from tests.exchange.making import LIST, days_left, in_life, in_review, published

EVERYWHERE = (
    LIST,
    f"{LIST}.atom",
    "/suche?q=windmesser",
    "/sitemap.xml",
    "/partner/windwerk",
    f"{LIST}?q=windmesser",
)


def seen(client) -> list[str]:
    """The public places that name the entry."""
    forget()
    return [a for a in EVERYWHERE if "windmesser-zum-leihen" in client.get(a).text]


def test_online_entry_stands_everywhere(client, live):
    page = client.get(f"{LIST}/{live.slug}")

    assert seen(client) == list(EVERYWHERE)
    assert page.status_code == 200
    assert "Sie messen <strong>Wind</strong> am Dach." in page.text
    for text in ("Angebot von Windwerk eG", "Energie", "Eving", "Kontakt aufnehmen"):
        assert text in page.text, text


@pytest.mark.parametrize("state", [OfferReview.DRAFT, OfferReview.SUBMITTED, OfferReview.RETURNED])
def test_what_was_never_published_stands_nowhere(client, draft, state):
    draft.slug = "windmesser-zum-leihen"
    in_review(draft, state)

    assert seen(client) == []
    assert client.get(f"{LIST}/windmesser-zum-leihen").status_code == 404


@pytest.mark.parametrize(
    ("state", "status", "words"),
    [
        (OfferState.EXPIRED, 410, "Dieser Eintrag ist abgelaufen"),
        (OfferState.ENDED, 410, "Dieser Eintrag ist beendet"),
        (OfferState.REMOVED, 404, "Diese Seite gibt es nicht"),
    ],
)
def test_what_is_over_stands_nowhere_and_its_address_says_so(client, live, state, status, words):
    in_life(live, state)

    page = client.get(f"{LIST}/{live.slug}")

    assert seen(client) == []
    assert (page.status_code, words in page.text) == (status, True)
    assert "Sie messen" not in page.text


def test_owner_is_led_from_the_expired_page_to_the_renewal(client_of, client, petra, paul, live):
    in_life(live, OfferState.EXPIRED)
    link = f"/mein/windwerk/kooperationen/{live.key}/erneuern"

    assert link in client_of(petra).get(f"{LIST}/{live.slug}").text
    assert link not in client_of(paul).get(f"{LIST}/{live.slug}").text
    assert link not in client.get(f"{LIST}/{live.slug}").text


def test_term_that_is_over_shows_before_the_worker_comes(client, live):
    days_left(live, -1)

    assert client.get(f"{LIST}/{live.slug}").status_code == 410
    assert "windmesser" not in client.get(LIST).text
    assert "windmesser" not in client.get(f"{LIST}.atom").text


def test_last_day_still_counts(client, live):
    days_left(live, 0)

    assert client.get(f"{LIST}/{live.slug}").status_code == 200
    assert "windmesser" in client.get(LIST).text


def test_entries_rest_with_their_organisation_and_come_back(client, live, windwerk, ada):
    partners.suspend(
        windwerk, by=ada, reason="Streit", projects_rest=False, seen_version=windwerk.version
    )
    db.session.commit()
    resting = seen(client), client.get(f"{LIST}/{live.slug}").status_code

    partners.reactivate(windwerk, by=ada, reason="Geklärt", seen_version=windwerk.version)
    db.session.commit()

    assert resting == ([], 404)
    assert seen(client) == list(EVERYWHERE)


@pytest.fixture
def many(windwerk):
    other = an_organisation("netzwerk", "Netzwerk AG")
    hoerde = (district("hoerde").id,)
    published(windwerk, "Dach in Hörde", district_ids=hoerde, kind=OfferKind.PILOT_SITE)
    published(windwerk, "Wärme gesucht", kind=OfferKind.REQUEST, citywide=True, district_ids=())
    published(other, "Netz für alle", theme_id=theme("it").id)


def titles(client, query: str = "") -> list[str]:
    page = client.get(f"{LIST}{query}").text
    known = ("Dach in Hörde", "Wärme gesucht", "Netz für alle")
    return sorted((t for t in known if f">{t}</a>" in page), key=page.index)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Netz für alle", "Wärme gesucht", "Dach in Hörde"]),
        ("?art=gesuch", ["Wärme gesucht"]),
        ("?art=gesuch&art=pilotflaeche", ["Wärme gesucht", "Dach in Hörde"]),
        ("?thema=it", ["Netz für alle"]),
        ("?stadtbezirk=hoerde", ["Wärme gesucht", "Dach in Hörde"]),
        ("?stadtbezirk=eving", ["Netz für alle", "Wärme gesucht"]),
        ("?partner=netzwerk", ["Netz für alle"]),
        ("?q=waerme", ["Wärme gesucht"]),
        ("?q=hoerde", ["Dach in Hörde"]),
        ("?q=netzwerk", ["Netz für alle"]),
        ("?q=%25%25", []),
        ("?art=gesuch&thema=it", []),
    ],
)
def test_choice_narrows_the_list(client, many, query, expected):
    assert titles(client, query) == expected


@pytest.mark.parametrize(
    "query", ["art=nichts", "thema=x", "stadtbezirk=x", "partner=x", "seite=2"]
)
def test_address_of_nothing_is_not_found(client, many, query):
    assert client.get(f"{LIST}?{query}").status_code == 404


def test_facets_count_what_a_click_would_show(client, many):
    page = client.get(f"{LIST}?stadtbezirk=hoerde").text

    for label, number in (("Pilotfläche", 1), ("Gesuch", 1), ("Energie", 2), ("Eving", 2)):
        assert f'<span>{label}</span><span class="num">{number}</span>' in page, label
    assert ">2 Einträge</h2>" in page
    assert "<span>Angebot</span>" not in page


def test_feed_says_the_same_as_the_list(client, many):
    feed = client.get(f"{LIST}.atom?art=gesuch").text

    assert "<title>Gesuch: Wärme gesucht</title>" in feed
    assert "Netz für alle" not in feed


def test_markup_is_shown_as_typed(client, windwerk):
    evil = "<script>alert(1)</script>"
    offer = published(windwerk, f"Böse {evil}", summary=evil, text=f"{evil} [x](javascript:y)")

    shown = client.get(f"{LIST}/{offer.slug}").text + client.get(LIST).text
    feed = client.get(f"{LIST}.atom").text

    assert evil not in shown + feed
    assert shown.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 5
    assert 'href="javascript:' not in shown


@pytest.mark.parametrize("query", ["", "?q=windmesser", "?art=angebot&stadtbezirk=eving"])
def test_list_needs_six_statements_however_long_it_is(client, windwerk, statements, query):
    numbers = []
    for number in (1, 2, 12):
        for place in range(number):
            published(windwerk, f"Windmesser {number}-{place}")
        client.get(f"{LIST}{query}")
        with statements() as counted:
            assert client.get(f"{LIST}{query}").status_code == 200
        numbers.append(counted.number)

    assert len(set(numbers)) == 1
    assert numbers[0] <= 6


def test_page_of_a_partner_needs_no_more_statements_for_more_entries(client, windwerk, statements):
    numbers = []
    for number in (1, 3):
        for place in range(number):
            published(windwerk, f"Windmesser {number}-{place}")
        client.get("/partner/windwerk")
        with statements() as counted:
            client.get("/partner/windwerk")
        numbers.append(counted.number)

    assert numbers[0] == numbers[1]


def test_empty_list_says_what_goes_next(client, app):
    page = client.get(LIST).text

    assert "Zurzeit steht nichts in der Projektbörse." in page


def test_typing_error_is_answered_with_words_that_find_something(client, windwerk):
    published(windwerk, "Windmesser zum Leihen")

    page = client.get(f"{LIST}?q=Windnesser&art=angebot").text

    assert "Noch kein Eintrag passt zu dieser Auswahl." in page
    assert 'Meinten Sie <a href="/kooperationen?q=Windmesser&amp;art=angebot">' in page


def test_hits_in_the_title_come_first_then_the_newest(client, windwerk):
    published(windwerk, "Windmesser zum Leihen")
    published(windwerk, "Dach gesucht", summary="Für unseren Windmesser.")
    published(windwerk, "Windmesser für Schulen")

    page = client.get(f"{LIST}?q=windmesser").text

    titles = ["Windmesser für Schulen", "Windmesser zum Leihen", "Dach gesucht"]
    assert sorted(titles, key=page.index) == titles


def test_term_that_ends_at_midnight_leaves_list_and_counts_at_once(client, windwerk):
    published(windwerk, "Windmesser zum Leihen")
    assert "1 Eintrag" in client.get(LIST).text

    with time_machine.travel(now() + timedelta(days=91)):
        page = client.get(LIST).text

    assert "0 Einträge" in page and "Windmesser" not in page
