"""The words that partners choose their competences from."""

from typing import Any

from flask_babel import lazy_gettext as _l

from portal.core.forms import Form, choice, line, options
from portal.partners.services import Wording
from portal.topics.models import Competence
from portal.topics.queries import competence_choices, competences

FIRST = (0, _l("ganz am Anfang"))


class CompetenceForm(Form):
    name = line(_l("Name"), most=120, missing=_l("Geben Sie den Namen der Kompetenz ein."))
    explanation = line(
        _l("Kurz erklärt"), most=300, hint=_l("Ein Satz: Was gehört dazu? Er steht in der Karte.")
    )
    after_id = choice(_l("Steht in der Liste nach"), coerce=int)

    def __init__(self, *args: Any, but: int = 0, **kwargs: Any) -> None:
        """`but` is the competence itself: it never stands behind itself."""
        super().__init__(*args, **kwargs)
        others = [(one.id, one.name) for one in competences() if one.id != but]
        self.after_id.choices = options([FIRST, *others])

    def wording(self) -> Wording:
        return Wording(
            name=self.name.data,
            explanation=self.explanation.data,
            after_id=self.after_id.data or 0,
        )


class MergeForm(Form):
    into_id = choice(
        _l("Geht auf in"), coerce=int, missing=_l("Wählen Sie, worin die Kompetenz aufgeht.")
    )

    def __init__(self, *args: Any, but: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [pair for pair in competence_choices() if pair[0] != but]
        self.into_id.choices = options([("", _l("Bitte wählen")), *others])


def worded(competence: Competence) -> dict[str, Any]:
    """What the form shows of a competence."""
    before = [one.id for one in competences()]
    place = before.index(competence.id) if competence.id in before else 0
    return {
        "name": competence.name,
        "explanation": competence.explanation,
        "after_id": before[place - 1] if place else 0,
    }


def last_place() -> int:
    """The id of the last competence, 0 where there is none."""
    return next((one.id for one in reversed(competences())), 0)
