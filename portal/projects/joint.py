"""Presentations that two tied administrators can decide together (joint/cases.py)."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from portal.accounts.models import User
from portal.core.rules import Rule
from portal.joint.cases import Act, JointCase, decides_jointly
from portal.projects import queries, services
from portal.projects.models import Project, ReviewState
from portal.projects.policies import ties


class _Projects:
    word, desk, table = "projekte", "projects", "project"
    endpoint, place = "projects_office.show", "key"
    acts: Mapping[str, Act] = {
        "publish": Act(_l("Veröffentlichen")),
        "give_back": Act(_l("Zurückgeben"), asks=True),
        "reject": Act(_l("Ablehnen"), asks=True),
    }

    def load(self, key: str, *, seen_by: User, to_change: bool) -> Project:
        return queries.with_key(key, seen_by=seen_by, to_change=to_change)

    def case_of(self, project: Project) -> JointCase:
        revision = project.latest
        return JointCase(
            kind=self,
            key=project.key,
            about=project,
            for_=project.organisation,
            title=revision.name,
            version=revision.version,
            waits=revision.state is ReviewState.SUBMITTED,
            tied=ties(project),
        )

    def decide(
        self, project: Project, act: str, *, by: User, note: str, may: Rule, seen_version: int
    ) -> None:
        if act == "publish":
            services.publish(project, by=by, may=may, seen_version=seen_version)
        elif act == "give_back":
            services.give_back(project, by=by, note=note, may=may, seen_version=seen_version)
        else:
            services.reject(project, by=by, note=note, may=may, seen_version=seen_version)


decides_jointly(_Projects())
