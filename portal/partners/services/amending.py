"""An applicant mends what was sent, until the Projektbüro has decided (safety.md, row 15)."""

from typing import Any

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.facts import tell
from portal.core.rules import require
from portal.core.workflows import check_version
from portal.partners.facts import ApplicationAmended
from portal.partners.models import Application
from portal.partners.policies import UNDECIDED, is_applicant
from portal.partners.services.applying import said_of


def amend(
    application: Application, *, by: User, answers: dict[str, Any], seen_version: int
) -> list[str]:
    """Gives the names of the columns that say something else now; the address of the applicant is
    proven and stays. Raises Conflict once the application is decided, or when the office has
    acted since the form was opened: whoever decides has seen what is decided on."""
    require(is_applicant, by, application)
    check_version(application, seen_version)
    if application.state not in UNDECIDED:
        raise Conflict(f"amend: not possible in {application.state}", about=application)
    said = said_of(answers, answers)
    changed = [name for name, value in said.items() if getattr(application, name) != value]
    for name in changed:
        setattr(application, name, said[name])
    if changed:
        db.session.flush()
        tell(ApplicationAmended(by=by, about=application))
    return [name for name in changed if name != "folded_name"]
