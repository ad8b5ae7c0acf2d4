"""What is loaded so far, by the names that the dataset uses, and what happened on the way."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.accounts.models import User
from portal.core.database import db
from portal.core.facts import Fact
from portal.demo.days import Days
from portal.partners.models import Organisation
from portal.teams.models import Team
from portal.topics.models import District, Theme

OPENED = 320  # days ago: since then the demo's portal has been in use
ADMINISTRATOR = "leitung@demo.example"
MODERATOR = "moderation@demo.example"


@dataclass
class World:
    """`password_hash` is everybody's."""

    password_hash: str
    days: Days = field(default_factory=Days)
    themes: dict[str, Theme] = field(default_factory=dict)
    districts: dict[str, District] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    happened: list[Fact] = field(default_factory=list)

    @property
    def opened(self) -> datetime:
        return self.days.worked(OPENED, "09:00")

    @property
    def administrator(self) -> User:
        return self.people[ADMINISTRATOR]

    @property
    def moderator(self) -> User:
        return self.people[MODERATOR]

    def note(
        self,
        kind: type[Fact],
        at: datetime,
        *,
        by: User | None,
        about: Any,
        for_: Organisation | None = None,
        note: str = "",
    ) -> None:
        """Remembers what happened; it is told when everything is there."""
        self.happened.append(kind(by=by, for_=for_, about=about, note=note, at=at))

    def look_up_topics(self) -> None:
        self.themes = {theme.slug: theme for theme in db.session.scalars(select(Theme))}
        self.districts = {found.slug: found for found in db.session.scalars(select(District))}
