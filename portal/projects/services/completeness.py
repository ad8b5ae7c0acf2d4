"""What a presentation needs before it goes to the Projektbüro, by field, in words."""

from flask_babel import lazy_gettext as _l

from portal.projects.models import Revision
from portal.projects.services.content import Content, said_in

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


def missing_in(revision: Revision | Content) -> dict[str, str]:
    """Field and message, in the order of the form; empty when all is there."""
    said = revision if isinstance(revision, Content) else said_in(revision)
    there = {
        "title": said.title,
        "summary": said.summary,
        "theme_id": said.theme_id,
        "phase": said.phase,
        "problem": said.problem or said.goal,
        "solution": said.solution,
        "district_ids": said.citywide or said.place or said.district_ids,
    }
    return {name: str(MESSAGES[name]) for name, value in there.items() if not value}
