"""Reading the history, and putting it into words in a constant number of statements."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, or_, select

from portal.accounts.models import OfficeRole, User
from portal.core.database import db
from portal.history.labels import FOR_THE_OFFICE, IMPERSONAL, sentence
from portal.history.models import Entry
from portal.history.periods import Period
from portal.history.policies import may_read_all
from portal.partners.models import Organisation

SHOWN_ON_A_PAGE = 30


@dataclass(frozen=True)
class Line:
    """One entry in words. `who` is empty where the sentence stands alone."""

    at: datetime
    who: str
    organisation: str
    what: str
    title: str
    note: str


def of_thing(thing: Any) -> list[Entry]:
    """What happened to it last, in the order in which it happened."""
    return _last(Entry.about == thing.__tablename__, Entry.about_id == thing.id)


def of_organisation(organisation: Organisation, *, by: User | None = None) -> list[Entry]:
    """What was done for it or to it; only by one person, where one is named."""
    its_own = (Entry.about == organisation.__tablename__) & (Entry.about_id == organisation.id)
    concerned = or_(Entry.for_id == organisation.id, its_own)
    return _last(concerned, *([Entry.by_id == by.id] if by else []))


def _last(*conditions: ColumnElement[bool]) -> list[Entry]:
    rows = select(Entry).where(*conditions).order_by(Entry.id.desc()).limit(SHOWN_ON_A_PAGE)
    return list(reversed(list(db.session.scalars(rows))))


def log(
    *, seen_by: User, person: str = "", fact: str = "", period: Period | None = None
) -> Select[Entry]:
    """The newest first. Who may not read all reads the own acts."""
    rows = select(Entry).order_by(Entry.id.desc())
    if not may_read_all(seen_by, None):
        rows = rows.where(Entry.by_id == seen_by.id)
    elif person:
        rows = rows.where(Entry.by_id.in_(_people_called(person)))
    if fact:
        rows = rows.where(Entry.fact == fact)
    if period:
        rows = rows.where(Entry.at >= period.since, Entry.at < period.until)
    return rows


def _people_called(text: str) -> Select[Any]:
    """Whose name or address has all the words, written large or small (SQLite's own lower() knows
    no umlauts)."""
    name = User.first_name + " " + User.last_name + " " + User.email
    spellings = ({word, word.lower(), word.capitalize()} for word in text.split()[:5])
    return select(User.id).where(
        *(or_(*(name.icontains(s, autoescape=True) for s in sorted(kind))) for kind in spellings)
    )


def in_words(entries: list[Entry], *, seen_by: User) -> list[Line]:
    """Two more statements, however many entries. Partners see the office as one."""
    people = _people({entry.by_id for entry in entries if entry.by_id}, seen_by)
    organisations = _organisations({entry.for_id for entry in entries if entry.for_id})
    return [
        Line(
            at=entry.at,
            who=_who(entry, people),
            organisation=organisations.get(entry.for_id or 0, ""),
            what=sentence(entry.fact),
            title=entry.title,
            note=entry.note if _may_read_note(entry, seen_by) else "",
        )
        for entry in entries
    ]


def _may_read_note(entry: Entry, seen_by: User) -> bool:
    return seen_by.is_office or entry.fact not in FOR_THE_OFFICE


def _who(entry: Entry, people: dict[int, str]) -> str:
    if entry.by_id is None:
        return "" if entry.fact in IMPERSONAL else _("Das Portal")
    return people.get(entry.by_id) or str(_("Eine gelöschte Person"))


def _people(ids: set[int], seen_by: User) -> dict[int, str]:
    rows = select(User.id, User.first_name, User.last_name, User.office_role)
    office = None if seen_by.is_office else _("Projektbüro")
    return {
        id_: office if office and role is not OfficeRole.NONE else f"{first} {last}".strip()
        for id_, first, last, role in db.session.execute(rows.where(User.id.in_(ids)))
    }


def _organisations(ids: set[int]) -> dict[int, str]:
    rows = select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids))
    return {id_: name for id_, name in db.session.execute(rows)}
