"""A case: something that waits for a decision. Features give theirs, the desk shows them all."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from portal.core.times import now, today


@dataclass(frozen=True, kw_only=True)
class Case:
    """`kind` sorts them ("applications"), `label` says it in German, `endpoint` and `values` lead
    to its page, `about`/`about_id` name the row and `version` its state; `promised_by` is the
    promised day."""

    kind: str
    label: str
    title: str
    since: datetime
    promised_by: date | None
    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)
    about: str
    about_id: int
    version: int | None = None

    @property
    def days(self) -> int:
        """Whole days that it has waited."""
        return max(0, (now() - self.since).days)

    @property
    def age(self) -> str:
        """late: over the promise; soon: due today or tomorrow, or three days old; else ok."""
        left = (self.promised_by - today()).days if self.promised_by else None
        if left is not None and left < 0:
            return "late"
        return "soon" if (left is not None and left <= 1) or self.days >= 3 else "ok"
