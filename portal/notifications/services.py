"""Writing letters in the transaction of the fact they tell, and sending failed ones again."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, or_, update

from portal.accounts.models import User
from portal.accounts.policies import is_administrator
from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.facts import Fact, tell
from portal.core.rules import require
from portal.core.times import now
from portal.notifications.facts import LetterRetried
from portal.notifications.models import Letter, LetterState
from portal.notifications.numbers import new_message_id

WRITTEN = "letters_written"  # stands in the session's info until the request is answered


def write(
    kind: str,
    fact: Fact,
    recipients: Iterable[User],
    *,
    receipt: bool = False,
    to_unconfirmed: bool = False,
    **parameters: Any,
) -> None:
    """One letter for each of them, once. Who acted hears of it only by a receipt; locked people
    never, unconfirmed ones only where the letter asks them to confirm."""
    for recipient in {person.id: person for person in recipients}.values():
        if recipient.locked_at or not (recipient.confirmed_at or to_unconfirmed):
            continue
        if fact.by is not None and fact.by.id == recipient.id and not receipt:
            continue
        db.session.add(
            Letter(
                kind=kind,
                about=fact.about.__tablename__,
                about_id=fact.about.id,
                at=fact.at,
                parameters={name: _plain(value) for name, value in parameters.items()},
                recipient_id=recipient.id,
                language=recipient.language,
                message_id=new_message_id(),
                next_try_at=now(),
            )
        )
        db.session.info[WRITTEN] = True


def recall(thing: Any, *kinds: str) -> list[tuple[str, dict[str, Any]]]:
    """Takes back letters about the thing that nobody has begun to send, because something newer is
    to be said. Returns their kinds and what they were to say."""
    free = or_(Letter.claimed_until.is_(None), Letter.claimed_until <= now())
    rows = delete(Letter).where(
        Letter.about == thing.__tablename__,
        Letter.about_id == thing.id,
        Letter.kind.in_(kinds),
        Letter.state == LetterState.WAITING,
        free,
    )
    found = db.session.execute(rows.returning(Letter.kind, Letter.parameters))
    return [(kind, said) for kind, said in found]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def retry(letter: Letter, *, by: User | None) -> None:
    """Puts a letter that failed back into the queue, with all its tries. `by` is None for the
    operator's command. Raises Conflict when it does not stand as failed any more."""
    if by is not None:
        require(is_administrator, by, letter)
    moment = now()
    put_back = (
        update(Letter)
        .where(Letter.id == letter.id, Letter.state == LetterState.FAILED)
        .values(state=LetterState.WAITING, attempts=0, next_try_at=moment, claimed_until=None)
    )
    if db.session.execute(put_back).rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict("this letter has not failed", about=letter)
    db.session.info[WRITTEN] = True
    tell(LetterRetried(by=by, about=letter, note=letter.kind, at=moment))
