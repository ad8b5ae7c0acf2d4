"""The pictures of a presentation: order, words and cover, and that no attack gets far."""

import re

import pytest

from portal.core.database import db
from portal.core.pictures import services as pictures
from portal.core.pictures.changes import PictureChange
from portal.core.pictures.models import Picture
from portal.projects.models import Project, ReviewState, RevisionPicture
from portal.projects.services import MOST_PICTURES, write_picture
from tests.core.papers import png
from tests.letters import history
from tests.projects.adding import add_picture, files, media_of, posted, rows
from tests.projects.making import MINE, in_state, shown
from tests.projects.test_pictures import SVG, bomb, image

TRICK = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


@pytest.fixture
def petras(client_of, petra):
    return client_of(petra)


@pytest.fixture
def three(petras, project) -> Project:
    for alt in ("Eins", "Zwei", "Drei"):
        assert add_picture(petras, project, alt).status_code == 303
    return project


def order(project: Project) -> str:
    """The first letters of the pictures; the cover is always the first one."""
    db.session.rollback()
    db.session.expire_all()
    revision = project.latest
    listed = [one.picture for one in revision.pictures]
    assert [one.position for one in revision.pictures] == list(range(len(listed)))
    assert revision.picture is (listed[0] if listed else None)
    return "".join(picture.alt[0] for picture in listed)


def key_of(project: Project, place: int) -> str:
    return project.latest.pictures[place].picture.key


def test_pictures_stand_in_the_order_they_came_and_the_first_is_the_cover(petras, three):
    page = petras.get(media_of(three)).text

    assert order(three) == "EZD"
    assert page.count("Titelbild") == 1
    assert page.index('alt="Eins"') < page.index('alt="Zwei"') < page.index('alt="Drei"')
    facts = [fact for fact, *_ in history()]
    assert facts == ["ProjectDrafted"] + ["ProjectMediaChanged"] * 3


@pytest.mark.parametrize(
    ("place", "to", "after"),
    [
        (0, "down", "ZED"), (1, "down", "EDZ"), (2, "down", "EZD"), (0, "up", "EZD"),
        (1, "up", "ZED"), (2, "up", "EDZ"), (0, "first", "EZD"), (2, "first", "DEZ"),
    ],
)  # fmt: skip
def test_picture_moves_and_the_ends_hold(petras, three, place, to, after):
    answer = posted(petras, three, f"/bilder/{key_of(three, place)}/verschieben", to=to)

    assert (answer.status_code, order(three)) == (303, after)


def test_nobody_moves_a_picture_to_nowhere(petras, three):
    answer = posted(petras, three, f"/bilder/{key_of(three, 1)}/verschieben", to="left")

    assert (answer.status_code, order(three)) == (422, "EZD")


def test_words_of_a_picture_change_and_are_never_missing(petras, three):
    where = f"/bilder/{key_of(three, 1)}"

    refused = posted(petras, three, where, alt="", credit="  ")
    changed = posted(petras, three, where, alt="Anders", credit="Kim")

    assert refused.status_code == 422
    assert "Beschreiben Sie, was auf dem Bild zu sehen ist." in refused.text
    assert "Nennen Sie, wer das Bild gemacht hat." in refused.text
    assert (changed.status_code, order(three)) == (303, "EAD")


@pytest.mark.parametrize(("name", "most"), [("alt", 300), ("credit", 200)])
def test_words_of_a_picture_have_a_limit(petras, project, name, most):
    long = add_picture(petras, project, "Eins", **{f"bild-{name}": "x" * (most + 1)})
    fits = add_picture(petras, project, "Eins", **{f"bild-{name}": "x" * most})

    assert (long.status_code, fits.status_code) == (422, 303)
    assert "Wählen Sie die Datei noch einmal aus" in long.text
    assert f'<a href="#bild-{name}">' in long.text


def test_next_one_is_the_cover_when_the_first_is_removed(petras, three):
    gone = key_of(three, 0)

    answer = posted(petras, three, f"/bilder/{gone}/entfernen")

    assert (answer.status_code, order(three)) == (303, "ZD")
    assert petras.get(f"{MINE}/{three.key}/bild/{gone}/480.webp").status_code == 404
    assert (rows(Picture), rows(RevisionPicture)) == (2, 2)


def test_last_one_can_go_too(petras, project):
    add_picture(petras, project, "Eins")

    posted(petras, project, f"/bilder/{key_of(project, 0)}/entfernen")

    assert (order(project), rows(Picture)) == ("", 0)


def test_new_cover_from_the_form_of_the_text_leaves_the_others(app, three):
    new = pictures.prepare(png(50, 50))
    change = pictures_change(new, "Titel")

    write_picture(three.latest, change)
    db.session.commit()

    assert (order(three), rows(Picture)) == ("TZD", 3)


def pictures_change(new, alt):
    return PictureChange(new=new, alt=alt, credit="Kim")


