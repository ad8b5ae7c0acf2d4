"""Why a date does not take place."""

from flask_babel import lazy_gettext as _l

from portal.core.forms import Form, paragraphs


class CancelForm(Form):
    reason = paragraphs(
        _l("Grund"),
        most=500,
        rows=3,
        missing=_l("Nennen Sie den Grund der Absage."),
        hint=_l("Er steht auf der Seite des Termins und im Kalender."),
    )
