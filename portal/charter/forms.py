"""What is typed to keep, sign and check the declaration."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.forms import password
from portal.charter.models import Declaration
from portal.core.forms import (
    Form,
    choice,
    consent,
    day,
    line,
    mail,
    options,
    paragraphs,
    tick,
)
from portal.partners.models import OrganisationKind

TEXT = 20_000
REASON = 2000
READ_BY_OWNERS = _l("Die Organisation liest diesen Text in ihrer E-Mail.")


def function() -> Any:
    return line(
        _l("Funktion"),
        most=120,
        hint=_l("Zum Beispiel Geschäftsführung oder Vorstand."),
        missing=_l("Geben Sie Ihre Funktion in der Organisation ein."),
        autocomplete="organization-title",
    )


def first_name(autocomplete: str = "given-name") -> Any:
    missing = _l("Geben Sie den Vornamen ein.")
    return line(_l("Vorname"), most=80, missing=missing, autocomplete=autocomplete)


def last_name(autocomplete: str = "family-name") -> Any:
    missing = _l("Geben Sie den Nachnamen ein.")
    return line(_l("Nachname"), most=80, missing=missing, autocomplete=autocomplete)


def named_in_public() -> Any:
    return tick(
        _l("Mein Name und meine Funktion dürfen auf der Prüfseite stehen."),
        hint=_l("Ohne dieses Häkchen steht dort nur die Organisation."),
    )


class DeclarationForm(Form):
    title = line(_l("Titel"), most=160, missing=_l("Geben Sie der Erklärung einen Titel."))
    text = paragraphs(
        _l("Text"),
        most=TEXT,
        hint=_l("Markdown: Leerzeilen trennen Absätze, # macht Überschriften, - macht Listen."),
        missing=_l("Schreiben Sie den Text der Erklärung."),
        rows=22,
    )


class SignForm(Form):
    """For who is logged in: their name is known."""

    function = function()
    entitled = consent(
        _l("Ich darf für meine Organisation unterzeichnen."),
        missing=_l("Bestätigen Sie, dass Sie für Ihre Organisation unterzeichnen dürfen."),
    )
    named_in_public = named_in_public()
    password = password(_l("Ihr Passwort, noch einmal"))


class NameForm(Form):
    """About somebody else: the browser has nothing to fill in."""

    first_name = first_name("off")
    last_name = last_name("off")
    function = line(
        _l("Funktion"),
        most=120,
        missing=_l("Geben Sie die Funktion dieser Person ein."),
        autocomplete="off",
    )
    email = mail(
        _l("E-Mail-Adresse"),
        hint=_l("Dorthin geht der Link. Ältere Links gelten dann nicht mehr."),
        missing=_l("Geben Sie die E-Mail-Adresse dieser Person ein."),
        autocomplete="off",
    )


class SignByLinkForm(Form):
    name = line(
        _l("Vor- und Nachname"),
        most=160,
        missing=_l("Geben Sie Ihren Namen ein."),
        autocomplete="name",
    )
    function = function()
    entitled = consent(
        _l("Ich darf für diese Organisation unterzeichnen."),
        missing=_l("Bestätigen Sie, dass Sie für diese Organisation unterzeichnen dürfen."),
    )
    named_in_public = named_in_public()


class RefuseForm(Form):
    reason = paragraphs(
        _l("Warum unterzeichnen Sie nicht?"),
        most=REASON,
        hint=_l("Die Person, die Sie benannt hat, liest diesen Text in ihrer E-Mail."),
        missing=_l("Schreiben Sie in einem Satz, warum nicht."),
        rows=4,
    )


class WithdrawForm(Form):
    reason = paragraphs(
        _l("Warum ziehen Sie die Unterschrift zurück?"),
        most=REASON,
        hint=_l("Das Projektbüro liest diesen Text. Öffentlich steht nur, dass und wann."),
        missing=_l("Schreiben Sie in einem Satz, warum."),
        rows=4,
    )


class RevokeForm(Form):
    reason = paragraphs(
        _l("Begründung"),
        most=REASON,
        hint=READ_BY_OWNERS,
        missing=_l("Begründen Sie den Widerruf."),
        rows=4,
    )


class OccasionForm(Form):
    title = line(
        _l("Anlass"),
        most=160,
        hint=_l("Zum Beispiel der Name der Veranstaltung. Er steht auf dem Bildschirm."),
        missing=_l("Geben Sie den Anlass ein."),
    )
    day = day(_l("Tag"), missing=_l("Geben Sie den Tag ein."))
    shows_provisional = tick(
        _l("Vorläufige Unterschriften schon öffentlich zeigen"),
        hint=_l(
            "Sie stehen dann als „vorläufig“ auf der Seite der Erklärung, bis Sie geprüft haben."
        ),
    )


class NewOccasionForm(OccasionForm):
    declaration_id = choice(
        _l("Fassung der Erklärung"), coerce=int, missing=_l("Wählen Sie eine Fassung.")
    )

    def __init__(self, *args: Any, versions: Sequence[Declaration] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.declaration_id.choices = options(
            [
                ("", _("Bitte wählen")),
                *(
                    (one.id, _("Nr. %(number)s: %(title)s", number=one.number, title=one.title))
                    for one in versions
                ),
            ]
        )


class OnTheDayForm(Form):
    """On a page without a session: no token, see the guard `open_form`."""

    class Meta:
        csrf = False

    organisation_name = line(
        _l("Name der Organisation"),
        most=200,
        missing=_l("Geben Sie den Namen der Organisation ein."),
        autocomplete="organization",
    )
    kind = choice(_l("Art der Organisation"), missing=_l("Wählen Sie die Art der Organisation."))
    first_name = first_name()
    last_name = last_name()
    function = function()
    email = mail(_l("Dienstliche E-Mail-Adresse"), hint=_l("Dorthin antwortet das Projektbüro."))
    entitled = consent(
        _l("Ich darf für diese Organisation unterzeichnen."),
        missing=_l("Bestätigen Sie, dass Sie für diese Organisation unterzeichnen dürfen."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.value, kind.label) for kind in OrganisationKind]
        self.kind.choices = options([("", _("Bitte wählen")), *kinds])


class AcceptForm(Form):
    """`members` are (id, name) of who may sign."""

    organisation_id = choice(
        _l("Partner"), coerce=int, missing=_l("Wählen Sie den Partner, für den das gilt.")
    )

    def __init__(self, *args: Any, members: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation_id.choices = options([("", _("Bitte wählen")), *members])


class DeclineForm(Form):
    reason = paragraphs(
        _l("Begründung"),
        most=REASON,
        hint=_l("Die Person liest diesen Text, dazu den Weg zum Partnerantrag."),
        missing=_l("Begründen Sie die Ablehnung."),
        rows=4,
    )
