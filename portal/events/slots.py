"""Dates on pages below: a team's page shows its next ones."""

from markupsafe import Markup

from portal.accounts.models import User
from portal.core.pages import fills, fragment
from portal.events import queries
from portal.teams.models import Team

MOST = 3


@fills("team.page")
def next_dates(team: Team, *, seen_by: User) -> Markup:
    events = queries.of_team(team, seen_by=seen_by, limit=MOST)
    return fragment("events/_of_team.html", team=team, events=events)
