"""The Allianzposter: the youngest layer on top, 62 founders at the bottom, whatever happens."""

import io
import re
from datetime import date, timedelta

import pypdf
import pytest
from PIL import Image

from portal.core import generation
from portal.core.database import db
from portal.core.pictures import services as pictures
from portal.core.pictures.storage import media
from portal.core.times import today
from portal.partners import queries
from portal.partners.models import DatePrecision, OrganisationKind, Standing
from tests.partners.conftest import add_organisation

POSTER = "/allianzposter"
PDF = "/allianzposter.pdf"
APRIL = date(2018, 4, 30)


def signed(name, since, standing=Standing.PARTNER, **more):
    organisation = add_organisation(
        name=name, kind=OrganisationKind.COMPANY, standing=standing, since=since, **more
    )
    db.session.commit()
    return organisation


def founded(name, **more):
    return signed(name, date(2016, 12, 9), Standing.FOUNDER, **more)


def wall(**choice):
    """(year, count, total, depth, names) of each layer, from the top."""
    db.session.rollback()
    return [
        (x.year, x.count, x.total, x.depth, [name.text for name in x.names])
        for x in queries.wall(**choice).layers
    ]


def text_of(answer):
    """What stands on the print, with single blanks."""
    pages = pypdf.PdfReader(io.BytesIO(answer.data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_foundation_stands_alone_with_its_62_before_anybody_is_known(client, app):
    assert wall() == [(2016, 62, 62, 5, [])]
    page = client.get(POSTER).text
    assert "Fundament: 62 Gründungspartner" in page
    assert "Von den 62 Gründungspartnern sind 0 mit Namen belegt" in page


def test_layers_lie_by_year_with_running_totals_and_the_undated_loose_on_top(app):
    founded("Gründerwerk")
    signed("Späte Bank", date(2020, 10, 1))
    signed("Aprilwerk", date(2018, 4, 1))
    signed("Ährenhof", date(2018, 12, 31))
    signed("Irgendwann", None)

    assert wall() == [
        (None, 1, 66, 1, ["Irgendwann"]),
        (2020, 1, 65, 3, ["Späte Bank"]),
        (2018, 2, 64, 4, ["Ährenhof", "Aprilwerk"]),
        (2016, 62, 62, 5, ["Gründerwerk"]),
    ]


def test_figure_of_the_founders_never_changes(app):
    for number in range(70):
        founded(f"Gründer {number}")
    leaving = founded("Abschied")
    leaving.memberships[0].until = today()
    db.session.commit()

    ((year, count, total, _, names),) = wall()

    assert (year, count, total, len(names)) == (2016, 62, 62, 70)


def test_supporters_and_strangers_are_no_signatories(app):
    signed("Hilfsbank", date(2018, 12, 5), Standing.SUPPORTER)
    add_organisation(name="Fremdwerk", kind=OrganisationKind.COMPANY)
    db.session.commit()

    assert wall() == [(2016, 62, 62, 5, [])]


def test_partner_of_the_founding_year_lies_above_the_foundation(client, app):
    signed("Nachzügler", date(2016, 12, 20))

    assert [(year, total) for year, _, total, *_ in wall()] == [(2016, 63), (2016, 62)]
    page = client.get(POSTER).text
    assert len(set(re.findall(r' id="([^"]+)"', page))) == len(re.findall(r' id="([^"]+)"', page))


def test_many_years_share_the_shades_between_paper_and_foundation(app):
    for year in range(2017, 2027):
        signed(f"Werk {year}", date(year, 5, 1))

    assert [depth for *_, depth, _ in wall()] == [1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5]


def test_round_is_named_as_precisely_as_all_of_it_is_known(client, app):
    signed("Juniwerk", date(2017, 6, 8))
    signed("Aprilwerk", date(2018, 4, 1), precision=DatePrecision.MONTH)
    signed("Herbstwerk", date(2019, 10, 1))
    signed("Maiwerk", date(2019, 5, 1))

    page = client.get(POSTER).text

    found = re.findall(r'<li><a href="#[^"]+">([^<]+)</a>', page)
    assert found == ["2019", "April 2018", "8. Juni 2017", "9. Dezember 2016"]


def test_proven_names_lead_to_their_pages_and_fictitious_ones_nowhere(client, app):
    founded("Stadtwerk")
    founded("Musterwerk", fictitious=True)

    page = client.get(POSTER).text

    assert '<a class="first" href="/partner/stadtwerk">Stadtwerk</a>' in page
    assert "<li>Musterwerk</li>" in page
    assert "Alle anderen sind Demo-Namen" in page
    assert "Demo-Namen" not in _page_without_fictitious(client)


def _page_without_fictitious(client):
    for organisation, _ in [queries.member_with_slug("musterwerk")]:
        organisation.memberships[0].until = today()
    generation.raise_generation()
    db.session.commit()
    return client.get(POSTER).text


def test_statements_do_not_grow_with_the_names(client, app, statements):
    def sent():
        with statements() as counted:
            client.get(POSTER)
        return counted.number

    def add(count):
        for number in range(count):
            add_organisation(
                name=f"Werk {number} von {count}",
                kind=OrganisationKind.COMPANY,
                standing=Standing.PARTNER,
                since=date(2018, 1, 1),
            )
        db.session.commit()

    add(3)
    few = sent()
    add(297)
    assert few == sent() == 2


def test_wall_of_a_past_day_holds_who_had_joined_and_not_left(app):
    founded("Gründerwerk")
    signed("Aprilwerk", APRIL)
    signed("Maiwerk", APRIL + timedelta(days=1))
    left = signed("Gegangen", date(2017, 6, 8))
    left.memberships[0].until = APRIL
    stayed = signed("Noch dabei", date(2017, 6, 8))
    stayed.memberships[0].until = APRIL + timedelta(days=1)
    db.session.commit()

    assert wall(day=APRIL) == [
        (2018, 1, 64, 3, ["Aprilwerk"]),
        (2017, 1, 63, 4, ["Noch dabei"]),
        (2016, 62, 62, 5, ["Gründerwerk"]),
    ]


def test_first_day_is_the_foundation_alone(client, app):
    founded("Gründerwerk")
    signed("Aprilwerk", APRIL)

    assert wall(day=queries.FOUNDED) == [(2016, 62, 62, 5, ["Gründerwerk"])]
    page = client.get(f"{POSTER}?stand=2016-12-09").text
    assert "Stand: 9. Dezember 2016" in page
    assert "Fundament: 62 Gründungspartner" in page


def test_who_joined_on_an_unknown_day_is_missing_on_a_past_one_and_the_page_says_so(client, app):
    signed("Irgendwann", None)

    assert [names for *_, names in wall(day=APRIL)] == [[]]
    page = client.get(f"{POSTER}?stand=2018-04-30").text
    assert "1 Partner fehlt hier, denn der Tag des Beitritts ist nicht überliefert." in page
    assert "fehlt hier" not in client.get(POSTER).text


def test_who_left_since_stands_there_without_a_link(client, app):
    signed("Gegangen", date(2017, 6, 8)).memberships[0].until = today()
    signed("Geblieben", date(2017, 6, 8))

    page = client.get(f"{POSTER}?stand=2018-04-30").text

    assert "<li>Gegangen</li>" in page
    assert 'href="/partner/geblieben">Geblieben</a>' in page


def test_wall_of_one_kind_keeps_the_figure_of_the_founders(client, app):
    founded("Stadtwerk")
    add_organisation(
        name="Hochschule",
        kind=OrganisationKind.SCIENCE,
        standing=Standing.PARTNER,
        since=date(2018, 4, 1),
    )
    db.session.commit()

    assert [(year, count, names) for year, count, _, _, names in wall(kind="science")] == [
        (2018, 1, ["Hochschule"]),
        (2016, 62, []),
    ]
    page = client.get(f"{POSTER}?art=wissenschaft").text
    assert "Fundament: 62 Gründungspartner" in page
    assert "1 Name in der Auswahl „Wissenschaft“" in page
    assert "zusammen" not in page


def test_choice_stays_in_every_address_of_the_page(client, app):
    signed("Aprilwerk", date(2018, 4, 1))

    page = client.get(f"{POSTER}?art=unternehmen&stand=30.04.2018").text

    assert f'href="{POSTER}?stand=2018-04-30"' in page  # all kinds
    assert f'href="{POSTER}?art=unternehmen"' in page  # back to today
    assert f'href="{PDF}?art=unternehmen&amp;stand=2018-04-30&amp;format=a1"' in page
    assert '<input type="hidden" name="art" value="unternehmen">' in page
    assert 'value="2018-04-30"' in page


@pytest.mark.parametrize("address", [POSTER, PDF])
@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("2016-12-08", "gab es das Allianzposter noch nicht"),
        ("0001-01-01", "gab es das Allianzposter noch nicht"),
        ("9999-12-31", "liegt noch vor uns"),
        ("2018-02-30", "Diesen Tag gibt es nicht"),
        ("gestern", "Diesen Tag gibt es nicht"),
        ("2018-04-30T00:00:00", "Diesen Tag gibt es nicht"),
        ("%00", "Diesen Tag gibt es nicht"),
        ("9" * 5000, "Diesen Tag gibt es nicht"),
        ("<script>", "Diesen Tag gibt es nicht"),
    ],
)
def test_day_without_a_poster_is_answered_kindly(client, app, address, typed, word):
    answer = client.get(f"{address}?stand={typed}")

    assert answer.status_code == 404
    assert word in answer.text
    assert f'href="{POSTER}"' in answer.text


