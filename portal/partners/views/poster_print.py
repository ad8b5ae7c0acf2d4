"""What the print of the Allianzposter says: the same wall as the page, in words for typst."""

import re
from base64 import b64encode
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.core.errors import DomainError
from portal.core.languages import language
from portal.core.pages import absolute, number
from portal.core.pictures.storage import media
from portal.core.times import show_day, today
from portal.core.typesetting import qr
from portal.partners import queries
from portal.partners.models import OrganisationKind
from portal.partners.queries import Layer, Logo, Name, Wall
from portal.partners.views.directory import KINDS

ENDLESS = re.compile(r"\S{40}")  # a word without end may break there, or it would leave the sheet
FORMATS = ("a4", "a3", "a2", "a1", "a0")
WIDEST = 5  # times as wide as high; what is wider gets air above and below
CLEAR = 480  # pixels across, enough for a logo
MOST_LOGOS = 200  # with more of them all become names, or the sheet would weigh too much
WORDS = {kind: word for word, kind in KINDS.items()}


def print_of(
    wall: Wall, *, size: str, kind: OrganisationKind | None, day: date | None
) -> dict[str, Any]:
    """Reads nothing more from the database, but the files of the logos."""
    with_logos = sum(1 for layer in wall.layers for name in layer.names if name.logo) <= MOST_LOGOS
    live = absolute("partners.poster", art=WORDS[kind] if kind else None)
    shown = _("Stand: %(day)s", day=show_day(day or today()))
    return {
        "title": _("Allianzposter"),
        "description": _("Wer zur Allianz Smart City Dortmund gehört, in Schichten seit 2016."),
        "lang": language(),
        "format": size,
        "preline": " · ".join([_("Allianzposter"), *([kind.label] if kind else []), shown]),
        "motto": [_("Schicht"), _("auf Schicht")],
        "lead": _(
            "Am 9. Dezember 2016 unterzeichneten %(count)s Organisationen das Allianzposter. Sie"
            " bilden das Fundament. Jede weitere Runde legt eine Schicht darauf.",
            count=queries.FOUNDERS,
        ),
        "notes": _notes(wall),
        "code": qr(live),
        "code_says": _("Das lebende Poster"),
        "address": live,
        "layers": [_layer(layer, kind, with_logos) for layer in wall.layers],
    }


def _notes(wall: Wall) -> list[str]:
    found = []
    if wall.has_fictitious:
        found.append(_("Verlinkte Namen sind belegt. Alle anderen sind Demo-Namen."))
    if wall.undated:
        found.append(undated_note(wall.undated))
    return found


def undated_note(count: int) -> str:
    return str(
        ngettext(
            "%(num)s Partner fehlt hier, denn der Tag des Beitritts ist nicht überliefert.",
            "%(num)s Partner fehlen hier, denn der Tag ihres Beitritts ist nicht überliefert.",
            count,
        )
    )


def _layer(layer: Layer, kind: OrganisationKind | None, with_logos: bool) -> dict[str, Any]:
    return {
        "year": str(layer.year) if layer.year else _("Ohne Datum"),
        "says": _says(layer, kind),
        "depth": layer.depth,
        "is_foundation": layer.founders,
        "names": [_name(name, with_logos) for name in layer.names],
    }


def _says(layer: Layer, kind: OrganisationKind | None) -> list[str]:
    if layer.founders:
        told = [_("Fundament: %(count)s Gründungspartner", count=layer.count)]
        return [*told, chosen_note(layer, kind)] if kind else told
    if kind:
        return [chosen_note(layer, kind)]
    count, total = number(layer.count), number(layer.total)
    return [_("%(count)s weitere, zusammen %(total)s", count=count, total=total)]


def chosen_note(layer: Layer, kind: OrganisationKind) -> str:
    return str(
        ngettext(
            "%(num)s Name in der Auswahl „%(kind)s“",
            "%(num)s Namen in der Auswahl „%(kind)s“",
            len(layer.names),
            kind=kind.label,
        )
    )


def _name(name: Name, with_logos: bool) -> dict[str, Any]:
    return {
        "text": ENDLESS.sub("\\g<0>\u200b", name.text),
        "href": absolute("partners.show", slug=name.slug) if name.slug else None,
        "logo": _logo(name.logo) if name.logo and with_logos else None,
    }


def _logo(logo: Logo) -> str | None:
    """The picture, wrapped into an SVG, because what typst is given is text. Where its file is
    gone, the name stands."""
    width = min((one for one in logo.widths if one >= CLEAR), default=max(logo.widths))
    try:
        content = b64encode(media().get(logo.key, f"{width}.jpg")).decode()
    except DomainError:
        return None
    tall = max(logo.height, logo.width // WIDEST)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg"'
        f' viewBox="0 {(logo.height - tall) // 2} {logo.width} {tall}">'
        f'<image width="{logo.width}" height="{logo.height}"'
        f' href="data:image/jpeg;base64,{content}"/></svg>'
    )
