"""Pictures and documents of a date: who may have them, in which order; no attack gets far."""

import pytest

from portal.core.database import db
from portal.core.documents.kinds import LARGEST
from portal.core.documents.models import Document
from portal.core.pictures.models import Picture
from portal.core.pictures.services import LARGEST as LARGEST_PICTURE
from portal.core.times import today
from portal.events import services
from portal.events.models import Audience, Event
from portal.events.services import MOST_DOCUMENTS, MOST_PICTURES
from portal.partners.models import Membership
from tests.core.papers import EXCEL, office, png
from tests.events.adding import MEDIA, add_document, add_picture, posted
from tests.events.conftest import content, reread, typed
from tests.letters import history
from tests.projects.adding import files, rows
from tests.projects.test_pictures import SVG, bomb

PAGE = "/termine/dritte-allianztagung"
TRICK = '"><script>alert(1)</script>'


@pytest.fixture
def adas(client_of, ada):
    return client_of(ada)


@pytest.fixture
def three(adas, plan) -> Event:
    event = plan()
    for version, alt in enumerate(("Eins", "Zwei", "Drei"), 1):
        assert add_picture(adas, alt, version).status_code == 303
    return reread(event)


def order(event: Event) -> str:
    shown = reread(event).pictures
    assert [one.position for one in shown] == list(range(len(shown)))
    return "".join(one.picture.alt[0] for one in shown)


def picture_url(event: Event) -> str:
    return f"{PAGE}/bild/{event.pictures[0].picture.key}/480.webp"


def document_url(event: Event) -> str:
    return f"{PAGE}/dokument/{event.documents[0].document.key}"


def test_pictures_stand_on_the_page_with_their_words(client, adas, three):
    page = client.get(PAGE).text

    assert page.index('alt="Eins"') < page.index('alt="Zwei"') < page.index('alt="Drei"')
    assert "Zwei von Kim Muster" in page
    assert [fact for fact, *_ in history()] == ["EventPlanned"] + ["EventMediaChanged"] * 3
    assert client.get(picture_url(three)).content_type == "image/webp"


def test_calendars_are_not_told_of_pictures(three):
    assert (three.sequence, three.version) == (0, 4)


@pytest.mark.parametrize(
    ("place", "to", "after"),
    [(0, "down", "ZED"), (2, "down", "EZD"), (0, "up", "EZD"), (2, "up", "EDZ"),
     (2, "first", "DEZ")],
)  # fmt: skip
def test_picture_moves_and_the_ends_hold(adas, three, place, to, after):
    key = three.pictures[place].picture.key

    answer = posted(adas, f"/bilder/{key}/verschieben", 4, to=to)

    assert (answer.status_code, order(three)) == (303, after)


def test_nobody_moves_a_picture_to_nowhere(adas, three):
    key = three.pictures[1].picture.key

    assert posted(adas, f"/bilder/{key}/verschieben", 4, to="left").status_code == 422
    assert order(three) == "EZD"


def test_words_change_and_are_never_missing(adas, three):
    where = f"/bilder/{three.pictures[0].picture.key}"

    assert posted(adas, where, 4, alt="", credit="x").status_code == 422
    assert posted(adas, where, 4, alt=TRICK, credit="Neu").status_code == 303
    shown = reread(three).pictures[0].picture
    assert (shown.alt, shown.credit) == (TRICK, "Neu")
    assert "<script>alert" not in adas.get(PAGE).text + adas.get(MEDIA).text


def test_removed_picture_is_gone_at_once(client, adas, three):
    url = picture_url(three)
    key = three.pictures[0].picture.key

    assert posted(adas, f"/bilder/{key}/entfernen", 4).status_code == 303

    assert (order(three), rows(Picture)) == ("ZD", 2)
    assert client.get(url).status_code == 404
    assert posted(adas, f"/bilder/{key}/entfernen", 5).status_code == 404


def test_there_is_room_for_so_many_and_no_more(adas, plan, ada):
    event = plan()
    prepared = services.media.pictures.prepare(png(20, 20))
    for version in range(1, MOST_PICTURES + 1):
        services.add_picture(
            event, by=ada, seen_version=version, prepared=prepared, alt="x", credit="x"
        )
        db.session.commit()
    assert "24 Bilder sind das Höchste" in adas.get(MEDIA).text
    before = files()

    answer = add_picture(adas, "Noch eins", MOST_PICTURES + 1)

    assert answer.status_code == 422
    assert "Entfernen Sie zuerst eines" in answer.text
    assert (rows(Picture), files()) == (MOST_PICTURES, before)


