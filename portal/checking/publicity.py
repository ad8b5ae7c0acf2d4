"""What public lists and the search keep beside the things themselves: figures and index."""

from collections import Counter
from typing import Any

from sqlalchemy import Select, func, literal, select

from portal.checking.finding import Finding, differences
from portal.core.counters import Counter as Kept
from portal.core.database import db
from portal.core.search.models import SearchEntry
from portal.events import queries as events
from portal.events.models import Event
from portal.exchange.models import Offer, OfferState
from portal.news.models import Article, ArticleState
from portal.partners.models import (
    Affiliation,
    Membership,
    Organisation,
    OrganisationTheme,
)
from portal.projects.models import RevisionDistrict
from portal.projects.queries.public import IS_LIVE, LIVE, P, R
from portal.teams.models import Team
from portal.topics.models import District, Theme

IS_MEMBER = Membership.until.is_(None)
RD: Any = RevisionDistrict.__table__


def figures() -> Finding:
    """The counters of unfiltered lists, counted again."""
    rows = select(Kept.facet, Kept.value, Kept.number)
    stands = {f"{facet}.{value}": number for facet, value, number in db.session.execute(rows)}
    ought: Counter[str] = Counter()
    for prefix, columns in (("projects", _of_projects()), ("partners", _of_partners())):
        for facet, counted in columns.items():
            for value, many in db.session.execute(counted):
                if value is not None:
                    ought[f"{prefix}.{facet}.{value}"] += many
    faults = differences("counter", stands, ought)
    return Finding("public figures are true", f"{len(stands)} counters", faults)


def _of_projects() -> dict[str, Select[Any]]:
    live = select().select_from(LIVE).where(IS_LIVE)
    of_theme = live.join(Theme, Theme.id == R.c.theme_id)
    of_district = live.join(RD, RD.c.revision_id == R.c.id).join(
        District, District.id == RD.c.district_id
    )
    everywhere, here = R.c.citywide.is_(True), R.c.citywide.is_(False)
    return {
        "all": _by(live, literal("all")),
        "phase": _by(live, R.c.phase),
        "theme": _by(of_theme, Theme.slug),
        "citywide": _by(live.where(everywhere), literal("citywide")),
        "district": _by(of_district.where(here), District.slug),
    }


def _of_partners() -> dict[str, Select[Any]]:
    members = select().select_from(Organisation).join(Organisation.memberships).where(IS_MEMBER)
    themes = members.join(OrganisationTheme, OrganisationTheme.organisation_id == Organisation.id)
    return {
        "standing": _by(members, Membership.standing),
        "kind": _by(members, Organisation.kind),
        "theme": _by(themes.join(Theme, Theme.id == OrganisationTheme.theme_id), Theme.slug),
    }


def _by(rows: Any, value: Any) -> Select[Any]:
    named = rows.with_only_columns(value.label("value"), func.count())
    counted: Select[Any] = named.group_by(value)
    return counted


def search() -> Finding:
    """The index has exactly what is public."""
    faults, number = [], 0
    for kind, public in _public().items():
        rows = select(SearchEntry.object_id).where(
            SearchEntry.kind == kind, SearchEntry.is_public.is_(True)
        )
        found, ought = set(db.session.scalars(rows)), set(db.session.scalars(public))
        number += len(found)
        faults += [f"{kind} {id_} is public, and nobody finds it" for id_ in sorted(ought - found)]
        faults += [f"{kind} {id_} is found, and not public" for id_ in sorted(found - ought)]
    return Finding("the search finds what is public", f"{number} things", faults)


def _public() -> dict[str, Select[Any]]:
    """Ids, by the kind of the index."""
    online = select(Offer.id).join(Offer.organisation)
    return {
        "project": select(P.c.id).select_from(LIVE).where(IS_LIVE),
        "partner": select(Membership.organisation_id).where(IS_MEMBER),
        "team": select(Team.id),
        "event": events.published().with_only_columns(Event.id),
        "article": select(Article.id).where(Article.state == ArticleState.PUBLISHED),
        "offer": online.where(
            Offer.state == OfferState.ONLINE, Organisation.suspended_at.is_(None)
        ),
    }


def belonging() -> Finding:
    """Nobody belongs twice: one open membership of each organisation, one open role of each kind of
    each person in it."""
    twice = select(Membership.organisation_id).where(IS_MEMBER)
    twice = twice.group_by(Membership.organisation_id).having(func.count() > 1)
    faults = [f"organisation {id_} is a member twice" for id_ in db.session.scalars(twice)]
    who = (Affiliation.user_id, Affiliation.organisation_id, Affiliation.role)
    roles = select(*who).where(Affiliation.until.is_(None)).group_by(*who)
    faults += [
        f"person {user} is {role} twice in organisation {organisation}"
        for user, organisation, role in db.session.execute(roles.having(func.count() > 1))
    ]
    members = db.session.scalar(select(func.count()).select_from(Membership).where(IS_MEMBER))
    return Finding("nobody belongs twice", f"{members} members", faults)


PUBLICITY = (figures, search, belonging)
