"""What waits for the office, read from the features that own it: the desk has no state of its own.
The number of statements does not grow with the cases."""

from dataclasses import dataclass
from enum import StrEnum

from portal.accounts.models import User
from portal.charter import queries as charter
from portal.core.cases import Case
from portal.core.times import today
from portal.desk.ties import Ties, ties_of
from portal.exchange import queries as exchange
from portal.partners import queries as partners
from portal.projects import queries as projects
from portal.teams import queries as teams

AGES = ["late", "soon", "ok"]


class Way(StrEnum):
    """How this person stands to a case (safety.md, case 8): decides it ALONE; PROPOSES or CONFIRMS
    a decision of two where nobody untied is left; has proposed one and WAITS; or leaves it to
    OTHERS."""

    ALONE = "alone"
    PROPOSES = "proposes"
    CONFIRMS = "confirms"
    WAITS = "waits"
    OTHERS = "others"


@dataclass(frozen=True)
class Waiting:
    case: Case
    way: Way

    @property
    def is_mine(self) -> bool:
        """This person can do something about it now."""
        return self.way not in {Way.WAITS, Way.OTHERS}


@dataclass(frozen=True)
class Figures:
    """`oldest` in whole days."""

    open: int
    late: int
    due_today: int
    mine: int
    oldest: int


def waiting(seen_by: User) -> list[Waiting]:
    """The most urgent first, then the oldest. Seats, and partners whom nobody administers, are for
    administrators (matrix rows 22 and 30)."""
    cases = partners.waiting_cases() + projects.waiting_cases() + exchange.waiting_cases()
    cases += charter.waiting_cases()
    cases += partners.waiting_profiles(orphans=seen_by.is_administrator)
    if seen_by.is_administrator:
        cases += teams.waiting_cases()
    ties = ties_of(cases)
    found = [Waiting(case, _way(case, ties, seen_by)) for case in cases]
    return sorted(found, key=lambda w: (AGES.index(w.case.age), w.case.since, w.case.title))


def _way(case: Case, ties: Ties, user: User) -> Way:
    if not ties.binds(user.id, case):
        return Way.ALONE
    if not ties.is_left_to_the_tied(case):
        return Way.OTHERS
    first = ties.first_of(case)
    if first == user.id:
        return Way.WAITS
    if not user.is_administrator:
        return Way.OTHERS
    return Way.CONFIRMS if first else Way.PROPOSES


def next_of(kind: str | None, *, seen_by: User) -> Case | None:
    """The next case that this person may decide: of the kind, else of any."""
    mine = [w.case for w in waiting(seen_by) if w.is_mine]
    return next((case for case in mine if case.kind == kind), mine[0] if mine else None)


def figures(found: list[Waiting]) -> Figures:
    cases = [w.case for w in found]
    return Figures(
        open=len(cases),
        late=sum(case.age == "late" for case in cases),
        due_today=sum(case.promised_by == today() for case in cases),
        mine=sum(w.is_mine for w in found),
        oldest=max((case.days for case in cases), default=0),
    )