def test_there_is_room_for_so_many_documents_and_no_more(adas, plan, ada):
    event = plan()
    prepared = services.media.documents.prepare(office(EXCEL))
    for version in range(1, MOST_DOCUMENTS + 1):
        services.add_document(
            event, by=ada, seen_version=version, prepared=prepared, title="x",
            visibility=services.media.Visibility.PUBLIC,
        )  # fmt: skip
        db.session.commit()

    assert add_document(adas, "Noch eins", MOST_DOCUMENTS + 1).status_code == 422
    assert rows(Document) == MOST_DOCUMENTS


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "leer"),
        (SVG, "Format"),
        (b"%PDF-1.4", "Format"),
        (bomb(), "pixel"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * LARGEST_PICTURE, "10 MB"),
    ],
    ids=["empty", "svg", "pdf", "bomb", "too large"],
)
def test_what_is_no_fit_picture_is_refused_and_leaves_nothing(adas, plan, data, message):
    plan()
    before = files()

    answer = add_picture(adas, "Eins", 1, data)

    assert (answer.status_code, rows(Picture), files()) == (422, 0, before)
    error = answer.text.partition('id="bild-upload-fehler"')[2].partition("</p>")[0]
    assert message in error
    assert 'value="Eins"' in answer.text


@pytest.mark.parametrize(
    "data",
    [b"", png(), b"MZ" + b"x" * 100, b"%PDF-1.7\n" + b"x" * LARGEST + b"%%EOF"],
    ids=["empty", "picture", "program", "too large"],
)
def test_what_is_no_fit_document_is_refused_and_leaves_nothing(adas, plan, data):
    plan()
    before = files()

    answer = add_document(adas, "Protokoll", 1, data)

    assert (answer.status_code, rows(Document), files()) == (422, 0, before)
    assert 'id="dokument-upload-fehler"' in answer.text


def test_slower_of_two_is_told_and_keeps_its_words(adas, client_of, olga, three):
    before = files()

    late = add_picture(client_of(olga), "Vier", 3)

    assert late.status_code == 409
    assert "Jemand war schneller" in late.text and 'value="Vier"' in late.text
    assert (order(three), files()) == ("EZD", before)


def test_text_and_pictures_share_their_version(adas, three):
    edit = "/projektbuero/termine/dritte-allianztagung/bearbeiten"

    assert adas.post(edit, data=typed(version="1")).status_code == 409


@pytest.mark.parametrize("headers", [{}, {"If-None-Match": "*"}], ids=["plain", "conditional"])
def test_bytes_follow_the_dates_own_visibility_at_each_request(
    client, client_of, adas, ada, tara, paul, energie, three, headers
):
    assert add_document(adas, "Protokoll", 4).status_code == 303
    event = reread(three)
    urls = [picture_url(event), document_url(event)]
    fine = 304 if headers else 200

    def answers(who) -> list[int]:
        return [who.get(url, headers=headers).status_code for url in urls]

    people = [client, client_of(paul), client_of(tara), adas]
    assert [answers(who) for who in people] == [[fine, fine]] * 4
    hidden = content(audience=Audience.TEAM, team=energie)
    services.change(reread(event), hidden, by=ada, seen_version=5)
    db.session.commit()

    assert [answers(who) for who in people] == [[404, 404], [404, 404], [fine, fine], [fine, fine]]
    assert "private" in people[2].get(urls[0]).headers["Cache-Control"]


def test_internal_documents_go_to_people_of_partners_and_to_the_office(
    client, client_of, adas, paul, stefan, plan, windwerk
):
    event = plan()
    add_document(adas, "Notizen", 1, **{"dokument-visibility": "internal"})
    url = document_url(reread(event))
    people = {"visitor": client, "member": client_of(paul), "office": adas}

    seen = {name: who.get(url).status_code for name, who in people.items()}
    assert seen == {"visitor": 404, "member": 200, "office": 200}
    assert client.get(url, headers={"If-None-Match": "*"}).status_code == 404
    named = {name: "Notizen" in who.get(PAGE).text for name, who in people.items()}
    assert named == {"visitor": False, "member": True, "office": True}
    assert "private" in people["member"].get(url).headers["Cache-Control"]

    [membership] = db.session.query(Membership).filter_by(organisation_id=windwerk.id)
    membership.until = today()
    db.session.commit()
    assert people["member"].get(url).status_code == 404


def test_key_of_another_date_opens_nothing(client, adas, three, plan):
    plan(title="Anderswo")
    key = three.pictures[0].picture.key

    assert client.get(f"/termine/anderswo/bild/{key}/480.webp").status_code == 404
    assert client.get(f"{PAGE}/bild/{key}/481.webp").status_code == 404
    assert client.get(f"{PAGE}/bild/%00/480.webp").status_code == 404


def test_page_costs_two_statements_more_however_many_pictures(client, adas, statements, plan):
    plan()
    add_picture(adas, "Eins", 1)
    add_document(adas, "Protokoll", 2)
    with statements() as few:
        client.get(PAGE)
    for version, alt in enumerate(("Zwei", "Drei", "Vier"), 3):
        add_picture(adas, alt, version)

    with statements() as many:
        client.get(PAGE)

    assert many.number == few.number <= 7
