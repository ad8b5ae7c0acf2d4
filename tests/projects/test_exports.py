"""Open data and the feed: the whole selection, harmless in a spreadsheet and in a reader."""

import csv
import io
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from portal.projects.models import Phase
from tests.cast import an_organisation, district, theme
from tests.projects.making import published

ATOM = {"a": "http://www.w3.org/2005/Atom"}
FIRST = datetime(2026, 1, 1, 12, tzinfo=UTC)


def table(client, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"/projekte.csv{query}")
    assert answer.status_code == 200
    text = answer.data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def feed(client, query: str = "") -> ElementTree.Element:
    answer = client.get(f"/projekte.atom{query}")
    assert answer.status_code == 200
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.data)


def titles(root: ElementTree.Element) -> list[str | None]:
    return [entry.text for entry in root.findall("a:entry/a:title", ATOM)]


def test_table_says_all_that_is_public_of_a_project(client, windwerk):
    solarhof = an_organisation("solarhof", "Solarhof GmbH")
    published(
        windwerk,
        "Wärmenetz",
        at=FIRST,
        partners=(solarhof,),
        district_ids=(district("eving").id, district("hoerde").id),
        begins="2024-05",
        ends="2026",
        funding="EFRE; 2 Mio.",
        place="Kai 3",
        relation="Pilot",
    )

    assert table(client) == [
        {
            "Titel": "Wärmenetz",
            "Kurzbeschreibung": "Fünf Windräder für den Hafen.",
            "Thema": "Energie",
            "Expertenteam": "",
            "Phase": "Pilot",
            "Stadtbezirke": "Eving; Hörde",
            "Ort": "Kai 3",
            "Beginn": "2024-05",
            "Ende": "2026",
            "Förderung": "EFRE; 2 Mio.",
            "Projektpartner": "Windwerk eG; Solarhof GmbH",
            "Bezug zur Allianz": "Pilot",
            "Veröffentlicht": "2026-01-01T13:00:00+01:00",
            "Geändert": "2026-01-01T13:00:00+01:00",
            "Quelle": "",
            "Adresse": "http://portal.test/projekte/waermenetz",
        }
    ]


def test_both_carry_the_whole_selection_and_not_one_page_of_it(client, windwerk):
    for number in range(30):
        phase = Phase.PILOT if number % 2 else Phase.IDEA
        published(windwerk, f"Projekt {number:02}", at=FIRST + timedelta(days=number), phase=phase)

    assert len(table(client)) == len(titles(feed(client))) == 30
    odd = [f"Projekt {number:02}" for number in range(29, 0, -2)]
    assert [row["Titel"] for row in table(client, "?phase=pilot")] == odd
    assert titles(feed(client, "?phase=pilot&sort=titel&seite=7")) == odd
    assert [row["Titel"] for row in table(client, "?phase=pilot&sort=titel")] == odd[::-1]


@pytest.mark.parametrize("query", ["?q=", "?thema=energie", "?stadtbezirk=eving", "?sort=titel"])
def test_tables_statements_do_not_grow_with_its_rows(client, windwerk, statements, query):
    def measured() -> int:
        client.get(f"/projekte.csv{query}")
        with statements() as sent:
            client.get(f"/projekte.csv{query}")
        return sent.number

    published(windwerk, "Eins", citywide=True)
    few = measured()
    for number in range(20):
        published(windwerk, f"Projekt {number}")

    assert measured() == few <= 6


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "＝"])  # noqa: RUF001
def test_no_cell_becomes_a_formula(client, windwerk, start):
    published(windwerk, f"{start}cmd|' /C calc'!A0", place=f"{start}1+1")

    (row,) = table(client)
    assert row["Titel"].startswith("'")
    assert row["Ort"].startswith("'")


def test_feed_has_stable_names_absolute_addresses_and_both_dates(client, windwerk):
    published(windwerk, "Wärmenetz", at=FIRST)

    root = feed(client, "?thema=energie")

    here = "http://portal.test/projekte.atom?thema=energie"
    assert root.findtext("a:id", namespaces=ATOM) == here
    assert root.find("a:link[@rel='self']", ATOM).get("href") == here
    assert root.findtext("a:updated", namespaces=ATOM) == "2026-01-01T12:00:00+00:00"
    (entry,) = root.findall("a:entry", ATOM)
    address = "http://portal.test/projekte/waermenetz"
    assert entry.findtext("a:id", namespaces=ATOM) == address
    assert entry.find("a:link", ATOM).get("href") == address
    assert entry.findtext("a:published", namespaces=ATOM) == "2026-01-01T12:00:00+00:00"
    assert entry.find("a:category", ATOM).get("term") == "Energie"


def test_addresses_come_from_the_operator_and_not_from_the_request(client, windwerk):
    published(windwerk, "Wärmenetz")

    answer = client.get("/projekte.atom", headers={"Host": "localhost"})

    assert b"http://portal.test/projekte/waermenetz" in answer.data
    assert b"http://localhost" not in answer.data


def test_readers_of_the_feed_see_markup_as_text(client, windwerk):
    published(windwerk, "A & B <script>", summary="<img src=x onerror=alert(1)> & mehr", at=FIRST)

    (entry,) = feed(client).findall("a:entry", ATOM)

    assert entry.findtext("a:title", namespaces=ATOM) == "A & B <script>"
    summary = entry.find("a:summary", ATOM)
    assert summary.get("type") == "html"
    assert summary.text == "&lt;img src=x onerror=alert(1)&gt; &amp; mehr"


def test_characters_that_no_xml_may_carry_break_no_feed(client, windwerk):
    published(windwerk, "Ein \ufffe Titel \uffff", summary="\x0b\x1f mit Steuerzeichen")

    assert titles(feed(client)) == ["Ein Titel"]


def test_empty_selection_is_a_feed_and_a_table_without_entries(client, app):
    assert titles(feed(client)) == []
    assert feed(client).findtext("a:updated", namespaces=ATOM)
    assert table(client, f"?thema={theme('energie').slug}") == []


def test_same_bytes_until_something_changes(client, windwerk):
    published(windwerk, "Wärmenetz")

    for path in ("/projekte.csv", "/projekte.atom", "/projekte"):
        first = client.get(path)
        again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
    published(windwerk, "Noch eins")
    changed = client.get("/projekte.csv", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
