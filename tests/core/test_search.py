"""The search: golden German queries, its harmlessness, its order, its rights, its marks."""

from datetime import UTC, datetime, timedelta

import hypothesis
import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import strategies as st

from portal.core.database import db
from portal.core.search import index
from portal.core.search.analysis import LONGEST_TERM, MOST_TERMS, fold, terms, words_of
from portal.core.search.hits import excerpt, mark
from portal.core.search.models import SearchEntry

NOON = datetime(2030, 5, 1, 12, tzinfo=UTC)

THINGS = {
    "laternen": (
        "Intelligente Straßenbeleuchtung",
        "Die Leuchten melden sich, wenn sie ausfallen.",
    ),
    "waerme": ("Wärmenetz Hörde", "Nahwärme aus Abwasser für 400 Häuser."),
    "dach": ("Gründach-Kataster", "Welches Dach trägt Bäume? Ein Stadtplan zeigt es."),
    "ki": ("KI-Labor im Quartier", "Lernende Systeme für die Verwaltung, über 5G verbunden."),
    "kita": (
        "Kinderbetreuung finden",
        "Freie Plätze in Kitas auf einen Blick, mit E-Mail-Hinweis.",
    ),
    "garten": ("Offener Garten", "Bürger*innen pflegen beide Beete am Westpark."),
    "ideen": ("Ideenwettbewerb", "Jede Idee zählt: Mobilität, Öl sparen, Klimaschutz."),
    "verkehr": ("Verkehrswende", "Busse und Bahnen, das Fahrrad, weniger Parksuchverkehr."),
    "allianz": (
        "Klima-Allianz Łódź",
        "Partnerstädte; 2030 soll Müll vermieden sein. 100 % Ökostrom",
    ),
    "foerder": (
        "Förderprojekt Smart City",
        "Was gefördert wird und welche Projekte Mittel erhalten.",
    ),
    "decomposed": ("Cafe\u0301 der Ko\u0308nige", "Ein Treff\u00adpunkt."),
}

GOLDEN = {
    "Straßenbeleuchtung": {"laternen"},
    "Strassenbeleuchtung": {"laternen"},
    "STRASSENBELEUCHTUNG": {"laternen"},
    "strassen": {"laternen"},
    "beleuchtung": {"laternen"},
    "Beleuchtungen": {"laternen"},
    "Wärmenetz": {"waerme"},
    "waerme": {"waerme"},
    "Wärme": {"waerme"},
    "Warme": {"waerme"},
    "warmenetz": {"waerme"},
    "Netze": {"waerme"},
    "wa\u0308rme": {"waerme"},
    "Haus": {"waerme"},
    "Haeuser": {"waerme"},
    "Dächer": {"dach"},
    "Dach": {"dach"},
    "Gründächer": {"dach"},
    "Baum": {"dach"},
    "Pläne": {"dach"},
    "KI": {"ki"},
    "ki-labor": {"ki"},
    "5G": {"ki"},
    "Quartiere": {"ki"},
    "Systems": {"ki"},
    "Email": {"kita"},
    "E-Mail": {"kita"},
    "Platz": {"kita"},
    "Gärten": {"garten"},
    "Bürgerinnen": {"garten"},
    "Bürger:innen": {"garten"},
    "buergerinnen und buerger": {"garten"},
    "Ideen": {"ideen"},
    "Öl": {"ideen"},
    "Verkehrswende": {"verkehr"},
    "fahrräder": {"verkehr"},
    "Klimaallianz": {"allianz"},
    "Lodz": {"allianz"},
    "100%": {"allianz"},
    "Städte": {"allianz"},
    "Projekt": {"foerder"},
    "Projekte": {"foerder"},
    "Projekten in der Smart City": {"foerder"},
    "Förderung": {"foerder"},
    "café": {"decomposed"},
    "CAFE": {"decomposed"},
    "könig": {"decomposed"},
    "Treffpunkt": {"decomposed"},
    "Klima": {"allianz", "ideen"},
    "Wärme Hörde": {"waerme"},
    "Wärme Quartier": set(),
    "und": {"verkehr", "foerder"},  # a stop word alone is asked for as a whole word
    "": set(THINGS),
    " \t ": set(THINGS),
    "%": set(),
    "_": set(),
    '"': set(),
    "* - ( )": set(),
    "😀": set(),
    "\0": set(),
    "\u200b\u202e": set(),
    '"Wärmenetz"': {"waerme"},
    "Wärme OR KI": set(),
    "NOT Wärme": set(),
    "W_rmenetz": set(),
    "W%netz": set(),
    "NEAR(Wärme, 3)": set(),
    "folded_body:waerme": set(),
    "' OR 1=1 --": set(),
    "Wär\0menetz": {"waerme"},
    "😀 Wärmenetz 😀": {"waerme"},
    "wärmenetz " * 1000: {"waerme"},
    "x" * 10_000: set(),
    "ß" * 10_000: set(),
    "\\": set(),
    "Ελλάδα": set(),
}


