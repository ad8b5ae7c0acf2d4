"""The base of all forms: a form is the only reader of request data."""

from typing import Any

from flask_wtf import CSRFProtect, FlaskForm

csrf = CSRFProtect()


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """`values()` feeds a service's named arguments."""

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.data.items() if name != "csrf_token"}


def complain(field: Any, message: Any) -> None:
    """Puts a message at a field after its own checks."""
    field.errors = [*field.errors, message]
