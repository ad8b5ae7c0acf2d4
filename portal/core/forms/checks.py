"""Checks of what was typed. Text is refused, not repaired, when it holds what nobody can see; every
message says what to do."""

import unicodedata
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.validators import StopValidation

from portal.core.text.web_addresses import normalised_address

VISIBLE_CONTROLS = "\n\t"
BLANKS = "\u2800\u3164\uffa0\u115f\u1160"  # letters that show nothing
OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # of the reading direction


def tidy(text: str | None) -> str:
    """NFC, one kind of line end, no white space around."""
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", lines).strip()


def is_invisible(text: str) -> bool:
    """Nothing of it can be seen: spaces, joiners, format characters, unassigned ones."""
    return all(unicodedata.category(c)[0] in "ZC" or c in BLANKS for c in text)


class Printable:
    """Refuses NUL, control characters and overrides of the reading direction."""

    def __call__(self, form: Any, field: Any) -> None:
        for character in field.data or "":
            if character in VISIBLE_CONTROLS:
                continue
            if unicodedata.category(character) in {"Cc", "Cs"} or character in OVERRIDES:
                raise StopValidation(
                    _l("Der Text enthält ein unsichtbares Steuerzeichen. Tippen Sie ihn neu ein.")
                )


class Seen:
    """For required text: there has to be something that can be seen."""

    field_flags = {"required": True}

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:
        if is_invisible(field.data or ""):
            raise StopValidation(self.message)


class Sent:
    """For files: one was chosen."""

    def __init__(self, missing: Any) -> None:
        self.missing = missing
        self.field_flags = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        if not getattr(field.data, "filename", ""):
            raise StopValidation(self.missing)


class OneLine:
    def __call__(self, form: Any, field: Any) -> None:
        if "\n" in (field.data or "") or "\t" in (field.data or ""):
            raise ValidationError(_l("Schreiben Sie den Text in eine Zeile."))


class ProperAddress:
    """An address that a letter can reach, as far as its spelling tells."""

    def __call__(self, form: Any, field: Any) -> None:
        try:
            validate_email(field.data, check_deliverability=False, test_environment=True)
        except EmailNotValidError as error:
            raise ValidationError(
                _l("Die E-Mail-Adresse ist nicht vollständig. Sie sieht aus wie name@beispiel.de.")
            ) from error


class WebAddress:
    """Leads to a page of the web, and carries nobody's password. Keeps its normal spelling: with
    https:// where nothing was typed, at most `most` characters long."""

    def __init__(self, *, most: int) -> None:
        self.most = most

    def __call__(self, form: Any, field: Any) -> None:
        if not field.data:
            return
        found = normalised_address(field.data)
        if found is None:
            raise ValidationError(
                _l("Das ist keine Webadresse. Sie sieht aus wie www.beispiel.de/seite.")
            )
        if len(found) > self.most:
            raise ValidationError(
                _l("Kürzen Sie den Text auf höchstens %(most)s Zeichen.", most=self.most)
            )
        field.data = found


class Offered:
    """The chosen value stands in the list; nothing chosen is fine unless there is a message for it.
    Works for one value and for several."""

    def __init__(self, missing: Any = None) -> None:
        self.missing = missing
        self.field_flags = {"required": True} if missing else {}

    def __call__(self, form: Any, field: Any) -> None:
        chosen = field.data if isinstance(field.data, list) else [field.data]
        chosen = [value for value in chosen if value not in (None, "", 0)]
        if not chosen and self.missing:
            raise StopValidation(self.missing)
        offered = {str(value) for value, *_ in field.iter_choices()}
        if any(str(value) not in offered for value in chosen):
            raise StopValidation(_l("Wählen Sie einen der angebotenen Einträge."))


class Given:
    """For days and times: what could not be read has its message already."""

    def __init__(self, missing: Any) -> None:
        self.missing = missing
        self.field_flags = {"required": True} if missing else {}

    def __call__(self, form: Any, field: Any) -> None:
        if field.data is None and self.missing and not field.errors:
            raise StopValidation(self.missing)
