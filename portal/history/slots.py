"""Where the history of a thing appears on its page: for insiders only, and nothing for others."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from portal.accounts.models import User
from portal.core.pages import fills, fragment
from portal.core.times import local, start_of
from portal.events import queries as events
from portal.events.models import Event, EventKind
from portal.exchange.models import Offer
from portal.history import policies, queries
from portal.history.models import Entry
from portal.history.since import Change, Span, changes
from portal.partners.models import Application, Organisation
from portal.projects.models import Project
from portal.registrations.models import Allocation


@fills("project.history")
def of_project(project: Project, *, seen_by: User) -> Markup:
    if not policies.may_read_of_project(seen_by, project):
        return Markup()
    return _entries(queries.of_thing(project), seen_by)


@fills("offer.history")
def of_offer(offer: Offer, *, seen_by: User) -> Markup:
    if not policies.may_read_of_offer(seen_by, offer):
        return Markup()
    return _entries(queries.of_thing(offer), seen_by)


@fills("application.history")
def of_application(application: Application, *, seen_by: User) -> Markup:
    if not policies.may_read_of_application(seen_by, application):
        return Markup()
    return _entries(queries.of_thing(application), seen_by)


@fills("allocation.history")
def of_allocation(allocation: Allocation, *, seen_by: User) -> Markup:
    if not policies.may_read_of_allocation(seen_by, allocation):
        return Markup()
    return _entries(queries.of_thing(allocation), seen_by)


@fills("partner.history")
def of_partner(organisation: Organisation, *, seen_by: User) -> Markup:
    if policies.may_read_of_partner(seen_by, organisation):
        return _entries(queries.of_organisation(organisation), seen_by)
    if policies.may_read_own_of_partner(seen_by, organisation):
        return _entries(queries.of_organisation(organisation, by=seen_by), seen_by)
    return Markup()


def _entries(entries: list[Entry], seen_by: User) -> Markup:
    return fragment("history/_entries.html", lines=queries.in_words(entries, seen_by=seen_by))


@fills("event.since")
def since_last_time(event: Event, *, seen_by: User) -> Markup:
    """On the page of an Allianztagung that has taken place. Everybody sees the same."""
    if event.kind is not EventKind.ALLIANCE_MEETING or event.is_cancelled:
        return Markup()
    if not events.is_over(event):
        return Markup()
    previous = events.one_before(event)
    span = Span(_morning(previous) if previous else None, _morning(event))
    rows = [row for row in _rows(changes(span)) if not row.change.is_empty]
    return fragment("history/_since.html", rows=rows, previous=previous) if rows else Markup()


def _morning(event: Event) -> datetime:
    """What happens on the day of a meeting counts for the next one."""
    return start_of(local(event.starts_at).date())


@dataclass(frozen=True)
class Row:
    label: str
    change: Change
    links: list[tuple[str, str]]


def _rows(found: dict[str, Change]) -> list[Row]:
    projects = partial(url_for, "projects.show")
    words: dict[str, tuple[str, Callable[..., str], str]] = {
        "partners": (_("Partner"), partial(url_for, "partners.show"), "slug"),
        "projects": (_("Veröffentlichte Projekte"), projects, "slug"),
        "completed": (_("Abgeschlossene Projekte"), projects, "slug"),
        "teams": (_("Expertenteams"), partial(url_for, "teams.show"), "slug"),
        "declarations": (
            _("Fassungen der Allianzerklärung"),
            partial(url_for, "charter.version"),
            "number",
        ),
        "signatures": (_("Organisationen, die sie unterzeichnet haben"), url_for, ""),
    }
    return [
        Row(label, found[kind], [(title, to(**{name: key})) for key, title in found[kind].named])
        for kind, (label, to, name) in words.items()
    ]
