"""Applications that two tied administrators can decide together (joint/cases.py)."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from portal.accounts.models import User
from portal.core.rules import Rule
from portal.joint.cases import Act, JointCase, decides_jointly
from portal.partners import queries, services
from portal.partners.models import Application
from portal.partners.policies import UNDECIDED, ties


class _Applications:
    word, desk, table = "antraege", "applications", "application"
    endpoint, place = "applications_office.show", "number"
    acts: Mapping[str, Act] = {
        "admit": Act(_l("Aufnehmen")),
        "decline": Act(_l("Ablehnen"), asks=True),
    }

    def load(self, number: str, *, seen_by: User, to_change: bool) -> Application:
        """Its version decides who came first."""
        return queries.case_with_number(number, seen_by=seen_by)

    def case_of(self, application: Application) -> JointCase:
        return JointCase(
            kind=self,
            key=application.number,
            about=application,
            for_=application.organisation,
            title=application.name,
            version=application.version,
            waits=application.state in UNDECIDED,
            tied=ties(application),
        )

    def decide(
        self,
        application: Application,
        act: str,
        *,
        by: User,
        note: str,
        may: Rule,
        seen_version: int,
    ) -> None:
        if act == "admit":
            services.admit(application, by=by, message=note, may=may, seen_version=seen_version)
        else:
            services.decline(application, by=by, reason=note, may=may, seen_version=seen_version)


decides_jointly(_Applications())
