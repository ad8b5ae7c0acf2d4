"""Help with typing errors: near words of what is visible, and of nothing else."""

import pytest

from portal.core.database import db
from portal.core.search import index
from portal.core.search.suggesting import distance, suggestion


@pytest.fixture
def things(app) -> None:
    for number, (kind, title, is_public) in enumerate(
        [
            ("project", "Wärmenetz Hörde", True),
            ("project", "Straßenbeleuchtung", True),
            ("partner", "Musterwerk Sensorik", True),
            ("project", "Geheimprojekt Wärmenetzt", False),
        ]
    ):
        said = {"slug": f"s{number}", "title": title, "summary": "", "body": ""}
        index.put(kind, number, is_public=is_public, **said)
    db.session.commit()


@pytest.mark.parametrize(
    ("query", "better"),
    [
        ("Wäremnetz", "Wärmenetz"),
        ("Waermenez", "Wärmenetz"),
        ("Wärmenetz Hröde", "Wärmenetz Hörde"),
        ("Strassenbeleuchtnug", "Straßenbeleuchtung"),
        ("Sensorki", "Sensorik"),
        ("hoerda", "Hörde"),
        ("Hörde", ""),  # it finds something
        ("Geheimprojekd", ""),  # only a draft has it
        ("xyzxyzxyz", ""),
        ("Wärmenetz Sensorki", ""),  # nothing has both
        ("KI", ""),
        ("", ""),
        ("%%%", ""),
        ("x" * 300, ""),
    ],
)
def test_near_words_are_suggested_where_they_find_something(things, query, better) -> None:
    assert suggestion(query) == better


def test_word_of_another_kind_is_not_suggested(things) -> None:
    assert suggestion("Sensorki", "project") == ""
    assert suggestion("Sensorki", "partner") == "Sensorik"


def test_members_are_helped_with_the_words_of_their_drafts(things) -> None:
    assert suggestion("Geheimprojekd", visible=index.visible_to(is_office=True)) == "Geheimprojekt"


@pytest.mark.parametrize(
    ("one", "other", "number"),
    [("netz", "netz", 0), ("netz", "nezt", 1), ("netz", "netze", 1), ("netz", "satz", 2),
     ("netz", "strom", 3), ("", "a", 1)],
)  # fmt: skip
def test_distance_counts_errors_up_to_the_most(one, other, number) -> None:
    assert distance(one, other, 2) == number


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("/projekte?q=Wäremnetz", "/projekte?q=W%C3%A4rmenetz"),
        ("/projekte?q=Wäremnetz&phase=pilot", "/projekte?q=W%C3%A4rmenetz&amp;phase=pilot"),
        ("/suche?q=Wäremnetz", "/suche?q=W%C3%A4rmenetz"),
        ("/partner?q=Sensorki", "/partner?q=Sensorik"),
    ],
)
def test_page_without_hits_offers_the_other_words(client, things, statements, address, link):
    client.get(address)
    with statements() as sent:
        page = client.get(address).text

    assert f'Meinten Sie <a href="{link}">' in page
    assert sent.number <= 6
