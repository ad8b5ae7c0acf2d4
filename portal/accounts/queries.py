"""Reading accounts and sessions."""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import bindparam, func, select

from portal.accounts.models import Attempt, AttemptKind, User, UserSession
from portal.accounts.policies import IN_OFFICE
from portal.core.database import UTCDateTime, db
from portal.core.errors import Hidden
from portal.core.times import now
from portal.core.tokens import fits

SESSION_LIFETIME = timedelta(days=30)


def hash_of(key: str) -> str:
    return sha256(key.encode()).hexdigest()


def folded(email: str) -> str:
    """Addresses are compared in lower case."""
    return email.strip().lower()


OPEN_SESSION = (
    select(UserSession)
    .join(UserSession.user)
    .where(
        UserSession.key_hash == bindparam("key_hash"),
        UserSession.revoked_at.is_(None),
        UserSession.opened_at > bindparam("since", type_=UTCDateTime()),
        User.locked_at.is_(None),
    )
)  # made once: every request of somebody who is logged in begins with it


def find_session(key: str) -> UserSession | None:
    """The open session behind a cookie; a locked person has none."""
    asked = {"key_hash": hash_of(key), "since": now() - SESSION_LIFETIME}
    return db.session.scalar(OPEN_SESSION, asked)


def sessions_of(user: User) -> list[UserSession]:
    rows = select(UserSession).where(
        UserSession.user_id == user.id,
        UserSession.revoked_at.is_(None),
        UserSession.opened_at > now() - SESSION_LIFETIME,
    )
    return list(db.session.scalars(rows.order_by(UserSession.last_seen.desc())))


def find_by_email(email: str) -> User | None:
    return db.session.scalar(select(User).where(User.email == folded(email)))


def office() -> list[User]:
    """Everybody of the Projektbüro who can log in."""
    return list(db.session.scalars(select(User).where(IN_OFFICE).order_by(User.id)))


def administrators() -> list[User]:
    return [user for user in office() if user.is_administrator]


def with_link(user_id: int, purpose: str, token: str) -> User:
    """Who holds the link may load: the same answer for a wrong token and for nobody there.
    Raises LinkExpired for a right link whose time is over."""
    user = db.session.get(User, user_id)
    if user is None or user.locked_at or not fits(token, user, purpose):
        raise Hidden("no such link")
    return user


def attempts(kind: AttemptKind, subject: str, *, since: datetime) -> list[datetime]:
    """When it was tried, oldest first."""
    rows = select(Attempt.at).where(
        Attempt.kind == kind, Attempt.subject == subject, Attempt.at > since
    )
    return list(db.session.scalars(rows.order_by(Attempt.at)))


def subject_of(email: str, secret: str) -> str:
    """What stands for an address in the table of attempts: nothing that can be read back."""
    return hmac.digest(secret.encode(), folded(email).encode(), "sha256").hex()


def count() -> int:
    return db.session.scalar(select(func.count(User.id))) or 0
