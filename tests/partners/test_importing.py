"""Partners from a file: nothing happens before the check, then all of them or none."""

import io
import time

import pytest
from sqlalchemy import func, select

from portal.core.counters import counters
from portal.core.database import db
from portal.core.generation import generation
from portal.core.search.models import SearchEntry
from portal.core.sheets import csv_bytes
from portal.history.models import Entry
from portal.partners import queries, services
from portal.partners.models import (
    DatePrecision,
    ImportState,
    Membership,
    Organisation,
    OrganisationKind,
    PartnerImport,
    Standing,
    Verification,
)
from portal.partners.reading import example, heads, read_file
from tests.cast import district, theme
from tests.letters import history, letters

IMPORT = "/projektbuero/partner/import"
GOOD = "Name;Art;Status;Partner seit\nMusterwerk;Unternehmen;Partner;2018\nProbebank;Kammer;;\n"
MIXED = "Name;Art\nMusterwerk;Unternehmen\nWindwerk eG;Unternehmen\nProbebank;Firma\n"


def send(client, text=GOOD, name="partner.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(IMPORT, data={"file": (io.BytesIO(data), name)})


def checked(client, text=GOOD):
    answer = send(client, text)
    assert answer.status_code == 303, answer.text
    return the_import(int(answer.location.rpartition("/")[2]))


def the_import(import_id):
    db.session.rollback()
    db.session.expire_all()
    return db.session.get(PartnerImport, import_id)


def carry_out(client, record, **more):
    return client.post(f"{IMPORT}/{record.id}", data={"version": record.version} | more)


def names():
    db.session.rollback()
    return sorted(db.session.scalars(select(Organisation.name)))


def a_file(count, name="Werk"):
    lines = "".join(f"{name} {number};Unternehmen;2018;Energie\n" for number in range(count))
    return f"Name;Art;Partner seit;Themen\n{lines}".encode()


def test_check_alone_changes_nothing(client_of, ada):
    record = checked(client_of(ada))

    assert (record.state, record.new, record.known, record.wrong) == (ImportState.CHECKED, 2, 0, 0)
    assert (record.file_name, record.by_id) == ("partner.csv", ada.id)
    assert names() == []
    assert history() == []


def test_page_says_of_every_row_what_would_happen(client_of, ada, windwerk):
    client = client_of(ada)
    record = checked(client, MIXED)

    page = client.get(f"{IMPORT}/{record.id}").text

    assert "1 Organisation kommt neu ins Verzeichnis" in page
    assert "1 steht schon im Portal" in page
    assert "Eine Organisation dieses Namens steht schon im Portal." in page
    assert "Art: „Firma“ kennt das Portal nicht. Erlaubt sind Unternehmen," in page
    only_wrong = client.get(f"{IMPORT}/{record.id}?zeilen=fehler").text
    assert "Probebank" in only_wrong
    assert "Musterwerk" not in only_wrong


def test_import_enters_organisations_with_membership_and_without_people(client_of, ada):
    client = client_of(ada)
    text = (
        "Name;Art;Webadresse;Straße;PLZ;Ort;Stadtbezirk;Registergericht;Registernummer;Status;"
        "Partner seit;Themen;Kurztext;Quelle\n"
        "Größenwerk GmbH;Unternehmen;groesse.example;Hafenweg 3;44147;Dortmund;Eving;"
        "Amtsgericht Dortmund;HRB 7;Unterstützer;04.2018;Energie;Baut.;quelle.example\n"
    )
    record = checked(client, text)

    answer = carry_out(client, record)

    assert (answer.status_code, answer.location) == (303, f"{IMPORT}/{record.id}")
    (found,) = db.session.scalars(select(Organisation))
    assert (found.slug, found.kind) == ("groessenwerk-gmbh", OrganisationKind.COMPANY)
    assert (found.street, found.postal_code, found.city) == ("Hafenweg 3", "44147", "Dortmund")
    assert (found.website, found.summary) == ("https://groesse.example", "Baut.")
    assert (found.domain, found.verification) == ("groesse.example", Verification.SOURCE)
    assert found.register == "Amtsgericht Dortmund, HRB 7"
    assert (found.district_id, found.themes) == (district("eving").id, [theme("energie")])
    assert (found.import_id, found.version, found.affiliations) == (record.id, 1, [])
    (membership,) = found.memberships
    assert (membership.standing, membership.since.isoformat(), membership.precision) == (
        Standing.SUPPORTER,
        "2018-04-01",
        DatePrecision.MONTH,
    )
    assert membership.source_url == "https://quelle.example"
    assert not queries.is_claimed(found)


def test_imported_partners_are_found_counted_and_shown_at_once(client, client_of, ada):
    before = client.get("/partner").headers["ETag"]
    office = client_of(ada)
    carry_out(office, checked(office))

    page = client.get("/partner", headers={"If-None-Match": before})

    assert "2 Organisationen" in page.text
    assert "Musterwerk" in client.get("/partner?q=musterwerk").text
    assert "Musterwerk" in client.get("/allianzposter").text
    assert "Dieses Profil hat noch niemand übernommen." in client.get("/partner/musterwerk").text
    assert counters("partners") == {
        "standing": {"partner": 2},
        "kind": {"company": 1, "association": 1},
    }


def test_claimed_profile_does_not_say_so(client, petra):
    assert "niemand übernommen" not in client.get("/partner/windwerk").text


def test_import_is_one_line_of_history_and_no_letter(client_of, ada, windwerk):
    client = client_of(ada)
    before = generation()
    carry_out(client, checked(client, MIXED), leave_out_wrong="y")

    assert [(fact, note) for fact, _by, _for, note in told()] == [
        ("PartnersImported", "1 neu, 1 schon da, 1 ausgelassen")
    ]
    assert letters() == []
    db.session.rollback()
    assert generation() == before + 1


def told():
    """(fact, by, for, note) of every line of history but who came to the office."""

    db.session.rollback()
    lines = db.session.scalars(select(Entry).where(Entry.fact != "LoggedIn").order_by(Entry.id))
    return [(line.fact, line.by_id, line.for_id, line.note) for line in lines]


def test_rows_with_errors_block_all_of_them(client_of, ada, windwerk):
    client = client_of(ada)
    record = checked(client, MIXED)

    answer = carry_out(client, record)

    assert answer.status_code == 422
    assert "Einige Zeilen haben Fehler." in answer.text
    assert names() == ["Windwerk eG"]
    assert the_import(record.id).state is ImportState.CHECKED


def test_rows_with_errors_are_left_out_when_the_office_says_so(client_of, ada, windwerk):
    client = client_of(ada)

    assert carry_out(client, checked(client, MIXED), leave_out_wrong="y").status_code == 303
    assert names() == ["Musterwerk", "Windwerk eG"]


def test_whoever_came_since_the_check_is_left_out(client_of, ada):
    client = client_of(ada)
    record = checked(client)
    db.session.add(services.new_organisation(name="MUSTERWERK", kind=OrganisationKind.COMPANY))
    db.session.commit()

    assert carry_out(client, record).status_code == 303

    assert names() == ["MUSTERWERK", "Probebank"]
    assert (the_import(record.id).new, the_import(record.id).known) == (1, 1)


def test_file_without_anybody_new_is_not_imported(client_of, ada, windwerk):
    client = client_of(ada)
    record = checked(client, "Name;Art\nWindwerk eG;Unternehmen\n")

    assert "Zu übernehmen ist nichts." in client.get(f"{IMPORT}/{record.id}").text
    assert carry_out(client, record).status_code == 422
    assert told() == []


def test_import_is_carried_out_once(client_of, ada):
    client = client_of(ada)
    record = checked(client)
    shown = {"version": record.version}
    assert client.post(f"{IMPORT}/{record.id}", data=shown).status_code == 303

    assert client.post(f"{IMPORT}/{record.id}", data=shown).status_code == 409
    newest = {"version": the_import(record.id).version}
    assert client.post(f"{IMPORT}/{record.id}", data=newest).status_code == 409
    assert names() == ["Musterwerk", "Probebank"]


def test_same_file_sent_again_waits_once_and_is_compared_anew(client_of, ada):
    client = client_of(ada)
    first = checked(client)
    db.session.add(services.new_organisation(name="Musterwerk", kind=OrganisationKind.COMPANY))
    db.session.commit()

    again = checked(client)

    assert again.id == first.id
    assert (again.new, again.known) == (1, 1)


def test_same_file_after_the_import_finds_everybody_there(client_of, ada):
    client = client_of(ada)
    first = checked(client)
    carry_out(client, first)

    again = checked(client)

    assert again.id != first.id
    assert (again.new, again.known) == (0, 2)


def test_names_that_would_have_one_address_get_two(client_of, ada):
    client = client_of(ada)
    carry_out(client, checked(client, "Name;Art\nBank ½;Kammer\nBank ⁱ½;Kammer\nBank;Kammer"))

    assert len(set(db.session.scalars(select(Organisation.slug)))) == 3


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Wählen Sie eine CSV-Datei aus."),
        ({"file": "kein Upload"}, "Wählen Sie eine CSV-Datei aus."),
        ({"file": (io.BytesIO(b""), "")}, "Wählen Sie eine CSV-Datei aus."),
        ({"file": (io.BytesIO(b""), "leer.csv")}, "Die Datei enthält keine Zeilen."),
        ({"file": (io.BytesIO(b"Ort\nx"), "a.csv")}, "In der Kopfzeile fehlt: Name, Art."),
        ({"file": (io.BytesIO(b"x" * 3_000_000), "a.csv")}, "Die Datei ist größer als 2 MB."),
    ],
)
def test_file_that_cannot_be_read_is_refused_at_its_field(client_of, ada, sent, words):
    answer = client_of(ada).post(IMPORT, data=sent)

    assert answer.status_code == 422
    assert answer.text.count(words) == 2  # in the summary, and at the field
    assert db.session.scalar(select(func.count(PartnerImport.id))) == 0


