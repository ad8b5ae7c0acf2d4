"""Text blocks for giving a presentation back: a start that the office changes to fit."""

from flask_babel import gettext as _

from portal.core.text_blocks import Blocks


def returning_blocks() -> Blocks:
    return {
        "nutzen": (
            _("Nutzen fehlt"),
            _(
                "Vielen Dank für die Vorstellung. Bitte ergänzen Sie, wem das Projekt nützt und"
                " woran Sie das messen. Danach veröffentlichen wir sie gern."
            ),
        ),
        "stand": (
            _("Stand veraltet"),
            _(
                "Vielen Dank für die Vorstellung. Bitte beschreiben Sie den aktuellen Stand und"
                " nennen Sie das Datum, von dem er ist."
            ),
        ),
        "werbung": (
            _("Klingt nach Werbung"),
            _(
                "Vielen Dank für die Vorstellung. Bitte beschreiben Sie das Projekt sachlich: was"
                " geschieht, wo und mit wem. Angebote und Preise gehören auf Ihre eigene Seite."
            ),
        ),
    }
