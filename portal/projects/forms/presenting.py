"""The presentation as its authors write it. A draft may be incomplete: only limits and formats are
checked here, what is missing is said when it is submitted."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import Length

from portal.core.forms import (
    checks,
    choice,
    complain,
    is_invisible,
    line,
    mail,
    options,
    paragraphs,
    tick,
    whole_number,
)
from portal.core.pictures.forms import PictureForm
from portal.core.times import today
from portal.projects import periods
from portal.projects.forms.fields import period
from portal.projects.models import Phase, Revision
from portal.projects.queries import Checklist, team_choices
from portal.projects.queries.reading import KEY
from portal.projects.services import Content, new_key
from portal.topics.queries import action_field_choices, district_choices, theme_choices

STORED = "stored"
NOTHING = ("", _l("Bitte wählen"))
NEEDED = ("title", "summary", "theme_id", "phase", "solution")
TEXTS = ("problem", "goal", "solution", "benefit", "status_text", "transfer")
PLAIN = (
    "title", "short_title", "summary", *TEXTS, "status_as_of", "begins", "ends", "citywide",
    "place", "funding", "funding_programme", "funding_volume", "funding_share", "relation",
    "contact_email",
)  # fmt: skip


def text(label: Any, question: Any, *, rows: int = 6) -> Any:
    return paragraphs(label, most=6000, hint=question, rows=rows)


class ProjectForm(PictureForm):
    title = line(_l("Titel"), most=120)
    short_title = line(_l("Kurztitel"), most=60, hint=_l("Für enge Stellen."))
    summary = line(
        _l("In einem Satz"),
        most=300,
        hint=_l("Steht unter dem Titel und in der Liste: Was ist es, und wem nützt es?"),
    )
    theme_id = choice(_l("Thema"), coerce=int)
    team_id = choice(_l("Expertenteam"), coerce=int)
    phase = choice(_l("Phase"))
    action_field_id = choice(
        _l("Handlungsfeld"), coerce=int, hint=_l("Wie in der Projektliste der Stadt.")
    )

    problem = text(_l("Problem"), _l("Was war vorher schwierig, und für wen? Oder nur das Ziel."))
    goal = text(_l("Ziel"), _l("Was soll besser werden? Oder nur das Problem."))
    solution = text(_l("Lösung"), _l("Was wird gemacht, und wie funktioniert es?"), rows=8)
    benefit = text(_l("Nutzen"), _l("Was haben die Menschen in Dortmund davon?"))
    status_text = text(_l("Aktueller Stand"), _l("Was ist erreicht, was kommt als Nächstes?"))
    status_as_of = period(_l("Datum des Standes"))

    begins = period(_l("Beginn"))
    ends = period(_l("Ende"))
    citywide = tick(_l("Das Projekt betrifft die ganze Stadt"))
    district_ids = checks(_l("Stadtbezirke"), coerce=int)
    place = line(_l("Ort"), most=200, hint=_l("Zum Beispiel eine Straße, ein Platz, ein Quartier."))

    funding_programme = line(_l("Förderprogramm"), most=200)
    funding_volume = whole_number(_l("Volumen in Euro"), most=2_000_000_000)
    funding_share = whole_number(_l("Anteil der Förderung in Prozent"), most=100)
    funding = line(_l("Mehr zur Förderung"), most=300)
    transfer = text(_l("Übertragbarkeit"), _l("Was können andere Kommunen übernehmen?"), rows=4)
    relation = line(_l("Bezug zur Allianz"), most=200)
    contact_email = mail(
        _l("E-Mail-Adresse für Fragen"),
        missing=None,
        hint=_l("Sie steht öffentlich. Nehmen Sie eine Adresse Ihrer Organisation wie info@…"),
        autocomplete="off",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.theme_id.choices = options([NOTHING, *theme_choices()])
        self.team_id.choices = options([NOTHING, *team_choices()])
        self.phase.choices = options([NOTHING, *((phase.value, phase.label) for phase in Phase)])
        self.action_field_id.choices = options([NOTHING, *action_field_choices()])
        self.district_ids.choices = options(district_choices())
        for name in NEEDED:
            self[name].flags.required = True  # to submit it; a draft is saved without, too

    def check_more(self) -> None:
        for field in self:
            if isinstance(field, StringField) and not field.errors:
                self._refuse_what_nobody_sees(field)
        self._check_period()

    def _refuse_what_nobody_sees(self, field: Any) -> None:
        if field.data and is_invisible(field.data):
            complain(field, _("Der Text besteht nur aus unsichtbaren Zeichen. Tippen Sie ihn neu."))

    def _check_period(self) -> None:
        begins, ends, as_of = self.begins, self.ends, self.status_as_of
        both = begins.data and ends.data and not begins.errors and not ends.errors
        if both and periods.last_day(ends.data) < periods.first_day(begins.data):
            complain(ends, _("Das Ende liegt vor dem Beginn."))
        if as_of.data and not as_of.errors and periods.first_day(as_of.data) > today():
            complain(as_of, _("Dieses Datum liegt in der Zukunft."))

    def take_stored(self, revision: Revision, choices: Mapping[str, str]) -> None:
        """Where two people wrote and the slower one chose the other's text: `nimm-title` is then
        "stored"."""
        stored = stored_in(revision)
        for field in self:
            if field.name in stored and choices.get(f"nimm-{field.name}") == STORED:
                field.data, field.raw_data = stored[field.name], None

    def content(self) -> Content:
        return Content(
            **{name: self[name].data for name in PLAIN},
            theme_id=self.theme_id.data or None,
            team_id=self.team_id.data or None,
            action_field_id=self.action_field_id.data or None,
            phase=Phase(self.phase.data) if self.phase.data else None,
            district_ids=tuple(self.district_ids.data or ()),
        )

    def show_remarks(self, checklist: Checklist) -> None:
        """What the office asks for stands at its field."""
        for point in checklist.open_points:
            if point.part in self:
                field = self[point.part]
                field.remarks = [*getattr(field, "remarks", []), point.text]

    def complain_of(self, messages: dict[str, Any]) -> None:
        """Puts messages at fields after the fact."""
        for name, message in messages.items():
            complain(self[name], message)


class NewProjectForm(ProjectForm):
    """Its key makes the second click on "save" find the project of the first."""

    key = HiddenField(default=new_key, validators=[Length(max=16)])

    @property
    def proper_key(self) -> str:
        typed = self.key.data or ""
        return typed if len(typed) == 16 and KEY.fullmatch(typed) else new_key()


def stored_in(revision: Revision) -> dict[str, Any]:
    """What the form shows of a revision."""
    picture = revision.picture
    return {name: getattr(revision, name) for name in PLAIN} | {
        "theme_id": revision.theme_id or "",
        "team_id": revision.team_id or "",
        "action_field_id": revision.action_field_id or "",
        "phase": revision.phase.value if revision.phase else "",
        "district_ids": [district.id for district in revision.districts],
        "picture_alt": picture.alt if picture else "",
        "picture_credit": picture.credit if picture else "",
    }
