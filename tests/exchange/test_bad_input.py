"""What no form takes: a message at the field, 422, the text kept, nothing stored."""

import pytest
from sqlalchemy import func, select

from portal.core.database import db
from portal.exchange.models import Message, Offer, OfferReview
from tests.exchange.making import MINE, OFFICE, THEIRS, asked, in_review, typed

MEGABYTE = "x" * 1_000_000
EVIL = "<img src=x onerror=alert(1)>\"'{{7*7}}"
LIMITS = {"title": 120, "summary": 300, "text": 6000}
TABLE = [
    *((name, "x" * (most + 1), "Kürzen Sie den Text") for name, most in LIMITS.items()),
    *((name, f"a{c}b", "Steuerzeichen") for name in LIMITS for c in "\x00\x1b\u202e"),
    *((name, "\u200b", "unsichtbar") for name in LIMITS),
    *((name, "zwei\nZeilen", "in eine Zeile") for name in ("title", "summary")),
    *(
        (name, value, "Wählen Sie einen der angebotenen")
        for name in ("kind", "theme_id", "competence_id", "district_ids")
        for value in ("-1", "999999", "abc", "\x00", "1" * 5000)
    ),
]


def stored() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(Offer.id)))


@pytest.mark.parametrize(("field", "text", "message"), TABLE, ids=lambda value: repr(value)[:30])
def test_no_form_takes_it(client_of, petra, field, text, message):
    answer = client_of(petra).post(f"{MINE}/neu", data=typed(**{field: text}))

    assert answer.status_code == 422
    assert message in answer.text
    assert stored() == 0


@pytest.mark.parametrize("field", LIMITS)
def test_limit_itself_is_taken(client_of, petra, field):
    answer = client_of(petra).post(f"{MINE}/neu", data=typed(**{field: "ä" * LIMITS[field]}))

    assert answer.status_code == 303


@pytest.mark.parametrize("field", ["title", "summary", "text"])
def test_megabyte_is_refused(client_of, petra, field):
    answer = client_of(petra).post(f"{MINE}/neu", data=typed(**{field: MEGABYTE}))

    assert answer.status_code in (413, 422)
    assert stored() == 0


@pytest.mark.parametrize("text", [MEGABYTE, "", "\u200b", "a\x00b", "x" * 4001])
def test_no_thread_takes_it(client_of, live, stefan, solarhof, text):
    inquiry = asked(live, stefan, solarhof)

    answer = client_of(stefan).post(f"{THEIRS}/anfragen/{inquiry.key}", data={"text": text})

    assert answer.status_code in (413, 422)
    assert db.session.scalar(select(func.count(Message.id))) == 1


@pytest.mark.parametrize("key", ["", "x", "../../../../etc", "k" * 5000, "é" * 16])
def test_forged_key_of_a_form_is_replaced(client_of, petra, key):
    answer = client_of(petra).post(f"{MINE}/neu", data=typed(key=key))

    assert answer.status_code in (303, 422)
    assert all(len(offer.key) == 16 for offer in db.session.scalars(select(Offer)))


def test_forged_fields_change_nothing(client_of, petra, solarhof):
    forged = {"state": "online", "organisation_id": str(solarhof.id), "slug": "x", "note": "x"}

    client_of(petra).post(f"{MINE}/neu", data=typed(**forged))

    offer = db.session.scalars(select(Offer)).one()
    assert (offer.slug, offer.state, offer.organisation.slug) == (None, "new", "windwerk")
    assert offer.latest.note == ""


def test_text_is_shown_as_typed_everywhere(client_of, petra, stefan, solarhof, live, olga, draft):
    client = client_of(petra)
    client.post(f"{MINE}/neu", data=typed(title=EVIL, summary=EVIL, text=EVIL, key="k" * 16))
    inquiry = asked(live, stefan, solarhof, text=EVIL)
    data = in_review(draft, OfferReview.SUBMITTED) | {"note": EVIL}
    client_of(olga).post(f"{OFFICE}/{draft.key}/zurueckgeben", data=data)
    pages = [
        client.get(f"{MINE}/{'k' * 16}"),
        client.get(f"{MINE}/{'k' * 16}/bearbeiten"),
        client.get(MINE),
        client.get(f"{MINE}/{draft.key}"),
        client.get(f"{MINE}/anfragen/{inquiry.key}"),
        client_of(olga).get(f"{OFFICE}/{'k' * 16}"),
    ]

    assert [page.status_code for page in pages] == [200] * 6
    assert not any("<img src=x" in page.text for page in pages)
    assert all("&lt;img src=x" in page.text for page in pages)
    assert all("{{7*7}}" in page.text for page in pages)


@pytest.mark.parametrize("slug", ["%00", "A", "a" * 500, "neu/x", "..", "ä"])
def test_address_of_nothing_is_not_found(client, app, slug):
    assert client.get(f"/kooperationen/{slug}").status_code == 404
