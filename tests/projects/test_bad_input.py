"""What no form takes: a message at the field, 422, the text kept, nothing stored."""

import io

import pytest
from sqlalchemy import func, select

from portal.core.database import db
from portal.projects import periods
from portal.projects.models import Project
from tests.letters import history
from tests.projects.making import MINE, shown, typed

LIMITS = {
    "title": 120,
    "short_title": 60,
    "summary": 300,
    "problem": 6000,
    "goal": 6000,
    "solution": 6000,
    "benefit": 6000,
    "status_text": 6000,
    "transfer": 6000,
    "place": 200,
    "funding": 300,
    "relation": 200,
    "picture_alt": 300,
    "picture_credit": 200,
}
ONE_LINE = sorted(LIMITS.keys() - {"problem", "goal", "solution", "benefit", "status_text"})
ONE_LINE.remove("transfer")
TOO_LONG = {name: "x" * (most + 1) for name, most in LIMITS.items()}
TOO_LONG |= {"contact_email": "x" * 250 + "@x.de"}
PERIODS = ["begins", "ends", "status_as_of"]
IMPOSSIBLE_DAYS = [
    "31.02.2026", "30.02.2026", "2026-13", "13.2026", "0", "99999", "26", "1.1.26", "abc",
    "2026-02-30", "1899", "2200", "-2026", "2026-", "٢٠٢٦", "12.2019\x00", "9" * 5000,
]  # fmt: skip
MAILS = ["kein", "a@", "@b.de", "a@b", "a b@c.de", "a@b.de, c@d.de", "a@b.de\nBcc: x@y.de"]
NOT_OFFERED = ["0", "-1", "999999", "abc", "1" * 5000, "1.5", "\x00", "null"]

TABLE = (
    [(name, text, "Kürzen Sie den Text") for name, text in TOO_LONG.items()]
    + [(name, f"a{c}b", "Steuerzeichen") for name in LIMITS for c in "\x00\x07\x1b\x7f\u202e\u2066"]
    + [(name, text, "unsichtbar") for name in LIMITS for text in ("\u200b", "\u2800\u3164")]
    + [(name, "zwei\nZeilen", "in eine Zeile") for name in ONE_LINE]
    + [(name, text, "Diesen Tag gibt es nicht") for name in PERIODS for text in IMPOSSIBLE_DAYS]
    + [("status_as_of", "2199", "liegt in der Zukunft")]
    + [("contact_email", text, None) for text in MAILS]
    + [
        (name, value, "Wählen Sie einen der angebotenen")
        for name in ("theme_id", "team_id", "district_ids")
        for value in NOT_OFFERED
        if value != "0"
    ]
    + [("phase", value, "Wählen Sie einen der angebotenen") for value in NOT_OFFERED[1:]]
    + [("picture_alt", "a\nb", "in eine Zeile")]
)


def stored() -> tuple[int, list[str]]:
    db.session.rollback()
    number = db.session.scalar(select(func.count(Project.id))) or 0
    return number, [fact for fact, *_ in history()]


FIELDS = {field: [row[1:] for row in TABLE if row[0] == field] for field, *_ in TABLE}


@pytest.mark.parametrize("field", FIELDS)
def test_refused_with_a_message_and_nothing_stored(client_of, windwerk, petra, field):
    author = client_of(petra)
    for text, message in FIELDS[field]:
        answer = author.post(
            f"{MINE}/neu", data=typed(benefit="Das bleibt stehen.") | {field: text}
        )

        assert answer.status_code == 422, text
        assert f'<a href="#{field}' in answer.text, text
        assert (message or "") in answer.text, text
        assert field == "benefit" or "Das bleibt stehen.</textarea>" in answer.text, text
    assert stored() == (0, [])


@pytest.mark.parametrize("field", ["title", "goal", "place"])
def test_refused_text_is_kept_in_the_form_and_nothing_is_changed(client_of, project, petra, field):
    before = shown(project)

    answer = client_of(petra).post(
        f"{MINE}/{project.key}/bearbeiten", data=typed(**{field: "lang " * 2000}) | before
    )

    assert answer.status_code == 422
    assert "lang lang lang" in answer.text
    assert shown(project) == before


def test_end_before_the_beginning_is_refused(client_of, windwerk, petra):
    for begins, ends in (("2026", "2025"), ("12.2025", "11.2025"), ("2.1.2026", "01.01.2026")):
        answer = client_of(petra).post(f"{MINE}/neu", data=typed(begins=begins, ends=ends))
        assert answer.status_code == 422
        assert "Das Ende liegt vor dem Beginn." in answer.text
    assert stored() == (0, [])