def test_nine_are_one_too_many_and_its_files_are_thrown_away(app, petras, project):
    for place in range(MOST_PICTURES):
        write = RevisionPicture(
            picture=pictures.keep(pictures.prepare(png(9, 9)), alt=str(place), credit="Kim"),
            position=place,
        )
        project.latest.pictures.append(write)
    project.latest.picture = project.latest.pictures[0].picture
    db.session.commit()
    before = files()

    answer = add_picture(petras, project, "Neun")
    page = petras.get(media_of(project)).text

    assert answer.status_code == 422
    assert "Mehr als acht Bilder" in answer.text
    assert (order(project), files()) == ("01234567", before)
    assert "Acht Bilder sind das Höchste." in page
    assert "bild-upload" not in page


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "leer.png"),
        (b"kein Bild", "bild.png"),
        (SVG, "bild.svg"),
        (SVG, "bild.png"),
        (b"GIF89a" + b"\0" * 100, "bild.gif"),
        (bomb(), "bombe.png"),
        (image()[:500], "halb.jpg"),
        (b"%PDF-1.7", "bild.png"),
        (png() + b"\0" * (10 * 1024 * 1024), "zu-gross.png"),
        (b"<?php phpinfo(); ?>", "../../x.php"),
    ],
)
def test_attack_is_refused_at_the_field_and_leaves_nothing(petras, project, content, name):
    before = files()

    answer = add_picture(petras, project, "Eins", content, name=name)

    assert answer.status_code == 422
    assert '<a href="#bild-upload">' in answer.text
    assert 'value="Eins"' in answer.text
    assert (rows(Picture), files()) == (0, before)


def test_form_without_a_file_says_what_is_missing(petras, project):
    answer = posted(petras, project, "/bilder", **{"bild-upload": "ein Text"})

    assert answer.status_code == 422
    for words in ("Wählen Sie ein Bild aus.", "Beschreiben Sie,", "Nennen Sie,"):
        assert words in answer.text


def test_slower_one_loses_no_word_and_leaves_no_file(petras, three):
    before, key = files(), key_of(three, 0)
    old = {"version": "0"}

    added = add_picture(petras, three, "Vier", **old)
    described = posted(petras, three, f"/bilder/{key}", alt="Getippt", credit="Kim", **old)
    moved = posted(petras, three, f"/bilder/{key}/verschieben", to="down", **old)
    removed = posted(petras, three, f"/bilder/{key}/entfernen", **old)

    answers = [added, described, moved, removed]
    assert [answer.status_code for answer in answers] == [409] * 4
    assert all("Jemand war schneller" in answer.text for answer in answers)
    assert 'value="Vier"' in added.text
    assert "Getippt" in described.text
    assert f'name="version" value="{shown(three)["version"]}"' in added.text
    assert (order(three), files()) == ("EZD", before)


def test_public_pictures_stay_while_a_revision_gets_others(client, petras, three):
    in_state(three, ReviewState.PUBLISHED)
    before = client.get(f"/projekte/{three.slug}").text
    key = key_of(three, 0)

    added = add_picture(petras, three, "Vier")
    described = posted(petras, three, f"/bilder/{key}", alt="Ganz anders", credit="Kim")

    db.session.expire_all()
    assert [added.status_code, described.status_code] == [303, 303]
    assert [len(one.pictures) for one in three.revisions] == [3, 4]
    assert "Ganz anders" in [shown.picture.alt for shown in three.latest.pictures]
    assert client.get(f"/projekte/{three.slug}").text == before


def test_what_lies_with_the_office_is_not_changed(petras, three):
    in_state(three, ReviewState.SUBMITTED)
    key = key_of(three, 0)

    page = petras.get(media_of(three))
    answers = [
        add_picture(petras, three, "Vier"),
        posted(petras, three, f"/bilder/{key}", alt="Anders", credit="Kim"),
        posted(petras, three, f"/bilder/{key}/verschieben", to="down"),
        posted(petras, three, f"/bilder/{key}/entfernen"),
    ]

    assert page.status_code == 403
    assert [answer.status_code for answer in answers] == [409] * 4
    assert order(three) == "EZD"


def test_public_page_shows_each_picture_with_its_words(client, three):
    in_state(three, ReviewState.PUBLISHED)

    page = client.get("/projekte/windpark-am-hafen").text

    for alt in ("Eins", "Zwei", "Drei"):
        assert page.count(f'alt="{alt}"') == 1
        assert f"{alt} von Kim Muster</figcaption>" in page
    for size in re.findall(r'src="(/projekte/[^"]+)"', page):
        assert client.get(size).status_code == 200
    listing = client.get("/projekte").text
    assert [listing.count(f'alt="{alt}"') for alt in ("Eins", "Zwei", "Drei")] == [1, 0, 0]


def test_markup_in_the_words_stands_there_as_typed(client, petras, project):
    add_picture(petras, project, TRICK, **{"bild-credit": TRICK})
    add_picture(petras, project, TRICK, **{"bild-credit": TRICK})
    key = key_of(project, 1)
    pages = [petras.get(media_of(project)), petras.get(f"{media_of(project)}/bilder/{key}")]
    in_state(project, ReviewState.PUBLISHED)

    pages += [client.get("/projekte/windpark-am-hafen"), client.get("/projekte")]

    for page in pages:
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;alert(1)" in page.text


def test_page_sends_the_same_statements_for_two_and_for_eight(
    app, client, project, windwerk, statements
):
    sent = []
    for number in (2, 8):
        while len(project.latest.pictures) < number:
            picture = pictures.keep(pictures.prepare(png(9, 9)), alt="Rad", credit="Kim")
            place = len(project.latest.pictures)
            project.latest.pictures.append(RevisionPicture(picture=picture, position=place))
        if number == 2:
            project.latest.picture = project.latest.pictures[0].picture
            in_state(project, ReviewState.PUBLISHED)
        db.session.commit()
        for address in ("/projekte/windpark-am-hafen", "/projekte"):
            client.get(address)
            with statements() as counted:
                client.get(address)
            sent.append(counted.number)

    assert sent[:2] == sent[2:]
