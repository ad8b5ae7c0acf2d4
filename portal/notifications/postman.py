"""Sends what lies ready. A letter is claimed for a while, rendered, sent outside of any
transaction, and marked: who dies in between costs a duplicate at most, never a letter (R6)."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from flask import current_app
from sqlalchemy import or_, select, update
from sqlalchemy.orm import joinedload

from portal.core.database import db, transaction
from portal.core.times import now
from portal.notifications.messages import compose
from portal.notifications.models import Letter, LetterState
from portal.notifications.transports import Transport, transport_for

LEASE = timedelta(minutes=10)  # far longer than a mail may take (transports.SENT_WITHIN)
BACK_OFF = [timedelta(minutes=m) for m in (1, 5, 30, 120, 720)]
TRIES = len(BACK_OFF) + 1
BATCH = 50
log = logging.getLogger(__name__)


class Undeliverable(Exception):
    """No further try would help."""


def deliver(*, stopped: Callable[[], bool] = lambda: False) -> int:
    """Sends everything that is due, oldest first. Returns how many left."""
    config = current_app.config
    transport = transport_for(config["MAIL_URL"], config["DATA_DIR"])
    sent = 0
    while ids := _due():
        for letter_id in ids:
            if stopped():
                return sent
            sent += _deliver(letter_id, transport)
    return sent


def _is_free(moment: datetime) -> list[Any]:
    """Due, and in nobody's hands, or in those of somebody who has died."""
    return [
        Letter.state == LetterState.WAITING,
        Letter.next_try_at <= moment,
        or_(Letter.claimed_until.is_(None), Letter.claimed_until <= moment),
    ]


def _due() -> list[int]:
    with transaction(writing=False):
        rows = select(Letter.id).where(*_is_free(now())).order_by(Letter.next_try_at, Letter.id)
        return list(db.session.scalars(rows.limit(BATCH)))


def _deliver(letter_id: int, transport: Transport) -> bool:
    claim = _claim(letter_id)
    if claim is None:
        return False
    until, attempt = claim
    try:
        message, name = _message(letter_id, attempt)
        transport.send(message, name=name)
    except Exception as error:  # whatever is wrong with this letter, the next one still leaves
        _put_back(letter_id, until, attempt, error)
        return False
    _mark(letter_id, until, state=LetterState.SENT, sent_at=now(), error="")
    return True


def _claim(letter_id: int) -> tuple[datetime, int] | None:
    """Until when the letter is ours and which try this is, or None when somebody was faster."""
    moment = now()
    until = moment + LEASE
    with transaction(writing=True):
        attempt = db.session.scalar(
            update(Letter)
            .where(Letter.id == letter_id, *_is_free(moment))
            .values(claimed_until=until, attempts=Letter.attempts + 1)
            .returning(Letter.attempts)
        )
    return None if attempt is None else (until, attempt)


def _message(letter_id: int, attempt: int) -> tuple[EmailMessage, str]:
    with transaction(writing=False):
        letter = db.session.get(Letter, letter_id, options=[joinedload(Letter.recipient)])
        if letter is None:
            raise Undeliverable("the recipient's account is gone")
        if letter.recipient.locked_at:
            raise Undeliverable("the recipient's account is locked")
        if attempt > TRIES:  # counted when claimed: so often, whoever sent it died
            raise Undeliverable("the worker ended each time it sent this letter")
        return compose(letter), f"{letter.at:%Y%m%dT%H%M%S}-{letter.id:06d}"


def _put_back(letter_id: int, until: datetime, attempt: int, error: Exception) -> None:
    said = (str(error).splitlines() or [""])[0]  # the rest is for developers, and in their log
    told = f"{type(error).__name__}: {said}"[:500]
    log.warning("letter %s not sent, try %s: %s", letter_id, attempt, told)
    if isinstance(error, Undeliverable) or attempt >= TRIES:
        _mark(letter_id, until, state=LetterState.FAILED, error=told)
    else:
        _mark(letter_id, until, next_try_at=now() + BACK_OFF[attempt - 1], error=told)


def _mark(letter_id: int, until: datetime, **values: Any) -> None:
    """Writes what became of it, if it is still ours."""
    ours = (Letter.id == letter_id, Letter.claimed_until == until)
    with transaction(writing=True):
        db.session.execute(update(Letter).where(*ours).values(claimed_until=None, **values))
