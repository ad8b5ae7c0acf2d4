"""A presentation as its readers see it: a record with the listed fields, and nothing of the model.
The public page, the author's preview and the office's case are made of the same record."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask_babel import gettext as _
from markupsafe import Markup

from portal.core.database import db
from portal.partners.models import Membership
from portal.projects import periods
from portal.projects.models import Phase, Project, Revision
from portal.projects.queries.public import PUBLIC_BASIS

SECTIONS = ("problem", "goal", "solution", "benefit", "status_text")


@dataclass(frozen=True)
class Section:
    """`html` was made by core.text when it was saved."""

    name: str
    title: str
    html: Markup
    as_of: str = ""


@dataclass(frozen=True)
class Taking:
    """Who takes part. `slug` is None for an organisation that has no public page."""

    name: str
    slug: str | None
    part: str
    source_url: str


@dataclass(frozen=True)
class Shown:
    """The picture of a presentation."""

    key: str
    alt: str
    credit: str


@dataclass(frozen=True)
class Presentation:
    title: str
    short_title: str
    summary: str
    theme_slug: str
    theme_name: str
    team_slug: str
    team_name: str
    phase: Phase | None
    sections: list[Section]
    transfer: Markup | None
    period: str
    districts: list[tuple[str, str]]
    citywide: bool
    place: str
    funding: str
    relation: str
    link_label: str
    link_url: str
    contact_email: str
    source_url: str
    picture: Shown | None
    taking_part: list[Taking]
    published_at: datetime | None


def presentation(project: Project, revision: Revision) -> Presentation:
    """Only those who take part with a public reason are named, also to the author: it is what
    will be seen."""
    picture = revision.picture
    return Presentation(
        title=revision.name,
        short_title=revision.short_title,
        summary=revision.summary,
        theme_slug=revision.theme.slug if revision.theme else "",
        theme_name=revision.theme.name if revision.theme else "",
        team_slug=revision.team.slug if revision.team else "",
        team_name=revision.team.name if revision.team else "",
        phase=revision.phase,
        sections=_sections(revision),
        transfer=_html(revision, "transfer"),
        period=_period(revision.begins, revision.ends),
        districts=[(district.slug, district.name) for district in revision.districts],
        citywide=revision.citywide,
        place=revision.place,
        funding=revision.funding,
        relation=revision.relation,
        link_label=revision.link_label,
        link_url=_followable(revision.link_url),
        contact_email=revision.contact_email,
        source_url=_followable(revision.source_url),
        picture=Shown(picture.key, picture.alt, picture.credit) if picture else None,
        taking_part=_taking_part(project),
        published_at=project.published_at,
    )


def _html(revision: Revision, name: str) -> Markup | None:
    html = revision.html.get(name)
    return Markup(html) if html else None  # noqa: S704 - sanitised by core.text on save


def _sections(revision: Revision) -> list[Section]:
    """Only those that have text. A description alone is not called a solution."""
    titles = {
        "problem": _("Problem"),
        "goal": _("Ziel"),
        "solution": _("Lösung") if revision.problem or revision.goal else _("Worum es geht"),
        "benefit": _("Nutzen"),
        "status_text": _("Aktueller Stand"),
    }
    as_of = periods.show(revision.status_as_of)
    return [
        Section(name, titles[name], html, as_of if name == "status_text" else "")
        for name in SECTIONS
        if (html := _html(revision, name))
    ]


def _period(begins: str, ends: str) -> str:
    begin, end = periods.show(begins), periods.show(ends)
    if begin and end:
        return begin if begin == end else str(_("%(begin)s bis %(end)s", begin=begin, end=end))
    if begin:
        return str(_("seit %(begin)s", begin=begin))
    return str(_("bis %(end)s", end=end)) if end else ""


def _followable(address: str) -> str:
    """A link leads to a page, whatever a dataset says."""
    try:
        return address if urlsplit(address).scheme in {"http", "https"} else ""
    except ValueError:
        return ""


def _taking_part(project: Project) -> list[Taking]:
    named = [taking for taking in project.participations if taking.basis in PUBLIC_BASIS]
    members = set(
        db.session.scalars(
            sa.select(Membership.organisation_id).where(
                Membership.organisation_id.in_([taking.organisation_id for taking in named]),
                Membership.until.is_(None),
            )
        )
    )
    return [
        Taking(
            name=taking.organisation.name,
            slug=taking.organisation.slug if taking.organisation_id in members else None,
            part=taking.note or taking.role.label,
            source_url=_followable(taking.source_url),
        )
        for taking in sorted(named, key=lambda taking: (taking.role.value, taking.id))
    ]