@pytest.mark.parametrize("asked", ["stand=", "stand=+", "art=", "art=gibtsnicht", "art=%00"])
def test_empty_and_unknown_choices_show_the_poster_of_today(client, app, asked):
    answer = client.get(f"{POSTER}?{asked}")

    assert answer.status_code == 200
    assert "Zurück zum heutigen Poster" not in answer.text


def test_today_is_the_living_poster(client, app):
    signed("Irgendwann", None)

    assert "Irgendwann" in client.get(f"{POSTER}?stand={today().isoformat()}").text


def test_print_says_what_the_page_says(client, app):
    founded("Gründerwerk")
    signed("Aprilwerk", date(2018, 4, 1))
    signed("#eval(1) *Fett* e. V.", date(2019, 1, 8))

    answer = client.get(PDF)

    assert answer.mimetype == "application/pdf"
    assert f"allianzposter-a3-{today().isoformat()}.pdf" in answer.headers["Content-Disposition"]
    text = text_of(answer)
    for said in [
        "Schicht auf Schicht",
        "2019 1 weitere, zusammen 64",
        "#eval(1) *Fett* e. V.",
        "2018 1 weitere, zusammen 63",
        "Aprilwerk",
        "2016 Fundament: 62 Gründungspartner",
        "Gründerwerk",
    ]:
        assert said in text
    assert text.index("2019 ") < text.index("2018 ") < text.rindex("2016 ")


