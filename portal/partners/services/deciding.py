"""What the office does with an application."""

from sqlalchemy import select

from portal.accounts.models import User
from portal.core.database import db
from portal.core.rules import Rule, require
from portal.core.times import now, today
from portal.partners.models import (
    Affiliation,
    AffiliationRole,
    Application,
    Membership,
    Organisation,
    Standing,
    Verification,
)
from portal.partners.policies import may_decide_application
from portal.partners.services.directory import index_partner, new_organisation
from portal.partners.workflow import WORKFLOW
from portal.topics.models import Theme


def admit(
    application: Application,
    *,
    by: User,
    message: str = "",
    may: Rule = may_decide_application,
    seen_version: int,
) -> Organisation:
    """The organisation becomes a partner from today, the applicant its owner, and both show in the
    same moment. `may` is another rule where two decide together. Raises Denied for who is tied,
    Conflict for who comes second."""
    require(may, by, application)
    organisation = new_organisation(
        name=application.name,
        kind=application.kind,
        themes=db.session.scalars(select(Theme).where(Theme.id.in_(application.theme_ids))).all(),
        city=application.city,
        website=application.website,
        register_court=application.register_court,
        register_number=application.register_number,
        district_id=application.district_id,
        verification=Verification.APPLICATION,
        verified_at=now(),
    )

    def enter() -> None:
        application.organisation = organisation
        _close(application, by=by, reason=message)
        organisation.memberships = [
            Membership(standing=Standing.PARTNER, since=today(), application_id=application.id)
        ]
        organisation.affiliations = [
            Affiliation(
                user=application.applicant,
                role=AffiliationRole.OWNER,
                function=application.function,
                since=now(),
            )
        ]
        db.session.flush()
        index_partner(organisation)

    WORKFLOW.take(
        "admit",
        application,
        by=by,
        for_=organisation,
        note=message,
        seen_version=seen_version,
        meanwhile=enter,
        may=may,
    )
    return organisation


def decline(
    application: Application,
    *,
    by: User,
    reason: str,
    may: Rule = may_decide_application,
    seen_version: int,
) -> None:
    """The reason is kept, and the applicant reads it."""
    require(may, by, application)
    WORKFLOW.take(
        "decline",
        application,
        by=by,
        note=reason,
        seen_version=seen_version,
        meanwhile=lambda: _close(application, by=by, reason=reason),
        may=may,
    )


def _close(application: Application, *, by: User, reason: str) -> None:
    application.decided_at = now()
    application.decided_by_id = by.id
    application.reason = reason