@pytest.mark.parametrize("name", ["<script>.csv", "x" * 5000 + ".csv", "\x00.csv", "../../a.csv"])
def test_name_of_the_file_is_only_a_text(client_of, ada, name):
    client = client_of(ada)

    answer = send(client, name=name)

    assert answer.status_code == 303
    page = client.get(answer.location)
    assert page.status_code == 200
    assert "<script>.csv" not in page.text


def test_moderators_do_not_import(client_of, olga):
    assert client_of(olga).get(IMPORT).status_code == 403
    assert send(client_of(olga)).status_code == 403
    assert "aus einer Datei" not in client_of(olga).get("/projektbuero/partner").text


def test_administrators_find_the_way_from_the_list_of_partners(client_of, ada):
    assert f'href="{IMPORT}"' in client_of(ada).get("/projektbuero/partner").text


@pytest.mark.parametrize("address", ["0", "99999", "2147483648", "x"])
def test_import_that_does_not_exist_is_not_found(client_of, ada, address):
    assert client_of(ada).get(f"{IMPORT}/{address}").status_code == 404


def test_template_is_a_file_that_the_import_takes(client_of, ada):
    client = client_of(ada)

    offered = client.get(f"{IMPORT}/vorlage.csv")

    assert offered.data == csv_bytes(heads(), [example()])
    assert checked(client, offered.data).new == 1


