"""Organisations and their place in the directory: search index and counters."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, inspect, select
from sqlalchemy.orm import selectinload

from portal.core.counters import count
from portal.core.database import Base, db
from portal.core.generation import raise_generation
from portal.core.search import index
from portal.core.search.models import SearchEntry
from portal.core.text import plain, render_markdown, unique_slug
from portal.core.times import now
from portal.partners.likeness import folded_name
from portal.partners.models import (
    Membership,
    Organisation,
    OrganisationKind,
    OrganisationTheme,
)
from portal.partners.queries.competences import competence_words
from portal.partners.queries.directory import COUNTED, standing_of
from portal.topics.models import Theme

KIND = "partner"
# Words that stand at the place of the slug in addresses below /mein and in the office.
RESERVED = frozenset(
    {
        "anfragen",
        "antraege",
        "anmeldungen",
        "einladungen",
        "kalender",
        "konto",
        "organisationen",
        "profil",
        "termine",
    }
)


def new_organisation(
    *, name: str, kind: OrganisationKind, themes: Sequence[Theme] = (), slug: str = "", **more: Any
) -> Organisation:
    """Not yet in the session; with an address that nobody has."""
    text = more.pop("text", "")
    return Organisation(
        slug=slug or unique_slug(name, _is_taken, RESERVED),
        name=name,
        folded_name=folded_name(name),
        kind=kind,
        themes=list(themes),
        text=text,
        text_html=render_markdown(text) if text else "",
        created_at=now(),
        **more,
    )


def _is_taken(slug: str) -> bool:
    return db.session.scalar(select(Organisation.id).where(Organisation.slug == slug)) is not None


def index_partner(organisation: Organisation) -> None:
    """Makes a member findable and counts it in the facets of the directory. Called again, it only
    renews what the search knows. Raises the public generation: the member shows at once."""
    membership = standing_of(organisation)
    if membership is None:
        return
    if not _stands_in_the_directory(organisation):
        values = [("standing", str(membership.standing)), ("kind", str(organisation.kind))]
        values += [("theme", theme.slug) for theme in organisation.themes]
        count(((f"{COUNTED}.{facet}", value) for facet, value in values), 1)
    competences = competence_words([organisation.id]).get(organisation.id, "")
    index.put(KIND, organisation.id, **_said(organisation, competences))
    raise_generation()


def recount_themes(organisation: Organisation, before: Sequence[Theme]) -> None:
    """Moves a member between the topics of the directory, where they changed."""
    if standing_of(organisation) is None:
        return
    was, has = {theme.slug for theme in before}, {theme.slug for theme in organisation.themes}
    for slugs, step in ((was - has, -1), (has - was, 1)):
        count(((f"{COUNTED}.theme", slug) for slug in slugs), step)


def add_new_partners(organisations: Sequence[Organisation], *, import_id: int) -> None:
    """Thousands of new members of one import, in one statement per table: they never enter the
    session, and get their ids. They are findable and counted as `index_partner` would do it; the
    fact that tells of them raises the generation."""
    for one in organisations:
        one.import_id = import_id
    _insert(Organisation, [_said_columns(one) for one in organisations])
    entered = select(Organisation.slug, Organisation.id).where(Organisation.import_id == import_id)
    ids = {slug: number for slug, number in db.session.execute(entered)}
    for one in organisations:
        one.id = ids[one.slug]
        for membership in one.memberships:
            membership.organisation_id = one.id
    _insert(Membership, [_said_columns(m) for one in organisations for m in one.memberships])
    pairs = [(one.id, theme.id) for one in organisations for theme in one.themes]
    _insert(OrganisationTheme, [{"organisation_id": o, "theme_id": t} for o, t in pairs])
    _count(organisations, 1)
    index.put_new(KIND, {one.id: _said(one) for one in organisations})


def _insert(model: type[Base], rows: list[dict[str, Any]]) -> None:
    if rows:
        db.session.execute(insert(model), rows)


def _said_columns(thing: Base) -> dict[str, Any]:
    """What was said of it; the rest has its defaults."""
    said, columns = vars(thing), inspect(type(thing)).column_attrs
    return {column.key: said[column.key] for column in columns if column.key in said}


def forget_partners(ids: Sequence[int]) -> None:
    """Takes members out of the index and the counters. Some hundred at once."""
    rows = select(Organisation).where(Organisation.id.in_(ids))
    together = (selectinload(Organisation.memberships), selectinload(Organisation.themes))
    _count(db.session.scalars(rows.options(*together)).all(), -1)
    index.remove_all(KIND, ids)


def _count(organisations: Sequence[Organisation], step: int) -> None:
    """Each counter once, in a fixed order so that writers never cross."""
    values = Counter(value for one in organisations for value in _facets(one))
    for value, number in sorted(values.items()):
        count([value], step * number)


def _facets(organisation: Organisation) -> list[tuple[str, str]]:
    """Of a member with its one membership."""
    (membership,) = organisation.memberships
    values = [("standing", str(membership.standing)), ("kind", str(organisation.kind))]
    values += [("theme", theme.slug) for theme in organisation.themes]
    return [(f"{COUNTED}.{facet}", value) for facet, value in values]


def _said(organisation: Organisation, competences: str = "") -> dict[str, Any]:
    """What the search knows of a member; a new one has claimed no competences yet."""
    themes = " ".join(theme.name for theme in organisation.themes)
    words = (organisation.competences, competences, organisation.city, themes)
    parts = (plain(organisation.text), *words)
    return {
        "slug": organisation.slug,
        "title": organisation.name,
        "summary": organisation.summary,
        "body": "\n".join(filter(None, parts)),  # a new one has no keywords yet
        "is_public": True,
        "organisation_id": organisation.id,
    }


def _stands_in_the_directory(organisation: Organisation) -> bool:
    rows = select(SearchEntry.id).where(
        SearchEntry.kind == KIND, SearchEntry.object_id == organisation.id
    )
    return db.session.scalar(rows) is not None
