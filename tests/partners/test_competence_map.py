"""Everybody sees who can do what in which theme; gaps open a request; the directory narrows."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from portal.core.database import db
from portal.core.generation import raise_generation
from portal.core.times import now, today
from portal.partners.models import CompetenceClaim, CompetenceLevel, Membership, Organisation
from portal.partners.services.directory import index_partner
from portal.topics.models import Theme
from tests.cast import an_organisation
from tests.partners.claims import a_claim, a_competence

MAP = "/kompetenzen"
BASIC, EXPERIENCED, LEADING = CompetenceLevel
GAP = "/kooperationen/neu?art=gesuch&amp;thema={}&amp;kompetenz={}"


def cells(page):
    """{(competence, theme's place): (address, words for eyes)} of the table."""
    table = re.search(r"<tbody>(.*?)</tbody>", page.text, re.S)[1]
    found = {}
    for row in re.findall(r"<tr>(.*?)</tr>", table, re.S):
        name = re.search(r"<th[^>]*><a[^>]*>(.*?)</a>", row, re.S)[1]
        for place, cell in enumerate(re.findall(r"<td>(.*?)</td>", row, re.S)):
            link = re.search(r'<a class="(state[^"]*)" href="([^"]+)"', cell)
            seen = re.sub(r'<span class="kern-sr-only">.*?</span>', "", cell, flags=re.S)
            words = " ".join(re.sub(r"<[^>]+>", " ", seen).split())
            found[name, place] = (link[2] if link else "", words)
    return found


@pytest.fixture
def three(app):
    """Two can do Sensorik in Energie, one of them in IT, too; nobody can do Funknetze."""
    sensorik = a_competence()
    a_competence("funk", "Funknetze", explanation="Senden, was gemessen wird.")
    windwerk, netzwerk = (
        an_organisation(slug, name) for slug, name in (("windwerk", "Windwerk"), ("netz", "Netz"))
    )
    a_claim(windwerk, sensorik, level=BASIC)
    a_claim(windwerk, sensorik, "it", EXPERIENCED)
    a_claim(netzwerk, sensorik, level=LEADING)


def test_cell_says_how_many_and_how_well_and_leads_to_them(client, three):
    found = cells(client.get(MAP))

    assert found["Sensorik", 0] == ("/kompetenzen/energie/sensorik", "2 führend")
    assert found["Sensorik", 3] == ("/kompetenzen/it/sensorik", "1 erfahren")


def test_gap_opens_a_prefilled_request(client, three):
    found = cells(client.get(MAP))

    assert found["Funknetze", 0] == (GAP.format("energie", "funk"), "Lücke")
    assert found["Sensorik", 1] == (GAP.format("mobilitaet", "sensorik"), "Lücke")


def test_same_map_stands_there_as_a_list_for_each_theme(client, three):
    page = client.get(MAP).text
    lists = page[page.index("</table>") :]

    assert re.findall(r"<summary>([^<]+)</summary>", lists)[0] == "Energie"
    assert lists.count("<details") == 7
    assert lists.count(">Lücke<") == 2 * 7 - 2


def test_table_names_its_rows_and_columns(client, three):
    page = client.get(MAP).text

    assert page.count('<th scope="col">') == 1 + 7
    assert page.count('<th scope="row">') == 2
    assert "Partner für Sensorik im Thema Energie, höchste Stufe:" in page


def test_without_a_taxonomy_the_map_says_so(client, app):
    assert "Noch gibt es keine Kompetenzen zur Auswahl." in client.get(MAP).text


def test_cell_lists_the_best_first_with_what_shows_it(client, three):
    page = client.get(f"{MAP}/energie/sensorik").text

    assert re.findall(r'row-title"><a href="([^"]+)', page) == [
        "/partner/netz",
        "/partner/windwerk",
    ]
    assert "2 Partner können das" in page
    assert 'href="https://windwerk.example/messkoffer" rel="noopener nofollow"' in page


def test_page_of_a_gap_offers_the_request(client, three):
    page = client.get(f"{MAP}/it/funk").text

    assert "Das kann in diesem Thema noch niemand." in page
    assert "Senden, was gemessen wird." in page
    assert GAP.format("it", "funk") in page


@pytest.mark.parametrize(
    "cell", ["energie/nichts", "nichts/sensorik", "energie/%00", "energie/sensorik?seite=2"]
)
def test_other_cells_do_not_exist(client, three, cell):
    assert client.get(f"{MAP}/{cell}").status_code == 404


def test_merged_competence_leads_to_its_successor(client, three):
    successor = a_competence()
    a_competence("messen", "Messen", archived_at=now(), merged_into_id=successor.id)

    cell = client.get(f"{MAP}/energie/messen")

    assert (cell.status_code, cell.location) == (301, "/kompetenzen/energie/sensorik")
    assert "Windwerk" in client.get("/partner?kompetenz=messen").text


def test_archived_competence_stays_in_the_map_while_it_is_used(client, three):
    a_competence("fax", "Fax", archived_at=now())
    old = a_competence("btx", "Btx", archived_at=now())
    a_claim(db.session.query(Organisation).filter_by(slug="netz").one(), old)

    found = cells(client.get(MAP))

    assert ("Fax", 0) not in found
    assert found["Btx", 0] == ("/kompetenzen/energie/btx", "1 erfahren")
    assert found["Btx", 1] == ("", "–")


@pytest.mark.parametrize("how", ["suspended", "former"])
def test_who_rests_or_left_is_nowhere_in_it(client, three, how):
    netz = db.session.query(Organisation).filter_by(slug="netz").one()
    if how == "suspended":
        netz.suspended_at = now()
    else:
        netz.memberships[0].until = today()
    raise_generation()
    db.session.commit()

    assert cells(client.get(MAP))["Sensorik", 0][1] == "1 Grundkenntnisse"
    assert "/partner/netz" not in client.get(f"{MAP}/energie/sensorik").text
    assert "Netz;" not in client.get("/kompetenzen.csv").text
    assert "/partner/netz" not in client.get("/partner?kompetenz=sensorik").text


def test_open_data_holds_every_claim_and_no_formula(client, three):
    evil = an_organisation("evil", "=HYPERLINK(1)")
    a_claim(evil, a_competence("funk", "Funknetze"), "it", evidence_title="+1")

    answer = client.get("/kompetenzen.csv")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))

    assert answer.mimetype == "text/csv"
    assert len(rows) == 1 + 4
    assert rows[0][:4] == ["Organisation", "Thema", "Kompetenz", "Stufe"]
    assert [
        "Netz",
        "Energie",
        "Sensorik",
        "führend",
        "Produkt oder Leistung",
        "Messkoffer",
        "https://windwerk.example/messkoffer",
        today().isoformat(),
        "http://portal.test/partner/netz",
    ] in rows
    assert ["'=HYPERLINK(1)", "'+1"] in [[row[0], row[5]] for row in rows]