@pytest.fixture
def things(app: Flask) -> dict[int, str]:
    names = dict(enumerate(THINGS, start=1))
    for number, name in names.items():
        put(number, *THINGS[name], slug=name)
    db.session.commit()
    return names


def put(
    number: int,
    title: str = "Titel",
    body: str = "",
    *,
    kind: str = "project",
    slug: str = "slug",
    is_public: bool = True,
    organisation_id: int | None = None,
    at: datetime = NOON,
) -> None:
    index.put(
        kind,
        number,
        slug=slug,
        title=title,
        summary="",
        body=body,
        is_public=is_public,
        organisation_id=organisation_id,
        at=at,
    )


def found(query: str, kind: str | None = None, **rights: object) -> list[int]:
    visible = index.visible_to(**rights) if rights else None  # type: ignore[arg-type]
    hits = index.matching(query, kind, visible=visible).order_by(*index.ranked(query))
    return [entry.object_id for entry in db.session.scalars(hits)]


@pytest.mark.parametrize("query", GOLDEN, ids=lambda query: ascii(query[:30]))
def test_golden_german_queries(things: dict[int, str], query: str) -> None:
    assert {things[number] for number in found(query)} == GOLDEN[query]


def test_nothing_is_found_that_was_taken_out_or_rewritten(app: Flask) -> None:
    put(1, "Solarpark")
    put(2, "Solardach")
    db.session.commit()

    put(1, "Windpark")
    index.remove("project", 2)
    index.remove("project", 99)
    db.session.commit()

    assert (found("Solar"), found("Windpark")) == ([], [1])
    assert db.session.scalar(sa.select(sa.func.count()).select_from(SearchEntry)) == 1


def test_what_was_put_is_found_in_the_same_transaction_and_gone_with_it(app: Flask) -> None:
    put(1, "Solarpark")
    assert found("solarpark") == [1]

    db.session.rollback()
    assert found("solarpark") == []


def test_title_comes_before_body_then_the_newest(app: Flask) -> None:
    put(1, "Alt", "Solar", at=NOON - timedelta(days=3))
    put(2, "Solar alt", at=NOON - timedelta(days=2))
    put(3, "Solar neu", at=NOON - timedelta(days=1))
    put(4, "Neu", "Solar", at=NOON)

    assert found("solar") == [3, 2, 4, 1]


def test_all_words_in_the_title_are_needed_to_come_first(app: Flask) -> None:
    put(1, "Solar", "Park", at=NOON)
    put(2, "Solar im Park", at=NOON - timedelta(days=1))

    assert found("Park Solar") == [2, 1]


def test_drafts_are_found_by_their_members_and_the_office_only(app: Flask) -> None:
    put(1, "Solar öffentlich")
    put(2, "Solar Entwurf", is_public=False, organisation_id=7)
    put(3, "Solar ohne Eigentum", is_public=False)

    assert set(found("solar")) == {1}
    assert set(found("solar", organisation_ids=set())) == {1}
    assert set(found("solar", organisation_ids={8})) == {1}
    assert set(found("solar", organisation_ids={7, 8})) == {1, 2}
    assert set(found("solar", is_office=True)) == {1, 2, 3}


def test_kinds_are_told_apart_and_counted(app: Flask) -> None:
    put(1, "Solar", kind="project")
    put(1, "Solar", kind="news")
    put(2, "Solar", kind="news")
    put(3, "Solar", kind="news", is_public=False)
    put(4, "Wind", kind="event")

    assert found("solar", "news") == [2, 1]
    office = index.visible_to(is_office=True)

    assert counted("solar") == {"news": 2, "project": 1}
    assert counted("solar", visible=office) == {"news": 3, "project": 1}
    assert counted("%%") == {}


def counted(query: str, **more: object) -> dict[str, int]:
    return index.search(query, None, start=0, number=1, **more).counts  # type: ignore[arg-type]


def test_ids_serve_as_a_subquery(app: Flask) -> None:
    put(3, "Solar", is_public=False)
    put(4, "Solar", kind="news")
    put(5, "Wind")
    ids = index.ids_matching("solar", "project")

    where = SearchEntry.object_id.in_(ids)
    assert db.session.scalars(sa.select(SearchEntry.object_id).where(where)).all() == [3]


