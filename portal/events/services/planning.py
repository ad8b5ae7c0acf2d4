"""Entering, changing and cancelling dates."""

from datetime import datetime
from uuid import uuid4

from portal.accounts.models import User
from portal.core.database import db
from portal.core.facts import tell
from portal.core.languages import speaking
from portal.core.rules import require
from portal.core.search import index
from portal.core.text import plain, render_markdown, unique_slug
from portal.core.times import now
from portal.core.workflows import check_version
from portal.events import agenda, queries
from portal.events.content import (
    WORDS,
    Content,
    lines_of,
    shown_in_calendars,
    whereabouts_of,
    would_move,
    written_down,
)
from portal.events.facts import EventChanged, EventPlanned
from portal.events.models import AgendaItem, Audience, Event, EventState
from portal.events.policies import may_edit, may_plan
from portal.events.workflow import WORKFLOW


def plan(
    content: Content,
    *,
    by: User,
    like: Event | None = None,
    fictitious: bool = False,
    at: datetime | None = None,
) -> Event:
    """Everybody whom it is for sees it at once. The second of two clicks finds what the first one
    made. `like` is the date that it was made from."""
    require(may_plan, by, None)
    moment = at or now()
    event = Event(
        uid=str(uuid4()),
        state=EventState.PLANNED,
        sequence=0,
        fictitious=fictitious,
        created_at=moment,
        changed_at=moment,
    )
    _write(event, content)
    for other in queries.planned_like(event.title, event.starts_at):
        if written_down(other) == written_down(event):
            return other
    event.slug = unique_slug(content.title, queries.slug_is_taken)
    db.session.add(event)
    db.session.flush()
    make_findable(event)
    tell(EventPlanned(by=by, about=event, like=like, at=moment))
    return event


def change(
    event: Event, content: Content, *, by: User, seen_version: int, tells: bool = False
) -> None:
    """Nothing happens where nothing differs; calendars are told only of what they show, and with
    `tells` those who are coming hear of another time or place. Raises Conflict when the form
    showed another version."""
    require(may_edit, by, event)
    check_version(event, seen_version)
    before, seen_before = written_down(event), shown_in_calendars(event)
    was, moved = whereabouts_of(event), would_move(event, content)
    _write(event, content)
    if written_down(event) == before:
        return
    if shown_in_calendars(event) != seen_before:
        event.sequence += 1
    event.changed_at = now()
    db.session.flush()
    make_findable(event)
    tell(EventChanged(by=by, about=event, moved=moved, before=was, tells=tells and moved))


def cancel(
    event: Event, *, by: User, reason: str, seen_version: int, at: datetime | None = None
) -> None:
    """The page stays with the reason, and calendars strike the date out."""

    def with_the_reason() -> None:
        event.cancel_reason = reason
        event.sequence += 1
        event.changed_at = at or now()

    WORKFLOW.take(
        "cancel",
        event,
        by=by,
        note=reason,
        seen_version=seen_version,
        meanwhile=with_the_reason,
    )


def _write(event: Event, content: Content) -> None:
    for name in WORDS:
        setattr(event, name, getattr(content, name))
    event.team = content.team
    event.team_id = content.team.id if content.team else None
    event.starts_at = content.period.starts_at
    event.ends_at = content.period.ends_at
    event.precision = content.period.precision
    event.text_html = render_markdown(content.text)
    event.arrival_html = render_markdown(content.arrival)
    event.documentation_html = render_markdown(content.documentation)
    if lines_of(event) != list(content.agenda):
        event.agenda = [
            AgendaItem(
                position=position,
                clock=line.clock,
                title=line.title,
                note=line.note,
                place=line.place,
                speakers=list(line.speakers),
            )
            for position, line in enumerate(content.agenda)
        ]


def make_findable(event: Event) -> None:
    """A team's date is found by its seats (queries.ids_by_invitation) and by the office. The index
    speaks one language, whoever saves."""
    with speaking():
        kind = event.kind.label
    parts = [
        kind, event.venue, event.room, event.address, event.organiser,
        event.audience_note, plain(event.text), plain(event.arrival),
        agenda.written(lines_of(event)), plain(event.documentation),
    ]  # fmt: skip
    index.put(
        "event",
        event.id,
        slug=event.slug,
        title=event.title,
        summary=event.summary,
        body="\n".join(parts),
        is_public=event.audience is not Audience.TEAM,
        at=min(event.starts_at, event.changed_at),  # the archive is as old as its dates
    )
