"""Why something is not shown any more."""

from flask_babel import lazy_gettext as _l

from portal.core.forms import Form, choice, paragraphs

ARCHIVE, UNPUBLISH = "archive", "unpublish"


class HideForm(Form):
    way = choice(
        _l("Was soll geschehen?"),
        (
            (ARCHIVE, _l("Archivieren: Die Seite bleibt erreichbar und sagt, warum es endete")),
            (UNPUBLISH, _l("Offline nehmen: Die Seite ist nicht mehr erreichbar")),
        ),
        missing=_l("Wählen Sie, was geschehen soll."),
        radio=True,
    )
    note = paragraphs(
        _l("Grund"),
        most=1000,
        hint=_l("Beim Archivieren steht er auf der öffentlichen Seite."),
        missing=_l("Nennen Sie den Grund."),
        rows=3,
    )
