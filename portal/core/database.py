"""The database handle, the base of all models, and the one transaction of each request."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import Any

import sqlalchemy as sa
from flask import Flask, has_request_context, request
from flask.typing import ResponseReturnValue
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.dialects.postgresql import insert as insert_on_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_on_sqlite
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.types import TypeDecorator

from portal.core.errors import Busy, Conflict
from portal.core.waiting import Line, line_of

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}

SQLITE_SET_UP = ["journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"]
# A lock that does not come in time, a deadlock, two that cannot be put in an order.
BUSY_SQLSTATES = {"55P03", "40P01", "40001"}
INSERTS = {"sqlite": insert_on_sqlite, "postgresql": insert_on_postgresql}
_writing: ContextVar[bool] = ContextVar("writing")


class UTCDateTime(TypeDecorator[datetime]):
    """The one type for moments: refuses naive values, stores UTC, gives UTC back."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without its time zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Tables have an id, enums are stored as their values, every constraint has a name."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        StrEnum: sa.Enum(
            StrEnum,
            native_enum=False,
            length=32,
            create_constraint=True,
            values_callable=lambda kind: [member.value for member in kind],
        ),
        datetime: UTCDateTime(),
        dict[str, Any]: sa.JSON,
        dict[str, str]: sa.JSON,
        list[str]: sa.JSON,
        list[int]: sa.JSON,
    }
    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)


class Versioned:
    """Two people, one thing: the slower one gets a 409 instead of overwriting the faster one.
    Things that follow each other under one address start at a version of their own
    (`first_version`), so that a form that showed the one before never fits the next."""

    version: Mapped[int] = mapped_column()

    @classmethod
    def first_version(cls) -> int:
        return 1

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy hands over the class
        def following(version: int | None) -> int:
            return version + 1 if version else cls.first_version()

        return {"version_id_col": cls.version, "version_id_generator": following}


db = SQLAlchemy(metadata=Base.metadata)


def upsert(model: type[Base], **values: Any) -> Any:
    """An INSERT of this engine's dialect, ready for `on_conflict_do_update` or `_do_nothing`."""
    insert: Any = INSERTS[db.engine.dialect.name]
    return insert(model).values(**values)


def plain_rows(statement: sa.Executable, values: dict[str, Any] | None = None) -> Any:
    """Sends a statement on columns in this transaction, past what the session does for entities;
    for the few that everybody calls at once."""
    return db.session.connection().execute(statement, values)


@contextmanager
def transaction(*, writing: bool) -> Iterator[None]:
    """What was read before is read again inside; the end commits, an exception rolls back."""
    if db.session().in_transaction():
        db.session.rollback()
    token = _writing.set(writing)
    try:
        yield
        if writing:
            db.session.commit()
    except (IntegrityError, StaleDataError) as error:
        raise Conflict("somebody else was faster") from error
    except OperationalError as error:
        if is_busy(error):
            raise Busy(str(error.orig), writing=writing) from error
        raise
    finally:
        db.session.rollback()
        _writing.reset(token)


def is_busy(error: OperationalError) -> bool:
    """Others held what was needed; nothing is broken."""
    if isinstance(error.orig, sqlite3.Error):
        return error.orig.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    return getattr(error.orig, "sqlstate", None) in BUSY_SQLSTATES


@contextmanager
def reading_first() -> Iterator[None]:
    """At the beginning of an act that many do at once: SQLite's one writer is not kept waiting
    while this block reads what the act is about. What was read stays as it is; the act asks again
    inside what its decision rests on. PostgreSQL's writers wait for a row only, so there it is all
    one transaction."""
    session = db.session()
    if session.in_transaction() or db.engine.dialect.name != "sqlite":
        yield
        return
    token = _writing.set(False)
    try:
        yield
    finally:
        _writing.reset(token)
    session.expire_on_commit = False
    session.commit()
    session.expire_on_commit = True


class TransactionalFlask(Flask):
    """Its requests are transactions. The commit belongs to the dispatch, so that what fails there
    still meets the error handlers; in an `after_request` it would become a 500."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.shortcuts: list[Callable[[], ResponseReturnValue | None]] = []

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """No view is asynchronous here; Flask would look at each hook of each request."""
        return func

    def dispatch_request(self) -> ResponseReturnValue:
        """Shortcuts are asked first, inside the transaction; the first answer is the view's."""
        with transaction(writing=request.method not in SAFE_METHODS):
            answers = (shortcut() for shortcut in self.shortcuts)
            answer = next((given for given in answers if given is not None), None)
            if answer is None:
                answer = super().dispatch_request()
            response = self.make_response(answer)
            if response.status_code >= 400:
                db.session.rollback()
        return response


def init_app(app: Flask) -> None:
    """Binds the database to the app and sets up each new connection."""
    db.init_app(app)
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", partial(_set_up_sqlite, app.config["SQLITE_BUSY_MS"]))
        begin = partial(_begin_sqlite, line_of(engine))
    else:
        begin = partial(_begin_postgresql, app.config["POSTGRESQL_LOCK_MS"])
    sa.event.listen(engine, "begin", partial(_begin, begin))


def _begin(open_transaction: Callable[..., None], connection: sa.Connection) -> None:
    writing = _writing.get(not has_request_context())  # commands write, error pages only read
    open_transaction(connection, connection.connection.dbapi_connection, writing)


def _begin_sqlite(line: Line | None, connection: sa.Connection, driver: Any, writing: bool) -> None:
    """SQLite must know at BEGIN: who reads first and writes later is turned away with "database is
    locked", whatever the timeout. Reading starts at the driver: it cannot fail, and is in every
    page's way."""
    driver.execute(f"PRAGMA query_only = {'OFF' if writing else 'ON'}")
    if writing:
        if line:
            line.wait(connection.info)
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        driver.execute("BEGIN")


def _begin_postgresql(lock_ms: int, connection: sa.Connection, driver: Any, writing: bool) -> None:
    """psycopg says BEGIN with the first statement, and READ ONLY with it."""
    driver.read_only = not writing
    if writing:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(lock_ms)}")


def _set_up_sqlite(busy_ms: int, connection: Any, _: object) -> None:
    connection.isolation_level = None  # the driver keeps its hands off: _begin says BEGIN
    for pragma in (*SQLITE_SET_UP, f"busy_timeout = {int(busy_ms)}"):
        connection.execute(f"PRAGMA {pragma}")
