"""The entry for the calendar that a letter brings (RFC 6047). What it says stands in the letter's
parameters, as it was when the letter was written: the worker sends it later, perhaps after the next
change, and a sequence number must never tell of two states."""

from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage

from flask import current_app

from portal.core.languages import speaking
from portal.events import calendars
from portal.events.calendars import Address, OwnEntry, Status
from portal.events.models import Precision
from portal.notifications.models import Letter

SENDER = "Allianz Smart City Dortmund"
FILE = "termin.ics"


def invitation_of(letter: Letter, link: Callable[..., str]) -> tuple[str, bytes] | None:
    """The method and the calendar; None for letters that bring none."""
    told = letter.parameters
    calendar = told.get("calendar")
    if calendar is None:
        return None
    cancels = calendar["method"] == "CANCEL"
    entry = OwnEntry(
        uid=calendar["uid"],
        sequence=calendar["sequence"],
        stamp=datetime.fromisoformat(calendar["stamp"]),
        status=Status.CANCELLED if cancels else Status.CONFIRMED,
        title=told["title"],
        starts_at=datetime.fromisoformat(told["starts_at"]),
        ends_at=datetime.fromisoformat(told["ends_at"]),
        precision=Precision(told["precision"]),
        place=told["place"],
        summary=told["summary"],
        url=link("events.show", slug=told["slug"]),
    )
    with speaking(letter.language):
        content = calendars.invitation(
            entry,
            method=calendar["method"],
            organiser=Address(SENDER, current_app.config["MAIL_SENDER"]),
            attendee=Address(letter.recipient.name, letter.recipient.email),
        )
    return calendar["method"], content


def attach(message: EmailMessage, calendar: tuple[str, bytes]) -> None:
    """Twice: calendars act on the part beside the text, some mail programs only show files."""
    method, content = calendar
    text = content.decode()
    parameters = {"method": method}
    message.add_alternative(text, subtype="calendar", cte="base64", params=parameters)
    message.add_attachment(
        content, maintype="application", subtype="ics", filename=FILE, cte="base64"
    )