def test_hundred_and_seventy_partners_of_an_excel_file_come_in_one_go(client, client_of, ada):
    lines = [
        f'"Größe & Maß {number}; Söhne";Unternehmen;Dortmund;{"" if number % 7 else "2017"}\r\n'
        for number in range(170)
    ]
    data = ("Name;Art;Ort;Partner seit\r\n" + "".join(lines)).encode("utf-8-sig")
    office = client_of(ada)

    assert carry_out(office, checked(office, data)).status_code == 303

    assert len(names()) == 170
    assert "170 Organisationen" in client.get("/partner").text
    assert [entry[0] for entry in told()] == ["PartnersImported"]
    assert db.session.scalar(select(func.count(SearchEntry.id))) == 170
    assert db.session.scalar(select(func.count(Membership.id))) == 170


def test_pages_of_rows_and_of_imports_end(client_of, ada):
    client = client_of(ada)
    record = checked(client, a_file(150))

    assert "Werk 149" in client.get(f"{IMPORT}/{record.id}?seite=2").text
    assert client.get(f"{IMPORT}/{record.id}?seite=3").status_code == 404
    assert client.get(f"{IMPORT}?seite=2").status_code == 404


def test_statements_do_not_grow_with_the_rows(client_of, ada, statements):
    client = client_of(ada)

    def sent(record):
        with statements() as counted:
            assert carry_out(client, record).status_code == 303
        return counted.number

    few, many = checked(client, a_file(5, "Klein")), checked(client, a_file(100, "Gross"))

    assert sent(few) + 2 >= sent(many)  # rows of one table go in one statement, by the hundred


def test_five_thousand_rows_are_entered_and_taken_back(app):
    begin = time.monotonic()
    record = services.check(read_file(a_file(5_000)), file_name="viele.csv", by=None)
    services.carry_out(record, by=None, leave_out_wrong=False, seen_version=record.version)
    db.session.commit()
    entered = time.monotonic() - begin
    assert counters("partners")["theme"] == {"energie": 5_000}

    services.take_back(record, by=None, seen_version=record.version)
    db.session.commit()
    print(
        f"\n  5,000 partners: entered in {entered:.1f} s, all in {time.monotonic() - begin:.1f} s"
    )

    assert names() == []
    assert counters("partners") == {}
    assert db.session.scalar(select(func.count(SearchEntry.id))) == 0
