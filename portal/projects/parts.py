"""The parts of a presentation that a comment can be about, in the order of the form."""

from typing import Any

from flask_babel import lazy_gettext as _l

WHOLE = "whole"
PARTS: dict[str, Any] = {
    WHOLE: _l("Ganzer Text"),
    "title": _l("Titel"),
    "short_title": _l("Kurztitel"),
    "summary": _l("In einem Satz"),
    "theme_id": _l("Thema"),
    "team_id": _l("Expertenteam"),
    "phase": _l("Phase"),
    "action_field_id": _l("Handlungsfeld"),
    "problem": _l("Problem"),
    "goal": _l("Ziel"),
    "solution": _l("Lösung"),
    "benefit": _l("Nutzen"),
    "status_text": _l("Aktueller Stand"),
    "begins": _l("Laufzeit"),
    "district_ids": _l("Stadtbezirke"),
    "place": _l("Ort"),
    "funding": _l("Förderung"),
    "transfer": _l("Übertragbarkeit"),
    "relation": _l("Bezug zur Allianz"),
    "links": _l("Links"),
    "contact_email": _l("E-Mail-Adresse für Fragen"),
    "picture": _l("Bilder und Dateien"),
    "participations": _l("Projektpartner"),
}
# Fields of the form that belong to a part with another name.
FIELDS = {
    "status_as_of": "status_text",
    "ends": "begins",
    "citywide": "district_ids",
    "media": "picture",
    "funding_programme": "funding",
    "funding_volume": "funding",
    "funding_share": "funding",
}
ORDER = {part: place for place, part in enumerate(PARTS)}
ANCHORS = {WHOLE: "worum", "participations": "worum", "district_ids": "district_ids-0"}


def label_of(part: str) -> str:
    """Parts that no longer exist keep their name."""
    return str(PARTS.get(part, part))


def place_of(part: str) -> int:
    """For sorting; what is unknown comes last."""
    return ORDER.get(part, len(ORDER))


def part_of(field: str) -> str:
    """The part that a field of the form belongs to."""
    return FIELDS.get(field, field)


def anchor_of(part: str) -> str:
    """Where the part stands in the author's form."""
    return ANCHORS.get(part, part)
