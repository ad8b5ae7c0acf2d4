"""Rules: small questions about a user and a thing, joined with & and |."""

from collections.abc import Callable
from typing import Any

from portal.core.errors import Denied, DomainError

Question = Callable[[Any, Any], bool]


class Rule:
    """Asked as `may_edit(user, thing)`; its name says in a refusal what was missing."""

    def __init__(self, ask: Question, name: str) -> None:
        self.ask = ask
        self.name = name

    def __call__(self, user: Any, thing: Any) -> bool:
        return self.ask(user, thing)

    def __and__(self, other: "Rule") -> "Rule":
        return Rule(lambda u, t: self(u, t) and other(u, t), f"({self.name} and {other.name})")

    def __or__(self, other: "Rule") -> "Rule":
        return Rule(lambda u, t: self(u, t) or other(u, t), f"({self.name} or {other.name})")

    def __invert__(self) -> "Rule":
        return Rule(lambda u, t: not self(u, t), f"not {self.name}")


def rule(question: Question) -> Rule:
    return Rule(question, question.__name__)


def require(may: Rule, user: Any, thing: Any, *, otherwise: type[DomainError] = Denied) -> None:
    """The first line of every service. Raises `otherwise` when the rule says no."""
    if not may(user, thing):
        raise otherwise(may.name, about=thing)