def listed(page):
    return re.findall(r'<h3><a href="/partner/([^"]+)', page.text)


def facet(page):
    """{label: count} of the competences."""
    part = page.text.partition("<summary>Kompetenz</summary>")[2].partition("</details>")[0]
    return {
        label: int(count)
        for label, count in re.findall(r'<span>([^<]+)</span><span class="num">(\d+)', part)
    }


def test_directory_narrows_by_competence_and_counts_each_partner_once(client, three):
    for slug in ("windwerk", "netz"):
        index_partner(db.session.query(Organisation).filter_by(slug=slug).one())
    db.session.commit()
    an_organisation("sonst", "Sonstwerk")

    assert facet(client.get("/partner")) == {"Sensorik": 2}
    assert listed(client.get("/partner?kompetenz=sensorik")) == ["netz", "windwerk"]
    assert listed(client.get("/partner?kompetenz=funk")) == []
    assert facet(client.get("/partner?art=wissenschaft")) == {}
    assert facet(client.get("/partner?q=windwerk")) == {"Sensorik": 1}
    assert "sonst" in listed(client.get("/partner?kompetenz=a%00b"))


def test_changed_claim_changes_the_map_for_who_has_it_already(client, three):
    page = client.get(MAP)
    known = {"If-None-Match": page.headers["ETag"]}
    assert client.get(MAP, headers=known).status_code == 304

    a_claim(an_organisation("neu", "Neuwerk"), a_competence("funk", "Funknetze"))

    again = client.get(MAP, headers=known)
    assert again.status_code == 200
    assert cells(again)["Funknetze", 0][1] == "1 erfahren"


