"""What an applicant has typed so far, found by the key in the browser's cookie."""

from datetime import timedelta
from hashlib import sha256

from sqlalchemy import Select, select

from portal.core.database import db
from portal.core.times import now
from portal.partners.models import Application, ApplicationDraft, ApplicationState

KEPT_FOR = timedelta(days=30)
STEPS = ("organisation", "person")
SENT = "application"  # where a draft that became an application keeps its id


def key_hash_of(key: str) -> str:
    return sha256(key.encode()).hexdigest()


def drafts_with(key: str) -> Select[ApplicationDraft]:
    return select(ApplicationDraft).where(
        ApplicationDraft.key_hash == key_hash_of(key),
        ApplicationDraft.changed_at > now() - KEPT_FOR,
    )


def find_draft(key: str) -> ApplicationDraft | None:
    """What was typed and not sent yet."""
    draft = db.session.scalar(drafts_with(key)) if key else None
    return None if draft and SENT in draft.answers else draft


def find_sent(application_id: int | None) -> Application | None:
    """What this browser sent (the signed cookie names it), while it waits for the click."""
    if application_id is None:
        return None
    application = db.session.get(Application, application_id)
    if application is None or application.state is not ApplicationState.UNCONFIRMED:
        return None
    return application
