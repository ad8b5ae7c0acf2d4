"""From the first click to the publication, and what the public sees meanwhile."""

import pytest
from sqlalchemy import func, select

from portal.core.database import db
from portal.core.times import now
from portal.exchange.models import Offer, OfferKind, OfferReview, OfferState
from portal.topics.models import Competence
from tests.cast import affiliated, an_organisation, saved, theme
from tests.exchange.making import LIST, MINE, OFFICE, in_review, review_of, shown, typed
from tests.letters import letters


def test_draft_may_have_gaps_and_is_submitted_when_complete(client_of, petra, olga):
    client = client_of(petra)

    made = client.post(f"{MINE}/neu", data={"title": "Windmesser"})
    offer = db.session.scalars(select(Offer)).one()
    refused = client.post(f"{MINE}/{offer.key}/einreichen", data=shown(offer))
    client.post(f"{MINE}/{offer.key}/bearbeiten", data=typed() | shown(offer))
    sent = client.post(f"{MINE}/{offer.key}/einreichen", data=shown(offer))

    assert [made.status_code, refused.status_code, sent.status_code] == [303, 422, 303]
    assert "Wählen Sie ein Thema." in refused.text
    assert review_of(offer) is OfferReview.SUBMITTED
    assert letters() == [("olga@office.example", "exchange/offer_submitted")]


def test_address_fills_in_kind_theme_and_competence(client_of, petra):
    saved(Competence(slug="sensorik", name="Sensorik", order=1))
    client = client_of(petra)
    query = "?art=gesuch&thema=energie&kompetenz=sensorik"

    led = client.get(f"{LIST}/neu{query}")
    page = client.get(led.location).text

    assert led.location == f"{MINE}/neu{query}"
    assert '<option selected value="request">Gesuch</option>' in page
    assert f'<option selected value="{theme().id}">' in page
    assert "<option selected" in page and ">Sensorik</option>" in page


@pytest.mark.parametrize("query", ["?art=nichts&thema=nichts&kompetenz=nichts", "?kompetenz=%00"])
def test_address_that_names_nothing_fills_nothing_in(client_of, petra, query):
    page = client_of(petra).get(f"{MINE}/neu{query}")

    assert page.status_code == 200
    assert '<option selected value="">Bitte wählen</option>' in page.text


def test_archived_competence_is_offered_no_more_and_kept_where_it_is_used(client_of, petra, draft):
    used = saved(Competence(slug="alt", name="Altes Können", order=1, archived_at=now()))
    draft.latest.competence = used
    db.session.commit()
    client = client_of(petra)

    assert "Altes Können" not in client.get(f"{MINE}/neu").text
    assert "Altes Können" in client.get(f"{MINE}/{draft.key}/bearbeiten").text


def test_who_acts_for_several_chooses(client_of, petra):
    affiliated(petra, an_organisation("netzwerk", "Netzwerk AG"))

    page = client_of(petra).get(f"{LIST}/neu?art=gesuch").text

    assert f"{MINE}/neu?art=gesuch" in page
    assert "/mein/netzwerk/kooperationen/neu?art=gesuch" in page


def test_double_click_makes_one_draft(client_of, petra):
    client, data = client_of(petra), typed(key="k" * 16)

    answers = [client.post(f"{MINE}/neu", data=data) for _ in range(2)]

    assert [answer.location for answer in answers] == [f"{MINE}/{'k' * 16}"] * 2
    assert db.session.scalar(select(func.count(Offer.id))) == 1


def test_publication_gives_address_term_and_the_next_case(client_of, olga, petra, draft):
    data = in_review(draft, OfferReview.SUBMITTED)

    answer = client_of(olga).post(f"{OFFICE}/{draft.key}/veroeffentlichen", data=data)

    assert answer.location == "/projektbuero/naechster?kind=offers"
    assert review_of(draft) is OfferReview.PUBLISHED
    assert (draft.state, draft.slug) == (OfferState.ONLINE, "windmesser-zum-leihen")
    assert (draft.expires_on - draft.published_at.date()).days in (90, 91)
    assert letters() == [("petra@windwerk.example", "exchange/offer_published")]


def test_entry_called_like_an_address_gets_another_one(client_of, olga, petra, draft):
    draft.latest.title = "Neu"
    data = in_review(draft, OfferReview.SUBMITTED)

    client_of(olga).post(f"{OFFICE}/{draft.key}/veroeffentlichen", data=data)

    assert db.session.scalar(select(Offer.slug)) == "neu-2"


def test_note_of_the_office_reaches_the_authors(client_of, olga, petra, draft):
    data = in_review(draft, OfferReview.SUBMITTED) | {"note": "Bitte kürzer."}

    client_of(olga).post(f"{OFFICE}/{draft.key}/zurueckgeben", data=data)

    client = client_of(petra)
    assert "Bitte kürzer." in client.get(f"{MINE}/{draft.key}").text
    assert "Bitte kürzer." in client.get("/mein").text


def test_public_text_stays_until_the_new_one_is_approved(client_of, client, petra, olga, live):
    page, author = f"{LIST}/{live.slug}", client_of(petra)
    typed_text = typed(title="Ganz neu", text="Neuer Text.", kind="request")
    everywhere = (page, LIST, f"{LIST}.atom", "/suche?q=neu", "/partner/windwerk")

    author.post(f"{MINE}/{live.key}/bearbeiten", data=typed_text | shown(live))
    while_draft = [client.get(address).text for address in everywhere]
    author.post(f"{MINE}/{live.key}/einreichen", data=shown(live))
    while_waiting = [client.get(address).text for address in everywhere]
    client_of(olga).post(f"{OFFICE}/{live.key}/veroeffentlichen", data=shown(live))
    after = client.get(page).text

    assert not any("Ganz neu" in text for text in while_draft + while_waiting)
    assert "Windmesser zum Leihen" in while_waiting[0]
    assert "Ganz neu" in after and "Neuer Text." in after and "Gesuch" in after
    assert "Windmesser" not in after


def test_returned_revision_changes_nothing_in_public(client_of, client, petra, olga, live):
    author = client_of(petra)
    author.post(f"{MINE}/{live.key}/bearbeiten", data=typed(title="Ganz neu") | shown(live))
    author.post(f"{MINE}/{live.key}/einreichen", data=shown(live))

    data = shown(live) | {"note": "Nein."}
    client_of(olga).post(f"{OFFICE}/{live.key}/zurueckgeben", data=data)

    assert review_of(live) is OfferReview.RETURNED
    assert live.live.title == "Windmesser zum Leihen"
    assert "Ganz neu" not in client.get(f"{LIST}/{live.slug}").text


def test_slower_of_two_authors_keeps_the_text_and_sees_both(client_of, petra, erik, live):
    seen = shown(live)
    client_of(erik).post(f"{MINE}/{live.key}/bearbeiten", data=typed(title="Eriks Titel") | seen)

    late = client_of(petra).post(
        f"{MINE}/{live.key}/bearbeiten", data=typed(title="Petras Titel") | seen
    )

    assert late.status_code == 409
    assert 'value="Petras Titel"' in late.text and "Eriks Titel" in late.text
    assert db.session.get(Offer, live.id).latest.title == "Eriks Titel"
    assert len(live.revisions) == 2


def test_kind_of_an_entry_is_kept_as_its_value(draft):
    assert draft.latest.kind is OfferKind.OFFER
