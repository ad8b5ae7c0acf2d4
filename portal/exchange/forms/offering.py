"""An entry as its authors write it. A draft may be incomplete: only limits and formats are checked
here, what is missing is said when it is submitted."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import Length

from portal.core.forms import Form, checks, choice, is_invisible, line, options, paragraphs, tick
from portal.exchange.models import OfferKind, OfferRevision
from portal.exchange.queries import competence_choices
from portal.exchange.queries.reading import KEY
from portal.exchange.services import Content, new_key
from portal.topics.queries import district_choices, theme_choices

NOTHING = ("", _l("Bitte wählen"))
NONE = ("", _l("keine bestimmte"))
NEEDED = ("kind", "title", "summary", "text", "theme_id")


class OfferForm(Form):
    kind = choice(_l("Art"))
    title = line(_l("Titel"), most=120)
    summary = line(
        _l("In einem Satz"),
        most=300,
        hint=_l("Steht unter dem Titel und in der Liste: Was ist es, und für wen?"),
    )
    text = paragraphs(
        _l("Beschreibung"),
        most=6000,
        hint=_l("Was bringen Sie mit, was brauchen Sie, und bis wann? Ohne Namen und Adressen."),
        rows=10,
    )
    theme_id = choice(_l("Thema"), coerce=int)
    competence_id = choice(_l("Kompetenz"), coerce=int)
    citywide = tick(_l("In der ganzen Stadt"))
    district_ids = checks(_l("Stadtbezirke"), coerce=int)

    def __init__(self, *args: Any, kept_competence: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = options([NOTHING, *((kind.value, kind.label) for kind in OfferKind)])
        self.theme_id.choices = options([NOTHING, *theme_choices()])
        self.competence_id.choices = options([NONE, *competence_choices(kept_competence)])
        self.district_ids.choices = options(district_choices())
        for name in NEEDED:
            self[name].flags.required = True  # to submit it; a draft is saved without, too

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        for name in ("title", "summary", "text"):
            field = self[name]
            if field.data and not field.errors and is_invisible(field.data):
                self.complain_of({name: _("Der Text ist unsichtbar. Tippen Sie ihn neu.")})
                fine = False
        return fine

    def content(self) -> Content:
        return Content(
            kind=OfferKind(self.kind.data) if self.kind.data else None,
            title=self.title.data or "",
            summary=self.summary.data or "",
            text=self.text.data or "",
            theme_id=self.theme_id.data or None,
            competence_id=self.competence_id.data or None,
            citywide=bool(self.citywide.data),
            district_ids=tuple(self.district_ids.data or ()),
        )

    def complain_of(self, messages: dict[str, Any]) -> None:
        """Puts messages at fields after the fact."""
        for name, message in messages.items():
            self[name].errors = [*self[name].errors, message]


class NewOfferForm(OfferForm):
    """Its key makes the second click on "save" find the entry of the first."""

    key = HiddenField(default=new_key, validators=[Length(max=16)])

    @property
    def proper_key(self) -> str:
        typed = self.key.data or ""
        return typed if len(typed) == 16 and KEY.fullmatch(typed) else new_key()


def stored_in(revision: OfferRevision) -> dict[str, Any]:
    """What the form shows of a revision."""
    return {
        "kind": revision.kind.value if revision.kind else "",
        "title": revision.title,
        "summary": revision.summary,
        "text": revision.text,
        "theme_id": revision.theme_id or "",
        "competence_id": revision.competence_id or "",
        "citywide": revision.citywide,
        "district_ids": [district.id for district in revision.districts],
    }
