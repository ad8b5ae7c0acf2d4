"""A message of a thread."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import Length

from portal.core.forms import Form, paragraphs, tick
from portal.exchange.queries.reading import KEY
from portal.exchange.services import new_key


class MessageForm(Form):
    """Its key makes the second click on "send" find the message of the first."""

    text = paragraphs(
        _l("Nachricht"),
        most=4000,
        missing=_l("Schreiben Sie eine Nachricht."),
        rows=6,
    )
    shows_address = tick(
        _l("Meinen Namen und meine E-Mail-Adresse zeigen"),
        hint=_l("Die andere Seite sieht beides erst, wenn beide geschrieben haben."),
    )
    key = HiddenField(default=new_key, validators=[Length(max=16)])

    def values(self) -> dict[str, Any]:
        return {**super().values(), "key": self.proper_key}

    @property
    def proper_key(self) -> str:
        typed = self.key.data or ""
        return typed if len(typed) == 16 and KEY.fullmatch(typed) else new_key()
