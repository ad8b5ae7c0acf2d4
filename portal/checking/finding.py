"""What one check found."""

from collections.abc import Callable
from dataclasses import dataclass, field

from portal.core.database import db


@dataclass
class Finding:
    """`looked_at` says how much: "12 dates, 340 registrations"."""

    what: str
    looked_at: str
    faults: list[str] = field(default_factory=list)


Check = Callable[[], Finding]


def see_one_moment() -> None:
    """All statements of this transaction see the portal as it is now, while people go on using it.
    SQLite's transactions do so by themselves."""
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def differences(what: str, is_: dict[str, int], ought: dict[str, int]) -> list[str]:
    """Of two counts, sorted."""
    return [
        f"{what} {name}: {is_.get(name, 0)}, counted again {ought.get(name, 0)}"
        for name in sorted(is_.keys() | ought.keys())
        if is_.get(name, 0) != ought.get(name, 0)
    ]
