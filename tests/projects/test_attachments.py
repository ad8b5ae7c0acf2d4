"""The documents of a presentation: who may have them, and what is never taken."""

import pytest

from portal.core.database import db
from portal.core.documents.kinds import LARGEST
from portal.core.documents.models import Document
from portal.projects.models import Project, ReviewState, Visibility
from portal.projects.services import MOST_DOCUMENTS
from tests.core.papers import EXCEL, a_pdf, office, png
from tests.projects.adding import add_document, files, media_of, posted, rows
from tests.projects.making import MINE, OFFICE, in_state, shown
from tests.projects.test_gallery import TRICK

PUBLIC = {"dokument-visibility": "public"}
SLUG = "/projekte/windpark-am-hafen"


@pytest.fixture
def petras(client_of, petra):
    return client_of(petra)


@pytest.fixture
def two(petras, project) -> Project:
    """One for everybody, one for Windwerk eG and the office."""
    assert add_document(petras, project, "Lageplan", **PUBLIC).status_code == 303
    assert add_document(petras, project, "Kosten", office(EXCEL)).status_code == 303
    return project


def key_of(project: Project, place: int) -> str:
    return project.latest.documents[place].document.key


def titles(project: Project) -> list[tuple[str, str]]:
    db.session.rollback()
    db.session.expire_all()
    return [(one.document.title, one.visibility.value) for one in project.latest.documents]


def test_document_is_kept_as_it_was_sent(petras, two):
    plan, costs = (petras.get(f"{MINE}/{two.key}/dokument/{key_of(two, n)}") for n in (0, 1))

    assert (plan.status_code, plan.content_type, plan.data) == (200, "application/pdf", a_pdf())
    assert costs.data == office(EXCEL)
    assert costs.headers["Content-Disposition"] == 'attachment; filename="kosten.xlsx"'
    assert titles(two) == [("Lageplan", "public"), ("Kosten", "internal")]


def test_page_offers_internal_as_the_default(petras, project):
    page = petras.get(media_of(project)).text

    chosen = 'name="dokument-visibility" type="radio" value="internal" checked'
    assert chosen in page


@pytest.mark.parametrize(
    ("headers", "seen"), [({}, 200), ({"If-None-Match": "*"}, 304), ({"Range": "bytes=0-3"}, 206)]
)
def test_rule_of_the_project_holds_under_every_condition(
    client, client_of, two, petra, paul, stefan, olga, headers, seen
):
    people = [client, client_of(stefan), client_of(paul), client_of(petra), client_of(olga)]
    plan, costs = key_of(two, 0), key_of(two, 1)

    def answers(address: str) -> list[int]:
        return [one.get(address, headers=headers).status_code for one in people]

    for key in (plan, costs):
        assert answers(f"{MINE}/{two.key}/dokument/{key}") == [302, 404, seen, seen, 403]
        assert answers(f"{OFFICE}/{two.key}/dokument/{key}") == [302, 404, 404, 404, seen]
        assert answers(f"{SLUG}/dokument/{key}") == [404] * 5

    in_state(two, ReviewState.PUBLISHED)
    assert answers(f"{SLUG}/dokument/{plan}") == [seen] * 5
    assert answers(f"{SLUG}/dokument/{costs}") == [404] * 5


def test_pages_show_to_each_what_is_for_them(client, client_of, two, petras, olga):
    in_state(two, ReviewState.PUBLISHED)

    public = client.get(SLUG).text
    own = petras.get(f"{MINE}/{two.key}").text
    case = client_of(olga).get(f"{OFFICE}/{two.key}").text

    assert ("Lageplan" in public, "Kosten" in public) == (True, False)
    assert key_of(two, 1) not in public
    for page in (own, case):
        assert "Lageplan" in page
        assert "Kosten" in page
        assert page.count("nur intern") == 1


def test_what_becomes_internal_or_goes_is_gone_though_the_browser_has_it(client, two):
    in_state(two, ReviewState.PUBLISHED)
    address = f"{SLUG}/dokument/{key_of(two, 0)}"
    tag = {"If-None-Match": client.get(address).headers["ETag"]}
    assert client.get(address, headers=tag).status_code == 304

    two.latest.documents[0].visibility = Visibility.INTERNAL
    db.session.commit()
    assert client.get(address, headers=tag).status_code == 404

    two.latest.documents[0].visibility = Visibility.PUBLIC
    two.live_revision_id = None
    db.session.commit()
    assert client.get(address, headers=tag).status_code == 404


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "leer.pdf"),
        (b"Text", "text.pdf"),
        (b"MZ" + b"\0" * 100, "programm.pdf"),
        (png(), "bild.docx"),
        (office(**{"word/vbaProject.bin": b"x"}), "makros.docx"),
        (a_pdf(b"<< /S /JavaScript >>"), "skript.pdf"),
        (a_pdf() + b"<script>", "doppelt.pdf"),
        (a_pdf(b"<< /Encrypt 1 0 R >>"), "gesperrt.pdf"),
        (b"%PDF-1.7" + b"\0" * LARGEST, "zu-gross.pdf"),
    ],
)
def test_attack_is_refused_at_the_field_and_leaves_nothing(petras, project, content, name):
    before = files()

    answer = add_document(petras, project, "Plan", content, name=name)

    assert answer.status_code == 422
    assert '<a href="#dokument-upload">' in answer.text
    assert 'value="Plan"' in answer.text
    assert (rows(Document), files()) == (0, before)


