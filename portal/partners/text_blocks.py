"""Text blocks for what the office writes to applicants: a start that it changes to fit."""

from flask_babel import gettext as _

from portal.core.text_blocks import Blocks


def welcome(name: str) -> str:
    return str(
        _(
            "Wir freuen uns, %(name)s in der Allianz zu begrüßen. Melden Sie sich an:"
            " Dann können Sie in Expertenteams mitmachen und Projekte vorstellen.",
            name=name,
        )
    )


def claim_welcome(name: str) -> str:
    return str(
        _(
            "Wir haben Ihre Angaben geprüft: Sie verwalten jetzt das Profil von %(name)s. Ergänzen"
            " Sie es und laden Sie Kolleginnen und Kollegen ein.",
            name=name,
        )
    )


def declining_blocks() -> Blocks:
    return {
        "ort": (
            _("Kein Bezug zu Dortmund"),
            _(
                "Vielen Dank für Ihren Antrag. Die Allianz verbindet Organisationen, die"
                " an der Smart City Dortmund mitwirken. In Ihrem Antrag haben wir dazu keinen Bezug"
                " gefunden. Gibt es ihn, dann beschreiben Sie ihn bitte in einem neuen Antrag."
            ),
        ),
        "doppelt": (
            _("Doppelter Antrag"),
            _(
                "Ihre Organisation hat schon einen Antrag gestellt oder gehört bereits"
                " zur Allianz. Wir schließen daher diesen Antrag. Wenden Sie sich an die Person,"
                " die bei Ihnen den Zugang verwaltet."
            ),
        ),
        "angaben": (
            _("Angaben nicht nachvollziehbar"),
            _(
                "Vielen Dank für Ihren Antrag. Die Angaben zur Organisation konnten wir"
                " nicht nachvollziehen. Stellen Sie gern einen neuen Antrag mit der vollständigen"
                " Bezeichnung, Anschrift und Webadresse."
            ),
        ),
    }


def asking_blocks() -> Blocks:
    return {
        "vertretung": (
            _("Wer spricht für die Organisation?"),
            _(
                "Vielen Dank für Ihren Antrag. Bitte sagen Sie uns noch, in welcher Funktion Sie"
                " für die Organisation sprechen und wer sie nach außen vertritt."
            ),
        ),
        "name": (
            _("Gleicher oder ähnlicher Name"),
            _(
                "Vielen Dank für Ihren Antrag. In der Allianz gibt es schon eine Organisation mit"
                " einem ähnlichen Namen. Gehören Sie zu ihr, oder sind Sie eigenständig?"
            ),
        ),
        "adresse": (
            _("E-Mail-Adresse passt nicht zur Webadresse"),
            _(
                "Vielen Dank für Ihren Antrag. Ihre E-Mail-Adresse gehört nicht zur Webadresse der"
                " Organisation. Bitte nennen Sie uns eine Adresse oder Telefonnummer dort, unter"
                " der wir Sie erreichen."
            ),
        ),
        "bezug": (
            _("Bezug zu Dortmund"),
            _(
                "Vielen Dank für Ihren Antrag. Bitte beschreiben Sie in zwei, drei Sätzen, woran"
                " Sie in Dortmund arbeiten oder was Sie einbringen möchten."
            ),
        ),
    }
