"""What an organisation can do, how well, and what shows it."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.core.forms import Form, WebAddress, choice, line, options
from portal.partners.models import CompetenceClaim, CompetenceLevel, EvidenceKind
from portal.partners.services import Said
from portal.topics.queries import competence_choices, theme_choices

Projects = Sequence[tuple[str, str]]
ADDRESS = 300
CHOOSE = ("", _l("Bitte wählen"))
OTHER_EVIDENCE = ("evidence_kind", "evidence_title", "evidence_url")
NO_PROJECT = ("", _l("Kein Projekt aus dem Portal"))


class EvidenceForm(Form):
    """A project of the portal is evidence enough; anything else needs kind, title and address."""

    level = choice(
        _l("Stufe"),
        [(level, level.label) for level in CompetenceLevel],
        missing=_l("Wählen Sie, wie gut Sie das können."),
        radio=True,
    )
    evidence_key = choice(
        _l("Nachweis: eines Ihrer Projekte im Portal"),
        hint=_l("Öffentliche Projekte, an denen Sie mitwirken. Sonst füllen Sie die drei Felder."),
    )
    evidence_kind = choice(
        _l("Art des Nachweises"), [(kind, kind.label) for kind in EvidenceKind], radio=True
    )
    evidence_title = line(_l("Titel des Nachweises"), most=200)
    evidence_url = line(
        _l("Webadresse des Nachweises"),
        most=ADDRESS,
        checks=(WebAddress(most=ADDRESS),),
        inputmode="url",
    )

    def __init__(self, *args: Any, projects: Projects = (), **kwargs: Any) -> None:
        """`projects` are the public ones to choose from: (key, title)."""
        super().__init__(*args, **kwargs)
        self.has_projects = bool(projects)
        for name in () if projects else OTHER_EVIDENCE:
            self[name].flags.required = True
        self.evidence_key.choices = options([NO_PROJECT, *projects])
        for name, labels in (("level", CompetenceLevel), ("evidence_kind", EvidenceKind)):
            self[name].choices = options([(value, value.label) for value in labels])

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        fine = bool(super().validate(*args, **kwargs))
        if self.evidence_key.data:
            return fine
        missing = {
            "evidence_kind": _("Wählen Sie die Art des Nachweises."),
            "evidence_title": _("Geben Sie den Titel des Nachweises ein."),
            "evidence_url": _("Geben Sie die Adresse ein, unter der der Nachweis zu finden ist."),
        }
        for name, message in missing.items():
            if not self[name].data and not self[name].errors:
                self[name].errors = [message]
                fine = False
        return fine

    def said(self) -> Said:
        key = self.evidence_key.data or ""
        if key:
            return Said(
                level=CompetenceLevel(self.level.data),
                evidence_kind=EvidenceKind.PROJECT,
                evidence_key=key,
            )
        return Said(
            level=CompetenceLevel(self.level.data),
            evidence_kind=EvidenceKind(self.evidence_kind.data),
            evidence_title=self.evidence_title.data,
            evidence_url=self.evidence_url.data,
        )


class ClaimForm(EvidenceForm):
    competence_id = choice(_l("Kompetenz"), coerce=int, missing=_l("Wählen Sie eine Kompetenz."))
    theme_id = choice(_l("Thema"), coerce=int, missing=_l("Wählen Sie ein Thema."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.competence_id.choices = options([CHOOSE, *competence_choices()])
        self.theme_id.choices = options([CHOOSE, *theme_choices()])


def said_in(claim: CompetenceClaim) -> dict[str, Any]:
    """What the form shows of a claim."""
    names = ("level", "evidence_key", "evidence_kind", "evidence_title", "evidence_url")
    return {name: getattr(claim, name) for name in names}
