"""What people type about their account."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, PasswordField, ValidationError
from wtforms.validators import InputRequired, Length

from portal.accounts import passwords
from portal.core.forms import Form, choice, line, mail, options
from portal.core.languages import language_name, offered


class GoodPassword:
    """At least 12 characters and none of the common ones; no rules of composition."""

    def __call__(self, form: Any, field: Field) -> None:
        if passwords.is_common(field.data):
            raise ValidationError(
                _l("Dieses Passwort steht auf der Liste der häufigsten. Wählen Sie ein anderes.")
            )


def new_password(label: Any) -> Any:
    short = _l("Nehmen Sie mindestens %(least)s Zeichen.", least=passwords.LEAST)
    return PasswordField(
        label,
        description=_l(
            "Mindestens %(least)s Zeichen. Ein Satz, den Sie sich merken, ist gut.",
            least=passwords.LEAST,
        ),
        validators=[
            InputRequired(_l("Geben Sie ein Passwort ein.")),
            Length(min=passwords.LEAST, max=passwords.MOST, message=short),
            GoodPassword(),
        ],
        render_kw={"autocomplete": "new-password"},
    )


def password(label: Any) -> Any:
    return PasswordField(
        label,
        validators=[
            InputRequired(_l("Geben Sie Ihr Passwort ein.")),
            Length(max=passwords.MOST, message=_l("Das Passwort ist zu lang.")),
        ],
        render_kw={"autocomplete": "current-password"},
    )


class SignInForm(Form):
    email = mail(_l("E-Mail-Adresse"), autocomplete="username")
    password = password(_l("Passwort"))


class ForgotForm(Form):
    email = mail(_l("E-Mail-Adresse"))


class NewPasswordForm(Form):
    password = new_password(_l("Neues Passwort"))


class ChangePasswordForm(Form):
    current = password(_l("Bisheriges Passwort"))
    password = new_password(_l("Neues Passwort"))


class AccountForm(Form):
    first_name = line(
        _l("Vorname"), most=80, missing=_l("Geben Sie den Vornamen ein."), autocomplete="given-name"
    )
    last_name = line(
        _l("Nachname"),
        most=80,
        missing=_l("Geben Sie den Nachnamen ein."),
        autocomplete="family-name",
    )
    language = choice(
        _l("Sprache Ihrer E-Mails"),
        missing=_l("Wählen Sie eine Sprache."),
        hint=_l("Die Sprache der Seiten stellen Sie oben um."),
        radio=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = options((code, language_name(code)) for code in offered())
