"""Tokens for links, derived from their row: nothing secret is stored, a link can be shown again."""

import hmac
from datetime import UTC, datetime
from secrets import token_urlsafe
from typing import Any

from flask import current_app
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.errors import DomainError


class LinkExpired(DomainError):
    """The link was right once; the page offers a new one."""

    status = 410


def new_nonce() -> str:
    return token_urlsafe(16)


class Tokened:
    """Its links end when the nonce changes: one use each, and the newest counts."""

    nonce: Mapped[str] = mapped_column(String(32), default=new_nonce)

    def burn_links(self) -> None:
        """No link that was made for this row opens anything any more."""
        self.nonce = new_nonce()


def token_for(row: Any, purpose: str, until: datetime) -> str:
    """`until`, then 256 bit over it, the row, its nonce and the purpose."""
    stamp = f"{int(until.timestamp()):x}"
    message = "|".join([row.__tablename__, str(row.id), purpose, row.nonce, stamp]).encode()
    key = current_app.config["SECRET_KEY"].encode()
    return f"{stamp}-{hmac.digest(key, message, 'sha256').hex()}"


def fits(token: str, row: Any, purpose: str) -> bool:
    """Compared in constant time. Raises LinkExpired when only its time is over."""
    stamp = token.partition("-")[0]
    if not stamp.isascii() or len(stamp) > 10 or not stamp.isalnum():
        return False
    try:
        until = datetime.fromtimestamp(int(stamp, 16), UTC)
    except (ValueError, OverflowError):
        return False
    if not hmac.compare_digest(token_for(row, purpose, until).encode(), token.encode()):
        return False
    if until <= datetime.now(UTC):
        raise LinkExpired(purpose, about=row)
    return True


def key_for(row: Any, purpose: str) -> str:
    """For an address that lasts until its row goes or gets a new nonce: the row's id, then 256 bit
    over it."""
    message = "|".join([row.__tablename__, str(row.id), purpose, row.nonce]).encode()
    key = current_app.config["SECRET_KEY"].encode()
    return f"{row.id:x}-{hmac.digest(key, message, 'sha256').hex()}"


def fits_key(key: str, row: Any, purpose: str) -> bool:
    """Compared in constant time."""
    return hmac.compare_digest(key_for(row, purpose).encode(), key.encode())