@pytest.fixture
def crowd(app):
    """5,000 partners, 20 competences, 12 themes; every partner claims two."""
    moment, many = now(), 5_000
    themes = [theme.id for theme in db.session.scalars(sa.select(Theme))]
    more = [
        Theme(slug=f"thema-{number}", name=f"Thema {number}", order=50 + number)
        for number in range(12 - len(themes))
    ]
    db.session.add_all(more)
    known = [a_competence(f"k{number}", f"Können {number}").id for number in range(20)]
    themes += [one.id for one in more]
    db.session.execute(
        sa.insert(Organisation),
        [
            {"slug": f"p{n}", "name": f"P {n}", "folded_name": f"p {n}", "kind": "company"}
            | {"created_at": moment, "version": 1}
            for n in range(many)
        ],
    )
    ids = list(db.session.scalars(sa.select(Organisation.id).order_by(Organisation.id)))
    db.session.execute(
        sa.insert(Membership),
        [
            {"organisation_id": i, "standing": "partner", "since": date(2020, 1, 1)}
            | {"precision": "day", "version": 1}
            for i in ids
        ],
    )
    said = {"evidence_kind": "product", "claimed_at": moment, "confirmed_at": moment, "version": 1}
    db.session.execute(
        sa.insert(CompetenceClaim),
        [
            said
            | {"organisation_id": i, "theme_id": themes[(n + step) % 12]}
            | {"competence_id": known[(n * 7 + step) % 20], "level": list(CompetenceLevel)[n % 3]}
            for n, i in enumerate(ids)
            for step in (0, 1)
        ],
    )
    raise_generation()
    db.session.commit()
    yield
    db.session.rollback()
    for table in (CompetenceClaim, Membership, Organisation):
        db.session.execute(sa.delete(table).execution_options(synchronize_session=False))
    db.session.execute(sa.delete(Theme).where(Theme.slug.startswith("thema-")))
    db.session.commit()


def test_map_of_five_thousand_partners_takes_six_statements_at_most(client, statements, crowd):
    with statements() as counted:
        page = client.get(MAP)

    assert sum(
        int(words.split()[0]) for _, words in cells(page).values() if words[0].isdigit()
    ) == (10_000)
    assert counted.number <= 6
    with statements() as again:
        client.get(MAP)
    assert again.number <= 2


def test_cell_takes_the_same_statements_for_one_and_for_many(client, statements, three):
    with statements() as few:
        client.get(f"{MAP}/it/sensorik")
    client.get(f"{MAP}/energie/sensorik")
    for number in range(4):
        a_claim(an_organisation(f"n{number}", f"Neu {number}"), a_competence(), "it")
    with statements() as many:
        client.get(f"{MAP}/it/sensorik")

    assert many.number <= few.number <= 6


def test_old_claim_says_so_in_the_cell(client, three):
    neu = an_organisation("alt", "Altwerk")
    a_claim(neu, a_competence("funk", "Funknetze"), confirmed_at=now() - timedelta(days=400))

    assert "vor mehr als einem Jahr" in client.get(f"{MAP}/energie/funk").text
