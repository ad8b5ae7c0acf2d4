"""Links and the video of a presentation: where they lead, and that no page goes there by itself."""

from html.parser import HTMLParser

import pytest

from portal.core.database import db
from portal.projects.models import Project, ReviewState
from portal.projects.services import MOST_LINKS, Link, write_links
from tests.projects.adding import media_of, posted
from tests.projects.making import MINE, in_state
from tests.projects.test_gallery import TRICK

SLUG = "/projekte/windpark-am-hafen"
VIDEO = "https://www.youtube.com/watch?v=abcDEF_-123"
ADDRESSES = [
    "javascript:alert(1)", "data:text/html,x", "//beispiel.de", "beispiel", "https://",
    "https://user:pass@beispiel.de", "http://[", "https://a b.de", "https://x.de/\"><script>",
    "ftp://beispiel.de", "https://localhost", "https://.", "https://x.de:0", "\\\\server\\x",
]  # fmt: skip
LOADING = {"src", "srcset", "poster", "data", "action", "formaction", "background", "ping"}


class Loads(HTMLParser):
    """What a browser would ask for, or send to, without a click on a link."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.found += [value or "" for name, value in attrs if name in LOADING]
        self.found += [value or "" for name, value in attrs if (tag, name) == ("link", "href")]


@pytest.fixture
def petras(client_of, petra):
    return client_of(petra)


def stored(project: Project) -> list[tuple[str, str]]:
    db.session.rollback()
    db.session.expire_all()
    links = project.latest.links
    assert [link.position for link in links] == list(range(len(links)))
    return [(link.label, link.address) for link in links]


def test_links_are_kept_in_their_order_and_empty_rows_left_out(client, petras, project):
    data = {
        "links-address_2": "windwerk.example/zwei",
        "links-label_2": "Zwei",
        "links-address_5": "https://münchen.de/ä?x=1#y",
    }

    answer = posted(petras, project, "/links", **data)

    assert answer.status_code == 303
    assert stored(project) == [
        ("Zwei", "https://windwerk.example/zwei"),
        ("", "https://münchen.de/ä?x=1#y"),
    ]
    in_state(project, ReviewState.PUBLISHED)
    page = client.get(SLUG).text
    assert '<a href="https://windwerk.example/zwei" rel="noopener nofollow ugc">Zwei</a>' in page
    assert 'rel="noopener nofollow ugc">https://münchen.de/ä?x=1#y</a>' in page


def test_six_links_fit_and_the_form_shows_them_again(petras, project):
    said = {f"links-address_{n}": f"https://x{n}.example" for n in range(1, MOST_LINKS + 3)}

    posted(petras, project, "/links", **said)

    assert len(stored(project)) == MOST_LINKS
    page = petras.get(media_of(project)).text
    assert [page.count(f'value="https://x{n}.example"') for n in (1, 6, 7)] == [1, 1, 0]


def test_address_that_leads_to_no_page_is_refused_and_nothing_changes(petras, project):
    posted(petras, project, "/links", **{"links-address_1": "https://alt.example"})

    for address in ADDRESSES:
        answer = posted(petras, project, "/links", **{"links-address_3": address})

        assert answer.status_code == 422, address
        assert '<a href="#links-address_3">' in answer.text
        assert "Das ist keine Webadresse" in answer.text
    assert stored(project) == [("", "https://alt.example")]


@pytest.mark.parametrize(
    ("data", "at"),
    [
        ({"links-label_2": "Mehr"}, "links-address_2"),
        ({"links-address_1": "x.example", "links-label_1": "x" * 121}, "links-label_1"),
        ({"links-address_1": "x.example", "links-label_1": "a\nb"}, "links-label_1"),
        ({"links-address_1": "x.example", "links-label_1": "\u200b"}, "links-label_1"),
        ({"links-address_1": "https://x.example/" + "x" * 500}, "links-address_1"),
        ({"links-video": "https://beispiel.example/video.mp4"}, "links-video"),
        ({"links-video": "javascript:alert(1)"}, "links-video"),
        ({"links-video": "x" * 501}, "links-video"),
    ],
)
def test_what_no_form_takes_is_said_at_the_field(petras, project, data, at):
    answer = posted(petras, project, "/links", **data)

    assert answer.status_code == 422
    assert f'<a href="#{at}">' in answer.text
    assert (stored(project), project.latest.video_url) == ([], "")


def test_two_clicks_lead_to_the_video_and_the_page_makes_none(client, petras, project):
    posted(petras, project, "/links", **{"links-video": "youtu.be/abcDEF_-123?si=verfolgt"})
    own = petras.get(f"{MINE}/{project.key}").text
    in_state(project, ReviewState.PUBLISHED)

    answer = client.get(SLUG)

    assert project.latest.video_url == VIDEO
    for page in (own, answer.text):
        assert page.count(VIDEO) == 1
        before, after = page.split(VIDEO)
        assert before.rindex("<details") > before.rfind("</details")
        assert after.startswith('" target="_blank" rel="noopener noreferrer nofollow ugc">')
        assert "Das Video liegt bei YouTube, nicht in diesem Portal." in page
        assert all(one.startswith("/") for found in Loads(page).found for one in found.split(", "))
        assert not {"iframe", "video", "embed", "object"} & Loads(page).tags
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-src" not in policy


def test_what_a_dataset_left_is_shown_only_where_it_can_be_followed(client, project):
    links = [Link("Böse", "javascript:alert(1)"), Link("Gut", "https://gut.example")]
    write_links(project.latest, links, video_url="https://boese.example/x.mp4")
    in_state(project, ReviewState.PUBLISHED)

    page = client.get(SLUG).text

    assert "Böse" not in page
    assert "boese.example" not in page
    assert 'href="https://gut.example"' in page


def test_slower_one_finds_the_typed_links_in_the_form(petras, project):
    data = {"links-address_1": "windwerk.example", "links-label_1": "Getippt"}

    answer = posted(petras, project, "/links", version="0", **data)

    assert answer.status_code == 409
    assert 'value="Getippt"' in answer.text
    assert stored(project) == []


def test_markup_in_a_label_stands_there_as_typed(client, petras, project):
    data = {"links-address_1": "windwerk.example", "links-label_1": TRICK}
    posted(petras, project, "/links", **data)
    own = petras.get(media_of(project)).text
    in_state(project, ReviewState.PUBLISHED)

    for page in (own, client.get(SLUG).text):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page
