"""The search keeps words instead of whole texts, so that a common one costs little; districts may
have outlines of their own."""

from collections import defaultdict

import sqlalchemy as sa
from alembic import op

from portal.core.search.analysis import LONGEST_WORD
from portal.core.search.filing import number_of
from portal.core.search.models import POSTGRESQL_AFTER, SQLITE_AFTER, SQLITE_BEFORE_DROP

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT_ONCE = 5_000
# What 0001 made.
OLD_BEFORE_DROP = {
    "sqlite": [
        "DROP TRIGGER search_entry_put",
        "DROP TRIGGER search_entry_gone",
        "DROP TRIGGER search_entry_changed",
        "DROP TABLE search_fts",
    ],
    "postgresql": ["DROP INDEX search_fts_trgm"],
}
OLD_AFTER = {
    "sqlite": [
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
        "INSERT INTO search_fts(search_fts) VALUES ('rebuild')",
    ],
    "postgresql": [
        "CREATE INDEX search_fts_trgm ON search_entry USING gin (folded_body gin_trgm_ops)"
        " WITH (gin_pending_list_limit = 512)",
    ],
}


def upgrade() -> None:
    bind = op.get_bind()
    engine = bind.dialect.name
    _run(OLD_BEFORE_DROP[engine])
    op.create_table(
        "search_word",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("word", sa.String(LONGEST_WORD), nullable=False),
        sa.Column("shown", sa.String(LONGEST_WORD), nullable=False),
        sa.UniqueConstraint("word", name="uq_search_word_word"),
    )
    op.create_table(
        "search_posting",
        sa.Column("word_id", NUMBER, nullable=False),
        sa.Column("in_title", sa.Boolean(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("word_id", "in_title", "entry_id", name="pk_search_posting"),
        sa.ForeignKeyConstraint(
            ["word_id"], ["search_word.id"], name="fk_search_posting_word_id_search_word"
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["search_entry.id"],
            name="fk_search_posting_entry_id_search_entry",
            ondelete="CASCADE",
        ),
        sqlite_with_rowid=False,
    )
    _take_over(bind)
    op.create_index("ix_search_posting_entry_id", "search_posting", ["entry_id"])
    with op.batch_alter_table("search_entry") as table:
        table.drop_column("folded_title")
        table.drop_column("folded_body")
        table.create_index("ix_search_entry_changed_at", ["changed_at"])
    _run(SQLITE_AFTER if engine == "sqlite" else POSTGRESQL_AFTER)
    if engine == "sqlite":
        op.execute("INSERT INTO search_fts(search_fts) VALUES ('rebuild')")
    for name, kind in (("outline", sa.Text()), ("label_at", sa.String(20))):
        op.add_column("district", sa.Column(name, kind, nullable=False, server_default=""))


def _run(statements: list[str]) -> None:
    for statement in statements:
        op.execute(statement)


def _take_over(bind: sa.Connection) -> None:
    """The words of what is findable already; how they were written is known again as soon as
    their texts are saved."""
    entries = bind.execute(sa.text("SELECT id, folded_title, folded_body FROM search_entry")).all()
    known: set[str] = set()
    for start in range(0, len(entries), AT_ONCE):
        words: set[str] = set()
        postings = []
        for entry_id, title, body in entries[start : start + AT_ONCE]:
            titled = {word[:LONGEST_WORD] for word in title.split()}
            bodied = {word[:LONGEST_WORD] for word in body.split()} - titled
            words |= titled | bodied
            postings += [(word, True, entry_id) for word in titled]
            postings += [(word, False, entry_id) for word in bodied]
        _insert(
            bind,
            "INSERT INTO search_word (id, word, shown) VALUES (:id, :word, :word)",
            [{"id": number_of(word), "word": word} for word in sorted(words - known)],
        )
        _insert(
            bind,
            "INSERT INTO search_posting (word_id, in_title, entry_id) VALUES (:word, :title, :id)",
            [{"word": number_of(w), "title": title, "id": i} for w, title, i in postings],
        )
        known |= words


def _insert(bind: sa.Connection, statement: str, rows: list[dict[str, object]]) -> None:
    if rows:
        bind.execute(sa.text(statement), rows)


def downgrade() -> None:
    bind = op.get_bind()
    engine = bind.dialect.name
    with op.batch_alter_table("district") as table:
        table.drop_column("label_at")
        table.drop_column("outline")
    with op.batch_alter_table("search_entry") as table:
        table.drop_index("ix_search_entry_changed_at")
        for name in ("folded_title", "folded_body"):
            table.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=" "))
    _give_back(bind)
    op.drop_table("search_posting")
    op.drop_table("search_word")
    _run(SQLITE_BEFORE_DROP if engine == "sqlite" else [])
    with op.batch_alter_table("search_entry") as table:
        for name in ("folded_title", "folded_body"):
            table.alter_column(name, server_default=None)
    if engine == "postgresql":
        op.execute("ALTER TABLE search_entry SET (toast_tuple_target = 8160)")
        op.execute("ALTER TABLE search_entry ALTER COLUMN folded_body SET STORAGE MAIN")
    _run(OLD_AFTER[engine])


def _give_back(bind: sa.Connection) -> None:
    rows = bind.execute(
        sa.text(
            "SELECT entry_id, in_title, word FROM search_posting"
            " JOIN search_word ON search_word.id = search_posting.word_id ORDER BY word"
        )
    )
    titles: dict[int, list[str]] = defaultdict(list)
    bodies: dict[int, list[str]] = defaultdict(list)
    for entry_id, in_title, word in rows:
        bodies[entry_id].append(word)
        if in_title:
            titles[entry_id].append(word)
    _insert(
        bind,
        "UPDATE search_entry SET folded_title = :title, folded_body = :body WHERE id = :id",
        [
            {"id": i, "title": f" {' '.join(titles[i])} ", "body": f" {' '.join(words)} "}
            for i, words in bodies.items()
        ],
    )
