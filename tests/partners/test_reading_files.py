"""Files of partners, as spreadsheets save them: read whatever their dialect, refused in words."""

from datetime import timedelta

import pytest

from portal.core.tables import MESSAGES, Reason, TableRefused
from portal.core.times import today
from portal.partners.reading import FileRefused, read_file
from portal.partners.services import outcomes
from tests.cast import district, theme

HEAD = (
    "Name;Art;Webadresse;Straße;PLZ;Ort;Stadtbezirk;Registergericht;Registernummer;Status;"
    "Partner seit;Themen;Kurztext;Quelle"
)
FULL = (
    "Größenwerk GmbH;Unternehmen;www.groessenwerk.example;Hafenweg 3;44147;Dortmund;Eving;"
    'Amtsgericht Dortmund;hrb12345;Partner;30.04.2018;"Energie, Sicherheit";Baut Größeres.;'
    "quelle.example/liste"
)


@pytest.fixture(autouse=True)
def context(app):
    return app


def rows(text, encoding="utf-8"):
    data = text if isinstance(text, bytes) else text.encode(encoding)
    return read_file(data).rows


def said(cell, column="Name"):
    """What is wrong with a row that has this cell."""
    head, line = {"Name": "Name", "Art": "Kammer"}, {"Name": "Musterwerk", "Art": "Kammer"}
    head |= {column: column}
    line |= {column: cell}
    quoted = ['"' + line[name].replace('"', '""') + '"' for name in head]
    (row,) = rows(f"{';'.join(head)}\n{';'.join(quoted)}\n")
    return [problem.text for problem in row.problems]


def value(cell, column, name):
    (row,) = rows(f'Name;Art;{column}\nMusterwerk;Kammer;"{cell}"\n')
    assert row.problems == []
    return row.values[name]


def test_row_is_read_into_what_the_portal_keeps():
    (row,) = rows(f"{HEAD}\n{FULL}\n")

    assert (row.number, row.problems) == (2, [])
    assert row.values == {
        "name": "Größenwerk GmbH",
        "kind": "company",
        "website": "https://www.groessenwerk.example",
        "street": "Hafenweg 3",
        "postal_code": "44147",
        "city": "Dortmund",
        "district": district("eving").id,
        "register_court": "Amtsgericht Dortmund",
        "register_number": "HRB 12345",
        "standing": "partner",
        "since": "2018-04-30",
        "precision": "day",
        "themes": [theme("energie").id, theme("sicherheit").id],
        "summary": "Baut Größeres.",
        "source": "https://quelle.example/liste",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_every_dialect_of_a_spreadsheet_says_the_same(encoding, delimiter):
    text = f'Name{delimiter}Art{delimiter}Ort\r\n"Größe, Maß; Ziel"{delimiter}Kammer{delimiter}Köln'

    (row,) = rows(text, encoding)

    assert (row.values["name"], row.values["city"]) == ("Größe, Maß; Ziel", "Köln")


def test_excel_may_name_its_delimiter():
    (row,) = rows("sep=,\r\nName,Art\r\nMusterwerk,Kammer\r\n")

    assert (row.number, row.values["name"]) == (3, "Musterwerk")


def test_cell_may_hold_line_breaks_and_quotes():
    (row,) = rows('Name;Art;Kurztext\nMusterwerk;Kammer;"Erste Zeile\r\nund ""zweite"""\n')

    assert row.values["summary"] == 'Erste Zeile und "zweite"'


def test_columns_stand_in_any_order_under_their_usual_names():
    read = read_file(
        b"Postleitzahl ; ART ;Telefon;Name der Organisation*\n44135;verband;0231;Musterwerk"
    )

    assert read.ignored == ["Telefon"]
    assert [read.rows[0].values[name] for name in ("name", "kind", "postal_code")] == [
        "Musterwerk",
        "association",
        "44135",
    ]


def test_numbers_of_rows_are_those_of_the_spreadsheet():
    assert [row.number for row in rows("Name;Art\nA;Kammer\n;\n\nB;Kammer")] == [2, 5]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (b" \r\n\r\n", Reason.EMPTY),
        (b"Name;Art\n", Reason.EMPTY),
        (b"Name;Art\n" + b"x;y\n" * 600_000, Reason.TOO_LARGE),
        (b"Name;Art\n" + b"x;y\n" * 5_001, Reason.TOO_MANY_ROWS),
        (b"Name;Art\n" + b"x;y\n" * 50_000, Reason.TOO_MANY_ROWS),
        (b"PK\x03\x04 and more", Reason.WORKBOOK),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Reason.WORKBOOK),
        (b"Name;Art\nA\x00B;Kammer", Reason.NO_TEXT),
        ("Name;Art\nA;Kammer".encode("utf-16-le"), Reason.NO_TEXT),
        (b"Name;Art\n\x81\x8d;Kammer", Reason.NO_TEXT),
        (b"\xef\xbb\xbfName;Art\n\xff;Kammer", Reason.NO_TEXT),
        (b"\xff\xfeN", Reason.NO_TEXT),
        (b'Name;Art\n"Musterwerk;Kammer\n', Reason.BROKEN),
        (b"Name;Art\n" + b"x" * 20_000 + b";Kammer", Reason.BROKEN),
    ],
)
def test_file_that_is_no_table_is_refused_in_words(data, reason):
    with pytest.raises(TableRefused) as refused:
        read_file(data)

    assert refused.value.reason is reason
    assert str(refused.value.message) == str(MESSAGES[reason])


