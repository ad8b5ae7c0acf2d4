"""A presentation part by part, as the office reads it: also what is empty, since that is worth a
comment, too."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from portal.projects.forms.differences import Difference
from portal.projects.models import Comment
from portal.projects.parts import PARTS, WHOLE, part_of
from portal.projects.queries import Presentation


@dataclass(frozen=True)
class Row:
    """One part: `html` was made by core.text, `text` is shown as it was typed. `stays` says that
    the public text says the same, and that nothing was remarked: there is nothing to check."""

    part: str
    label: str
    html: Markup | None
    text: str
    comments: list[Comment]
    stays: bool


def rows(
    project: Presentation, comments: Iterable[Comment], differing: list[Difference] | None
) -> list[Row]:
    """`differing` is what a revision says otherwise than the public text; None for a first text."""
    changed = None if differing is None else {part_of(one.name) for one in differing} | {WHOLE}
    said: dict[str, list[Comment]] = {part: [] for part in PARTS}
    for comment in comments:
        said.setdefault(comment.part, []).append(comment)
    htmls: dict[str, Markup | None] = {section.name: section.html for section in project.sections}
    htmls["transfer"] = project.transfer
    texts = _texts(project)
    return [
        Row(
            part,
            str(PARTS.get(part, part)),
            htmls.get(part),
            texts.get(part, ""),
            found,
            _stays(part, found, changed),
        )
        for part, found in said.items()
    ]


def _stays(part: str, found: list[Comment], changed: set[str] | None) -> bool:
    return changed is not None and part not in changed and not found


def _texts(project: Presentation) -> dict[str, str]:
    where = [_("stadtweit")] if project.citywide else [name for _slug, name in project.districts]
    picture = project.picture
    return {
        "title": project.title,
        "short_title": project.short_title,
        "summary": project.summary,
        "theme_id": project.theme_name,
        "team_id": project.team_name,
        "phase": project.phase.label if project.phase else "",
        "begins": project.period,
        "district_ids": ", ".join(where),
        "place": project.place,
        "funding": " · ".join(project.funding),
        "action_field_id": project.action_field,
        "relation": project.relation,
        "links": ", ".join(f"{link.label} ({link.address})" for link in project.links),
        "contact_email": project.contact_email,
        "picture": f"{picture.alt} ({picture.credit})" if picture else "",
        "participations": ", ".join(taking.name for taking in project.taking_part),
    }
