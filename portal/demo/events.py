"""Dates: the recorded ones as they were, and invented ones around today, on working days."""

import re
from datetime import date, datetime, time
from urllib.parse import urlsplit

from portal.core.database import db
from portal.core.text import render_markdown
from portal.core.times import in_berlin
from portal.demo.dataset import Row, rows
from portal.demo.world import World
from portal.events.facts import EventCancelled, EventPlanned
from portal.events.models import AgendaItem, Audience, Event, EventKind, EventState, Precision
from portal.events.periods import Period
from portal.events.services import make_findable

UID_DOMAIN = "demo.allianzportal.example"  # never changes: calendars know each date by its uid
PLANNED = 70  # days ago the first of the coming ones was entered, and every
APART = 4  # days the next one
ENTERED_BEFORE = 20  # days before it took place, one that is over by now
CANCELLED = 12  # days ago
ADDRESS = re.compile(r"https?://\S+")
SENTENCE = re.compile(r"[^.!?]+[.!?](?=\s|$)")


def load(world: World) -> str:
    recorded = rows("events")
    for row in recorded:
        event = _event(row, _recorded(row), at=world.opened)
        event.documentation = _with_note(row)
        event.documentation_html = render_markdown(event.documentation)
        _add(world, event)
    past, coming = _invented()
    for row in past:
        entered = world.days.worked(ENTERED_BEFORE - row["in_days"], "11:45")
        _add_invented(world, row, world.days.past_day(-row["in_days"]), max(entered, world.opened))
    for place, row in enumerate(coming):
        entered = world.days.worked(PLANNED - place * APART, "10:15")
        _add_invented(world, row, world.days.ahead(row["in_days"]), entered)
    return f"{len(recorded) + len(past)} past dates, {len(coming)} coming ones"


def _invented() -> tuple[list[Row], list[Row]]:
    """`in_days` is negative for those that are over."""
    found = rows("demo_events")
    return [r for r in found if r["in_days"] < 0], [r for r in found if r["in_days"] > 0]


def _event(row: Row, period: Period, *, at: datetime) -> Event:
    summary, text = _parted(row["text"])
    return Event(
        slug=row["slug"],
        uid=f"{row['slug']}@{UID_DOMAIN}",
        sequence=0,
        title=row["title"],
        kind=EventKind(row["kind"]),
        starts_at=period.starts_at,
        ends_at=period.ends_at,
        precision=period.precision,
        venue=row["venue"],
        room=row["room"],
        address=row["address"],
        arrival=row.get("arrival", ""),
        arrival_html=render_markdown(row.get("arrival", "")),
        organiser=row["organiser"],
        audience=Audience.PUBLIC,
        audience_note=row["audience_text"],
        summary=summary,
        text=text,
        text_html=render_markdown(text),
        documentation=row["documentation"],
        documentation_html=render_markdown(row["documentation"]),
        attendance_note=row["attendance_text"],
        source_url=row["source_url"],
        fictitious=row["fictitious"],
        created_at=at,
        changed_at=at,
        agenda=[
            AgendaItem(
                position=place,
                clock=item["time"],
                title=item["title"],
                note=item["note"],
                place=item.get("place", ""),
                speakers=item.get("speakers", []),
            )
            for place, item in enumerate(row["agenda"])
        ],
    )


def _recorded(row: Row) -> Period:
    """As exactly as the source names it."""
    precision, starts = Precision(row["precision"]), row["starts"]
    if precision is Precision.MONTH:
        year, month = starts.split("-")
        return Period.of_month(int(year), int(month))
    if precision is Precision.DAY:
        return Period.of_days(date.fromisoformat(starts))
    return Period(_moment(starts), _moment(row["ends"]))


def _moment(text: str) -> datetime:
    recorded = datetime.fromisoformat(text)
    return in_berlin(recorded.date(), recorded.time())


def _add_invented(world: World, row: Row, day: date, at: datetime) -> None:
    starts, ends = (time.fromisoformat(row[name]) for name in ("starts_time", "ends_time"))
    event = _event(row, Period(in_berlin(day, starts), in_berlin(day, ends)), at=at)
    event.audience = Audience(row["audience"])
    event.team = world.teams[row["team"]] if row["team"] else None
    _add(world, event)
    if row["state"] == EventState.CANCELLED:
        _cancel(world, event, row["note"])


def _cancel(world: World, event: Event, reason: str) -> None:
    event.state = EventState.CANCELLED
    event.cancel_reason = reason
    event.sequence += 1
    event.changed_at = world.days.worked(CANCELLED, "15:20")
    world.note(EventCancelled, event.changed_at, by=world.moderator, about=event, note=reason)


def _add(world: World, event: Event) -> None:
    db.session.add(event)
    db.session.flush()
    make_findable(event)
    world.note(EventPlanned, event.created_at, by=world.moderator, about=event)


def _parted(markdown: str) -> tuple[str, str]:
    """The whole sentences of the first paragraph are the summary; the page shows both parts."""
    paragraph, _, rest = markdown.partition("\n\n")
    summary = "".join(SENTENCE.findall(paragraph)).strip()
    start = paragraph.removeprefix(summary).strip()
    return summary, "\n\n".join(part for part in (start, rest) if part)


def _with_note(row: Row) -> str:
    """What the sources leave open stands below the documentation, other sources as links."""
    note = ADDRESS.sub(lambda found: f"[{urlsplit(found[0]).hostname}]({found[0]})", row["note"])
    return "\n\n".join(part for part in (row["documentation"], note) if part)
