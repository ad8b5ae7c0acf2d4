"""What goes with a text goes with the next one, too: rows of its own, the same files."""

from datetime import timedelta

from portal.core import sweeping
from portal.core.database import db
from portal.core.documents.models import Document
from portal.core.pictures.models import Picture
from portal.core.times import now
from portal.projects.models import ReviewState, Revision
from portal.projects.queries import media_lines
from portal.projects.services import copy_media
from tests.projects.adding import add_document, add_picture, posted, rows
from tests.projects.making import MINE, in_state


def with_a_following_draft(client, project) -> Revision:
    """A public text with media, and a draft beside it that begins with the same."""
    add_picture(client, project, "Eins")
    add_picture(client, project, "Zwei")
    add_document(client, project, "Plan", **{"dokument-visibility": "public"})
    said = {"links-address_1": "windwerk.example", "links-video": "https://vimeo.com/123456789"}
    posted(client, project, "/links", **said)
    in_state(project, ReviewState.PUBLISHED)
    draft = Revision(
        project=project, number=2, title="Neu", html={}, changed_at=now(), state=ReviewState.DRAFT
    )
    copy_media(project.live, draft)
    db.session.add(draft)
    db.session.commit()
    return draft


def test_copy_says_the_same_in_rows_of_its_own(client_of, petra, project):
    draft = with_a_following_draft(client_of(petra), project)
    live = project.live

    assert media_lines(draft) == media_lines(live)
    assert draft.picture is draft.pictures[0].picture
    assert not {one.picture_id for one in draft.pictures} & {
        one.picture_id for one in live.pictures
    }
    assert (rows(Picture), rows(Document)) == (4, 2)


def test_lines_name_each_thing_with_its_words(app, client_of, petra, project):
    draft = with_a_following_draft(client_of(petra), project)
    first, second = (one.picture.key for one in draft.pictures)

    with app.test_request_context():
        lines = media_lines(draft)

    assert lines == [
        (f"picture.{first}", "Bild 1: Eins (Nachweis: Eins von Kim Muster)"),
        (f"picture.{second}", "Bild 2: Zwei (Nachweis: Zwei von Kim Muster)"),
        (f"document.{draft.documents[0].document.key}", "Plan (PDF, öffentlich)"),
        ("video", "Video: https://vimeo.com/123456789"),
        ("link.1", "Link 1: https://windwerk.example"),
    ]


def test_what_changes_in_the_draft_changes_nothing_in_public(
    client, client_of, petra, project, monkeypatch
):
    draft = with_a_following_draft(client_of(petra), project)
    address = "/projekte/windpark-am-hafen"
    before = client.get(address).text
    one, two = (shown.picture.key for shown in draft.pictures)
    plan = draft.documents[0].document.key

    for rest, data in (
        (f"/bilder/{two}", {"alt": "Anders", "credit": "Anders"}),
        (f"/bilder/{two}/verschieben", {"to": "first"}),
        (f"/bilder/{one}/entfernen", {}),
        (f"/dokumente/{plan}/entfernen", {}),
        ("/links", {}),
    ):
        assert posted(client_of(petra), project, rest, **data).status_code == 303
    monkeypatch.setattr(sweeping, "LEFT_ALONE", timedelta(days=-1))
    sweeping.sweep()

    assert client.get(address).text == before
    assert "Anders" in client_of(petra).get(f"{MINE}/{project.key}/medien").text
    for file in (f"bild/{one}/480.webp", f"bild/{two}/480.webp", f"dokument/{plan}"):
        assert client.get(f"{address}/{file}").status_code == 200
