"""The seat algorithm as anybody would say it, in memory and without a clock of its own: what the
portal's answers are compared with."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

PROVE_WITHIN = timedelta(hours=24)
OFFER = timedelta(hours=24)
DONE, CLOSED, DENIED, LIMIT, CONFLICT = "done", "Closed", "Denied", "LimitReached", "Conflict"


@dataclass
class Entry:
    number: int
    person: int
    organisation: int | None
    state: str
    received: datetime
    entered: datetime
    proved: bool
    until: datetime | None = None

    @property
    def holds(self) -> bool:
        return self.state in ("confirmed", "offered")

    @property
    def active(self) -> bool:
        return self.state != "cancelled"


@dataclass
class Model:
    capacity: int
    limit: int
    opens: datetime
    closes: datetime
    cancel_until: datetime
    offers_from: datetime
    moves_up_until: datetime
    entries: list[Entry] = field(default_factory=list)
    latest: datetime | None = None
    stopped: bool = False
    resting: set[int] = field(default_factory=set)

    @property
    def taken(self) -> int:
        return sum(one.holds for one in self.entries)

    @property
    def line(self) -> list[Entry]:
        waiting = [one for one in self.entries if one.state == "waiting"]
        return sorted(waiting, key=lambda one: (one.received, one.number))

    def of(self, person: int) -> Entry | None:
        return next((one for one in self.entries if one.active and one.person == person), None)

    def register(
        self, now: datetime, person: int, organisation: int | None = None, *, proved: bool = True
    ) -> str:
        if organisation in self.resting:
            return DENIED
        if self.of(person):
            return DONE
        if self.stopped or not self.opens <= now < self.closes:
            return CLOSED
        held = sum(one.active and one.organisation == organisation for one in self.entries)
        if organisation is not None and held >= self.limit:
            return LIMIT
        self.latest = max(now, self.latest or now)
        self._enter(person, organisation, self.latest, now, proved)
        return DONE

    def take_in(self, now: datetime, person: int, arrived: datetime) -> str:
        if self.of(person):
            return CONFLICT
        if self.stopped or not self.opens <= arrived < self.closes:
            return CLOSED
        self._enter(person, None, arrived, now, proved=True)
        return DONE

    def _enter(
        self,
        person: int,
        organisation: int | None,
        received: datetime,
        now: datetime,
        proved: bool,
    ) -> None:
        free = self.taken < self.capacity and not self.line
        state = "confirmed" if free else "waiting"
        number = len(self.entries) + 1
        self.entries.append(Entry(number, person, organisation, state, received, now, proved))

    def prove(self, entry: Entry) -> str:
        if not entry.active:
            return CONFLICT
        entry.proved = True
        return DONE

    def withdraw(self, now: datetime, entry: Entry) -> str:
        if now >= self.cancel_until and entry.state == "confirmed":
            return CONFLICT
        if entry.active:
            self._end(now, entry)
        return DONE

    def remove(self, now: datetime, entry: Entry) -> str:
        if not entry.active:
            return CONFLICT
        self._end(now, entry)
        return DONE

    def release(self, now: datetime, person: int) -> str:
        entry = self.of(person)
        if entry:
            self._end(now, entry)
        return DONE

    def accept(self, now: datetime, entry: Entry) -> str:
        if entry.state == "confirmed":
            return DONE
        if entry.state != "offered" or entry.until is None or now >= entry.until:
            return CONFLICT
        entry.state, entry.until, entry.proved = "confirmed", None, True
        return DONE

    def resize(self, now: datetime, capacity: int) -> str:
        if self.stopped or capacity < self.taken:
            return CONFLICT
        self.capacity = capacity
        self._move_up(now)
        return DONE

    def move_up_by_hand(self) -> str:
        if self.stopped or self.taken >= self.capacity or not self.line:
            return CONFLICT
        self.line[0].state = "confirmed"
        return DONE

    def lapse(self, now: datetime) -> str:
        if self.stopped:
            return DONE
        for entry in [one for one in self.entries if self._is_due(one, now)]:
            self._end(now, entry)
        return DONE

    def _is_due(self, entry: Entry, now: datetime) -> bool:
        unproved = not entry.proved and entry.entered <= now - PROVE_WITHIN
        over = entry.state == "offered" and entry.until is not None and entry.until <= now
        return entry.active and (unproved or over)

    def stop(self) -> str:
        self.stopped = True
        return DONE

    def _end(self, now: datetime, entry: Entry) -> None:
        entry.state, entry.until = "cancelled", None
        self._move_up(now)

    def _move_up(self, now: datetime) -> None:
        while not self.stopped and self.taken < self.capacity and self.line:
            if now >= self.moves_up_until:
                return
            first = self.line[0]
            if now >= self.offers_from:
                first.state, first.until = "offered", min(now + OFFER, self.moves_up_until)
            else:
                first.state = "confirmed"
