"""What the start page and /mein gather from the features below."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.accounts.models import User
from portal.charter import queries as charter
from portal.charter.policies import SIGNS
from portal.core.database import db
from portal.core.search.models import SearchEntry
from portal.events import queries as events
from portal.events.models import Event, EventState
from portal.exchange import queries as exchange
from portal.exchange.models import Inquiry, OfferRevision
from portal.news import queries as news
from portal.news.queries import ArticleRecord
from portal.partners import queries as partners
from portal.partners.models import (
    AffiliationRole,
    Application,
    ApplicationState,
    Invitation,
    JoinRequest,
    Organisation,
)
from portal.partners.policies import AUTHORS
from portal.projects import queries as projects
from portal.projects.models import Participation, Project, ReviewState
from portal.projects.policies import owning
from portal.projects.queries import Card
from portal.teams import queries as teams
from portal.teams.models import Seat, Team
from portal.teams.queries import TeamRecord

NEWEST = 3
COMING = 3
SITEMAP_HOLDS = 49_000  # the protocol allows 50,000 addresses in one file


@dataclass(frozen=True)
class Start:
    project_count: int
    current_projects: int
    district_counts: dict[str, int]
    running: dict[str, int]
    newest: list[Card]
    next_event: Event | None
    teams: list[TeamRecord]
    news: list[ArticleRecord]


@dataclass
class Belonging:
    """An organisation of a person, with all roles there, and how many ask its owner to join."""

    organisation: Organisation
    roles: list[AffiliationRole]
    asking: int = 0

    @property
    def writes(self) -> bool:
        return bool(AUTHORS & set(self.roles))

    @property
    def answers(self) -> bool:
        """For others who name the organisation."""
        return self.writes and self.organisation.suspended_at is None

    @property
    def signs(self) -> bool:
        return bool(SIGNS & set(self.roles))


@dataclass(frozen=True)
class Requests:
    """How many ask for a seat in a team that the person leads, and for whom the person leads it."""

    team: Team
    organisation: Organisation
    number: int


@dataclass(frozen=True)
class Mine:
    belongings: list[Belonging]
    projects: list[Project]
    seats: list[Seat]
    requests: list[Requests]
    applications: list[Application]
    invitations: list[Invitation]
    asked_to_join: list[JoinRequest]
    suggested: list[Organisation]
    dates: list[Event]
    signatures_wanted: list[Organisation]
    asked_to_take_part: list[Participation]

    def acting(self, project: Project) -> Organisation:
        """The organisation for which the person opens the project: one that they write for, if
        several of theirs own it."""
        own = {one.organisation.id: one for one in self.belongings}
        found = [own[one.id] for one in owning(project) if one.id in own]
        return min(found, key=lambda one: not one.writes).organisation

    inquiries: list[Inquiry]
    offers: list[OfferRevision]

    @property
    def writes(self) -> bool:
        return any(belonging.writes for belonging in self.belongings)

    @property
    def returned(self) -> list[Project]:
        """What the office sent back and the person may mend."""
        own = {b.organisation.id for b in self.belongings if b.writes}
        return [
            project
            for project in self.projects
            if self.acting(project).id in own and project.latest.state is ReviewState.RETURNED
        ]

    @property
    def to_confirm(self) -> list[Project]:
        """Public texts that the person may confirm, and that grow old."""
        own = {b.organisation.id for b in self.belongings if b.writes}
        return [
            project
            for project in self.projects
            if project.organisation_id in own
            and project.live
            and not project.archived_at
            and (project.asked_at or project.lapsed)
        ]

    @property
    def colleagues_ask(self) -> list[tuple[Organisation, int]]:
        """Where the person administers, and somebody waits for an answer."""
        return [(one.organisation, one.asking) for one in self.belongings if one.asking]

    @property
    def unconfirmed(self) -> list[Application]:
        return [a for a in self.applications if a.state is ApplicationState.UNCONFIRMED]

    @property
    def waits(self) -> bool:
        return bool(
            self.returned
            or self.to_confirm
            or self.requests
            or self.unconfirmed
            or self.invitations
            or self.colleagues_ask
            or self.signatures_wanted
            or self.asked_to_take_part
            or self.inquiries
            or self.offers
        )


def start() -> Start:
    overview = projects.overview()
    return Start(
        project_count=overview.total,
        current_projects=overview.current,
        district_counts=overview.districts,
        running=overview.running,
        newest=projects.newest(NEWEST),
        next_event=events.next_one(),
        teams=teams.all_teams(),
        news=news.newest(NEWEST),
    )


def mine(user: User) -> Mine:
    seats = teams.seats_of(user)
    belongings = _belongings(user)
    writing_for = [one.organisation.id for one in belongings if one.writes]
    return Mine(
        belongings=belongings,
        projects=projects.own(user),
        seats=seats,
        requests=_requests(user, seats),
        applications=partners.applications_of(user),
        invitations=partners.invitations_for(user),
        asked_to_join=partners.requests_by(user),
        suggested=_suggested(user, belongings),
        dates=_dates(user),
        signatures_wanted=charter.wanting_a_signature(
            [belonging.organisation for belonging in belongings if belonging.signs]
        ),
        asked_to_take_part=projects.waiting_for(
            [belonging.organisation.id for belonging in belongings if belonging.answers]
        ),
        inquiries=exchange.inquiries.unanswered(writing_for),
        offers=exchange.wanting(writing_for),
    )


def _belongings(user: User) -> list[Belonging]:
    found: dict[int, Belonging] = {}
    for affiliation in partners.affiliations_of(user):
        new = Belonging(affiliation.organisation, [])
        found.setdefault(affiliation.organisation_id, new).roles.append(affiliation.role)
    administered = [id_ for id_, one in found.items() if AffiliationRole.OWNER in one.roles]
    for organisation_id, number in partners.asking_to_join(administered).items():
        found[organisation_id].asking = number
    return list(found.values())


def _suggested(user: User, belongings: list[Belonging]) -> list[Organisation]:
    """Partners with the website of the person's own address, for who belongs to none yet."""
    if belongings or user.is_office:
        return []
    return partners.members_with_domain(user.email.rpartition("@")[2])


def _requests(user: User, seats: list[Seat]) -> list[Requests]:
    for_whom = {seat.team_id: seat.organisation for seat in seats}
    return [
        Requests(team, for_whom[team.id], number)
        for team, number in teams.led_by(user)
        if number and team.id in for_whom
    ]


def _dates(user: User) -> list[Event]:
    rows = events.coming(user).where(Event.state == EventState.PLANNED).limit(COMING)
    return list(db.session.scalars(rows))


def public_things() -> list[tuple[str, str, datetime]]:
    """(kind, slug, changed at) of all that everybody finds by the search."""
    rows = (
        select(SearchEntry.kind, SearchEntry.slug, SearchEntry.changed_at)
        .where(SearchEntry.is_public.is_(True))
        .order_by(SearchEntry.kind, SearchEntry.slug)
        .limit(SITEMAP_HOLDS)
    )
    return [(kind, slug, at) for kind, slug, at in db.session.execute(rows)]