@pytest.mark.parametrize(
    ("begins", "ends"),
    [("2026", "2026"), ("12.2025", "2025"), ("2025", "01.01.2025"), ("", "2020"), ("2030", "")],
)
def test_end_that_may_lie_after_the_beginning_is_taken(client_of, windwerk, petra, begins, ends):
    answer = client_of(petra).post(f"{MINE}/neu", data=typed(begins=begins, ends=ends))

    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("title", "Ä" * 120),
        ("title", "日本語 العربية हिन्दी 👩‍👩‍👧"),
        ("title", "'; DROP TABLE revision;--"),
        ("goal", "x" * 6000),
        ("goal", "Zeile\r\n\r\nAbsatz\tmit Tab"),
        ("place", "Kai 3"),
    ],
)
def test_what_only_looks_odd_is_taken(client_of, windwerk, petra, name, text):
    answer = client_of(petra).post(f"{MINE}/neu", data=typed(**{name: text}))

    assert answer.status_code == 303
    kept = getattr(db.session.scalars(select(Project)).one().latest, name)
    assert kept == text.replace("\r\n", "\n")


def test_form_cannot_set_what_is_not_its_own(client_of, windwerk, petra, stefan):
    foreign = stefan.id
    data = typed(
        state="published",
        slug="frei-erfunden",
        live_revision_id="1",
        organisation_id="999",
        author_id=str(foreign),
        published_at="2020-01-01",
        note="Vom Büro",
        source_url="https://x.example",
        html="<script>",
        number="7",
    )

    client_of(petra).post(f"{MINE}/neu", data=data)

    project = db.session.scalars(select(Project)).one()
    revision = project.latest
    assert (project.slug, project.live, project.organisation, project.author) == (
        None,
        None,
        windwerk,
        petra,
    )
    assert (revision.state.value, revision.note, revision.source_url, revision.number) == (
        "draft",
        "",
        "",
        1,
    )


def test_post_without_its_token_stores_nothing(client_of, project, petra, olga):
    data = typed() | shown(project) | {"note": "x"}
    for asking, address in (
        (petra, f"{MINE}/neu"),
        (petra, f"{MINE}/{project.key}/bearbeiten"),
        (petra, f"{MINE}/{project.key}/einreichen"),
        (olga, f"/projektbuero/projekte/{project.key}/veroeffentlichen"),
    ):
        answer = client_of(asking).post(address, data=data, token=False)
        assert answer.status_code == 400
    assert stored() == (1, ["ProjectDrafted"])


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("2019", "2019"),
        ("12.2019", "2019-12"),
        ("1/2020", "2020-01"),
        ("2019-12", "2019-12"),
        ("1.12.2019", "2019-12-01"),
        ("24. 12. 2019", "2019-12-24"),
        ("2019-12-24", "2019-12-24"),
        (" 2019 ", "2019"),
        ("29.02.2024", "2024-02-29"),
    ],
)
def test_days_are_kept_as_exactly_as_they_are_known(text, kept):
    assert periods.read(text) == kept
    assert periods.read(periods.typed(kept)) == kept


@pytest.mark.parametrize(
    ("kept", "words", "first", "last"),
    [
        ("2019", "2019", "2019-01-01", "2019-12-31"),
        ("2024-02", "Februar 2024", "2024-02-01", "2024-02-29"),
        ("2019-12-01", "1. Dezember 2019", "2019-12-01", "2019-12-01"),
    ],
)
def test_periods_in_words_and_in_days(app, kept, words, first, last):
    with app.test_request_context():
        assert periods.show(kept) == words
    assert periods.first_day(kept).isoformat() == first
    assert periods.last_day(kept).isoformat() == last


@pytest.mark.parametrize(
    "data",
    [
        {"picture": "kein Feld für eine Datei"},
        {"picture": (io.BytesIO(b""), "")},
        {"district_ids": ["1"] * 150},
        {"unbekannt": "x" * 1000},
    ],
)
def test_odd_forms_are_answered_and_never_break(client_of, windwerk, petra, data):
    answer = client_of(petra).post(
        f"{MINE}/neu", data={"title": "Trotzdem"} | data, content_type="multipart/form-data"
    )

    assert answer.status_code in {303, 422}


def test_too_many_fields_are_too_much(client_of, windwerk, petra):
    data = {f"feld{number}": "x" for number in range(300)}

    answer = client_of(petra).post(f"{MINE}/neu", data=data, content_type="multipart/form-data")

    assert answer.status_code == 413
    assert stored() == (0, [])
