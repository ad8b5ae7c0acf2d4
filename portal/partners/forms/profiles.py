"""What a partner says of itself."""

from typing import Any

from flask_babel import lazy_gettext as _l

from portal.core.forms import (
    Form,
    WebAddress,
    checks,
    choice,
    file,
    line,
    mail,
    options,
    paragraphs,
    tick,
)
from portal.core.pictures.forms import PictureForm
from portal.partners.forms.applications import ELSEWHERE, WEBSITE
from portal.partners.models import Organisation
from portal.partners.services import Profile
from portal.topics.queries import district_choices, theme_choices


class ProfileForm(PictureForm):
    """The logo needs no words of its own: it is the organisation's, and shows its name."""

    summary = line(
        _l("Kurztext"),
        most=400,
        hint=_l("Ein Satz: Was tun Sie? Er steht im Verzeichnis und in der Suche."),
    )
    text = paragraphs(
        _l("Text"),
        most=10_000,
        rows=10,
        hint=_l("Absätze, **fett**, Listen mit „- “ am Zeilenanfang und [Links](https://…) gehen."),
    )
    website = line(
        _l("Webadresse"), most=WEBSITE, checks=(WebAddress(most=WEBSITE),), inputmode="url"
    )
    city = line(_l("Ort"), most=120, missing=_l("Geben Sie den Ort ein."))
    district_id = choice(_l("Stadtbezirk"), coerce=int)
    themes = checks(_l("Themen"), coerce=int)
    contact_email = mail(
        _l("E-Mail-Adresse für Anfragen"),
        missing=None,
        hint=_l("Öffentlich. Am besten eine Adresse ohne Namen, wie info@beispiel.de."),
    )
    picture = file(_l("Logo"), hint=_l("PNG, JPEG oder WebP, bis 10 MB."))
    picture_remove = tick(_l("Logo entfernen"))
    logo_on_poster = tick(_l("Das Logo darf auf dem Allianzposter stehen."))

    def __init__(self, *args: Any, organisation: Organisation | None = None, **kwargs: Any) -> None:
        has_logo = organisation is not None and organisation.logo_id is not None
        super().__init__(*args, has_picture=has_logo, **kwargs)
        self.name_of_it = organisation.name if organisation else ""
        self.themes.choices = options(theme_choices())
        self.district_id.choices = options([ELSEWHERE, *district_choices()])

    def check_more(self) -> None:
        self.picture_alt.data = self.picture_credit.data = self.name_of_it[:200]

    def profile(self) -> Profile:
        return Profile(
            summary=self.summary.data,
            text=self.text.data,
            website=self.website.data,
            city=self.city.data,
            district_id=self.district_id.data or None,
            contact_email=self.contact_email.data,
            theme_ids=self.themes.data,
            logo_on_poster=self.logo_on_poster.data,
        )


def stored_in(organisation: Organisation) -> dict[str, Any]:
    """What the form shows of a profile."""
    names = ("summary", "text", "website", "city", "contact_email")
    return {name: getattr(organisation, name) for name in names} | {
        "district_id": organisation.district_id or "",
        "themes": [theme.id for theme in organisation.themes],
        "logo_on_poster": organisation.logo_on_poster,
    }


class RenameForm(Form):
    name = line(
        _l("Name"),
        most=200,
        hint=_l("So steht er auf dem Allianzposter. Die Adresse der Seite bleibt."),
        missing=_l("Geben Sie den Namen der Organisation ein."),
    )
