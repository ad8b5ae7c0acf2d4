"""Projects: the recorded ones, presented by the city with their sources, and invented ones in every
state, which say so."""

from dataclasses import dataclass
from datetime import datetime

from portal.accounts.models import User
from portal.core.database import db
from portal.core.facts import Fact
from portal.core.times import working_days_after
from portal.demo.dataset import Row, rows
from portal.demo.world import World
from portal.projects.facts import (
    ParticipationAsked,
    ProjectDrafted,
    ProjectPublished,
    ProjectReturned,
    ProjectSubmitted,
)
from portal.projects.models import (
    Basis,
    Participation,
    ParticipationRole,
    Phase,
    Project,
    ReviewState,
    Revision,
)
from portal.projects.queries.timing import OPEN_FOR
from portal.projects.services import Content, Link, new_key, write_links
from portal.projects.services.content import write
from portal.projects.services.drafting import ANSWER_WITHIN
from portal.projects.services.publishing import go_live

NEWEST = 5  # days ago the newest of the recorded ones was published, and every
CONFIRMED = 120  # days ago at the latest
ASKED_AGO = 4  # days: who is named in a draft
APART = 9  # days the one before
DECIDED: dict[ReviewState, type[Fact]] = {
    ReviewState.PUBLISHED: ProjectPublished,
    ReviewState.RETURNED: ProjectReturned,
}


@dataclass(frozen=True)
class Dates:
    created_at: datetime
    submitted_at: datetime | None = None
    decided_at: datetime | None = None


def load(world: World) -> str:
    real, invented = rows("projects"), rows("demo_projects")
    newest_first = sorted(real, key=_recorded, reverse=True)
    for place, row in enumerate(_mixed(newest_first)):
        _add_real(world, row, place)
    for row in invented:
        _add_invented(world, row)
    return f"{len(real)} recorded projects, {len(invented)} invented ones in every state"


def _recorded(row: Row) -> str:
    """The newest day that the source names; sorting keeps the dataset's order where it is equal."""
    return max(str(row["status_as_of"]), str(row["begins"]))


def _mixed(newest_first: list[Row]) -> list[Row]:
    """The same order, but neighbours have different themes wherever that can be: the three newest
    come from one source and would fill the start page with one theme."""
    left = list(newest_first)
    found: list[Row] = []
    while left:
        seen = {row["theme"] for row in found[-2:]}
        found.append(next((row for row in left if row["theme"] not in seen), left[0]))
        left.remove(found[-1])
    return found


def _add_real(world: World, row: Row, place: int) -> None:
    clock = f"{9 + place % 8:02}:{place * 17 % 60:02}"
    at = world.days.worked(NEWEST + place * APART, clock)
    project = _project(world, row, Dates(at, at, at), ReviewState.PUBLISHED)
    _take_part(world, project, row, others=Basis.SOURCE)
    _publish(world, project, row)


def _add_invented(world: World, row: Row) -> None:
    state = ReviewState(row["state"])
    author = world.people[row["author"]]
    project = _project(world, row, _dates(world, row), state, author)
    shown = state is ReviewState.PUBLISHED
    _take_part(world, project, row, others=Basis.CONFIRMED if shown else Basis.PENDING)
    _note(world, ProjectDrafted, project.created_at, project, by=author)
    if submitted_at := project.latest.submitted_at:
        _note(world, ProjectSubmitted, submitted_at, project, by=author)
    if shown:
        _publish(world, project, row)
    elif project.latest.decided_at:
        _note_decision(world, project)


def _project(
    world: World, row: Row, dates: Dates, state: ReviewState, author: User | None = None
) -> Project:
    """With its one revision. What is not known stays empty: nothing is invented to fill it."""
    project = Project(
        key=new_key(),
        organisation=world.organisations[row["owner"]],
        author=author,
        created_at=dates.created_at,
    )
    revision = Revision(
        state=state,
        source_url=row["source_url"],
        note=row.get("note", ""),
        changed_at=dates.submitted_at or dates.created_at,
        changed_by=author,
        submitted_at=dates.submitted_at if author else None,
        submitted_by_id=author.id if author and dates.submitted_at else None,
        decided_at=dates.decided_at,
        decided_by_id=world.moderator.id if dates.decided_at else None,
    )
    if state is ReviewState.SUBMITTED and dates.submitted_at:
        revision.promised_by = working_days_after(dates.submitted_at, ANSWER_WITHIN)
    project.revisions.append(revision)
    with db.session.no_autoflush:
        write(revision, _content(world, row, written_at=revision.changed_at))
        write_links(revision, [Link(link["label"], link["url"]) for link in row["links"]])
    db.session.add(project)
    return project


