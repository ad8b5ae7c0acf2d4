"""The places of a date, and the ledger of what became of them."""

from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base, Versioned
from portal.events.models import Event


class AllocationState(StrEnum):
    OPEN = "open"
    STOPPED = "stopped"  # with the date itself


class Allocation(Versioned, Base):
    """The rules by which a date gives its places, and the counters of the seat algorithm
    (safety.md, R4). `taken` counts the confirmed and the offered, `waiting` who stands in line;
    `numbers` and `lines` are the last that were given out. `granted` and `latest` are what the last
    registration was told: whether it got a place, and the moment it counts from, which never lies
    before the one before it. The counters are written by `services.seats` alone.

    From `offers_from` on a freed place is offered for `offer_hours` instead of given; from
    `moves_up_until` on nobody moves up by themselves. Until `cancel_until` people cancel on
    their own. `per_organisation` is the most that one organisation may hold, places and line."""

    __tablename__ = "allocation"
    __table_args__ = (
        CheckConstraint("taken >= 0 AND taken <= capacity", name="not_oversold"),
        CheckConstraint("waiting >= 0", name="no_negative_line"),
        CheckConstraint("closes_at > opens_at", name="closes_after_opening"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), unique=True)
    event: Mapped[Event] = relationship()
    state: Mapped[AllocationState] = mapped_column(default=AllocationState.OPEN)
    capacity: Mapped[int]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    cancel_until: Mapped[datetime]
    offers_from: Mapped[datetime]
    offer_hours: Mapped[int] = mapped_column(default=24)
    moves_up_until: Mapped[datetime]
    per_organisation: Mapped[int | None]
    question: Mapped[str] = mapped_column(String(200), default="")
    taken: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    numbers: Mapped[int] = mapped_column(default=0)
    lines: Mapped[int] = mapped_column(default=0)
    granted: Mapped[bool] = mapped_column(default=False)
    latest: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    thanked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    @property
    def is_full(self) -> bool:
        """Who comes now stands in line."""
        return self.taken >= self.capacity or self.waiting > 0

    @property
    def title(self) -> str:
        return self.event.title


class Move(StrEnum):
    """What a line of the ledger says. The reason is the move itself: names and words that somebody
    typed stand in no ledger."""

    OPENED = "opened"
    RESIZED = "resized"
    CONFIRMED = "confirmed"
    QUEUED = "queued"
    ENTERED_CONFIRMED = "entered_confirmed"
    ENTERED_QUEUED = "entered_queued"
    PROVED = "proved"
    MOVED_UP = "moved_up"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"
    UNPROVED = "unproved"
    OFFER_LAPSED = "offer_lapsed"
    ACCOUNT_DELETED = "account_deleted"
    STOPPED = "stopped"

    @property
    def label(self) -> str:
        return str(MOVE_LABELS[self])


MOVE_LABELS = {
    Move.OPENED: _l("Anmeldung eingerichtet"),
    Move.RESIZED: _l("Zahl der Plätze geändert"),
    Move.CONFIRMED: _l("angemeldet: Platz frei, Platz bekommen"),
    Move.QUEUED: _l("angemeldet: kein Platz frei, auf die Warteliste"),
    Move.ENTERED_CONFIRMED: _l("vom Projektbüro nachgetragen: Platz frei, Platz bekommen"),
    Move.ENTERED_QUEUED: _l(
        "vom Projektbüro nachgetragen: nach der Zeit des Eingangs auf die Warteliste"
    ),
    Move.PROVED: _l("E-Mail-Adresse bestätigt"),
    Move.MOVED_UP: _l("nachgerückt: ein Platz wurde frei"),
    Move.OFFERED: _l("Platz angeboten: ein Platz wurde frei"),
    Move.ACCEPTED: _l("Angebot angenommen"),
    Move.WITHDRAWN: _l("selbst abgemeldet"),
    Move.REMOVED: _l("vom Projektbüro abgemeldet"),
    Move.UNPROVED: _l("E-Mail-Adresse nicht rechtzeitig bestätigt"),
    Move.OFFER_LAPSED: _l("Angebot nicht rechtzeitig angenommen"),
    Move.ACCOUNT_DELETED: _l("Konto gelöscht"),
    Move.STOPPED: _l("Termin abgesagt"),
}


class LedgerEntry(Base):
    """One line, written under the allocation's lock and never changed. `number` is the
    registration's; `received_at` stands where one came in, `capacity` where the places are set."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        UniqueConstraint("allocation_id", "line"),
        Index(None, "allocation_id", "number"),
    )

    allocation_id: Mapped[int] = mapped_column(ForeignKey("allocation.id"))
    line: Mapped[int]
    at: Mapped[datetime]
    move: Mapped[Move]
    number: Mapped[int | None]
    received_at: Mapped[datetime | None]
    capacity: Mapped[int | None]
