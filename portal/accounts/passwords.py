"""Passwords: hashed with Argon2id, checked against common ones, never logged."""

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

LEAST = 12
MOST = 200
# OWASP's second recommendation for Argon2id: 19 MiB, two passes.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_at_once = BoundedSemaphore(4)  # so that a rush of log-ins cannot take all the memory


def hashed(password: str) -> str:
    with _at_once:
        return HASHER.hash(password)


def matches(password: str, kept: str | None) -> bool:
    """Takes equally long for an account that does not exist or has no password (R10)."""
    with _at_once:
        try:
            HASHER.verify(kept or _nobodys(), password)
        except (Argon2Error, InvalidHashError):
            return False
    return kept is not None


def is_common(password: str) -> bool:
    """Stands in the list of common passwords, or is one of them with things put around it."""
    folded = password.casefold()
    return folded in _common() or folded.strip("0123456789!?.-_ ") in _common()


@cache
def _nobodys() -> str:
    return HASHER.hash("nobody knows this one")


@cache
def _common() -> frozenset[str]:
    # 12 MB, for those only who set a password.
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # noqa: PLC0415

    return frozenset(FREQUENCY_LISTS["passwords"])
