"""Who stands on a list for the day."""

from flask_babel import lazy_gettext as _l

from portal.core.forms import Form, choice

SEATED, ALL = "platz", "alle"


class PaperForm(Form):
    """Nothing chosen is who has a place."""

    who = choice(
        _l("Wer steht darauf?"),
        [(SEATED, _l("wer einen Platz hat")), (ALL, _l("dazu die Warteliste"))],
    )

    @property
    def waiting_too(self) -> bool:
        return bool(self.who.data == ALL)
