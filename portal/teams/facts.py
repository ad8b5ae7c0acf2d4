"""What can have happened to a seat in a team. A request shows on no public page; a seat does."""

from portal.core.facts import Fact


class SeatRequested(Fact):
    quiet = True


class RequestWithdrawn(Fact):
    quiet = True


class SeatRefused(Fact):
    quiet = True


class SeatTaken(Fact): ...


class SeatGiven(Fact): ...


class SeatLeft(Fact): ...
