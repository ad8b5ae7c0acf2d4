"""What the tests put back instead of loading it again is the demo alliance, row by row."""

from flask import Flask

from portal.core.database import Base, db
from portal.core.search import index
from tests import alliance
from tests.conftest import empty_tables


def everything() -> dict[str, list[str]]:
    found = {}
    for table in Base.metadata.sorted_tables:
        found[table.name] = sorted(str(tuple(row)) for row in db.session.execute(table.select()))
    db.session.rollback()
    return found


def test_what_is_put_back_is_what_was_loaded(app: Flask) -> None:
    alliance._kept.clear()
    alliance.settle_alliance()
    loaded = everything()
    picture = next(alliance._media().rglob("*.webp"))
    empty_tables()
    picture.unlink()

    alliance.settle_alliance()

    assert everything() == loaded
    assert len(loaded["project"]) > 30 and picture.exists()
    assert len(list(db.session.scalars(index.matching("energie")))) > 3


def test_it_is_loaded_again_where_the_shared_rows_differ(app: Flask) -> None:
    alliance.settle_alliance()
    empty_tables()
    theme = Base.metadata.tables["theme"]
    was = db.session.scalar(theme.select().with_only_columns(theme.c.name).where(theme.c.id == 1))
    known = dict(alliance._kept)
    try:
        db.session.execute(theme.update().where(theme.c.id == 1).values(name="Anders"))
        db.session.commit()
        alliance.settle_alliance()
        assert alliance._kept != known
    finally:
        db.session.execute(theme.update().where(theme.c.id == 1).values(name=was))
        db.session.commit()
