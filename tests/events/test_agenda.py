"""A programme as the office types it."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal.events import agenda
from portal.events.agenda import BadAgenda, Line, Problem


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("13:00 Eröffnung | Ratssaal", Line("13:00", "Eröffnung", "Ratssaal")),
        ("13:00 Eröffnung", Line("13:00", "Eröffnung")),
        ("9:05 Kaffee", Line("09:05", "Kaffee")),
        ("9.05 Uhr Kaffee", Line("09:05", "Kaffee")),
        ("  13:00   Viel   Raum  |  rechts ", Line("13:00", "Viel Raum", "rechts")),
        ("Ausklang", Line("", "Ausklang")),
        ("Ausklang | im Foyer | mit Musik", Line("", "Ausklang", "im Foyer | mit Musik")),
        ("13:00 Eröffnung |", Line("13:00", "Eröffnung")),
        ("10.000 Schritte", Line("", "10.000 Schritte")),
        ("3 Impulse", Line("", "3 Impulse")),
        ("00:00 Mitternacht", Line("00:00", "Mitternacht")),
        ("13:00 Uhrenvergleich", Line("13:00", "Uhrenvergleich")),
    ],
)
def test_line_is_read(typed, line):
    assert agenda.read(typed) == [line]


def test_speakers_and_place_stand_below_their_item():
    text = """13:00 Eröffnung | mit Musik
@ Ratssaal
- Thomas Muster, Oberbürgermeister
–Dr. Petra Petersen | Windwerk eG

14:00 Pause
Ausklang
• Band, „Die Netze“"""

    lines = agenda.read(text)

    assert lines == [
        Line(
            "13:00",
            "Eröffnung",
            "mit Musik",
            "Ratssaal",
            ("Thomas Muster, Oberbürgermeister", "Dr. Petra Petersen | Windwerk eG"),
        ),
        Line("14:00", "Pause"),
        Line("", "Ausklang", speakers=("Band, „Die Netze“",)),
    ]
    assert agenda.read(agenda.written(lines)) == lines


@pytest.mark.parametrize(
    ("typed", "problems"),
    [
        ("- Petra", [(1, Problem.NO_ITEM)]),
        ("@ Ratssaal\n13:00 a", [(1, Problem.NO_ITEM)]),
        ("13:00 a\n-", [(2, Problem.NO_SPEAKER)]),
        ("13:00 a\n@  ", [(2, Problem.NO_PLACE)]),
        ("13:00 a\n@ b\n@ c", [(3, Problem.TWO_PLACES)]),
        ("13:00 a\n- " + "x" * 201, [(2, Problem.LONG_SPEAKER)]),
        ("13:00 a\n@ " + "x" * 161, [(2, Problem.LONG_PLACE)]),
        ("13:00 a" + "\n- b" * 13, [(14, Problem.TOO_MANY_SPEAKERS)]),
        # what stands below a bad line is not named a second time
        ("25:00 a\n- Petra\n@ Saal\n13:00", [(1, Problem.NO_SUCH_CLOCK), (4, Problem.NO_TITLE)]),
    ],
)
def test_line_below_an_item_that_cannot_be_read_is_named(typed, problems):
    with pytest.raises(BadAgenda) as bad:
        agenda.read(typed)

    assert bad.value.problems == problems


def test_a_thousand_lines_are_refused_at_the_first_too_many():
    with pytest.raises(BadAgenda) as bad:
        agenda.read("13:00 Rede\n- Petra\n" * 500)

    assert bad.value.problems == [(161, Problem.TOO_MANY_LINES)]


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("25:00 Eröffnung", Problem.NO_SUCH_CLOCK),
        ("24:00 Ende", Problem.NO_SUCH_CLOCK),
        ("13:60 Eröffnung", Problem.NO_SUCH_CLOCK),
        ("13:5 Eröffnung", Problem.NO_SUCH_CLOCK),
        ("130:00 Eröffnung", Problem.NO_SUCH_CLOCK),
        ("13 Uhr Eröffnung", Problem.NO_SUCH_CLOCK),
        ("13:00–13:30 Eröffnung", Problem.RANGE),
        ("13:00 - 13:30 Eröffnung", Problem.RANGE),
        ("13:00 bis 14 Uhr Eröffnung", Problem.RANGE),
        ("13:00", Problem.NO_TITLE),
        ("13:00 | Ratssaal", Problem.NO_TITLE),
        ("| Ratssaal", Problem.NO_TITLE),
        ("13:00 " + "x" * 201, Problem.LONG_TITLE),
        ("13:00 x | " + "x" * 301, Problem.LONG_NOTE),
    ],
)
def test_line_that_cannot_be_read_is_named(typed, problem):
    with pytest.raises(BadAgenda) as bad:
        agenda.read(f"12:30 Ankommen\n\n{typed}")

    assert bad.value.problems == [(3, problem)]


def test_longest_texts_are_taken():
    assert agenda.read(f"13:00 {'x' * 200} | {'y' * 300}") == [Line("13:00", "x" * 200, "y" * 300)]


def test_programme_has_an_end():
    with pytest.raises(BadAgenda) as bad:
        agenda.read("\n".join(["13:00 Rede"] * 82))

    assert bad.value.problems == [(81, Problem.TOO_MANY_LINES)]


def test_all_bad_lines_are_named_at_once():
    with pytest.raises(BadAgenda) as bad:
        agenda.read("25:00 a\n13:00 b\n13:00")

    assert bad.value.problems == [(1, Problem.NO_SUCH_CLOCK), (3, Problem.NO_TITLE)]


@given(some.text(max_size=60) | some.text("a0:1|@-–•.\n \t", max_size=40))  # noqa: RUF001
def test_what_was_read_is_written_as_it_can_be_read_again(text):
    try:
        lines = agenda.read(text)
    except BadAgenda:
        return

    assert agenda.read(agenda.written(lines)) == lines
