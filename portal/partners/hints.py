"""What the office should know before it decides on an application, found by comparing."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from portal.core.database import db
from portal.partners import websites
from portal.partners.likeness import look_alike, skeleton
from portal.partners.models import (
    Application,
    ApplicationState,
    DatePrecision,
    Membership,
    Organisation,
    Standing,
)

MOST = 5  # of a kind; more would hide the form


@dataclass(frozen=True)
class Known:
    """An organisation that the portal knows already; without a standing it is no member."""

    slug: str
    name: str
    website: str
    standing: Standing | None
    since: date | None
    precision: DatePrecision | None


@dataclass(frozen=True)
class Earlier:
    """Another application."""

    number: str
    name: str
    state: ApplicationState


@dataclass(frozen=True)
class Hints:
    """`mail_domain` and `website_domain` are compared in `domains_fit`."""

    mail_domain: str
    website_domain: str
    domains_fit: bool
    address_confirmed: bool
    same_name: list[Known]
    similar_name: list[Known]
    same_website: list[Known]
    same_register: list[Known]
    earlier: list[Earlier]
    similar: list[Earlier]


def hints_for(application: Application) -> Hints:
    """Two statements, whatever is found."""
    shape = skeleton(application.name)
    domain = websites.domain_of(application.website)
    mail_domain = application.applicant.email.rpartition("@")[2]
    known = _organisations(application)
    same = [k for k, folded, *_ in known if folded == application.folded_name]
    alike = [k for k, _, s, _ in known if look_alike(s, shape) and k not in same]
    site = [k for k, *_ in known if domain and websites.domain_of(k.website) == domain]
    own = application.register_number
    earlier, similar = _applications(application, shape, domain)
    return Hints(
        mail_domain=mail_domain,
        website_domain=domain,
        domains_fit=websites.belong_together(mail_domain, domain),
        address_confirmed=application.applicant.confirmed_at is not None,
        same_name=same[:MOST],
        similar_name=alike[:MOST],
        same_website=[k for k in site if k not in same and k not in alike][:MOST],
        same_register=[k for k, *_, number in known if own and number == own][:MOST],
        earlier=earlier[:MOST],
        similar=similar[:MOST],
    )


def _organisations(application: Application) -> list[tuple[Known, str, str, str]]:
    """With folded name, skeleton and register number; the one that came from this very application
    is left out."""
    rows = (
        select(
            Organisation.slug,
            Organisation.name,
            Organisation.website,
            Membership.standing,
            Membership.since,
            Membership.precision,
            Organisation.folded_name,
            Organisation.register_number,
        )
        .outerjoin(
            Membership,
            (Membership.organisation_id == Organisation.id) & Membership.until.is_(None),
        )
        .where(Organisation.id != (application.organisation_id or 0))
        .order_by(Organisation.folded_name, Organisation.id)
    )
    return [
        (Known(*row[:6]), row.folded_name, skeleton(row.name), row.register_number)
        for row in db.session.execute(rows)
    ]


def _applications(
    application: Application, shape: str, domain: str
) -> tuple[list[Earlier], list[Earlier]]:
    """Those of the same person, name or register number, and those that only look alike."""
    columns = (Application.id, Application.sent_at, Application.name, Application.folded_name)
    rows = (
        select(
            *columns,
            Application.state,
            Application.website,
            Application.applicant_id,
            Application.register_number,
        )
        .where(Application.id != application.id, Application.received_at.is_not(None))
        .order_by(Application.id.desc())
    )
    earlier, similar = [], []
    for row in db.session.execute(rows):
        found = Earlier(f"{row.sent_at.year}-{row.id:03d}", row.name, row.state)
        if _is_earlier(row, application):
            earlier.append(found)
        elif look_alike(skeleton(row.name), shape) or (
            domain and websites.domain_of(row.website) == domain
        ):
            similar.append(found)
    return earlier, similar


def _is_earlier(row: Any, application: Application) -> bool:
    return bool(
        row.applicant_id == application.applicant_id
        or row.folded_name == application.folded_name
        or (row.register_number and row.register_number == application.register_number)
    )
