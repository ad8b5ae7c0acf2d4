"""A sentence for every kind of fact, said of who did it. A test fails for a fact without one."""

from typing import Any

from flask_babel import lazy_gettext as _l

# Nobody is known to have done these: their sentence stands alone.
IMPERSONAL = {
    "LogInFailed": _l("Eine Anmeldung ist gescheitert"),
    "ApplicantReminded": _l("Die antragstellende Person hat eine Erinnerung erhalten"),
    "ProvisionallySigned": _l("Vor Ort ist eine vorläufige Unterschrift eingegangen"),
    "PasswordLinkAsked": _l("Ein Link für ein neues Passwort wurde angefordert"),
}
LABELS: dict[str, Any] = IMPERSONAL | {
    "ActDenied": _l("hat etwas versucht, wofür das Recht fehlt"),
    # Konto
    "LoggedIn": _l("hat sich angemeldet"),
    "LoggedOut": _l("hat sich abgemeldet"),
    "PasswordChanged": _l("hat das Passwort geändert"),
    "SessionEnded": _l("hat Sitzungen beendet"),
    "AccountChanged": _l("hat die Angaben zur Person geändert"),
    "OfficeUserCreated": _l("hat ein Konto für das Projektbüro angelegt"),
    # Partner werden
    "ApplicationSent": _l("hat einen Partnerantrag gesendet"),
    "ConfirmationAskedAgain": _l("hat den Bestätigungslink noch einmal angefordert"),
    "ApplicationReceived": _l("hat die E-Mail-Adresse bestätigt, der Antrag ist eingegangen"),
    "QuestionAsked": _l("hat eine Rückfrage gestellt"),
    "QuestionAskedAgain": _l("hat den Link zur Rückfrage noch einmal angefordert"),
    "QuestionAnswered": _l("hat auf die Rückfrage geantwortet"),
    "ApplicationAdmitted": _l("hat die Organisation aufgenommen"),
    "ApplicationDeclined": _l("hat den Antrag abgelehnt"),
    "ApplicationWithdrawn": _l("hat den Antrag zurückgezogen"),
    # Partner aus einer Datei
    "PartnersImported": _l("hat Partner aus einer Datei aufgenommen"),
    "ImportUndone": _l("hat einen Import von Partnern zurückgenommen"),
    # Personen einer Organisation
    "RoleGiven": _l("hat eine Rolle vergeben"),
    "AffiliationEnded": _l("hat eine Zugehörigkeit beendet"),
    "SigningRightGiven": _l("hat das Recht zu zeichnen vergeben"),
    "SigningRightTaken": _l("hat das Recht zu zeichnen genommen"),
    "PersonInvited": _l("hat eine Person eingeladen"),
    "InvitationSentAgain": _l("hat die Einladung noch einmal verschickt"),
    "InvitationRevoked": _l("hat die Einladung zurückgezogen"),
    "InvitationAccepted": _l("hat die Einladung angenommen"),
    "InvitationDeclined": _l("hat die Einladung abgelehnt"),
    "OwnershipOffered": _l("hat angeboten, die Verwaltung zu übergeben"),
    "OwnershipHandedOver": _l("hat die Verwaltung übernommen"),
    "JoinRequestSent": _l("möchte mitwirken und hat den Bestätigungslink angefordert"),
    "JoinRequested": _l("hat angefragt, für die Organisation zu handeln"),
    "ProfileClaimed": _l("möchte das Profil übernehmen"),
    "JoinRequestAccepted": _l("hat die Anfrage zum Mitwirken angenommen"),
    "ClaimAccepted": _l("hat der Übernahme des Profils zugestimmt"),
    "JoinRequestRefused": _l("hat die Anfrage zum Mitwirken abgelehnt"),
    "JoinRequestWithdrawn": _l("hat die Anfrage zum Mitwirken zurückgenommen"),
    "ProfileChanged": _l("hat das Profil geändert"),
    "OrganisationRenamed": _l("hat die Organisation umbenannt, bisher"),
    "ContactShown": _l("steht jetzt als Kontakt auf der öffentlichen Seite"),
    "ContactHidden": _l("steht nicht mehr als Kontakt auf der öffentlichen Seite"),
    "OrganisationSuspended": _l("hat die Organisation ruhen lassen"),
    "OrganisationReactivated": _l("hat die Organisation wieder aufgeweckt"),
    # Allianzerklärung
    "DeclarationDrafted": _l("hat eine Fassung der Erklärung entworfen"),
    "DeclarationChanged": _l("hat den Entwurf der Erklärung geändert"),
    "DeclarationPublished": _l("hat eine Fassung der Erklärung veröffentlicht"),
    "SignatureGiven": _l("hat die Erklärung unterzeichnet oder eine Unterschrift eingetragen"),
    "SignatureWithdrawn": _l("hat die Unterschrift zurückgezogen"),
    "SignatureRevoked": _l("hat die Unterschrift widerrufen"),
    "SignatoryNamed": _l("hat jemanden benannt, der unterzeichnen darf"),
    "SignatoryAskedAgain": _l("hat einen neuen Link zum Unterzeichnen angefordert"),
    "NominationTakenBack": _l("hat die Bitte um die Unterschrift zurückgenommen"),
    "SignatureRefused": _l("unterzeichnet nicht"),
    "OccasionPlanned": _l("hat eine Unterzeichnung vor Ort vorbereitet"),
    "OccasionChanged": _l("hat die Unterzeichnung vor Ort geändert"),
    "OccasionOpened": _l("hat die Unterzeichnung vor Ort geöffnet"),
    "OccasionClosed": _l("hat die Unterzeichnung vor Ort geschlossen"),
    "ProvisionalAccepted": _l("hat eine vorläufige Unterschrift angenommen"),
    "ProvisionalDeclined": _l("hat eine vorläufige Unterschrift abgelehnt"),
    # Expertenteams
    "SeatRequested": _l("hat angefragt, im Team mitzumachen"),
    "SeatTaken": _l("macht jetzt im Team mit"),
    "SeatGiven": _l("hat die Anfrage angenommen"),
    "SeatRefused": _l("hat die Anfrage abgelehnt"),
    "RequestWithdrawn": _l("hat die Anfrage zurückgenommen"),
    "SeatLeft": _l("hat das Team verlassen"),
    # Projekte
    "ProjectDrafted": _l("hat einen Entwurf angelegt"),
    "ProjectSaved": _l("hat den Entwurf gespeichert"),
    "ProjectSubmitted": _l("hat das Projekt eingereicht"),
    "ProjectTakenBack": _l("hat das Projekt aus der Prüfung zurückgeholt"),
    "ProjectReturned": _l("hat um Änderungen gebeten"),
    "ProjectHidden": _l("hat das Projekt mit der Organisation ruhen lassen"),
    "ProjectShownAgain": _l("hat das Projekt wieder sichtbar gemacht"),
    "ProjectPublished": _l("hat das Projekt veröffentlicht"),
    # Termine und Aktuelles
    "EventPlanned": _l("hat einen Termin angelegt"),
    "EventChanged": _l("hat den Termin geändert"),
    "EventCancelled": _l("hat den Termin abgesagt"),
    "ArticleWritten": _l("hat eine Meldung geschrieben"),
    "ArticleChanged": _l("hat die Meldung geändert"),
    "ArticlePublished": _l("hat die Meldung veröffentlicht"),
    "ArticleWithdrawn": _l("hat die Meldung zurückgezogen"),
    # Postausgang
    "LetterRetried": _l("hat eine Mail noch einmal auf den Weg gebracht"),
}


def sentence(fact: str) -> str:
    """Kinds that no longer exist keep their name: a line can always be read."""
    return str(LABELS.get(fact, fact))


def choices() -> list[tuple[str, str]]:
    """For the filter of the log, sorted by their words."""
    known = [(fact, f"… {label}") for fact, label in LABELS.items() if fact not in IMPERSONAL]
    known += [(fact, str(label)) for fact, label in IMPERSONAL.items()]
    return sorted(known, key=lambda choice: choice[1].lower())
