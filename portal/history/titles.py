"""What a thing is called at the moment it enters the history."""

from functools import singledispatch

from portal.projects.models import Project
from portal.teams.models import Seat


@singledispatch
def title_of(thing: object) -> str:
    return str(getattr(thing, "title", None) or getattr(thing, "name", None) or "")


@title_of.register
def _(project: Project) -> str:
    return project.latest.name if project.revisions else ""


@title_of.register
def _(seat: Seat) -> str:
    return seat.team.name
