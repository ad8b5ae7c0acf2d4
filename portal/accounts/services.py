"""What people do with their accounts. Hashing happens before the transaction (decisions.md)."""

from datetime import timedelta
from secrets import token_urlsafe

from sqlalchemy import Connection, delete

from portal.accounts import passwords, queries
from portal.accounts.facts import (
    AccountChanged,
    LoggedIn,
    LoggedOut,
    LogInFailed,
    OfficeUserCreated,
    PasswordChanged,
    PasswordLinkAsked,
    SessionEnded,
)
from portal.accounts.models import Attempt, AttemptKind, OfficeRole, User, UserSession
from portal.accounts.policies import is_self
from portal.core.database import db, transaction
from portal.core.errors import Conflict, TooOften
from portal.core.facts import tell
from portal.core.rules import require
from portal.core.times import now

FAILURES = 10
FAILURES_WITHIN = timedelta(minutes=15)
LINKS = 3
LINKS_WITHIN = timedelta(hours=1)
PASSWORD_LINK = "password"  # noqa: S105 - the purpose of a link
LINK_LIFETIME = timedelta(hours=24)


def add_user(*, email: str, first_name: str, last_name: str, language: str = "de") -> User:
    """Without a password and unconfirmed: the link in the mail makes it an account."""
    user = User(
        email=queries.folded(email),
        first_name=first_name,
        last_name=last_name,
        language=language,
        created_at=now(),
    )
    db.session.add(user)
    db.session.flush()
    return user


def identify(email: str, password: str, *, subject: str) -> User | None:
    """The person behind address and password, or None. In transactions of its own: a short read,
    the hash without any, and a short write when it failed. Raises TooOften."""
    with transaction(writing=False):
        _refuse_when_too_often(AttemptKind.LOG_IN, subject, FAILURES, FAILURES_WITHIN)
        found = queries.find_by_email(email)
        user_id = found.id if found else None
        usable = found is not None and found.confirmed_at is not None and found.locked_at is None
        kept = found.password_hash if found and usable else None
    if passwords.matches(password, kept):
        return db.session.get(User, user_id)
    with transaction(writing=True):
        known = db.session.get(User, user_id) if user_id else None
        db.session.add(Attempt(kind=AttemptKind.LOG_IN, subject=subject, at=now()))
        if known:
            tell(LogInFailed(by=None, about=known))
    return None


def open_session(user: User, *, browser: str) -> str:
    """Returns the key for the cookie; the table keeps its hash only."""
    key = token_urlsafe(32)
    moment = now()
    db.session.add(
        UserSession(
            user=user,
            key_hash=queries.hash_of(key),
            browser=browser[:200],
            opened_at=moment,
            last_seen=moment,
        )
    )
    db.session.flush()
    tell(LoggedIn(by=user, about=user))
    return key


def close_session(key: str, *, by: User) -> None:
    if found := queries.find_session(key):
        found.revoked_at = now()
        tell(LoggedOut(by=by, about=by))


def end_session(user: User, session_id: int, *, by: User) -> None:
    require(is_self, by, user)
    for session in queries.sessions_of(user):
        if session.id == session_id:
            session.revoked_at = now()
            tell(SessionEnded(by=by, about=user))


def end_other_sessions(user: User, *, by: User, spared_key: str | None) -> None:
    """All browsers of the person but the one that asks for it."""
    require(is_self, by, user)
    spared = queries.hash_of(spared_key) if spared_key else None
    for session in queries.sessions_of(user):
        if session.key_hash != spared:
            session.revoked_at = now()
    tell(SessionEnded(by=by, about=user))


def forget_all_sessions(connection: Connection) -> None:
    """After a backup was restored: a log-in that was ended since then must not be open again."""
    connection.execute(delete(UserSession))


def ask_for_password_link(email: str, *, subject: str) -> None:
    """Whether the address is known shows nowhere; the limit counts for both. Raises TooOften."""
    _refuse_when_too_often(AttemptKind.LINK, subject, LINKS, LINKS_WITHIN)
    db.session.add(Attempt(kind=AttemptKind.LINK, subject=subject, at=now()))
    user = queries.find_by_email(email)
    if user and user.confirmed_at and user.locked_at is None:
        user.burn_links()
        db.session.flush()
        tell(PasswordLinkAsked(by=None, about=user))


def set_password(user: User, password_hash: str, *, spared_key: str | None = None) -> None:
    """Ends the person's other sessions and every link: whoever else was in is out (R20). The first
    password of an account is no change, so nobody is warned of it."""
    is_first = user.password_hash is None
    user.password_hash = password_hash
    user.confirmed_at = user.confirmed_at or now()
    user.burn_links()
    end_other_sessions(user, by=user, spared_key=spared_key)
    db.session.flush()
    if not is_first:
        tell(PasswordChanged(by=user, about=user))


def change_account(
    user: User, *, by: User, first_name: str, last_name: str, language: str, seen_version: int
) -> None:
    require(is_self, by, user)
    if user.version != seen_version:
        raise Conflict("account changed meanwhile", about=user)
    user.first_name, user.last_name, user.language = first_name, last_name, language
    db.session.flush()
    tell(AccountChanged(by=by, about=user))


def create_office_user(
    *, email: str, first_name: str, last_name: str, role: OfficeRole, password_hash: str | None
) -> User:
    """For the operator's command: the first person of the Projektbüro. Raises Conflict when the
    address has an account already (no command turns a partner's account into an office one)."""
    if queries.find_by_email(email):
        raise Conflict("there is an account with this address")
    user = add_user(email=email, first_name=first_name, last_name=last_name)
    user.office_role = role
    user.confirmed_at = now()
    user.password_hash = password_hash
    db.session.flush()
    tell(OfficeUserCreated(by=None, about=user))
    return user


def _refuse_when_too_often(kind: AttemptKind, subject: str, most: int, within: timedelta) -> None:
    tried = queries.attempts(kind, subject, since=now() - within)
    if len(tried) >= most:
        wait = tried[-most] + within - now()
        raise TooOften(str(kind), seconds=max(1, int(wait.total_seconds())))
