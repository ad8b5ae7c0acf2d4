"""The table of the index, and what each engine needs to find substrings in it quickly."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import Base

TITLE_LENGTH = 300


class SearchEntry(Base):
    """One findable thing. Features hand it in; nothing else is searched."""

    __tablename__ = "search_entry"
    __table_args__ = (sa.UniqueConstraint("kind", "object_id"),)

    kind: Mapped[str] = mapped_column(sa.String(20))
    object_id: Mapped[int]
    is_public: Mapped[bool]
    organisation_id: Mapped[int | None] = mapped_column(index=True)  # whose members see it, too
    slug: Mapped[str] = mapped_column(sa.String(200))
    title: Mapped[str] = mapped_column(sa.String(TITLE_LENGTH))
    summary: Mapped[str] = mapped_column(sa.Text)
    folded_title: Mapped[str] = mapped_column(sa.Text, deferred=True)
    folded_body: Mapped[str] = mapped_column(sa.Text, deferred=True)  # all words of the thing
    changed_at: Mapped[datetime]


# The migration runs these very statements: …_BEFORE before it creates the table, …_AFTER behind
# it, SQLITE_BEFORE_DROP when it takes the table down. What they make is named search_fts….
POSTGRESQL_BEFORE = ["CREATE EXTENSION IF NOT EXISTS pg_trgm"]
# Bodies stay in their rows: the planner does not count what it costs to fetch and unpack them from
# beside the table, and would read all of them instead of asking the index.
POSTGRESQL_AFTER = [
    "ALTER TABLE search_entry SET (toast_tuple_target = 8160)",
    "ALTER TABLE search_entry ALTER COLUMN folded_body SET STORAGE MAIN",
    # Every search reads the list of what waits to be filed, so it is kept short (in kB).
    "CREATE INDEX search_fts_trgm ON search_entry USING gin (folded_body gin_trgm_ops)"
    " WITH (gin_pending_list_limit = 512)",
]
SQLITE_AFTER = [
    "CREATE VIRTUAL TABLE search_fts USING fts5(folded_body, content='search_entry',"
    " content_rowid='id', tokenize='trigram case_sensitive 1')",
    "CREATE TRIGGER search_entry_put AFTER INSERT ON search_entry BEGIN"
    " INSERT INTO search_fts(rowid, folded_body) VALUES (new.id, new.folded_body);"
    " END",
    "CREATE TRIGGER search_entry_gone AFTER DELETE ON search_entry BEGIN"
    " INSERT INTO search_fts(search_fts, rowid, folded_body)"
    " VALUES ('delete', old.id, old.folded_body);"
    " END",
    "CREATE TRIGGER search_entry_changed AFTER UPDATE OF id, folded_body ON search_entry BEGIN"
    " INSERT INTO search_fts(search_fts, rowid, folded_body)"
    " VALUES ('delete', old.id, old.folded_body);"
    " INSERT INTO search_fts(rowid, folded_body) VALUES (new.id, new.folded_body);"
    " END",
]
SQLITE_BEFORE_DROP = ["DROP TABLE IF EXISTS search_fts"]  # its triggers go with search_entry


def _run(moment: str, statements: list[str], *, dialect: str) -> None:
    def run(_: sa.Table, connection: sa.Connection, **__: Any) -> None:
        if connection.dialect.name == dialect:
            for statement in statements:
                connection.exec_driver_sql(statement)

    sa.event.listen(SearchEntry.__table__, moment, run)


_run("before_create", POSTGRESQL_BEFORE, dialect="postgresql")
_run("after_create", POSTGRESQL_AFTER, dialect="postgresql")
_run("after_create", SQLITE_AFTER, dialect="sqlite")
_run("before_drop", SQLITE_BEFORE_DROP, dialect="sqlite")
