"""What a letter is about, in the words of the office's lists."""

from typing import Any

from flask_babel import lazy_gettext as _l

LABELS: dict[str, Any] = {
    "accounts/password_link_asked": _l("Link für ein neues Passwort"),
    "accounts/password_changed": _l("Passwort geändert"),
    "partners/application_sent": _l("E-Mail-Adresse bestätigen"),
    "partners/confirmation_asked_again": _l("Neuer Link zur Bestätigung"),
    "partners/application_received": _l("Antrag eingegangen"),
    "partners/application_received_office": _l("Neuer Partnerantrag, an das Projektbüro"),
    "partners/question_asked": _l("Rückfrage zum Antrag"),
    "partners/question_asked_again": _l("Neuer Link zur Rückfrage"),
    "partners/question_answered": _l("Antwort auf die Rückfrage, an das Projektbüro"),
    "partners/applicant_reminded": _l("Wie es um den Antrag steht"),
    "partners/answer_missing": _l("Antwort auf die Rückfrage fehlt"),
    "partners/application_admitted": _l("Antrag angenommen"),
    "partners/application_declined": _l("Antrag abgelehnt"),
    "partners/application_withdrawn": _l("Antrag zurückgezogen, an das Projektbüro"),
    "partners/role_given": _l("Rolle geändert"),
    "partners/affiliation_ended": _l("Aus der Organisation entfernt"),
    "partners/affiliation_left": _l("Person gegangen, an die Verwaltung der Organisation"),
    "partners/signing_right_given": _l("Recht zu zeichnen"),
    "partners/signing_right_taken": _l("Recht zu zeichnen genommen"),
    "partners/person_invited": _l("Einladung"),
    "partners/ownership_offered": _l("Angebot, die Verwaltung zu übernehmen"),
    "partners/invitation_accepted": _l("Einladung angenommen"),
    "partners/invitation_declined": _l("Einladung abgelehnt"),
    "partners/ownership_handed_over": _l("Verwaltung übernommen"),
    "partners/ownership_handed_over_office": _l("Verwaltung übernommen, an das Projektbüro"),
    "partners/join_request_sent": _l("E-Mail-Adresse für die Anfrage bestätigen"),
    "partners/join_requested": _l("Anfrage zum Mitwirken, an die Verwaltung der Organisation"),
    "partners/profile_claimed": _l("Profilübernahme, an das Projektbüro"),
    "partners/join_request_accepted": _l("Anfrage zum Mitwirken angenommen"),
    "partners/claim_accepted": _l("Profil übernommen"),
    "partners/join_request_refused": _l("Anfrage zum Mitwirken abgelehnt"),
    "partners/organisation_renamed": _l("Organisation umbenannt"),
    "partners/organisation_suspended": _l("Organisation ruht"),
    "partners/organisation_reactivated": _l("Organisation wieder aktiv"),
    "charter/signatory_named": _l("Bitte um die Unterschrift"),
    "charter/signatory_asked_again": _l("Neuer Link zum Unterzeichnen"),
    "charter/nomination_taken_back": _l("Unterschrift nicht mehr gebraucht"),
    "charter/signature_receipt": _l("Beleg der Unterschrift"),
    "charter/signature_given": _l("Erklärung unterzeichnet"),
    "charter/signature_refused": _l("Benannte Person unterzeichnet nicht"),
    "charter/signature_withdrawn": _l("Unterschrift zurückgezogen"),
    "charter/signature_withdrawn_office": _l("Unterschrift zurückgezogen, an das Projektbüro"),
    "charter/signature_revoked": _l("Unterschrift widerrufen"),
    "charter/provisional_accepted": _l("Vorläufige Unterschrift angenommen"),
    "charter/provisional_declined": _l("Vorläufige Unterschrift abgelehnt"),
    "teams/seat_requested": _l("Anfrage, an die Teamleitung"),
    "teams/seat_requested_office": _l("Anfrage, an das Projektbüro"),
    "teams/seat_taken": _l("Neues Teammitglied, an die Teamleitung"),
    "teams/seat_left": _l("Teammitglied gegangen, an die Teamleitung"),
    "teams/seat_given": _l("Anfrage angenommen"),
    "teams/seat_refused": _l("Anfrage abgelehnt"),
    "projects/project_submitted": _l("Projekt eingereicht, an das Projektbüro"),
    "projects/project_returned": _l("Änderungen erbeten"),
    "projects/project_published": _l("Projekt veröffentlicht"),
}


def label_of(kind: str) -> str:
    """Kinds that no longer exist keep their name."""
    return str(LABELS.get(kind, kind))
