"""The ledger played again from its lines alone: what became of everybody, and every line that does
not follow from the rules. It reads no counter and no registration, and it trusts no line: what is
wrong is named, then the play goes on as it is written there."""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from portal.registrations.models import Move, RegistrationState

LONG_AGO, NEVER = (moment.replace(tzinfo=UTC) for moment in (datetime.min, datetime.max))
# A decision and its line are written one after the other: that close to a limit nobody can tell.
CLOSE = timedelta(minutes=1)
HOLDING = (RegistrationState.CONFIRMED, RegistrationState.OFFERED)
ENTERED = (Move.ENTERED_CONFIRMED, Move.ENTERED_QUEUED)
SEATED = (Move.CONFIRMED, Move.ENTERED_CONFIRMED)
FOLLOWS = (Move.MOVED_UP, Move.OFFERED)


class Line(Protocol):
    """What the play reads of a line; a LedgerEntry has it."""

    @property
    def line(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def move(self) -> Move: ...
    @property
    def number(self) -> int | None: ...
    @property
    def received_at(self) -> datetime | None: ...
    @property
    def capacity(self) -> int | None: ...


@dataclass(frozen=True)
class Times:
    """The rules' moments that the ledger does not tell, and since when they hold: a line before
    that is not judged by them."""

    offers_from: datetime
    moves_up_until: datetime
    since: datetime

    def hold(self, line: Line) -> bool:
        return line.at >= self.since


UNKNOWN = Times(offers_from=NEVER, moves_up_until=NEVER, since=NEVER)


@dataclass(frozen=True)
class Fault:
    line: int
    what: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}"


