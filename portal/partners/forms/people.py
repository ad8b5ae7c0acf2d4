"""Who speaks for an organisation: roles, invitations, requests."""

import re
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from portal.accounts.forms import new_password
from portal.core.forms import Form, choice, consent, line, mail, options, paragraphs
from portal.partners.models import AffiliationRole
from portal.partners.queries.people import MAIN_ROLES
from portal.partners.services.inviting import MOST

SEPARATORS = re.compile(r"[\s,;]+")
REASON = 2000
STAY, REST = "stay", "rest"
CHOOSE = ("", _l("Bitte wählen"))


class RoleForm(Form):
    """`seen` is the role that the page showed."""

    role = choice(_l("Rolle"), missing=_l("Wählen Sie eine Rolle."))
    seen = choice(_l("Bisherige Rolle"), missing=_l("Öffnen Sie die Seite noch einmal."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = options(self.choices())
        self.seen.choices = options([(role.value, role.label) for role in AffiliationRole])

    @staticmethod
    def choices() -> list[tuple[str, str]]:
        return [(role.value, role.label) for role in MAIN_ROLES]

    @property
    def chosen(self) -> AffiliationRole:
        return AffiliationRole(self.role.data)

    @property
    def seen_role(self) -> AffiliationRole | None:
        """None for who may sign and has no other role."""
        seen = AffiliationRole(self.seen.data)
        return seen if seen in MAIN_ROLES else None


class Addresses:
    """Several addresses in one field, divided by spaces, commas or lines."""

    def __call__(self, form: Any, field: Any) -> None:
        typed = addresses_in(field.data)
        if len(typed) > MOST:
            raise ValidationError(
                _l("Laden Sie höchstens %(most)s Personen auf einmal ein.", most=MOST)
            )
        if wrong := [one for one in typed if not _is_address(one)]:
            told = _(
                "Das ist keine vollständige E-Mail-Adresse: %(wrong)s", wrong=", ".join(wrong[:3])
            )
            raise ValidationError(told)


def addresses_in(text: str | None) -> list[str]:
    """Written by hand or copied from a mail program: „Petra Probe <petra@windwerk.example>“."""
    words = SEPARATORS.split((text or "").strip())
    found = [word.strip("<>()\"'") for word in words]
    if any("@" in one for one in found):
        quoted = any(word.startswith("<") for word in words)
        found = [one for one in found if "@" in one or not quoted]
    return [one for one in found if one]


def _is_address(text: str) -> bool:
    try:
        validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return len(text) <= 254


class InviteForm(Form):
    emails = paragraphs(
        _l("E-Mail-Adressen"),
        most=6000,
        hint=_l("Eine oder mehrere, durch Leerzeichen, Komma oder Zeilen getrennt."),
        missing=_l("Geben Sie mindestens eine E-Mail-Adresse ein."),
        checks=(Addresses(),),
        rows=3,
    )
    role = choice(_l("Rolle"), missing=_l("Wählen Sie eine Rolle."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = options([CHOOSE, *((one.value, one.label) for one in AffiliationRole)])

    def values(self) -> dict[str, Any]:
        return {"emails": addresses_in(self.emails.data), "role": AffiliationRole(self.role.data)}


class AcceptForm(Form):
    """For who has a password already."""


class AcceptWithPasswordForm(Form):
    """For who is new here: the account is made by accepting."""

    first_name = line(
        _l("Vorname"),
        most=80,
        missing=_l("Geben Sie Ihren Vornamen ein."),
        autocomplete="given-name",
    )
    last_name = line(
        _l("Nachname"),
        most=80,
        missing=_l("Geben Sie Ihren Nachnamen ein."),
        autocomplete="family-name",
    )
    password = new_password(_l("Passwort für Ihren Zugang"))
    consent = consent(
        _l("Ich habe die Datenschutzhinweise gelesen."),
        missing=_l("Lesen Sie die Datenschutzhinweise und bestätigen Sie es."),
    )


class DomainForm(Form):
    """The office address by which one's organisation is found."""

    email = mail(_l("Ihre dienstliche E-Mail-Adresse"))


class JoinForm(Form):
    """For who is logged in: name and address are known."""

    function = line(
        _l("Funktion"),
        most=120,
        missing=_l("Geben Sie Ihre Funktion in der Organisation ein."),
        autocomplete="organization-title",
    )
    motivation = paragraphs(
        _l("Nachricht"),
        most=1000,
        hint=_l("Woran erkennt man dort, wer Sie sind? Was haben Sie vor?"),
        rows=4,
    )


class VisitorsJoinForm(JoinForm):
    first_name = AcceptWithPasswordForm.first_name
    last_name = AcceptWithPasswordForm.last_name
    email = mail(_l("Dienstliche E-Mail-Adresse"))
    consent = AcceptWithPasswordForm.consent


class LetInForm(Form):
    """An owner's yes."""

    role = choice(_l("Rolle"), missing=_l("Wählen Sie eine Rolle."))
    reason = paragraphs(_l("Nachricht"), most=REASON, rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = options([CHOOSE, *RoleForm.choices()])

    def values(self) -> dict[str, Any]:
        return {"role": AffiliationRole(self.role.data), "reason": self.reason.data}


class GrantForm(Form):
    """The office's yes."""

    reason = paragraphs(_l("Nachricht an die Person"), most=REASON, rows=4)


class RefuseForm(Form):
    reason = paragraphs(
        _l("Begründung"),
        most=REASON,
        hint=_l("Die Person liest diesen Text in ihrer E-Mail."),
        missing=_l("Begründen Sie die Absage."),
        rows=4,
    )


class ReactivateForm(Form):
    reason = paragraphs(
        _l("Begründung"),
        most=REASON,
        hint=_l("Alle Personen der Organisation lesen diesen Text in ihrer E-Mail."),
        missing=_l("Schreiben Sie den Grund auf."),
        rows=4,
    )


class SuspendForm(ReactivateForm):
    projects = choice(
        _l("Öffentliche Projekte"),
        [(STAY, _l("bleiben sichtbar")), (REST, _l("ruhen mit, bis die Organisation aufwacht"))],
        radio=True,
        missing=_l("Wählen Sie, was mit den öffentlichen Projekten geschieht."),
    )

    def values(self) -> dict[str, Any]:
        return {"reason": self.reason.data, "projects_rest": self.projects.data == REST}
