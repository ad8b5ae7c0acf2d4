"""What the two administrators write."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.core.forms import Form, choice, complain, note_to_the_organisation, options, paragraphs
from portal.joint.cases import Act


def disclosure() -> Any:
    return paragraphs(
        _l("Wie Sie gebunden sind"),
        most=1000,
        hint=_l("Steht mit Ihrem Namen im Verlauf. Nur das Projektbüro liest es."),
        missing=_l("Sagen Sie, was Sie mit der Organisation verbindet."),
        rows=3,
    )


class OpenForm(Form):
    act = choice(_l("Ihr Vorschlag"), missing=_l("Wählen Sie, was entschieden werden soll."))
    note = note_to_the_organisation(hint=_l("Nötig, wenn etwas zu ändern ist oder abgelehnt wird."))
    disclosure = disclosure()

    def __init__(self, *args: Any, acts: Mapping[str, Act] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.acts = acts or {}
        offered = [(name, act.label) for name, act in self.acts.items()]
        self.act.choices = options([("", _l("Bitte wählen")), *offered])

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        act = self.acts.get(self.act.data or "")
        if act and act.asks and not self.note.data:
            self.note.flags.required = True
            complain(self.note, _("Schreiben Sie der Organisation, warum."))
            fine = False
        return fine


class ConfirmForm(Form):
    disclosure = disclosure()


class RefuseForm(Form):
    reason = paragraphs(
        _l("Warum nicht"),
        most=1000,
        hint=_l("Die andere Person liest es."),
        missing=_l("Schreiben Sie, warum Sie nicht bestätigen."),
        rows=3,
    )