@dataclass
class Replayed:
    """Where the ledger leads."""

    times: Times = UNKNOWN
    states: dict[int, RegistrationState] = field(default_factory=dict)
    proved: set[int] = field(default_factory=set)
    capacity: int = 0
    taken: int = 0
    lines: int = 0
    latest: datetime | None = None
    is_stopped: bool = False
    faults: list[Fault] = field(default_factory=list)
    _arrived: dict[int, datetime] = field(default_factory=dict)
    _line: list[tuple[datetime, int]] = field(default_factory=list)
    _freed: Line | None = None

    @property
    def line(self) -> list[int]:
        """Who waits, the first in line first."""
        return [number for _, number in self._line]

    @property
    def waiting(self) -> int:
        return len(self._line)

    def play(self, line: Line) -> None:
        if line.line != self.lines + 1:
            self.fault(line, f"follows line {self.lines}")
        self.lines = line.line
        if (line.move is Move.OPENED) != (line.line == 1):
            self.fault(line, "a ledger begins with its opening, once")
        if line.move not in FOLLOWS:
            self.look_for_a_kept_place()
        PLAYS[line.move](self, line)

    def look_for_a_kept_place(self) -> None:
        """The one before is over: whoever could move up has moved up."""
        freed, self._freed = self._freed, None
        if freed is None or self.is_stopped or not self._line or self.taken >= self.capacity:
            return
        if self.times.hold(freed) and freed.at < self.times.moves_up_until - CLOSE:
            self.fault(freed, f"left a place free while number {self._line[0][1]} waited")

    def fault(self, line: Line, what: str) -> None:
        self.faults.append(Fault(line.line, what))

    def arrive(self, line: Line) -> None:
        number, seated = line.number or 0, line.move in SEATED
        if number != len(self.states) + 1:
            self.fault(line, f"number {number} comes after number {len(self.states)}")
        if self.is_stopped:
            self.fault(line, f"number {number} came after the end")
        self._note_arrival(line, number)
        free = self.taken < self.capacity
        if seated and not free:
            self.fault(line, f"number {number} got a place while none was free")
        elif seated and self._line:
            self.fault(line, f"number {number} overtook number {self._line[0][1]}")
        elif not seated and free and not self._line:
            self.fault(line, f"number {number} got no place while one was free")
        self.states[number] = RegistrationState.WAITING
        if seated:
            self.seat(number, RegistrationState.CONFIRMED)
        else:
            insort(self._line, (self._arrived[number], number))

    def _note_arrival(self, line: Line, number: int) -> None:
        arrived = line.received_at
        if arrived is None:
            self.fault(line, f"number {number} has no time of arrival")
        elif line.move not in ENTERED:
            if self.latest and arrived < self.latest:
                self.fault(line, f"number {number} arrived before the one before")
            self.latest = max(arrived, self.latest or arrived)
        self._arrived[number] = arrived or line.at

    def seat(self, number: int, state: RegistrationState) -> None:
        self.states[number] = state
        self.taken += 1

    def move_up(self, line: Line) -> None:
        offered = line.move is Move.OFFERED
        number = self.known(line, RegistrationState.WAITING)
        if self.is_stopped:
            self.fault(line, f"number {number} moved up after the end")
        if self.taken >= self.capacity:
            self.fault(line, f"number {number} moved up while no place was free")
        if self._line and self._line[0][1] != number:
            self.fault(line, f"number {number} overtook number {self._line[0][1]}")
        if offered and self.times.hold(line) and line.at < self.times.offers_from - CLOSE:
            self.fault(line, f"number {number} got an offer instead of a place")
        if offered and self.times.hold(line) and line.at > self.times.moves_up_until + CLOSE:
            self.fault(line, f"number {number} got an offer after the cut-off")
        self.leave_the_line(number)
        self.seat(number, RegistrationState.OFFERED if offered else RegistrationState.CONFIRMED)

    def leave_the_line(self, number: int) -> None:
        place = bisect_left(self._line, (self._arrived.get(number, LONG_AGO), number))
        if place < len(self._line) and self._line[place][1] == number:
            del self._line[place]

    def known(self, line: Line, *states: RegistrationState) -> int:
        """The number of the line; it has one of the states."""
        number = line.number or 0
        state = self.states.get(number)
        if state not in states:
            self.fault(line, f"number {number} is {state or 'unknown'}: not possible")
        return number

    def accept(self, line: Line) -> None:
        self.states[self.known(line, RegistrationState.OFFERED)] = RegistrationState.CONFIRMED

    def prove(self, line: Line) -> None:
        self.proved.add(self.known(line, *HOLDING, RegistrationState.WAITING))

    def end(self, line: Line) -> None:
        if line.move is Move.OFFER_LAPSED:
            number = self.known(line, RegistrationState.OFFERED)
        else:
            number = self.known(line, *HOLDING, RegistrationState.WAITING)
        if line.move is Move.UNPROVED and number in self.proved:
            self.fault(line, f"number {number} had confirmed the address")
        if self.states.get(number) in HOLDING:
            self.taken -= 1
            self._freed = line
        self.leave_the_line(number)
        self.states[number] = RegistrationState.CANCELLED

    def size(self, line: Line) -> None:
        if line.capacity is None or line.capacity < self.taken:
            self.fault(line, f"{line.capacity} places, and {self.taken} are taken")
        self.capacity = line.capacity or 0
        self._freed = line

    def stop(self, _: Line) -> None:
        self.is_stopped = True


PLAYS: dict[Move, Callable[[Replayed, Line], None]] = {
    Move.OPENED: Replayed.size,
    Move.RESIZED: Replayed.size,
    Move.CONFIRMED: Replayed.arrive,
    Move.QUEUED: Replayed.arrive,
    Move.ENTERED_CONFIRMED: Replayed.arrive,
    Move.ENTERED_QUEUED: Replayed.arrive,
    Move.PROVED: Replayed.prove,
    Move.MOVED_UP: Replayed.move_up,
    Move.OFFERED: Replayed.move_up,
    Move.ACCEPTED: Replayed.accept,
    Move.WITHDRAWN: Replayed.end,
    Move.REMOVED: Replayed.end,
    Move.UNPROVED: Replayed.end,
    Move.OFFER_LAPSED: Replayed.end,
    Move.ACCOUNT_DELETED: Replayed.end,
    Move.STOPPED: Replayed.stop,
}


def replay(lines: Iterable[Line], times: Times = UNKNOWN) -> Replayed:
    """Without `times` nobody can say whether a free place was kept from who waited."""
    replayed = Replayed(times)
    for line in lines:
        replayed.play(line)
    replayed.look_for_a_kept_place()
    return replayed