def test_five_thousand_rows_are_read():
    lines = "".join(f"Musterwerk {number};Unternehmen\n" for number in range(5_000))

    assert len(rows(f"Name;Art\n{lines}")) == 5_000


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("Name;Ort", "In der Kopfzeile fehlt: Art."),
        ("Art;Ort", "In der Kopfzeile fehlt: Name."),
        ("Spalte A;Spalte B", "In der Kopfzeile fehlt: Name, Art."),
        ("Name;Art;Organisation", "mehr als einmal in der Kopfzeile: Name"),
    ],
)
def test_head_has_to_name_each_required_column_once(head, words):
    with pytest.raises(FileRefused) as refused:
        read_file(f"{head}\na;b;c\n".encode())

    assert words in str(refused.value.message)


@pytest.mark.parametrize(
    ("cell", "column", "words"),
    [
        ("", "Name", "Name: Diese Angabe fehlt."),
        ("\u200b\u2800", "Name", "Name: Die Zelle enthält ein unsichtbares Steuerzeichen."),
        ("", "Art", "Art: Diese Angabe fehlt."),
        ("Firma", "Art", "Art: „Firma“ kennt das Portal nicht. Erlaubt sind Unternehmen, Wissen"),
        ("x" * 201, "Name", "Name: Kürzen Sie den Text auf höchstens 200 Zeichen."),
        ("Muster\u202ewerk", "Name", "Name: Die Zelle enthält ein unsichtbares Steuerzeichen."),
        ("Muster\x07werk", "Name", "Name: Die Zelle enthält ein unsichtbares Steuerzeichen."),
        ("kein Netz", "Webadresse", "Webadresse: „kein Netz“ ist keine Webadresse."),
        ("javascript:alert(1)", "Webadresse", "ist keine Webadresse."),
        ("4!", "PLZ", "PLZ: „4!“ ist keine Postleitzahl."),
        ("Atlantis", "Stadtbezirk", "Stadtbezirk: „Atlantis“ ist kein Stadtbezirk. Erlaubt sind"),
        ("12345", "Registernummer", "Registernummer: „12345“ ist keine Registernummer."),
        ("HRB 1", "Registernummer", "Registergericht: Gericht und Nummer gehören zusammen."),
        ("Dortmund", "Registergericht", "Registernummer: Gericht und Nummer gehören zusammen."),
        ("Freund", "Status", "Erlaubt sind Gründungspartner, Partner, Unterstützer."),
        ("31.02.2018", "Partner seit", "Partner seit: „31.02.2018“ ist kein Tag."),
        ("8.12.2016", "Partner seit", "„8.12.2016“ liegt vor der Gründung am 9. Dezember 2016."),
        ("2015", "Partner seit", "liegt vor der Gründung"),
        ("1.1.9999", "Partner seit", "„1.1.9999“ liegt in der Zukunft."),
        ("Energie; Kochen", "Themen", "Themen: „Kochen“ ist kein Thema. Erlaubt sind Energie"),
        ("ein Buch", "Quelle", "Quelle: „ein Buch“ ist keine Webadresse."),
    ],
)
def test_cell_that_does_not_fit_is_named_with_what_would(cell, column, words):
    found = said(cell, column)

    assert len(found) == 1
    assert words in found[0]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "＝"])  # noqa: RUF001
