"""Lists for the day: tagged PDFs, a table without formulas, and a line of history for each."""

import io
import re
import resource
import time
import zipfile

import openpyxl
import pypdf
import pytest
from sqlalchemy import select

from portal.core.database import db
from portal.history.models import Entry
from portal.registrations import services
from portal.registrations.models import Registration
from tests.cast import a_user
from tests.registrations.cast import all_register, an_allocation, guest_registers, people
from tests.registrations.office import office

LIST, BADGES, SHEET = "/teilnahmeliste.pdf", "/namensschilder.pdf", "/anmeldungen.xlsx"
FORMULA = '=HYPERLINK("http://evil.example","Klick")'


@pytest.fixture
def allocation(ada):
    return an_allocation(ada)


def text_of(reply):
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages(reply)))


def pages(reply):
    return pypdf.PdfReader(io.BytesIO(reply.data)).pages


def rows(reply):
    sheet = openpyxl.load_workbook(io.BytesIO(reply.data)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def notes():
    db.session.rollback()
    rows = select(Entry.note).where(Entry.fact == "ParticipantsExported").order_by(Entry.id)
    return list(db.session.scalars(rows))


def named(allocation, *names):
    for number, (first, last) in enumerate(names):
        all_register(allocation, [a_user(f"n{number}@x.example", first, last)])


@pytest.mark.parametrize("paper", [LIST, BADGES])
def test_prints_are_tagged_and_german(client_of, olga, allocation, paper):
    all_register(allocation, people(2))

    reply = client_of(olga).post(office(allocation, paper))

    root = pypdf.PdfReader(io.BytesIO(reply.data)).trailer["/Root"]
    assert (reply.status_code, reply.mimetype) == (200, "application/pdf")
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "de"
    assert "pdfuaid" in root["/Metadata"].get_object().get_data().decode()
    assert reply.headers["Cache-Control"] == "private, no-store"
    assert reply.headers["X-Robots-Tag"] == "noindex"


def test_list_to_sign_has_who_has_a_place_as_a_german_list_sorts(client_of, olga, ada):
    allocation = an_allocation(ada, capacity=4)
    named(allocation, ("Zoe", "Zander"), ("Ödön", "Özil"), ("Otto", "Ofen"), ("Änne", "Ähre"))
    guest_registers(allocation)

    text = text_of(client_of(olga).post(office(allocation, LIST)))

    found = [text.index(name) for name in ("Ähre, Änne", "Ofen, Otto", "Özil, Ödön", "Zander, Zoe")]
    assert found == sorted(found)
    assert "Fünfte Allianztagung" in text and "Unterschrift" in text and "Seite 1 von 1" in text
    assert "Personen mit Platz: 4" in text and "Gast" not in text


def test_waiting_list_stands_below_where_it_is_asked_for(client_of, olga, allocation):
    all_register(allocation, people(2))
    guest_registers(allocation)

    text = text_of(client_of(olga).post(office(allocation, LIST), data={"who": "alle"}))

    assert text.index("Warteliste, in ihrer Reihenfolge") < text.index("Gast, Gabi")


def test_badges_are_ten_to_a_page_for_who_has_a_place(client_of, olga, ada):
    allocation = an_allocation(ada, capacity=11)
    all_register(allocation, people(12))

    reply = client_of(olga).post(office(allocation, BADGES))

    assert len(pages(reply)) == 2
    assert "Person 11 Muster" in text_of(reply) and "Person 12" not in text_of(reply)
    width, height = (float(pages(reply)[0].mediabox[n]) for n in (2, 3))
    assert (round(width), round(height)) == (595, 842)


def test_long_names_shrink_and_are_not_cut(client_of, olga, allocation):
    first = "Maximiliane-Alexandra Friederike Wilhelmine von und zu der Großen Hohenheide-Ost"[:80]
    last = "W" * 80
    named(allocation, (first, last))
    one = db.session.query(Registration).one()
    one.organisation_name = "Gesellschaft " * 15
    db.session.commit()

    reply = client_of(olga).post(office(allocation, BADGES))

    text = text_of(reply).replace(" ", "").replace("\u200b", "")
    assert first.replace(" ", "") in text and last in text
    assert text.count("Gesellschaft") == 15
    assert len(pages(reply)) == 1


def test_nobody_yet_is_a_page_that_says_so(client_of, olga, allocation):
    for paper in (LIST, BADGES):
        assert "Niemand hat einen Platz." in text_of(
            client_of(olga).post(office(allocation, paper))
        )
    assert len(rows(client_of(olga).post(office(allocation, SHEET)))) == 1


def test_table_opens_as_text_and_runs_no_formula(client_of, olga, allocation):
    named(allocation, (FORMULA, "+49 231"))
    one = db.session.query(Registration).one()
    one.answer, one.note = "@SUM(A1)", "-2"
    db.session.commit()

    reply = client_of(olga).post(office(allocation, SHEET))

    header, row = rows(reply)
    assert header[:4] == ["Nummer", "Nachname", "Vorname", "Organisation"]
    assert row[:3] == [1, "+49 231", FORMULA] and row[-2:] == ["@SUM(A1)", "-2"]
    book = zipfile.ZipFile(io.BytesIO(reply.data))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "hyperlink" not in sheet.lower()
    assert reply.headers["Content-Disposition"].endswith("anmeldungen-fuenfte-allianztagung.xlsx")


def test_signs_that_no_typeface_or_sheet_has_do_no_harm(client_of, olga, allocation):
    named(allocation, ("😀\u200d👩 עברית", "漢字 \ufffe"), ("#link *x*", "$y$ <b>&amp;\x0b\x1f"))

    for paper in (LIST, BADGES, SHEET):
        assert client_of(olga).post(office(allocation, paper)).status_code == 200
    assert "$y$ <b>&amp;" in text_of(client_of(olga).post(office(allocation, LIST)))


def test_who_took_which_list_stands_in_the_history(client_of, olga, allocation):
    all_register(allocation, people(3))
    client = client_of(olga)

    for paper in (LIST, BADGES, SHEET):
        client.post(office(allocation, paper), data={"who": "alle"})

    assert notes() == ["Teilnahmeliste, Namen: 3", "Namensschilder, Namen: 2", "Tabelle, Namen: 3"]
    page = client.get(office(allocation, "/anmeldungen")).text
    assert "Teilnahmeliste, Namen: 3" in page and "Olga Ordnung" in page


def test_lists_are_for_the_office_alone_and_never_fetched_by_a_link(
    client, client_of, petra, olga, ada, allocation
):
    (registration,) = all_register(allocation, people(1))

    for paper in (LIST, BADGES, SHEET):
        address = office(allocation, paper)
        assert client.post(address).status_code == 302
        assert client_of(petra).post(address).status_code == 404
        assert client_of(registration.person).post(address).status_code == 404
        assert client_of(ada).post(address).status_code == 200
        assert client_of(olga).get(address).status_code == 405
        assert client_of(olga).post(address, token=False).status_code == 400
    assert len(notes()) == 3


def test_what_leaves_the_portal_is_told_by_the_service(olga, allocation):
    all_register(allocation, people(1))

    names = services.hand_out(allocation, services.Paper.BADGES, by=olga)
    db.session.commit()

    assert [one.name for one in names] == ["Person 1 Muster"]
    assert notes() == ["Namensschilder, Namen: 1"]


def test_a_thousand_names_take_seconds_and_little_memory(client_of, olga, ada, capsys):
    allocation = an_allocation(ada, capacity=1000)
    persons = people(1000)
    for person in persons:
        services.register(allocation, by=person)
    db.session.commit()
    client = client_of(olga)

    took = {}
    for paper in (LIST, BADGES, SHEET):
        begin = time.monotonic()
        reply = client.post(office(allocation, paper))
        took[paper] = time.monotonic() - begin
        assert reply.status_code == 200
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    with capsys.disabled():
        figures = ", ".join(f"{paper} {seconds:.1f} s" for paper, seconds in took.items())
        print(f"\n  1,000 names: {figures}; {peak:.0f} MB")

    assert max(took.values()) < 30
    assert peak < 1024
