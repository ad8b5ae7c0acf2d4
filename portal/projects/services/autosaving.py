"""Keeping what is typed between two saves: for the person who types it, and nobody else."""

from datetime import timedelta

from sqlalchemy import ColumnElement, delete, select

from portal.accounts.models import User
from portal.core.database import db, upsert
from portal.core.rules import require
from portal.core.times import now
from portal.partners.models import Organisation
from portal.projects.models import Autosave, Project
from portal.projects.policies import is_author, may_draft

KEPT_FOR = timedelta(days=30)
Said = dict[str, list[str]]


def keep(project: Project, *, by: User, said: Said, seen_version: int) -> None:
    """The last form counts. It is kept, too, when somebody else saved or submitted meanwhile:
    saving will show both texts then."""
    require(is_author, by, project.latest)
    _keep(by, project.organisation, project.key, said, version=seen_version, is_new=False)


def keep_new(organisation: Organisation, *, by: User, key: str, said: Said) -> None:
    """One unfinished new project for a person in an organisation."""
    require(may_draft, by, organisation)
    others = (Autosave.organisation_id == organisation.id, Autosave.key != key)
    _drop(*others, Autosave.is_new.is_(True), by=by)
    _keep(by, organisation, key, said, version=0, is_new=True)


def _keep(
    by: User, organisation: Organisation, key: str, said: Said, *, version: int, is_new: bool
) -> None:
    kept = {"said": said, "version": version, "kept_at": now()}
    row = upsert(
        Autosave, user_id=by.id, organisation_id=organisation.id, key=key, is_new=is_new, **kept
    )
    db.session.execute(row.on_conflict_do_update(index_elements=["user_id", "key"], set_=kept))


def kept(project: Project, *, by: User) -> Autosave | None:
    return db.session.scalar(
        select(Autosave).where(Autosave.user_id == by.id, Autosave.key == project.key)
    )


def kept_new(organisation: Organisation, *, by: User) -> Autosave | None:
    return db.session.scalar(
        select(Autosave)
        .where(
            Autosave.user_id == by.id,
            Autosave.organisation_id == organisation.id,
            Autosave.is_new.is_(True),
        )
        .order_by(Autosave.kept_at.desc())
        .limit(1)
    )


def drop_kept(key: str, *, by: User) -> None:
    """It was saved, or is not wanted."""
    _drop(Autosave.key == key, by=by)


def _drop(*conditions: ColumnElement[bool], by: User) -> None:
    gone = delete(Autosave).where(Autosave.user_id == by.id, *conditions)
    db.session.execute(gone.execution_options(synchronize_session=False))


def sweep() -> None:
    """What nobody came back for."""
    gone = delete(Autosave).where(Autosave.kept_at < now() - KEPT_FOR)
    db.session.execute(gone.execution_options(synchronize_session=False))
