"""Dates of the alliance. `Event` is always a Veranstaltung; what happened is a fact."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base, Versioned
from portal.teams.models import Team

if TYPE_CHECKING:
    from portal.events.models.media import EventDocument, EventPicture


class EventKind(StrEnum):
    ALLIANCE_MEETING = "alliance_meeting"
    CONFERENCE = "conference"
    WORKSHOP = "workshop"
    NETWORK_MEETING = "network_meeting"
    COUNCIL = "council"
    OPENING = "opening"
    OTHER = "other"

    @property
    def label(self) -> str:
        return str(EVENT_KIND_LABELS[self])

    @property
    def slug(self) -> str:
        """As it stands in the address of a filtered list."""
        return EVENT_KIND_SLUGS[self]


EVENT_KIND_LABELS = {
    EventKind.ALLIANCE_MEETING: _l("Allianztagung"),
    EventKind.CONFERENCE: _l("Konferenz"),
    EventKind.WORKSHOP: _l("Workshop"),
    EventKind.NETWORK_MEETING: _l("Netzwerktreffen"),
    EventKind.COUNCIL: _l("Gremiensitzung"),
    EventKind.OPENING: _l("Eröffnung"),
    EventKind.OTHER: _l("Sonstiger Termin"),
}
EVENT_KIND_SLUGS = {
    EventKind.ALLIANCE_MEETING: "allianztagung",
    EventKind.CONFERENCE: "konferenz",
    EventKind.WORKSHOP: "workshop",
    EventKind.NETWORK_MEETING: "netzwerktreffen",
    EventKind.COUNCIL: "gremium",
    EventKind.OPENING: "eroeffnung",
    EventKind.OTHER: "sonstige",
}


class Audience(StrEnum):
    """Whom a date is for. PUBLIC and PARTNERS dates are visible to all, TEAM ones to the team."""

    PUBLIC = "public"
    PARTNERS = "partners"
    TEAM = "team"

    @property
    def label(self) -> str:
        return str(AUDIENCE_LABELS[self])


AUDIENCE_LABELS = {
    Audience.PUBLIC: _l("alle Interessierten"),
    Audience.PARTNERS: _l("Partner der Allianz"),
    Audience.TEAM: _l("Mitglieder eines Expertenteams"),
}


class EventState(StrEnum):
    PLANNED = "planned"
    CANCELLED = "cancelled"


class Precision(StrEnum):
    """How exactly the time is known; dates from the archive often have a day or a month only."""

    TIME = "time"
    DAY = "day"
    MONTH = "month"


class Event(Versioned, Base):
    """`starts_at` and `ends_at` are moments. Where only the day or the month is known, they are the
    midnights in Berlin that begin it and that end it (`periods.Period` makes them).
    `uid` never changes, `sequence` grows with every change that calendars show: they follow by both
    (RFC 5545)."""

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("ends_at >= starts_at", name="ends_after_start"),
        Index(None, "starts_at"),
        Index(None, "ends_at"),
    )

    slug: Mapped[str] = mapped_column(String(90), unique=True)
    uid: Mapped[str] = mapped_column(String(80), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    state: Mapped[EventState] = mapped_column(default=EventState.PLANNED)
    title: Mapped[str] = mapped_column(String(160))
    kind: Mapped[EventKind]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    precision: Mapped[Precision] = mapped_column(default=Precision.TIME)
    venue: Mapped[str] = mapped_column(String(160), default="")
    room: Mapped[str] = mapped_column(String(120), default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    organiser: Mapped[str] = mapped_column(String(200), default="")
    arrival: Mapped[str] = mapped_column(Text, default="", server_default="")
    arrival_html: Mapped[str] = mapped_column(Text, default="", server_default="")
    audience: Mapped[Audience] = mapped_column(default=Audience.PUBLIC)
    audience_note: Mapped[str] = mapped_column(String(200), default="")
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    team: Mapped[Team | None] = relationship()
    summary: Mapped[str] = mapped_column(String(300), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    text_html: Mapped[str] = mapped_column(Text, default="")
    documentation: Mapped[str] = mapped_column(Text, default="")
    documentation_html: Mapped[str] = mapped_column(Text, default="")
    attendance_note: Mapped[str] = mapped_column(String(200), default="")
    source_url: Mapped[str] = mapped_column(String(500), default="")
    fictitious: Mapped[bool] = mapped_column(default=False)
    cancel_reason: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    agenda: Mapped[list["AgendaItem"]] = relationship(
        order_by="AgendaItem.position", cascade="all, delete-orphan"
    )
    pictures: Mapped[list["EventPicture"]] = relationship(
        back_populates="event", order_by="EventPicture.position", cascade="all, delete-orphan"
    )
    documents: Mapped[list["EventDocument"]] = relationship(
        back_populates="event", order_by="EventDocument.position", cascade="all, delete-orphan"
    )

    @property
    def last_moment(self) -> datetime:
        """Lies on its last day; the midnight that ends a day belongs to the next one."""
        if self.precision is Precision.TIME:
            return self.ends_at
        return self.ends_at - timedelta(seconds=1)

    @property
    def is_cancelled(self) -> bool:
        return self.state is EventState.CANCELLED


class AgendaItem(Base):
    """One line of the programme; `clock` is "13:00" in Berlin, or empty. `place` is there where it
    differs from the event's, `speakers` are names as they were typed."""

    __tablename__ = "agenda_item"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    clock: Mapped[str] = mapped_column(String(5), default="")
    title: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(String(300), default="")
    place: Mapped[str] = mapped_column(String(160), default="", server_default="")
    speakers: Mapped[list[str]] = mapped_column(default=list, server_default=text("'[]'"))
