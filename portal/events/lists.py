"""Which dates a list shows: the choice in its address (?zeit=vergangen&art=workshop)."""

from dataclasses import dataclass

from flask import request, url_for
from sqlalchemy import Select

from portal.accounts.models import User
from portal.events import queries
from portal.events.models import Event, EventKind

PAST = "vergangen"
KINDS = {kind.slug: kind for kind in EventKind}


@dataclass(frozen=True)
class Option:
    """`kind` is None for all of them."""

    kind: EventKind | None
    href: str
    count: int
    current: bool


@dataclass(frozen=True)
class Choice:
    """What is not known in the address narrows nothing."""

    user: User
    are_past: bool
    kind: EventKind | None
    counts: dict[EventKind, int]

    @property
    def rows(self) -> Select[Event]:
        return (queries.past if self.are_past else queries.coming)(self.user, self.kind)

    @property
    def total(self) -> int:
        return self.counts.get(self.kind, 0) if self.kind else sum(self.counts.values())

    @property
    def kinds(self) -> list[Option]:
        """All, and each kind that there is."""
        known = [kind for kind in EventKind if kind in self.counts or kind is self.kind]
        return [self._option(None), *map(self._option, known)]

    def _option(self, kind: EventKind | None) -> Option:
        count = self.counts.get(kind, 0) if kind else sum(self.counts.values())
        return Option(kind, address(are_past=self.are_past, kind=kind), count, kind is self.kind)


def asked_for(user: User) -> Choice:
    are_past = request.args.get("zeit") == PAST
    kind = KINDS.get(request.args.get("art", ""))
    return Choice(user, are_past, kind, queries.count_by_kind(user, are_past=are_past))


def address(*, are_past: bool, kind: EventKind | None = None) -> str:
    """The same list with another choice."""
    return url_for(
        request.endpoint or "", zeit=PAST if are_past else None, art=kind.slug if kind else None
    )
