"""Partners from a file: checked first, then entered in one go."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict, DomainError
from portal.core.generation import wait_for_publishers
from portal.core.languages import speaking
from portal.core.rules import require
from portal.core.text import unique_slug
from portal.core.times import now
from portal.partners.models import (
    DatePrecision,
    Membership,
    Organisation,
    OrganisationKind,
    Outcome,
    PartnerImport,
    Standing,
    Verification,
)
from portal.partners.policies import may_import
from portal.partners.queries.imports import all_slugs, known_signs, waiting_import
from portal.partners.reading import File, Row, signs_of
from portal.partners.services.directory import RESERVED, add_new_partners, new_organisation
from portal.partners.workflow import IMPORTS
from portal.topics.models import Theme

Kept = dict[str, Any]
LONGEST_NAME = 200
STILL_WRONG = _l(
    "Einige Zeilen haben Fehler. Verbessern Sie die Datei und laden Sie sie neu hoch, oder lassen"
    " Sie diese Zeilen aus."
)
NOTHING_NEW = _l("In dieser Datei steht keine Organisation, die dem Portal fehlt.")


class NotImported(DomainError):
    """422: nothing was entered."""


def outcomes(file: File) -> list[Kept]:
    """What would become of each row. Only reads."""
    return _with_outcomes([_kept(row) for row in file.rows])


def check(file: File, *, file_name: str, by: User | None) -> PartnerImport:
    """Keeps what would happen; nothing happens yet. The same file waits only once: checked again,
    it is compared with the portal as it is now."""
    require(may_import, by, None)
    rows = outcomes(file)
    record = waiting_import(file.digest) or _add(file, file_name=file_name, rows=rows, by=by)
    if record.rows != rows:
        _tell(record, rows)
        record.at = now()
        db.session.flush()
    return record


def carry_out(
    record: PartnerImport, *, by: User | None, leave_out_wrong: bool, seen_version: int
) -> PartnerImport:
    """All rows that are new, or none. Who came into the portal since the check is known now, and
    is left out. Raises Denied, Conflict for who comes second, NotImported."""
    require(may_import, by, record)
    wait_for_publishers()
    db.session.refresh(record)  # it may have been carried out while this one waited
    IMPORTS.check("carry_out", record, by=by, seen_version=seen_version)
    rows = _with_outcomes(record.rows)
    new = [row for row in rows if row["outcome"] == Outcome.NEW]
    if not leave_out_wrong and any(row["outcome"] == Outcome.WRONG for row in rows):
        raise NotImported("rows with errors", message=STILL_WRONG)
    if not new:
        raise NotImported("nothing new", message=NOTHING_NEW)

    def enter() -> None:
        for row, organisation in zip(new, _entered(new, record), strict=True):
            row |= {"organisation": organisation.id, "slug": organisation.slug}
        _tell(record, rows)

    counts = Counter(row["outcome"] for row in rows)
    with speaking():  # the history is kept in one language
        note = _(
            "%(new)s neu, %(known)s schon da, %(wrong)s ausgelassen",
            new=counts[Outcome.NEW],
            known=counts[Outcome.KNOWN],
            wrong=counts[Outcome.WRONG],
        )
    IMPORTS.take("carry_out", record, by=by, note=note, seen_version=seen_version, meanwhile=enter)
    return record


def _add(file: File, *, file_name: str, rows: list[Kept], by: User | None) -> PartnerImport:
    """Of two who send the same file at once, the slower one gets the import of the faster."""
    record = PartnerImport(
        file_name=file_name[:LONGEST_NAME],
        digest=file.digest,
        by_id=by.id if by else None,
        at=now(),
        ignored=file.ignored,
    )
    _tell(record, rows)
    try:
        with db.session.begin_nested():
            db.session.add(record)
            db.session.flush()
    except IntegrityError:
        found = waiting_import(file.digest)
        if found is None:
            raise Conflict("the same file was imported this moment") from None
        return found
    return record


def _kept(row: Row) -> Kept:
    """As JSON."""
    problems = [problem.kept() for problem in row.problems]
    return {"row": row.number, "values": row.values, "problems": problems}


def _with_outcomes(rows: Sequence[Kept]) -> list[Kept]:
    """Compared with the portal as it is. `known` names whom it is taken for."""
    known = known_signs()
    return [_with_outcome(row, known) for row in rows]


def _with_outcome(row: Kept, known: dict[tuple[str, ...], str]) -> Kept:
    if row["problems"]:
        return row | {"outcome": Outcome.WRONG.value}
    for sign in signs_of(row["values"]):
        if sign in known:
            return row | {"outcome": Outcome.KNOWN.value, "by": sign[0], "slug": known[sign]}
    return row | {"outcome": Outcome.NEW.value}


def _tell(record: PartnerImport, rows: list[Kept]) -> None:
    counts = Counter(row["outcome"] for row in rows)
    record.rows = rows
    record.new, record.known = counts[Outcome.NEW], counts[Outcome.KNOWN]
    record.wrong = counts[Outcome.WRONG]


def _entered(rows: Iterable[Kept], record: PartnerImport) -> list[Organisation]:
    """Organisations without people, each with its membership, findable and counted."""
    taken = all_slugs()
    themes = {theme.id: theme for theme in db.session.scalars(select(Theme))}
    found = [_organisation(row["values"], themes, taken) for row in rows]
    add_new_partners(found, import_id=record.id)
    return found


def _organisation(
    values: dict[str, Any], themes: dict[int, Theme], taken: set[str]
) -> Organisation:
    slug = unique_slug(values["name"], taken.__contains__, RESERVED)
    taken.add(slug)
    same = ("street", "postal_code", "city", "website", "summary", "register_court")
    organisation = new_organisation(
        name=values["name"],
        slug=slug,
        kind=OrganisationKind(values["kind"]),
        themes=[themes[one] for one in values["themes"] if one in themes],
        district_id=values["district"],
        register_number=values["register_number"],
        source_url=values["source"],
        verification=Verification.SOURCE if values["source"] else None,
        **{name: values[name] for name in same},
    )
    organisation.memberships = [
        Membership(
            standing=Standing(values["standing"]),
            since=date.fromisoformat(values["since"]) if values["since"] else None,
            precision=DatePrecision(values["precision"]),
            source_url=values["source"],
        )
    ]
    return organisation