def _content(world: World, row: Row, *, written_at: datetime) -> Content:
    teams = {team.theme_id: team for team in world.teams.values()}
    theme = world.themes[row["theme"]]
    return Content(
        title=row["title"],
        short_title=row["short_title"],
        summary=row["summary"],
        theme_id=theme.id,
        team_id=teams[theme.id].id,
        phase=Phase(row["phase"]),
        problem=row["problem"],
        goal=row["goal"],
        solution=row["description"],
        benefit=row["benefit"],
        status_text=row["status_text"],
        status_as_of=world.days.at_latest(row["status_as_of"], written_at),
        begins=row["begins"],
        ends=row["ends"],
        district_ids=tuple(world.districts[slug].id for slug in row["districts"]),
        citywide=row["citywide"],
        place=row["place"],
        funding=row["funding"],
        relation=row["relation"],
    )


def _dates(world: World, row: Row) -> Dates:
    """The office answers on a working day, and never before it was asked."""
    ago = row["days_ago"]
    created_at = world.days.ago(ago["created"], "13:40")
    if ago["submitted"] is None:
        return Dates(created_at)
    submitted_at = world.days.ago(ago["submitted"], "16:05")
    if ago["decided"] is None:
        return Dates(created_at, submitted_at)
    decided_at = max(submitted_at, world.days.worked(ago["decided"], "11:30"))
    return Dates(created_at, submitted_at, decided_at)


def _take_part(world: World, project: Project, row: Row, *, others: Basis) -> None:
    """A public source makes a name public, or the organisation's own yes. Who presents its own
    project has said yes by that; whom a draft names is still to be asked."""
    for entry in row["participations"]:
        organisation = world.organisations[entry["organisation"]]
        presents_itself = organisation is project.organisation and not entry["source_url"]
        part = Participation(
            organisation=organisation,
            role=ParticipationRole(entry["role"]),
            basis=Basis.CONFIRMED if presents_itself else others,
            source_url=entry["source_url"] or "",
            note=entry["note"],
        )
        project.participations.append(part)
        if part.basis is Basis.PENDING:
            _ask(world, project, part)
        elif part.basis is Basis.CONFIRMED and not presents_itself:
            part.asked_at, part.asked_by = project.created_at, project.author
            part.answered_at = project.latest.submitted_at or project.created_at


def _ask(world: World, project: Project, part: Participation) -> None:
    """Lately, so that there is time to answer."""
    at = max(project.created_at, world.days.ago(ASKED_AGO, "10:20"))
    part.asked_at, part.asked_by, part.expires_at = at, project.author, at + OPEN_FOR
    world.happened.append(
        ParticipationAsked(
            by=project.author,
            for_=project.organisation,
            about=project,
            part=part,
            note=part.organisation.name,
            at=at,
        )
    )


def _publish(world: World, project: Project, row: Row) -> None:
    """The address of the dataset; everything else as the office's own publishing does it."""
    project.slug = row["slug"]
    db.session.flush()
    decided_at = project.latest.decided_at or world.days.now
    # What a source says was read when the demo was made; the invented ones confirm in time.
    lately = world.days.ago(CONFIRMED) if project.author else world.days.now
    project.confirmed_at = max(decided_at, lately)
    go_live(project, project.latest, at=decided_at)
    _note_decision(world, project)


def _note_decision(world: World, project: Project) -> None:
    revision = project.latest
    kind, at = DECIDED[revision.state], revision.decided_at or world.days.now
    _note(world, kind, at, project, by=world.moderator, note=revision.note)


def _note(
    world: World, kind: type[Fact], at: datetime, project: Project, *, by: User, note: str = ""
) -> None:
    world.note(kind, at, by=by, for_=project.organisation, about=project, note=note)
