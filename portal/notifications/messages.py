"""A letter as an e-mail: subject, text and headers, in the language of who receives it."""

from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from flask import current_app, render_template, url_for
from markupsafe import Markup

from portal.core.languages import speaking
from portal.core.text import clean_line, clean_text
from portal.core.times import day_before, now
from portal.notifications.invitations import attach, invitation_of
from portal.notifications.links import secret_link
from portal.notifications.models import Letter
from portal.projects.parts import label_of

SENDER = "Allianz Smart City Dortmund"
SUBJECT_LENGTH = 150


def compose(letter: Letter) -> EmailMessage:
    """Headers are built by the standard library, which refuses line ends inside of them; what
    people typed is made one clean line before."""
    subject, text = words(letter)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject
    message["From"] = Address(SENDER, addr_spec=current_app.config["MAIL_SENDER"])
    message["To"] = Address(clean_line(letter.recipient.name), addr_spec=letter.recipient.email)
    message["Date"] = format_datetime(now())
    message["Message-ID"] = f"<{letter.message_id}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, cte="quoted-printable")
    if calendar := invitation_of(letter, link):
        attach(message, calendar)
    return message


def words(letter: Letter) -> tuple[str, str]:
    """Subject and text: the first line of what the template gives, and the rest."""
    with speaking(letter.language):
        written = render_template(
            f"letters/{letter.kind}.txt",
            name=_clean("name", letter.recipient.name),
            link=link,
            secret_link=secret_link(letter, link),
            as_date=date.fromisoformat,
            as_moment=datetime.fromisoformat,
            day_before=day_before,
            part_of_project=label_of,
            **{name: _clean(name, value) for name, value in letter.parameters.items()},
        )
    subject, _newline, text = written.strip().partition("\n")
    return clean_line(subject)[:SUBJECT_LENGTH], text.strip() + "\n"


def link(endpoint: str, **values: Any) -> str:
    """A full address. The worker has no request to ask, only the operator's base address."""
    config = current_app.config
    base = config["BASE_URL"] or f"{config['PREFERRED_URL_SCHEME']}://{config['SERVER_NAME']}"
    return f"{base}{url_for(endpoint, **values, _external=False)}"


def _clean(name: str, value: Any) -> Any:
    """Only a note may have several lines. Letters are plain text: nothing is escaped in them, so
    the templates' translated texts are told that nothing has to be."""
    if not isinstance(value, str):
        return value
    return Markup(clean_text(value) if name == "note" else clean_line(value))  # noqa: S704
