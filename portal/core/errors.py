"""What can go wrong in the domain, with its HTTP status."""

from typing import Any


class DomainError(Exception):
    """`reason` is for the log and the history; `message`, if there is one, for the person."""

    status = 422

    def __init__(self, reason: str, *, about: Any = None, message: Any = None) -> None:
        super().__init__(reason)
        self.about = about
        self.message = message


class Denied(DomainError):
    """May see it, may not do it."""

    status = 403


class Conflict(DomainError):
    """Somebody else changed it first."""

    status = 409


class Hidden(DomainError):
    """For readers: what you may not see does not exist."""

    status = 404


class Gone(DomainError):
    """It was right once, and what it rested on is over."""

    status = 410


class TooOften(DomainError):
    """Try again after `seconds`."""

    status = 429

    def __init__(self, reason: str, *, seconds: int) -> None:
        super().__init__(reason)
        self.seconds = seconds


class Busy(DomainError):
    """The database was held by others for too long: nothing was stored, and the same again may
    succeed at once. `writing` says that it came from the request's own transaction."""

    status = 503
    seconds = 5

    def __init__(self, reason: str, *, writing: bool) -> None:
        super().__init__(reason)
        self.writing = writing
