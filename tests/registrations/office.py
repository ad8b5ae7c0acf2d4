"""What the office types and where, for the tests of its pages."""

from datetime import datetime
from typing import Any

from portal.core.forms import typed_moment
from portal.registrations.forms.rules import MOMENTS
from portal.registrations.models import Allocation
from portal.registrations.services import Rules


def office(allocation: Allocation, rest: str = "") -> str:
    return f"/projektbuero/termine/{allocation.event.slug}{rest}"


def typed_rules(rules: Rules, **more: Any) -> dict[str, Any]:
    typed: dict[str, Any] = {
        "capacity": str(rules.capacity),
        "per_organisation": str(rules.per_organisation or ""),
        "question": rules.question,
        "offer_hours": str(rules.offer_hours),
    }
    for name, rule in MOMENTS.items():
        typed |= typed_at(name, getattr(rules, rule))
    return typed | more


def typed_at(name: str, moment: datetime) -> dict[str, str]:
    """As a browser sends it, to the minute."""
    day, clock, which = (typed_moment(name, moment)[f"{name}_{p}"] for p in PARTS)
    return {
        f"{name}_day": day.isoformat(),
        f"{name}_clock": clock.strftime("%H:%M"),
        **({f"{name}_which": which.value} if which else {}),
    }


PARTS = ("day", "clock", "which")


def a_mail(arrived_at: datetime, email: str = "brief@x.example", **more: Any) -> dict[str, Any]:
    return {
        "first_name": "Bettina",
        "last_name": "Brief",
        "email": email,
        "way": "mail",
        **typed_at("arrived", arrived_at),
        **more,
    }
