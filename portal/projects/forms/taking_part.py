"""What authors type when they name an organisation, and what the organisation answers."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l

from portal.core.forms import Form, choice, line, options, paragraphs
from portal.projects.models import ParticipationRole

CHOOSE = ("", _l("Bitte wählen"))
ASKED_FOR = (ParticipationRole.PARTNER, ParticipationRole.CO_OWNER)
REASON = 1000


class PartForm(Form):
    """As what an organisation takes part, and what it does there."""

    role = choice(
        _l("Rolle"),
        hint=_l("Mitträger bearbeiten die Vorstellung gemeinsam mit Ihnen."),
        missing=_l("Wählen Sie eine Rolle."),
    )
    note = line(
        _l("Was die Organisation beiträgt"),
        most=300,
        hint=_l("Steht nach der Zusage auf der Projektseite, zum Beispiel „Funknetz“."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = options([CHOOSE, *((role.value, role.label) for role in ASKED_FOR)])

    def values(self) -> dict[str, Any]:
        return {"role": ParticipationRole(self.role.data), "note": self.note.data}


class PartRoleForm(Form):
    """Another role for an organisation that has said yes."""

    role = choice(_l("Neue Rolle"), missing=_l("Wählen Sie eine Rolle."))

    def __init__(
        self, *args: Any, offered: Iterable[ParticipationRole] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = options([CHOOSE, *((role.value, role.label) for role in offered)])

    def values(self) -> dict[str, Any]:
        return {"role": ParticipationRole(self.role.data)}


class NoForm(Form):
    reason = paragraphs(
        _l("Begründung"),
        most=REASON,
        hint=_l("Wer gefragt hat, liest diesen Text."),
        missing=_l("Schreiben Sie den Grund auf."),
        rows=3,
    )


class EndForm(Form):
    """The organisation ends its part; nobody has to say why."""

    reason = paragraphs(
        _l("Begründung"),
        most=REASON,
        hint=_l("Wer das Projekt vorstellt, liest diesen Text."),
        rows=3,
    )