def test_a_hit_costs_one_statement(things: dict[int, str], app: Flask) -> None:
    statements: list[str] = []
    sa.event.listen(db.engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    db.session.rollback()

    found("Wärme Projekte KI")

    assert len([s for s in statements if s.startswith("SELECT")]) == 1


def test_the_index_is_asked_and_not_every_row(things: dict[int, str]) -> None:
    connection = db.session.connection()
    compiled = index.matching("Wärmenetz", visible=sa.true()).compile(
        connection, compile_kwargs={"literal_binds": True}
    )
    explain = "EXPLAIN QUERY PLAN"
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # for so few rows it would
        explain = "EXPLAIN"
    plan = "\n".join(str(row) for row in connection.exec_driver_sql(f"{explain} {compiled}"))

    assert "search_fts_trgm" in plan or "search_fts VIRTUAL TABLE INDEX" in plan


ALPHABET = st.sampled_from("aeiounrstlkgäöüßÄ -*:%_'\"\\\0\u00ad😀1259KI")
QUERIES = st.one_of(
    st.text(), st.text(ALPHABET), st.sampled_from(sorted(GOLDEN)).map(lambda q: q[2:7])
)


@hypothesis.given(query=QUERIES)
@hypothesis.settings(
    deadline=None,
    max_examples=200,
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture],
)
def test_both_engines_answer_like_the_analysis_in_python(
    things: dict[int, str], query: str
) -> None:
    bodies = {number: words_of(*THINGS[name]) for number, name in things.items()}
    if terms(query):
        expected = {
            number
            for number, words in bodies.items()
            if all(any(map(term.finds, words)) for term in terms(query))
        }
    else:
        expected = set(bodies) if not query.strip() else set()

    assert set(found(query)) == expected


def test_odd_content_is_kept_and_found(app: Flask) -> None:
    put(1, "Titel\0 mit\u202e Nul \ud800", "Text\0körper \ud800 'x\" %_ \\ " + "lang" * 20_000)
    put(2, "t" * 5_000)
    db.session.commit()

    assert found("nul textkoerper") == [1]
    title = db.session.scalar(sa.select(SearchEntry.title).filter_by(object_id=1))
    assert title == "Titel mit Nul"


def test_a_query_is_cut_to_its_limits() -> None:
    many = terms(" ".join(f"wort{number}" for number in range(100)))
    [long] = terms("a" * 900)

    assert len(many) == MOST_TERMS
    assert len(long.word) == LONGEST_TERM
    assert all(len(part) >= 3 for term in terms("a 1 ß Ab abc Ideen Öle") for part in term.parts)


def test_stop_words_narrow_nothing_unless_they_are_all_there_is() -> None:
    assert [term.word for term in terms("Projekte in der Innenstadt")] == ["projekte", "innenstadt"]
    assert [term.word for term in terms("in der")] == ["in", "der"]


def test_words_are_folded() -> None:
    assert fold("  Wärme &\tStraße\0, İZMİR ﬁnal Ærø ") == "waerme strasse izmir final aero"
    assert words_of("Bürger*innen-Rat", "rat") == {
        "buerger": "Bürger",
        "innen": "innen",
        "rat": "Rat",
        "buergerinnenrat": "Bürger*innen-Rat",
        "burger": "Bürger",
        "burgerinnenrat": "Bürger*innen-Rat",
    }


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Intelligente Straßenbeleuchtung", "strassen", ["Straßen"]),
        ("Straßenbeleuchtung", "strassen beleuchtung", ["Straßenbeleuchtung"]),
        ("Projekt und Projekten", "Projekte", ["Projekt", "Projekte"]),
        ("Wärme, Waerme, Warme", "warme", ["Wärme", "Warme"]),
        ("Wa\u0308rmenetz", "wärme", ["Wa\u0308rme"]),
        ("Straßen\u00adlaterne", "Strassenlaternen", ["Straßen\u00adlaterne"]),
        ("KI in der Kita", "KI", ["KI"]),
        ("Gründach", "Dächer", ["dach"]),
        ("Bürger*innen", "bürgerinnen", ["Bürger*innen"]),
        ("E-Mail", "email", ["E-Mail"]),
        ("<b>fett</b>", "<b>", ["b", "b"]),
        ("100 % Öl", "% öl", ["Öl"]),
        ("STRAẞE İstanbul", "strasse istanbul", ["STRAẞE", "İstanbul"]),
        ("Nichts", "etwas", []),
        ("Nichts", "", []),
        ("", "etwas", []),
    ],
)
def test_hits_are_marked_through_the_folding(text: str, query: str, marked: list[str]) -> None:
    pieces = mark(text, query)

    assert [piece for piece, hit in pieces if hit] == marked
    assert "".join(piece for piece, _ in pieces) == text


def test_an_excerpt_shows_the_first_hit() -> None:
    text = "Anfang " + "wort " * 100 + "Straßenbeleuchtung " + "ende " * 100

    assert excerpt(text, "strassen", 50) == "…wort wort Straßenbeleuchtung ende ende ende…"
    assert excerpt(text, "nirgends", 20) == "Anfang wort wort…"
    assert excerpt("kurz\n und gut", "gut", 50) == "kurz und gut"
    assert len(excerpt("x" * 900, "x", 100)) <= 102
