"""Which cases two tied administrators can decide together. They live on floors above: each feature
says here how its own are loaded and decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import ColumnElement

from portal.accounts.models import User
from portal.core.errors import Hidden
from portal.core.rules import Rule


@dataclass(frozen=True)
class Act:
    """One of the decisions; `asks` says that it needs a note to those who wrote the text."""

    label: Any
    asks: bool = False


@dataclass(frozen=True, kw_only=True)
class JointCase:
    """`about` is what the history names, `for_` the organisation that it is decided for, `version`
    that of what is decided on; `tied` says of a User who leaves it to others."""

    kind: "Kind"
    key: str
    about: Any
    for_: Any
    title: str
    version: int
    waits: bool
    tied: ColumnElement[bool]


class Kind(Protocol):
    """A feature's cases. `word` stands in addresses, `endpoint` and `place` lead to the page of
    one; `acts` are in the order of their choice."""

    word: str
    table: str
    desk: str  # the kind of the desk
    endpoint: str
    place: str
    acts: Mapping[str, Act]

    def load(self, key: str, *, seen_by: User, to_change: bool) -> Any:
        """The thing; who comes to change it waits for who came before. Raises Hidden."""

    def case_of(self, about: Any) -> JointCase: ...

    def decide(
        self, about: Any, act: str, *, by: User, note: str, may: Rule, seen_version: int
    ) -> None:
        """The feature's own act; `may` is asked instead of its rule for one person."""


_kinds: dict[str, Kind] = {}


def decides_jointly(kind: Kind) -> None:
    """Registers the cases of a feature."""
    _kinds[kind.word] = kind


def kind_called(word: str) -> Kind:
    """Raises Hidden where there is none."""
    if word not in _kinds:
        raise Hidden("no such kind of case")
    return _kinds[word]


def case_of(about: Any) -> JointCase:
    """For the page of a case: of a thing that one of the features has registered."""
    kind = next(one for one in _kinds.values() if one.table == about.__tablename__)
    return kind.case_of(about)


def tables() -> set[str]:
    return {kind.table for kind in _kinds.values()}
