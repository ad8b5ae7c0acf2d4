"""What an entry needs before it goes to the Projektbüro, by field, in words."""

from flask_babel import lazy_gettext as _l

from portal.exchange.models import OfferRevision

MESSAGES = {
    "kind": _l("Wählen Sie die Art des Eintrags."),
    "title": _l("Geben Sie dem Eintrag einen Titel."),
    "summary": _l("Fassen Sie den Eintrag in einem Satz zusammen."),
    "text": _l("Beschreiben Sie, was Sie anbieten oder suchen."),
    "theme_id": _l("Wählen Sie ein Thema."),
    "district_ids": _l("Sagen Sie, wo: in welchem Stadtbezirk oder in der ganzen Stadt."),
}


def missing_in(revision: OfferRevision) -> dict[str, str]:
    """Field and message, in the order of the form; empty when all is there."""
    there = {
        "kind": revision.kind,
        "title": revision.title,
        "summary": revision.summary,
        "text": revision.text,
        "theme_id": revision.theme_id,
        "district_ids": revision.citywide or revision.districts,
    }
    return {name: str(MESSAGES[name]) for name, value in there.items() if not value}
