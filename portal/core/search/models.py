"""The tables of the index, and what each engine needs to find parts of words quickly.

Things have words, words have things: a query asks which of the words it means, and then for the
things that have them. Words are few however many things there are."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import Base
from portal.core.search.analysis import LONGEST_WORD

TITLE_LENGTH = 300
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


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
    changed_at: Mapped[datetime] = mapped_column(index=True)


class SearchWord(Base):
    """A folded word that some text had, and how it was written there first. The id is made of the
    word, so that nobody has to ask for it. Words stay when their texts go: what nobody has is never
    shown."""

    __tablename__ = "search_word"

    id: Mapped[int] = mapped_column(NUMBER, primary_key=True, sort_order=-1)
    word: Mapped[str] = mapped_column(sa.String(LONGEST_WORD), unique=True)
    shown: Mapped[str] = mapped_column(sa.String(LONGEST_WORD))


# Which things have a word: a table and no model, since it is only ever asked in bulk.
POSTING = sa.Table(
    "search_posting",
    Base.metadata,
    sa.Column("word_id", NUMBER, sa.ForeignKey("search_word.id"), primary_key=True),
    sa.Column("in_title", sa.Boolean, primary_key=True),
    sa.Column(
        "entry_id",
        sa.Integer,
        sa.ForeignKey("search_entry.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
    sqlite_with_rowid=False,
)


# The migration runs these very statements behind the tables.
POSTGRESQL_AFTER = [
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    # Every search reads the list of what waits to be filed, so it is kept short (in kB).
    "CREATE INDEX search_fts_trgm ON search_word USING gin (word gin_trgm_ops)"
    " WITH (gin_pending_list_limit = 512)",
]
SQLITE_AFTER = [
    "CREATE VIRTUAL TABLE search_fts USING fts5(word, content='search_word',"
    " content_rowid='id', tokenize='trigram case_sensitive 1')",
    "CREATE TRIGGER search_word_put AFTER INSERT ON search_word BEGIN"
    " INSERT INTO search_fts(rowid, word) VALUES (new.id, new.word);"
    " END",
    "CREATE TRIGGER search_word_gone AFTER DELETE ON search_word BEGIN"
    " INSERT INTO search_fts(search_fts, rowid, word) VALUES ('delete', old.id, old.word);"
    " END",
]
SQLITE_BEFORE_DROP = ["DROP TABLE IF EXISTS search_fts"]  # its triggers go with search_word


def _run(moment: str, statements: list[str], *, dialect: str) -> None:
    def run(_: sa.Table, connection: sa.Connection, **__: Any) -> None:
        if connection.dialect.name == dialect:
            for statement in statements:
                connection.exec_driver_sql(statement)

    sa.event.listen(SearchWord.__table__, moment, run)


_run("after_create", POSTGRESQL_AFTER, dialect="postgresql")
_run("after_create", SQLITE_AFTER, dialect="sqlite")
_run("before_drop", SQLITE_BEFORE_DROP, dialect="sqlite")
