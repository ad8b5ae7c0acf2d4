"""Two versions of one presentation, field by field: what an author sees when somebody was faster,
what the Projektbüro checks of a revision, and what the history shows."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from portal.core.text.comparing import Piece, compare_words
from portal.projects import periods, queries
from portal.projects.forms.presenting import ProjectForm, stored_in
from portal.projects.models import Revision

MEDIA = "media"
PERIODS = {"status_as_of", "begins", "ends"}


@dataclass(frozen=True)
class Difference:
    """`id` is the field's on the page of the form; a piece carries whether the other side lacks
    it."""

    id: str
    name: str
    label: str
    before: list[Piece]
    after: list[Piece]


def differences(form: ProjectForm, revision: Revision) -> list[Difference]:
    """Where what was typed differs from what is stored, in the order of the form."""
    stored = stored_in(revision)
    return [
        _difference(field, stored[field.name])
        for field in form
        if field.name in stored and not _same(stored[field.name], field.data)
    ]


def changes(old: Revision, new: Revision) -> list[Difference]:
    """What a later text says otherwise than an earlier one."""
    found = differences(ProjectForm(formdata=None, data=stored_in(new)), old)
    return found + _media_changes(old, new)


def _media_changes(old: Revision, new: Revision) -> list[Difference]:
    """Pictures, documents, video and links, line by line."""
    before, after = _lines(old), _lines(new)
    if before == after:
        return []
    pieces = compare_words(before, after)
    return [Difference("worum", MEDIA, str(_("Bilder, Dokumente und Links")), *pieces)]


def _lines(revision: Revision) -> str:
    return "\n".join(words for _name, words in queries.media_lines(revision))


def _difference(field: Any, stored: Any) -> Difference:
    before, after = compare_words(_in_words(field, stored), _in_words(field, field.data))
    anchor = f"{field.id}-0" if isinstance(field.data, list) else field.id
    return Difference(anchor, field.name, str(field.label.text), before, after)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, list):
        return sorted(one) == sorted(other)
    return ("" if one is None else one) == ("" if other is None else other)


def _in_words(field: Any, value: Any) -> str:
    if isinstance(value, bool):
        return str(_("ja") if value else _("nein"))
    if field.name in PERIODS:
        return periods.show(value or "")
    if hasattr(field, "iter_choices"):
        wanted = value if isinstance(value, list) else [value]
        chosen = [one.label for one in field.choices if one.value in wanted and one.value != ""]
        return ", ".join(str(label) for label in chosen)
    return "" if value is None else str(value)