def test_print_has_the_same_choice_as_the_page(client, app):
    signed("Aprilwerk", date(2018, 4, 1))
    signed("Januarwerk", date(2019, 1, 8))
    signed("Irgendwann", None)

    text = text_of(client.get(f"{PDF}?stand=2018-04-30&art=unternehmen"))

    assert "Allianzposter · Unternehmen · Stand: 30. April 2018" in text
    assert "Aprilwerk" in text
    assert "1 Partner fehlt hier" in text
    assert "Januarwerk" not in text
    assert "Irgendwann" not in text


@pytest.mark.parametrize(
    ("asked", "millimetres"),
    [("a4", 210), ("a3", 297), ("a2", 420), ("a1", 594), ("a0", 841), ("", 297), ("a9", 297)],
)
def test_print_has_the_size_that_was_asked_for(client, app, asked, millimetres):
    (sheet,) = pypdf.PdfReader(io.BytesIO(client.get(f"{PDF}?format={asked}").data)).pages

    assert round(float(sheet.mediabox.width) / 72 * 25.4) == millimetres


def test_print_leads_to_the_names_and_to_the_living_poster(client, app):
    signed("Aprilwerk", date(2018, 4, 1))
    signed("Musterwerk", date(2018, 4, 1), fictitious=True)

    (sheet,) = pypdf.PdfReader(io.BytesIO(client.get(PDF).data)).pages

    targets = {one.get_object()["/A"]["/URI"] for one in sheet["/Annots"]}
    assert targets == {
        "http://portal.test/allianzposter",
        "http://portal.test/partner/aprilwerk",
    }


