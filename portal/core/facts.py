"""Facts: what has happened, told inside the transaction in which it happened."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar, TypeVar

AnyListener = Callable[[Any], None]
L = TypeVar("L", bound=AnyListener)
_listeners: dict[type, list[AnyListener]] = defaultdict(list)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """`by` a user or None for the system, `for_` the organisation acted for or None, `about` the
    thing. A fact that changes no public page says `quiet = True`; all others raise the public
    generation, so that forgetting the line costs speed and never shows an old page."""

    quiet: ClassVar[bool] = False

    by: Any
    for_: Any = None
    about: Any
    note: str = ""
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


class ActDenied(Fact):
    """Told after the rollback, in a short transaction of its own."""

    quiet = True


def on(kind: type[Fact]) -> Callable[[L], L]:
    """Registers a listener for a kind of fact and all its subclasses."""

    def register(listener: L) -> L:
        _listeners[kind].append(listener)
        return listener

    return register


def tell(fact: Fact) -> None:
    """Calls the listeners at once. They never depend on each other's order."""
    for kind in type(fact).__mro__:
        for listener in _listeners.get(kind, ()):
            listener(fact)


def every_kind(of: type[Fact] = Fact) -> set[type[Fact]]:
    """All kinds of facts that the portal knows (for the tests that hold docs/mails.md)."""
    return {k for sub in of.__subclasses__() for k in {sub} | every_kind(sub)}
