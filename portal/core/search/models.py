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
    __table_args__ = (
        sa.UniqueConstraint("kind", "object_id"),
        sa.Index(
            "ix_search_entry_folded_body_trgm",
            "folded_body",
            postgresql_using="gin",
            postgresql_ops={"folded_body": "gin_trgm_ops"},
        ).ddl_if(dialect="postgresql"),
    )

    kind: Mapped[str] = mapped_column(sa.String(20))
    object_id: Mapped[int]
    is_public: Mapped[bool]
    organisation_id: Mapped[int | None] = mapped_column(index=True)  # whose members see it, too
    slug: Mapped[str] = mapped_column(sa.String(200))
    title: Mapped[str] = mapped_column(sa.String(TITLE_LENGTH))
    summary: Mapped[str] = mapped_column(sa.Text)
    folded_title: Mapped[str] = mapped_column(sa.Text)
    folded_body: Mapped[str] = mapped_column(sa.Text)  # the words of title, summary and body
    changed_at: Mapped[datetime]


# The migration runs these very statements: POSTGRESQL_BEFORE before it creates the table,
# SQLITE_AFTER behind it, SQLITE_BEFORE_DROP when it takes the table down.
POSTGRESQL_BEFORE = ["CREATE EXTENSION IF NOT EXISTS pg_trgm"]
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
_run("after_create", SQLITE_AFTER, dialect="sqlite")
_run("before_drop", SQLITE_BEFORE_DROP, dialect="sqlite")
