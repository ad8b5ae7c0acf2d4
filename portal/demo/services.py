"""Loads the demo alliance in the caller's transaction, and empties the tables for another load."""

from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from portal.accounts import passwords
from portal.accounts import queries as accounts
from portal.core.database import Base, db
from portal.core.errors import Conflict
from portal.core.generation import raise_generation
from portal.demo import (
    applications,
    charter,
    competences,
    events,
    exchange,
    joining,
    media,
    news,
    organisations,
    past,
    people,
    projects,
    registrations,
    reviews,
    revisions,
    seats,
)
from portal.demo.world import World

PASSWORD = "Wir.Machen.Zukunft."  # noqa: S105 - everybody's; contract.md publishes it
STAGES = (
    organisations,
    people,
    seats,
    projects,
    events,
    media,
    revisions,
    reviews,
    competences,
    exchange,
    registrations,
    news,
    applications,
    joining,
    charter,
    past,
)
# Themes, competences and districts come with the schema. The generation only ever grows: what a
# browser or a cache has kept must count as old.
KEPT = {"theme", "action_field", "competence", "district", "public_generation"}


def has_tables() -> bool:
    return sa.inspect(db.engine).has_table("user")


def is_empty() -> bool:
    """Nobody has an account yet."""
    return accounts.count() == 0


def load(say: Callable[[str], object] = lambda line: None) -> None:
    """Everything or nothing. Raises Conflict where anybody has an account already."""
    world = World(password_hash=passwords.hashed(PASSWORD))
    if not is_empty():
        raise Conflict("there are accounts already")
    world.look_up_topics()
    for stage in STAGES:
        say(stage.load(world))
    raise_generation()


def empty() -> None:
    """Deletes all that people have entered. Circles between tables (a project and its live
    revision) are cut first."""
    project = Base.metadata.tables["project"]
    db.session.execute(sa.update(project).values(live_revision_id=None))
    for table in reversed(Base.metadata.sorted_tables):
        if table.name not in KEPT:
            db.session.execute(table.delete())
    db.session.expunge_all()


def empty_mailbox(folder: Path) -> None:
    """What the mails of the demo link to is gone."""
    for mail in folder.glob("*.eml"):
        mail.unlink(missing_ok=True)
