"""The form of a date, for a new one and for one that is there."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from portal.core.forms import WebAddress, choice, line, options, paragraphs
from portal.events import agenda
from portal.events.agenda import BadAgenda, Problem
from portal.events.content import Content, lines_of
from portal.events.forms import when
from portal.events.models import (
    AUDIENCE_LABELS,
    EVENT_KIND_LABELS,
    Audience,
    Event,
    EventKind,
    Precision,
)
from portal.teams.models import Team

TEXT_LENGTH = 20_000
ARRIVAL_LENGTH = 3_000
MOST_PROBLEMS = 5  # lines of the programme that are named at once
MARKDOWN = _l("Absätze, Listen mit „- “, **fett** und [Link](https://…) sind möglich.")
PROBLEMS = {
    Problem.NO_SUCH_CLOCK: _l("Diese Uhrzeit gibt es nicht. Schreiben Sie sie wie 13:00."),
    Problem.RANGE: _l("Schreiben Sie nur den Beginn, ohne das Ende."),
    Problem.NO_TITLE: _l("Hinter der Uhrzeit fehlt, was dann geschieht."),
    Problem.LONG_TITLE: _l(
        "Kürzen Sie den Programmpunkt auf höchstens %(most)s Zeichen.", most=agenda.TITLE_LENGTH
    ),
    Problem.LONG_NOTE: _l(
        "Kürzen Sie den Teil hinter dem Strich auf höchstens %(most)s Zeichen.",
        most=agenda.NOTE_LENGTH,
    ),
    Problem.NO_ITEM: _l("Darüber fehlt der Programmpunkt, zu dem diese Zeile gehört."),
    Problem.NO_SPEAKER: _l("Hinter dem Strich fehlt, wer spricht."),
    Problem.LONG_SPEAKER: _l(
        "Kürzen Sie Namen und Funktion auf höchstens %(most)s Zeichen.", most=agenda.SPEAKER_LENGTH
    ),
    Problem.TOO_MANY_SPEAKERS: _l(
        "Mehr als %(most)s Vortragende fasst ein Programmpunkt nicht.", most=agenda.MOST_SPEAKERS
    ),
    Problem.NO_PLACE: _l("Hinter dem @ fehlt der Ort."),
    Problem.LONG_PLACE: _l(
        "Kürzen Sie den Ort auf höchstens %(most)s Zeichen.", most=agenda.PLACE_LENGTH
    ),
    Problem.TWO_PLACES: _l("Ein Programmpunkt hat nur einen Ort."),
    Problem.TOO_MANY_LINES: _l(
        "Mehr als %(most)s Punkte fasst das Programm nicht.", most=agenda.MOST_LINES
    ),
}
WORDS = (
    "title", "venue", "room", "address", "arrival", "organiser", "audience_note", "summary", "text",
)  # fmt: skip
FIRST = ("title", "kind", "summary")  # before the fields of WhenForm
AFTERWARDS = ("documentation", "attendance_note", "source_url")


class EventForm(when.WhenForm):
    """`teams` are those that a date can be for; `like` is one to begin with, and where there is
    none, `kind` is known at least."""

    title = line(_l("Titel"), most=160, missing=_l("Geben Sie dem Termin einen Titel."))
    kind = choice(
        _l("Art"),
        [("", _l("Bitte wählen")), *EVENT_KIND_LABELS.items()],
        missing=_l("Wählen Sie die Art des Termins."),
    )
    summary = paragraphs(
        _l("Worum es geht"),
        most=300,
        rows=3,
        hint=_l("Ein bis zwei Sätze. Sie stehen unter dem Titel und im Kalender."),
    )
    venue = line(_l("Ort"), most=160, hint=_l("Zum Beispiel: Rathaus Dortmund"))
    room = line(_l("Raum"), most=120)
    address = line(_l("Anschrift"), most=200, hint=_l("Straße, Hausnummer, Postleitzahl, Stadt"))
    arrival = paragraphs(
        _l("Anreise und Zugang"),
        most=ARRIVAL_LENGTH,
        rows=5,
        hint=_l(
            "Was man braucht, um zu kommen: Bahn und Parken, Eingang, Barrierefreiheit, was"
            " mitzubringen ist. Absätze, Listen und Links sind möglich."
        ),
    )
    organiser = line(_l("Veranstaltet von"), most=200)
    audience = choice(
        _l("Für wen?"),
        list(AUDIENCE_LABELS.items()),
        radio=True,
        missing=_l("Wählen Sie, für wen der Termin ist."),
        hint=_l("Termine für Mitglieder eines Expertenteams sehen nur diese und das Projektbüro."),
    )
    team = choice(
        _l("Expertenteam"), hint=_l("Auch möglich, wenn ein Team zu einem offenen Termin einlädt.")
    )
    audience_note = line(
        _l("Zielgruppe in eigenen Worten"),
        most=200,
        hint=_l("Zum Beispiel: Kommunen, Unternehmen und Wissenschaft der Region"),
    )
    text = paragraphs(_l("Text"), most=TEXT_LENGTH, rows=10, hint=MARKDOWN)
    agenda = paragraphs(
        _l("Programm"),
        most=TEXT_LENGTH,
        rows=12,
        hint=_l(
            "Ein Punkt je Zeile, zum Beispiel: „13:00 Eröffnung | mit Musik“. Darunter je eine"
            " Zeile mit „- Name, Funktion“ für alle, die sprechen, und „@ Raum“, wenn der Ort"
            " abweicht."
        ),
    )
    documentation = paragraphs(
        _l("Dokumentation"),
        most=TEXT_LENGTH,
        rows=8,
        hint=_l("Nach dem Termin: Ergebnisse, Protokoll, Verweise."),
    )
    attendance_note = line(
        _l("Teilnehmende"), most=200, hint=_l("Zum Beispiel: rund 150 (Stadt, 2018)")
    )
    source_url = line(
        _l("Quelle im Netz"), most=500, checks=(WebAddress(most=500),), inputmode="url"
    )

    def __init__(
        self,
        *,
        teams: Sequence[Team] = (),
        event: Event | None = None,
        like: Event | None = None,
        kind: EventKind | None = None,
    ) -> None:
        super().__init__(data=_typed(event) if event else _begun(like, kind))
        self._teams = {team.slug: team for team in teams}
        if event and event.team:  # it may be archived by now
            self._teams.setdefault(event.team.slug, event.team)
        names = [(slug, team.name) for slug, team in self._teams.items()]
        self.team.choices = options([("", _l("keines")), *names])

    def __iter__(self) -> Iterator[Any]:
        """In the order of the page, so that the summary of errors follows it, too."""
        return chain(
            (self[name] for name in FIRST), (f for f in super().__iter__() if f.name not in FIRST)
        )

    def validate_agenda(self, field: Any) -> None:
        try:
            agenda.read(field.data or "")
        except BadAgenda as bad:
            named = bad.problems[:MOST_PROBLEMS]
            raise ValidationError(" ".join(_of_line(*problem) for problem in named)) from bad

    def validate_team(self, field: Any) -> None:
        if self.audience.data == Audience.TEAM and not field.data:
            raise ValidationError(_("Wählen Sie das Expertenteam, für das der Termin ist."))

    def content(self) -> Content:
        """Of a form that was found valid."""
        if self.period is None:
            raise ValueError("asked before the form was found valid")
        return Content(
            **{name: self[name].data for name in (*WORDS, *AFTERWARDS)},
            kind=EventKind(self.kind.data),
            audience=Audience(self.audience.data),
            team=self._teams.get(self.team.data),
            period=self.period,
            agenda=agenda.read(self.agenda.data),
        )


def _of_line(number: int, problem: Problem) -> str:
    return str(_("Zeile %(number)s: %(problem)s", number=number, problem=PROBLEMS[problem]))


def _typed(event: Event) -> dict[str, Any]:
    return {
        **{name: getattr(event, name) for name in (*WORDS, *AFTERWARDS)},
        **when.typed(event),
        "kind": event.kind,
        "audience": event.audience,
        "team": event.team.slug if event.team else "",
        "agenda": agenda.written(lines_of(event)),
    }


def _begun(like: Event | None, kind: EventKind | None) -> dict[str, Any]:
    """A new date: another one's words and times of day, without its day and what came of it."""
    if like is None:
        return {"precision": Precision.TIME, "kind": kind}
    known = _typed(like)
    for name in ("start_day", "start_which", "end_day", "end_which", *AFTERWARDS):
        known.pop(name, None)
    no_clock = like.precision is Precision.DAY
    return {**known, "precision": Precision.DAY if no_clock else Precision.TIME}
