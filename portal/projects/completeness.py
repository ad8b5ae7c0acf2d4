"""What a presentation needs before it goes to the Projektbüro, by field, in words."""

from flask_babel import lazy_gettext as _l

from portal.projects.models import Revision

MESSAGES = {
    "title": _l("Geben Sie dem Projekt einen Titel."),
    "summary": _l("Fassen Sie das Projekt in einem Satz zusammen."),
    "theme_id": _l("Wählen Sie ein Thema."),
    "phase": _l("Wählen Sie die Phase."),
    "problem": _l("Beschreiben Sie das Problem oder das Ziel."),
    "solution": _l("Beschreiben Sie die Lösung."),
    "district_ids": _l(
        "Sagen Sie, wo das Projekt stattfindet: Stadtbezirk, Ort oder in der ganzen Stadt."
    ),
}


def missing_in(revision: Revision) -> dict[str, str]:
    """Field and message, in the order of the form; empty when all is there."""
    there = {
        "title": revision.title,
        "summary": revision.summary,
        "theme_id": revision.theme_id,
        "phase": revision.phase,
        "problem": revision.problem or revision.goal,
        "solution": revision.solution,
        "district_ids": revision.citywide or revision.place or revision.districts,
    }
    return {name: str(MESSAGES[name]) for name, value in there.items() if not value}
