"""Names leave the portal, on paper or in a file: what is handed out is told."""

from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.models import User
from portal.core.facts import tell
from portal.core.languages import speaking
from portal.core.rules import require
from portal.registrations import attendance
from portal.registrations.facts import ParticipantsExported
from portal.registrations.models import Allocation, Registration
from portal.registrations.policies import may_see_list


class Paper(StrEnum):
    ATTENDANCE = "attendance"
    BADGES = "badges"
    SHEET = "sheet"

    @property
    def label(self) -> str:
        return str(PAPER_LABELS[self])


PAPER_LABELS = {
    Paper.ATTENDANCE: _l("Teilnahmeliste"),
    Paper.BADGES: _l("Namensschilder"),
    Paper.SHEET: _l("Tabelle"),
}


def hand_out(
    allocation: Allocation, paper: Paper, *, by: User, waiting_too: bool = False
) -> list[Registration]:
    """Who stands on it, by name. The history says who took which list with how many names."""
    require(may_see_list, by, allocation)
    names = attendance.on_paper(allocation, waiting_too=waiting_too)
    with speaking():  # the history speaks one language
        note = _("%(paper)s, Namen: %(count)s", paper=paper.label, count=len(names))
    tell(ParticipantsExported(by=by, about=allocation, note=note))
    return names
