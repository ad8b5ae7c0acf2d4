"""The office keeps versions of the declaration: a draft may be changed, what is published stays."""

from hashlib import sha256

import pytest

from portal.charter import queries, services
from portal.charter.models import Declaration, DeclarationState
from portal.core.database import db
from portal.core.errors import Conflict, Denied
from tests.charter.conftest import OFFICE, TEXT, all_of, publish, race
from tests.letters import history, letters

DRAFT = {"title": "Interessensbekundung", "text": TEXT}


def address(declaration, act=""):
    return f"{OFFICE}/{declaration.id}{act}"


@pytest.fixture
def draft(ada):
    declaration = services.draft(by=ada, title="Interessensbekundung", text=TEXT)
    db.session.commit()
    return declaration


def test_draft_is_seen_by_the_office_only(client, client_of, ada, olga):
    reply = client_of(ada).post(f"{OFFICE}/neu", data=DRAFT)

    (draft,) = all_of(Declaration)
    assert (reply.status_code, reply.location) == (303, address(draft))
    assert (draft.number, draft.sha256, draft.state) == (None, "", DeclarationState.DRAFT)
    assert client_of(olga).get(address(draft)).status_code == 200
    assert "Noch gibt es keine Erklärung." in client.get("/erklaerung").text


def test_publishing_gives_the_next_number_and_the_hash_of_the_exact_text(client, client_of, ada):
    publish(ada)
    second = services.draft(by=ada, title="Zweite", text=f"{TEXT}\n\nÄnderung: ß, é, ∑.")
    db.session.commit()

    reply = client_of(ada).post(address(second, "/veroeffentlichen"), data={"version": 1})

    kept = all_of(Declaration)[-1]
    assert reply.status_code == 303
    assert (kept.number, kept.state) == (2, DeclarationState.PUBLISHED)
    assert kept.sha256 == sha256(kept.text.encode("utf-8")).hexdigest()
    assert kept.published_by_id == ada.id
    source = client.get("/erklaerung/2.md")
    assert sha256(source.data).hexdigest() == kept.sha256
    assert source.mimetype == "text/markdown"


def test_number_and_hash_stand_on_the_public_page(client, declaration):
    page = client.get("/erklaerung").text

    assert "Nr. 1" in page and declaration.sha256 in page
    assert "Was das bedeutet" in page


def test_older_version_stays_at_its_address(client, ada, declaration):
    publish(ada, "Ganz neu.")

    assert "Ganz neu." in client.get("/erklaerung").text
    old = client.get("/erklaerung/1").text
    assert "Wir wollen mitmachen." in old and "ältere Fassung" in old
    assert client.get("/erklaerung/3").status_code == 404


def test_draft_is_changed_by_who_saw_its_last_state(client_of, ada, draft):
    client = client_of(ada)
    data = {"title": "Anders", "text": "Anders.", "version": draft.version}

    assert client.post(address(draft, "/bearbeiten"), data=data).status_code == 303
    assert client.post(address(draft, "/bearbeiten"), data=data).status_code == 409
    assert [one.text for one in all_of(Declaration)] == ["Anders."]


def test_pages_neither_change_nor_publish_again_what_is_published(client_of, ada, declaration):
    client = client_of(ada)
    data = {"title": "Anders", "text": "Anders.", "version": declaration.version}

    assert client.get(address(declaration, "/bearbeiten")).status_code == 409
    assert client.post(address(declaration, "/bearbeiten"), data=data).status_code == 409
    assert client.post(address(declaration, "/veroeffentlichen"), data=data).status_code == 409
    page = client.get(address(declaration)).text
    assert "/bearbeiten" not in page and "/veroeffentlichen" not in page
    assert [one.text for one in all_of(Declaration)] == [TEXT]


def test_services_neither_change_nor_publish_again_what_is_published(ada, declaration):
    seen = declaration.version

    with pytest.raises(Conflict):
        services.change(declaration, by=ada, title="x", text="x", seen_version=seen)
    with pytest.raises(Conflict):
        services.publish(declaration, by=ada, seen_version=seen)


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "Anders."},
        {"title": "Anders"},
        {"sha256": "0" * 64},
        {"number": 7},
        {"state": DeclarationState.DRAFT},
        {"state": DeclarationState.DRAFT, "text": "Anders."},
    ],
)
def test_model_refuses_every_change_of_what_is_published(declaration, changed):
    for name, value in changed.items():
        setattr(declaration, name, value)

    with pytest.raises(Conflict):
        db.session.flush()
    db.session.rollback()
    assert [one.text for one in all_of(Declaration)] == [TEXT]


def test_model_refuses_to_delete_what_is_published(declaration):
    db.session.delete(declaration)

    with pytest.raises(Conflict):
        db.session.flush()


def test_model_lets_a_draft_change_and_go(draft):
    draft.text = "Anders."
    db.session.flush()
    db.session.delete(draft)
    db.session.commit()

    assert all_of(Declaration) == []


def test_only_administrators_write(client_of, olga, petra, draft):
    for user in (olga, petra):
        with pytest.raises(Denied):
            services.draft(by=user, title="x", text="x")
        with pytest.raises(Denied):
            services.change(draft, by=user, title="x", text="x", seen_version=1)
        with pytest.raises(Denied):
            services.publish(draft, by=user, seen_version=1)


def test_moderator_reads_and_finds_no_buttons(client_of, olga, draft):
    page = client_of(olga).get(address(draft)).text

    assert "Wir wollen mitmachen." in page
    assert "/bearbeiten" not in page and "/veroeffentlichen" not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"text": ""},
        {"text": " \u200b "},
        {"title": "x" * 161},
        {"text": "x" * 20001},
    ],
)
def test_bad_draft_is_explained_and_nothing_is_stored(client_of, ada, wrong):
    reply = client_of(ada).post(f"{OFFICE}/neu", data=DRAFT | wrong)

    assert reply.status_code == 422
    assert all_of(Declaration) == []


def test_markup_in_the_text_does_nothing(client, ada):
    publish(ada, "<script>alert(1)</script> [x](javascript:alert(1))")

    page = client.get("/erklaerung").text
    assert "<script>alert" not in page and 'href="javascript' not in page


def test_two_versions_published_at_once_get_two_numbers_or_one_hears_409(app, client_of, ada):
    drafts = [services.draft(by=ada, title="x", text=f"Text {n}") for n in range(2)]
    db.session.commit()
    clients = [client_of(ada) for _ in drafts]
    ids = [one.id for one in drafts]

    answers = race(
        app,
        *(
            lambda c=c, i=i: (
                c.post(f"{OFFICE}/{i}/veroeffentlichen", data={"version": 1}).status_code
            )
            for c, i in zip(clients, ids, strict=True)
        ),
    )

    numbers = sorted(one.number for one in all_of(Declaration) if one.number)
    assert (sorted(answers), numbers) in [([303, 303], [1, 2]), ([303, 409], [1])]


def test_every_step_stands_in_the_history_and_nobody_gets_mail(ada, draft):
    services.change(draft, by=ada, title="x", text="y", seen_version=1)
    services.publish(draft, by=ada, seen_version=2)
    db.session.commit()

    assert history() == [
        ("DeclarationDrafted", ada.id, None),
        ("DeclarationChanged", ada.id, None),
        ("DeclarationPublished", ada.id, None),
    ]
    assert letters() == []
    assert queries.current() is not None
