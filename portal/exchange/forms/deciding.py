"""What the office writes when it gives a text back or takes an entry offline, and what its owner
says at the end."""

from flask_babel import lazy_gettext as _l

from portal.core.forms import Form, choice, note_to_the_organisation, paragraphs
from portal.exchange.models import Outcome
from portal.exchange.models.states import OUTCOME_LABELS


class ReturnForm(Form):
    note = note_to_the_organisation(missing=_l("Schreiben Sie, was geändert werden soll."))


class RemoveForm(Form):
    reason = paragraphs(
        _l("Grund"),
        most=2000,
        hint=_l("Die Organisation liest den Grund in ihrer E-Mail und im Portal."),
        missing=_l("Schreiben Sie, warum der Eintrag offline geht."),
        rows=4,
    )


class EndForm(Form):
    outcome = choice(
        _l("Was daraus geworden ist"),
        [("", _l("Bitte wählen")), *OUTCOME_LABELS.items()],
        missing=_l("Sagen Sie, was daraus geworden ist."),
    )

    @property
    def chosen(self) -> Outcome:
        return Outcome(self.outcome.data)
