"""Fields for text and files: each with a label, a limit and messages that say what to do. They
return WTForms' unbound fields, which its stubs cannot name."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, FileField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from portal.core.forms.checks import OneLine, Printable, ProperAddress, Seen, Sent, tidy

PICTURES = "image/jpeg,image/png,image/webp"
MAIL_MISSING = _l("Geben Sie Ihre E-Mail-Adresse ein.")


def _limits(most: int, missing: Any) -> list[Any]:
    too_long = _l("Kürzen Sie den Text auf höchstens %(most)s Zeichen.", most=most)
    return [
        Printable(),
        Seen(missing) if missing else Optional(),
        Length(max=most, message=too_long),
    ]


def line(
    label: Any,
    *,
    most: int,
    missing: Any = None,
    hint: Any = "",
    checks: tuple[Any, ...] = (),
    kind: Any = StringField,
    **attributes: str,
) -> Any:
    """One line of text, at most `most` characters; required when there is a message `missing`."""
    return kind(
        label,
        description=hint,
        filters=[tidy],
        validators=[*_limits(most, missing), *checks, OneLine()],
        render_kw=attributes,
    )


def mail(label: Any, *, missing: Any = MAIL_MISSING, hint: Any = "", **attributes: str) -> Any:
    """An e-mail address; `missing=None` makes it optional."""
    return line(
        label,
        most=254,
        missing=missing,
        hint=hint,
        kind=EmailField,
        checks=(ProperAddress(),),
        **{"autocomplete": "email", **attributes},
    )


def paragraphs(
    label: Any,
    *,
    most: int,
    missing: Any = None,
    hint: Any = "",
    rows: int = 6,
    checks: tuple[Any, ...] = (),
) -> Any:
    """Several lines; Markdown where the hint says so."""
    return TextAreaField(
        label,
        description=hint,
        filters=[tidy],
        validators=[*_limits(most, missing), *checks],
        render_kw={"rows": rows},
    )


def file(label: Any, *, hint: Any = "", accept: str = PICTURES, missing: Any = None) -> Any:
    """What was sent is checked by core.pictures and core.documents; how much, by the limits of the
    request."""
    checks = [Sent(missing)] if missing else []
    return FileField(label, description=hint, validators=checks, render_kw={"accept": accept})
