"""A workflow is a table of steps; taking a step checks the state, asks the rule, tells the fact."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.facts import Fact, tell
from portal.core.rules import Rule, require


@dataclass(frozen=True, kw_only=True)
class Step:
    """One row: from which states, to which state, who may, and what is told."""

    name: str
    leaves: frozenset[StrEnum]
    reaches: StrEnum
    may: Rule
    tells: type[Fact]


class Workflow:
    def __init__(self, *steps: Step) -> None:
        self.steps = {step.name: step for step in steps}

    def open_to(self, user: Any, thing: Any) -> list[Step]:
        """The steps that `take` would not refuse; buttons are made from it."""
        steps = [step for step in self.steps.values() if thing.state in step.leaves]
        rules = {step.may: step.may(user, thing) for step in steps}  # each is asked once
        return [step for step in steps if rules[step.may]]

    def is_open(self, name: str, user: Any, thing: Any) -> bool:
        return any(step.name == name for step in self.open_to(user, thing))

    def check(
        self, name: str, thing: Any, *, by: Any, seen_version: int, may: Rule | None = None
    ) -> Step:
        """The step, if `take` would not refuse it: for a service that has much to do before."""
        step = self.steps[name]
        require(may or step.may, by, thing)
        check_version(thing, seen_version)
        if thing.state not in step.leaves:
            raise Conflict(f"{name}: not possible from {thing.state}", about=thing)
        return step

    def take(
        self,
        name: str,
        thing: Any,
        *,
        by: Any,
        for_: Any = None,
        note: str = "",
        seen_version: int,
        about: Any = None,
        meanwhile: Callable[[], None] | None = None,
        may: Rule | None = None,
        **told: Any,
    ) -> None:
        """Takes the step. `seen_version` is the version that the form showed; `meanwhile` changes
        what goes with the step (dates, links) before listeners hear of it; the fact is about the
        thing, unless `about` names what it belongs to (a revision's project); `may` is asked
        instead of the step's own rule; `told` is what facts of this feature say besides.
        Raises Denied, or Conflict when the state or the version is another one."""
        step = self.check(name, thing, by=by, seen_version=seen_version, may=may)
        thing.state = step.reaches
        if meanwhile:
            meanwhile()
        db.session.flush()  # a stale or broken row must fail here, before any listener acts on it
        tell(step.tells(by=by, for_=for_, about=about or thing, note=note, **told))


def check_version(thing: Any, seen_version: int) -> None:
    """Raises Conflict unless the form showed the version that is there now."""
    if thing.version != seen_version:
        raise Conflict(f"version {seen_version} was shown, {thing.version} is there", about=thing)