def test_request_that_is_far_too_large_is_not_read(petras, project):
    answer = add_document(petras, project, "Plan", b"x" * (LARGEST + 3 * 1024 * 1024))

    assert answer.status_code == 413
    assert rows(Document) == 0


def test_largest_document_fits_into_its_request(petras, project):
    content = a_pdf().replace(b"%%EOF\n", b"%" * (LARGEST - len(a_pdf())) + b"\n%%EOF")

    answer = add_document(petras, project, "Plan", content)

    assert (len(content), answer.status_code) == (LARGEST, 303)
    assert project.latest.documents[0].document.size == LARGEST


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "C:\\x.pdf", "<b>.pdf"])
def test_name_of_the_file_is_nowhere_kept(petras, project, name):
    assert add_document(petras, project, "Über uns", name=name).status_code == 303

    answer = petras.get(f"{MINE}/{project.key}/dokument/{key_of(project, 0)}")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ueber-uns.pdf"'
    assert "passwd" not in petras.get(media_of(project)).text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"dokument-title": ""}, "Geben Sie dem Dokument einen Titel."),
        ({"dokument-title": "x" * 161}, "Kürzen Sie den Text"),
        ({"dokument-title": "a\x00b"}, "Steuerzeichen"),
        ({"dokument-visibility": ""}, "für wen das Dokument ist"),
        ({"dokument-visibility": "alle"}, "Wählen Sie einen der angebotenen"),
        ({"dokument-upload": "kein Feld für eine Datei"}, "Wählen Sie eine Datei aus."),
    ],
)
def test_what_is_missing_is_said_at_the_field(petras, project, data, message):
    answer = add_document(petras, project, "Plan", **data)

    assert answer.status_code == 422
    assert message in answer.text
    assert rows(Document) == 0


def test_words_change_and_documents_go(petras, two):
    where = f"/dokumente/{key_of(two, 0)}"
    assert petras.get(media_of(two) + where).status_code == 200

    refused = posted(petras, two, where, title="", visibility="public")
    changed = posted(petras, two, where, title="Karte", visibility="internal")
    assert (refused.status_code, changed.status_code) == (422, 303)
    assert titles(two) == [("Karte", "internal"), ("Kosten", "internal")]

    assert posted(petras, two, f"{where}/entfernen").status_code == 303
    assert titles(two) == [("Kosten", "internal")]
    assert rows(Document) == 1


def test_eleven_are_one_too_many(petras, project):
    for number in range(MOST_DOCUMENTS):
        assert add_document(petras, project, f"Plan {number}").status_code == 303
    before = files()

    answer = add_document(petras, project, "Plan 11")

    assert answer.status_code == 422
    assert "Mehr als zehn Dokumente" in answer.text
    assert (rows(Document), files()) == (MOST_DOCUMENTS, before)
    assert "dokument-upload" not in petras.get(media_of(project)).text


def test_slower_one_loses_no_word_and_leaves_no_file(petras, two):
    before, where = files(), f"/dokumente/{key_of(two, 0)}"

    answers = [
        add_document(petras, two, "Getippt", version="0"),
        posted(petras, two, where, title="Getippt", visibility="public", version="0"),
        posted(petras, two, f"{where}/entfernen", version="0"),
    ]

    assert [answer.status_code for answer in answers] == [409] * 3
    assert all("Getippt" in answer.text for answer in answers[:2])
    assert titles(two) == [("Lageplan", "public"), ("Kosten", "internal")]
    assert files() == before


def test_what_lies_with_the_office_is_not_changed(petras, two):
    in_state(two, ReviewState.SUBMITTED)
    where = f"/dokumente/{key_of(two, 0)}"

    answers = [
        add_document(petras, two, "Neu"),
        posted(petras, two, where, title="Neu", visibility="public"),
        posted(petras, two, f"{where}/entfernen"),
    ]

    assert [answer.status_code for answer in answers] == [409] * 3
    assert petras.get(media_of(two) + where).status_code == 403
    assert titles(two) == [("Lageplan", "public"), ("Kosten", "internal")]


def test_markup_in_a_title_stands_there_as_typed(client, client_of, petras, project, olga):
    add_document(petras, project, TRICK, **PUBLIC)
    key = key_of(project, 0)
    pages = [petras.get(media_of(project)), petras.get(f"{media_of(project)}/dokumente/{key}")]
    in_state(project, ReviewState.PUBLISHED)

    pages += [client.get(SLUG), client_of(olga).get(f"{OFFICE}/{project.key}")]

    for page in pages:
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;alert(1)" in page.text


@pytest.mark.parametrize("key", ["fremd", "%00", "..%2f..", "0" * 32])
def test_keys_that_nobody_has_answer_404(client, petras, two, key):
    in_state(two, ReviewState.PUBLISHED)

    assert client.get(f"{SLUG}/dokument/{key}").status_code == 404
    assert petras.get(f"{MINE}/{two.key}/dokument/{key}").status_code == 404
    assert posted(petras, two, f"/dokumente/{key}/entfernen", **shown(two)).status_code in {
        404,
        409,
    }