def test_page_and_print_change_with_whoever_joins(client, app):
    signed("Aprilwerk", date(2018, 4, 1))
    known = {address: client.get(address).headers["ETag"] for address in (POSTER, PDF)}
    for address, etag in known.items():
        again = client.get(address, headers={"If-None-Match": etag})
        assert (again.status_code, again.data) == (304, b"")

    signed("Neuwerk", today())

    page = client.get(POSTER, headers={"If-None-Match": known[POSTER]})
    assert "Neuwerk" in page.text
    assert "Neuwerk" in text_of(client.get(PDF, headers={"If-None-Match": known[PDF]}))


def test_print_asks_the_database_once(client, app, statements):
    signed("Aprilwerk", date(2018, 4, 1))

    with statements() as counted:
        client.get(PDF)

    assert counted.number == 2  # the public generation, and the wall


def test_hundreds_of_names_stand_on_one_sheet(client, app):
    db.session.add_all(
        add_organisation(
            name=f"Werk Nummer {number} der Allianz",
            standing=Standing.PARTNER,
            since=date(2017 + number % 4, 5, 1),
        )
        for number in range(400)
    )
    db.session.commit()

    answer = client.get(f"{PDF}?format=a3")

    assert len(pypdf.PdfReader(io.BytesIO(answer.data)).pages) == 1
    assert text_of(answer).count("der Allianz") == 400


def test_name_without_a_blank_breaks_instead_of_leaving_the_sheet(client, app):
    signed("W" * 200, date(2018, 4, 1))

    (sheet,) = pypdf.PdfReader(io.BytesIO(client.get(f"{PDF}?format=a4").data)).pages

    lines = [line for line in sheet.extract_text().splitlines() if line.startswith("WW")]
    assert len(lines) > 1
    assert sum(line.count("W") for line in lines) == 200


@pytest.fixture
def logo(app):
    file = io.BytesIO()
    Image.new("RGB", (640, 320), "teal").save(file, "PNG")
    return pictures.keep(pictures.prepare(file.getvalue()), alt="Logo", credit="Windwerk eG")


@pytest.mark.parametrize("released", [True, False])
def test_logo_stands_on_the_print_only_where_it_was_released(client, logo, released):
    signed("Aprilwerk", date(2018, 4, 1), logo=logo, logo_on_poster=released)

    answer = client.get(PDF)

    (sheet,) = pypdf.PdfReader(io.BytesIO(answer.data)).pages
    assert (b"/DCTDecode" in answer.data) == released
    assert ("Aprilwerk" in sheet.extract_text()) != released
    assert client.get(f"{PDF}?stand=2018-04-02").status_code == 200


def test_logo_whose_file_is_gone_becomes_the_name(client, logo):
    signed("Aprilwerk", date(2018, 4, 1), logo=logo, logo_on_poster=True)
    media().delete(logo.key)

    assert "Aprilwerk" in text_of(client.get(PDF))
