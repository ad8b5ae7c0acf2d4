"""Who of the office is tied to what waits. The same rules as the features' own policies, asked of
all cases and all people of the office in one statement; a test holds the two together."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Integer, Select, String, cast, literal, null, or_, select, union_all

from portal.accounts.models import OfficeRole, User
from portal.accounts.policies import IN_OFFICE
from portal.charter.models import ProvisionalSignature
from portal.core.cases import Case
from portal.core.database import db
from portal.core.times import now
from portal.exchange.models import Offer
from portal.joint import cases as joint
from portal.joint.models import JointDecision, JointState
from portal.partners.models import Affiliation, Application, Invitation, JoinRequest, Organisation
from portal.partners.ties import LOOK_BACK
from portal.projects.models import Participation, Project
from portal.projects.queries.taking_part import is_share
from portal.teams.models import Seat

Key = tuple[str, int]  # a case's table and row
NUMBER, WORD = cast(null(), Integer), cast(null(), String)
ROLE, INVITED, OPENED = "role", "invited", "opened"


@dataclass
class Ties:
    """`people` are those of the office; `tied` says for each case which of them leave it to
    others; `opened` who has proposed a decision on which state of a case."""

    people: set[int] = field(default_factory=set)
    administrators: set[int] = field(default_factory=set)
    tied: dict[Key, set[int]] = field(default_factory=lambda: defaultdict(set))
    opened: dict[tuple[str, int, int | None], int] = field(default_factory=dict)

    def binds(self, user_id: int, case: Case) -> bool:
        return user_id in self.tied[case.about, case.about_id]

    def is_left_to_the_tied(self, case: Case) -> bool:
        """As joint.policies say it of one case."""
        free = self.people - self.tied[case.about, case.about_id]
        return case.about in joint.tables() and not free and len(self.administrators) >= 2

    def first_of(self, case: Case) -> int | None:
        """Who has proposed a decision that waits for a second person."""
        return self.opened.get((case.about, case.about_id, case.version))


def ties_of(cases: list[Case]) -> Ties:
    ids: dict[str, list[int]] = defaultdict(list)
    for case in cases:
        ids[case.about].append(case.about_id)
    rows = db.session.execute(union_all(*_people(), *_things(ids), _opened())).all()
    found = Ties()
    belonging: dict[int | str, set[int]] = defaultdict(set)  # by organisation, name and address
    for what, id_, organisation_id, name, person_id in rows:
        if what == OfficeRole.MODERATOR or what == OfficeRole.ADMINISTRATOR:
            found.people.add(id_)
            belonging[name].add(id_)
        if what == OfficeRole.ADMINISTRATOR:
            found.administrators.add(id_)
        if what in {ROLE, INVITED}:
            belonging[organisation_id].add(person_id)
        if what == ROLE:
            belonging[name].add(person_id)
        if what == OPENED:
            found.opened[name, id_, organisation_id] = person_id
    for what, id_, organisation_id, name, person_id in rows:
        if what in ids:
            tied = {person_id} | belonging.get(organisation_id, set()) | belonging.get(name, set())
            found.tied[what, id_] |= tied
    return found


def _row(
    what: Any, id_: Any, organisation: Any = NUMBER, name: Any = WORD, who: Any = NUMBER
) -> Select[Any]:
    what = literal(what) if isinstance(what, str) else what
    return select(what.label("what"), id_, organisation, name, who)


def _people() -> list[Select[Any]]:
    """Those of the office with their addresses; where they belong, and where they were invited."""
    since = now() - LOOK_BACK
    return [
        _row(cast(User.office_role, String), User.id, name=User.email).where(IN_OFFICE),
        _row(ROLE, Affiliation.id, Organisation.id, Organisation.folded_name, User.id)
        .join(Affiliation, Affiliation.user_id == User.id)
        .join(Affiliation.organisation)
        .where(IN_OFFICE, or_(Affiliation.until.is_(None), Affiliation.until > since)),
        _row(INVITED, Invitation.id, Invitation.organisation_id, who=User.id)
        .join(Invitation, Invitation.person_id == User.id)
        .where(IN_OFFICE, Invitation.sent_at > since),
    ]


def _things(ids: dict[str, list[int]]) -> list[Select[Any]]:
    """What waits, with the organisations and the person that it ties."""

    def row(thing: Any, *columns: Any, **more: Any) -> Select[Any]:
        table = thing.__tablename__
        return _row(table, thing.id, *columns, **more).where(thing.id.in_(ids.get(table, [])))

    asks, part, given = Application, Participation, ProvisionalSignature
    return [
        row(asks, asks.organisation_id, asks.folded_name, asks.applicant_id),
        row(JoinRequest, JoinRequest.organisation_id, who=JoinRequest.person_id),
        row(Project, Project.organisation_id, who=Project.author_id),
        _row("project", part.project_id, part.organisation_id).where(
            part.project_id.in_(ids.get("project", [])), is_share()
        ),
        row(Offer, Offer.organisation_id, who=Offer.author_id),
        row(Seat, who=Seat.user_id),
        row(given, given.organisation_id, given.folded_name),
        row(given, name=given.email),
    ]


def _opened() -> Select[Any]:
    one = JointDecision
    rows = _row(OPENED, one.about_id, one.case_version, one.about, one.opened_by_id)
    return rows.where(one.state == JointState.OPEN)
