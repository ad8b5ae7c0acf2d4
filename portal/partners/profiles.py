"""How complete a profile is: what the meter counts, and what it says is missing."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from portal.partners.models import Organisation

PARTS: dict[str, Any] = {
    "summary": _l("Kurztext"),
    "text": _l("Text"),
    "logo": _l("Logo"),
    "website": _l("Webadresse"),
    "themes": _l("Themen"),
    "competences": _l("Kompetenzen"),
    "place": _l("Stadtbezirk oder Ort"),
    "contact": _l("Kontakt"),
}


@dataclass(frozen=True)
class Meter:
    """`done` of `total` parts; `missing` names the others."""

    done: int
    total: int
    missing: list[str]


def meter_of(organisation: Organisation, *, has_contact: bool, has_claims: bool) -> Meter:
    """`has_contact`: an address of the organisation, or a person who agreed to stand there;
    `has_claims`: at least one competence."""
    there = {
        "summary": organisation.summary,
        "text": organisation.text,
        "logo": organisation.logo_id,
        "website": organisation.website,
        "themes": organisation.themes,
        "competences": has_claims,
        "place": organisation.district_id or organisation.city,
        "contact": has_contact,
    }
    missing = [str(label) for name, label in PARTS.items() if not there[name]]
    return Meter(len(PARTS) - len(missing), len(PARTS), missing)
