"""A presentation as its readers see it: a record with the listed fields, and nothing of the model.
The public page, the author's preview and the office's case are made of the same record."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from flask_babel import format_decimal
from flask_babel import gettext as _
from markupsafe import Markup

from portal.core.documents.kinds import NAMES
from portal.core.text import Video, known_video
from portal.projects import periods
from portal.projects.models import (
    PUBLIC_BASIS,
    Basis,
    Participation,
    ParticipationRole,
    Phase,
    Project,
    Revision,
    Visibility,
)

ORDER = (ParticipationRole.LEAD, ParticipationRole.CO_OWNER, ParticipationRole.PARTNER)
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
    """Who takes part. `slug` is None for an organisation that has no public page; `confirmed_at`
    is when it said yes to its part itself."""

    name: str
    slug: str | None
    part: str
    source_url: str
    confirmed_at: datetime | None


@dataclass(frozen=True)
class Shown:
    """One of the pictures of a presentation."""

    key: str
    alt: str
    credit: str
    width: int
    height: int


@dataclass(frozen=True)
class Attached:
    """A document: `kind` and `size` in words, `size` for people in kB or MB."""

    key: str
    title: str
    kind: str
    size: str
    is_public: bool


@dataclass(frozen=True)
class Link:
    """`label` is the address where nothing was said."""

    label: str
    address: str


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
    action_field: str
    funding: list[str]
    relation: str
    contact_email: str
    source_url: str
    picture: Shown | None
    pictures: list[Shown]
    documents: list[Attached]
    video: Video | None
    links: list[Link]
    taking_part: list[Taking]
    published_at: datetime | None
    confirmed_at: datetime | None
    lapsed: bool
    archived_at: datetime | None
    archive_reason: str


def presentation(project: Project, revision: Revision, *, internal: bool = False) -> Presentation:
    """Only those who take part with a public reason are named, also to the author: it is what
    will be seen. With `internal`, documents that are not for everybody are among them."""
    pictures = _pictures(revision)
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
        action_field=revision.action_field.name if revision.action_field else "",
        funding=_funding(revision),
        relation=revision.relation,
        contact_email=revision.contact_email,
        source_url=_followable(revision.source_url),
        picture=pictures[0] if pictures else None,
        pictures=pictures,
        documents=_documents(revision, internal=internal),
        video=known_video(revision.video_url),
        links=_links(revision),
        taking_part=_taking_part(project),
        published_at=project.published_at,
        confirmed_at=None if revision.source_url else project.confirmed_at,
        lapsed=project.lapsed,
        archived_at=project.archived_at,
        archive_reason=project.archive_reason,
    )


def _funding(revision: Revision) -> list[str]:
    """Programme, volume, share and the rest, each in words."""
    volume = revision.funding_volume
    share = revision.funding_share
    lines = [
        revision.funding_programme,
        _("Volumen: %(amount)s Euro", amount=format_decimal(volume)) if volume is not None else "",
        _("davon %(share)s Prozent gefördert", share=share) if share is not None else "",
        revision.funding,
    ]
    return [line for line in lines if line]


def _pictures(revision: Revision) -> list[Shown]:
    return [
        Shown(picture.key, picture.alt, picture.credit, picture.width, picture.height)
        for picture in (shown.picture for shown in revision.pictures)
    ]


def _documents(revision: Revision, *, internal: bool) -> list[Attached]:
    return [
        Attached(
            key=shown.document.key,
            title=shown.document.title,
            kind=NAMES[shown.document.kind],
            size=shown.document.size_in_words,
            is_public=shown.visibility is Visibility.PUBLIC,
        )
        for shown in revision.documents
        if internal or shown.visibility is Visibility.PUBLIC
    ]


def _links(revision: Revision) -> list[Link]:
    """Only those that can be followed, whatever a dataset says."""
    found = [(link.label, _followable(link.address)) for link in revision.links]
    return [Link(label or address, address) for label, address in found if address]


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
    members = {
        taking.organisation_id
        for taking in named
        if any(one.until is None for one in taking.organisation.memberships)
    }
    return [
        Taking(
            name=taking.organisation.name,
            slug=taking.organisation.slug if taking.organisation_id in members else None,
            part=_part(taking),
            source_url=_followable(taking.source_url),
            confirmed_at=taking.answered_at if taking.basis is Basis.CONFIRMED else None,
        )
        for taking in sorted(named, key=lambda taking: (ORDER.index(taking.role), taking.id))
    ]


def _part(taking: Participation) -> str:
    """What it does, in its own or the authors' words; a co-owner is called one, too."""
    if taking.role is ParticipationRole.CO_OWNER and taking.note:
        return f"{taking.role.label} · {taking.note}"
    return taking.note or taking.role.label
