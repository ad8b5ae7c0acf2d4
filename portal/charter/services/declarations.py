"""The office keeps versions of the declaration: a draft may be changed, what is published stays."""

from datetime import datetime

from portal.accounts.models import User
from portal.charter.facts import DeclarationChanged, DeclarationDrafted
from portal.charter.models import Declaration, sha256_of
from portal.charter.policies import may_write
from portal.charter.queries.declarations import next_number
from portal.charter.workflow import DECLARATIONS
from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.facts import tell
from portal.core.rules import require
from portal.core.text import render_markdown
from portal.core.times import now
from portal.core.workflows import check_version


def draft(*, by: User, title: str, text: str, at: datetime | None = None) -> Declaration:
    """The next version, seen by the office only."""
    require(may_write, by, None)
    moment = at or now()
    declaration = Declaration(
        title=title,
        text=text,
        text_html=render_markdown(text),
        created_at=moment,
        changed_at=moment,
    )
    db.session.add(declaration)
    db.session.flush()
    tell(DeclarationDrafted(by=by, about=declaration, at=moment))
    return declaration


def change(declaration: Declaration, *, by: User, title: str, text: str, seen_version: int) -> None:
    """Raises Conflict for a published one, and when somebody else was faster."""
    require(may_write, by, declaration)
    if declaration.is_published:
        raise Conflict("a published declaration stays as it is", about=declaration)
    check_version(declaration, seen_version)
    declaration.title = title
    declaration.text = text
    declaration.text_html = render_markdown(text)
    declaration.changed_at = now()
    db.session.flush()
    tell(DeclarationChanged(by=by, about=declaration))


def publish(
    declaration: Declaration, *, by: User, seen_version: int, at: datetime | None = None
) -> None:
    """It gets the next number and the hash of its text; from now on it is the one to be signed.
    Raises Conflict for who comes second, also when two versions are published at once."""
    require(may_write, by, declaration)
    number = next_number()  # asked before: number, hash and state are written in one stroke

    def seal() -> None:
        declaration.number = number
        declaration.sha256 = sha256_of(declaration.text)
        declaration.published_at = at or now()
        declaration.published_by_id = by.id

    DECLARATIONS.take("publish", declaration, by=by, seen_version=seen_version, meanwhile=seal)