@pytest.mark.parametrize("column", ["Name", "Kurztext", "Ort"])
def test_cell_that_starts_a_formula_is_refused(start, column):
    found = said(f"{start}HYPERLINK(1)", column)

    assert len(found) == 1
    assert "beginnt wie eine Formel" in found[0]


@pytest.mark.parametrize(
    ("typed", "since", "precision"),
    [
        ("30.04.2018", "2018-04-30", "day"),
        ("30.4.18", "2018-04-30", "day"),
        ("2018-04-30", "2018-04-30", "day"),
        ("04.2018", "2018-04-01", "month"),
        ("2018-04", "2018-04-01", "month"),
        ("2018", "2018-01-01", "year"),
        ("2016", "2016-12-09", "year"),
        ("12.2016", "2016-12-09", "month"),
        ("", None, "unknown"),
    ],
)
def test_day_is_kept_as_precisely_as_it_is_known(typed, since, precision):
    assert value(typed, "Partner seit", "since") == since
    assert value(typed, "Partner seit", "precision") == precision


def test_today_is_not_in_the_future_and_tomorrow_is():
    assert value(today().isoformat(), "Partner seit", "since") == today().isoformat()
    assert "liegt in der Zukunft" in said((today() + timedelta(1)).isoformat(), "Partner seit")[0]


@pytest.mark.parametrize("typed", ["", "9.12.2016", "12.2016", "2016"])
def test_founders_joined_on_the_day_of_the_foundation(typed):
    (row,) = rows(f"Name;Art;Status;Seit\nMusterwerk;Kammer;gründungspartner;{typed}\n")

    assert row.problems == []
    assert (row.values["since"], row.values["precision"]) == ("2016-12-09", "day")


def test_founder_of_another_day_is_none():
    (row,) = rows("Name;Art;Status;Seit\nMusterwerk;Kammer;Gründungspartner;2018\n")

    assert [problem.complaint for problem in row.problems] == ["no_founder"]


@pytest.mark.parametrize(
    "second",
    ["Musterwerk;Kammer;;", "MUSTERWERK ;Kammer;;", "Anders;Kammer;Amtsgericht Dortmund;HRB 7"],
)
def test_second_row_of_one_organisation_is_wrong_and_names_the_first(second):
    first, other = rows(
        "Name;Art;Registergericht;Registernummer\n"
        f"Musterwerk;Kammer;Amtsgericht Dortmund;HRB 7\n{second}\n"
    )

    assert first.problems == []
    assert [problem.text for problem in other.problems] == [
        "Name: Diese Organisation steht schon in Zeile 2."
    ]


def test_same_number_at_another_court_is_another_organisation():
    both = rows("Name;Art;Registergericht;Registernummer\nA;Kammer;Köln;VR 7\nB;Kammer;Bonn;VR 7\n")

    assert [row.problems for row in both] == [[], []]


def test_row_with_more_cells_than_the_head_is_wrong():
    (row,) = rows("Name;Art\nMusterwerk;Kammer;zu viel\n")

    assert [problem.text for problem in row.problems] == [
        "Diese Zeile hat mehr Zellen als die Kopfzeile."
    ]


def test_every_problem_of_a_row_is_named():
    (row,) = rows("Name;Art;PLZ;Themen\n;Firma;!;Kochen\n")

    assert [problem.column for problem in row.problems] == ["name", "kind", "postal_code", "themes"]


def test_whom_the_portal_knows_by_name_or_register_is_left_out(windwerk):
    windwerk.register_court, windwerk.register_number = "Amtsgericht Dortmund", "VR 12"

    found = outcomes(
        read_file(
            b"Name;Art;Registergericht;Registernummer\n"
            b"windwerk EG;Unternehmen;;\n"
            b"Anders;Verband;amtsgericht dortmund;vr12\n"
            b"Neuwerk;Verband;;\n"
        )
    )

    assert [(row["outcome"], row.get("by"), row.get("slug")) for row in found] == [
        ("known", "name", "windwerk"),
        ("known", "register", "windwerk"),
        ("new", None, None),
    ]
