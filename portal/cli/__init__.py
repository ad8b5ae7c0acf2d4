"""Commands of the worker and of the people who run the portal. What only one of them needs is
imported inside of it: web servers load this file, too."""

from collections import Counter
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from portal.accounts import passwords
from portal.accounts import services as accounts
from portal.accounts.models import OfficeRole
from portal.cli import backups
from portal.core.database import db, transaction
from portal.core.errors import Conflict, DomainError
from portal.notifications import queries as letters
from portal.notifications import services as notifications
from portal.notifications.models import LetterState
from portal.notifications.transports import UnknownTransport, transport_for


@click.command()
@click.argument("email")
@click.option("--first-name", prompt=True, help="As it stands in mails and in the history.")
@click.option("--last-name", prompt=True)
@click.option(
    "--role",
    type=click.Choice(["administrator", "moderator"]),
    default="administrator",
    show_default=True,
)
@click.password_option(help="At least 12 characters; asked for when it is not given.")
@with_appcontext
def create_office_user(
    email: str, first_name: str, last_name: str, role: str, password: str
) -> None:
    """Make the first account of the project office."""
    if len(password) < passwords.LEAST or passwords.is_common(password):
        raise click.ClickException(
            f"Choose a password of at least {passwords.LEAST} characters that is not a common one."
        )
    kept = passwords.hashed(password)
    try:
        with transaction(writing=True):
            accounts.create_office_user(
                email=email,
                first_name=first_name,
                last_name=last_name,
                role=OfficeRole(role),
                password_hash=kept,
            )
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{email} can log in now.")


@click.command()
@with_appcontext
def check_config() -> None:
    """Say whether the portal could start with this environment."""
    config = current_app.config
    try:
        transport_for(config["MAIL_URL"], config["DATA_DIR"])
    except UnknownTransport as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"The settings are complete ({config['ENVIRONMENT']}).")


@click.command()
@with_appcontext
def check() -> None:
    """Say whether what must hold at every moment does: places, ledgers, public figures, search.

    A line for each check with how much it looked at; what is wrong is named, and the exit status
    is 1 then. It only reads.
    """
    from portal.checking import services as checking  # noqa: PLC0415

    wrong = 0
    with transaction(writing=False):
        for finding in checking.check_all():
            wrong += len(finding.faults)
            click.echo(
                f"{'WRONG' if finding.faults else 'ok':5}  {finding.what} ({finding.looked_at})"
            )
            for fault in finding.faults:
                click.echo(f"         {fault}")
    if wrong:
        raise click.ClickException(f"{wrong} found that must not be.")


@click.command()
@click.option("--threads", default=2, show_default=True, type=click.IntRange(1, 16))
@with_appcontext
def worker(threads: int) -> None:
    """Send the mails, in the foreground, until SIGTERM or Ctrl-C."""
    from portal.notifications import jobs  # noqa: PLC0415

    jobs.work(current_app._get_current_object(), threads=threads)  # type: ignore[attr-defined]


@click.group()
def outbox() -> None:
    """See what the portal has to send, and send again what failed."""


@outbox.command("list")
@click.option(
    "--state",
    type=click.Choice([state.value for state in LetterState]),
    help="Only these; without it all but those that were sent.",
)
@with_appcontext
def list_letters(state: str | None) -> None:
    """One line for each letter, the newest first."""
    wanted = [LetterState(state)] if state else [LetterState.FAILED, LetterState.WAITING]
    with transaction(writing=False):
        for letter in letters.in_states(wanted):
            told = f"  {letter.error}" if letter.error else ""
            tries = f"{letter.attempts} tries"
            address = letter.recipient.email
            click.echo(f"{letter.id}  {letter.state}  {tries}  {address}  {letter.kind}{told}")


@outbox.command()
@click.argument("ids", nargs=-1, type=int)
@click.option("--all", "everything", is_flag=True, help="Every letter that failed.")
@with_appcontext
def retry(ids: tuple[int, ...], everything: bool) -> None:
    """Put letters that failed back into the queue."""
    if not ids and not everything:
        raise click.UsageError("Name the letters by their number, or say --all.")
    try:
        with transaction(writing=True):
            chosen = letters.in_states([LetterState.FAILED]) if everything else None
            for letter in chosen if chosen is not None else map(letters.with_id, ids):
                notifications.retry(letter, by=None)
                click.echo(f"{letter.id} is on its way again.")
    except DomainError as error:
        raise click.ClickException(str(error)) from error


@click.command()
@click.option("--if-empty", is_flag=True, help="Do nothing when anybody has an account already.")
@click.option("--replace", is_flag=True, help="Delete everything first, then load it again.")
@with_appcontext
def demo(if_empty: bool, replace: bool) -> None:
    """Load the demo alliance: organisations, people, teams, projects, dates, news, applications.

    Real names and facts stand as recorded, with their sources; what is invented says so. All
    accounts have the password that README.md names. Everything is loaded, or nothing.
    """
    from portal.demo import services as demo_alliance  # noqa: PLC0415

    if not current_app.config["DEMO"]:
        raise click.ClickException(
            "The demo alliance is never loaded in production (PORTAL_ENV): its accounts have a"
            " password that everybody knows."
        )
    if not demo_alliance.has_tables():
        raise click.ClickException("The database has no tables yet; 'make migrate' makes them.")
    if if_empty and replace:
        raise click.UsageError("--if-empty and --replace exclude each other.")
    try:
        with transaction(writing=True):
            if if_empty and not demo_alliance.is_empty():
                return
            if replace:
                demo_alliance.empty()
            click.echo("Loading the demo alliance:")
            demo_alliance.load(lambda line: click.echo(f"  {line}"))
    except Conflict as error:
        raise click.ClickException(
            "There are accounts already, nothing was changed. --replace deletes everything and"
            " loads again, --if-empty leaves a filled database alone."
        ) from error
    if replace:
        demo_alliance.empty_mailbox(current_app.config["DATA_DIR"] / "mail")
    click.echo("The demo alliance is there.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would happen; keep nothing.")
@click.option("--skip-errors", is_flag=True, help="Leave out rows with errors.")
@click.option("--yes", is_flag=True, help="Do not ask before the partners are entered.")
@with_appcontext
def import_partners(file: Path, dry_run: bool, skip_errors: bool, yes: bool) -> None:
    """Enter partners from a CSV file, all or nothing.

    The columns are those of the template that the Projektbüro offers; Name and Art are required.
    Organisations that the portal knows already are left as they are.
    """
    from portal.core.tables import MOST_BYTES  # noqa: PLC0415
    from portal.partners import services as partners  # noqa: PLC0415
    from portal.partners.problems import problem_of  # noqa: PLC0415
    from portal.partners.reading import read_file  # noqa: PLC0415

    try:
        with transaction(writing=False), file.open("rb") as opened:
            read = read_file(opened.read(MOST_BYTES + 1))
            rows = partners.outcomes(read)
            for row in rows:
                for problem in map(problem_of, row["problems"]):
                    click.echo(f"Row {row['row']}: {problem.text}")
        counts = Counter(row["outcome"] for row in rows)
        click.echo(f"{counts['new']} new, {counts['known']} known, {counts['wrong']} with errors.")
        if dry_run:
            return
        if not yes:
            click.confirm("Enter the new ones?", abort=True)
        with transaction(writing=True):
            record = partners.check(read, file_name=file.name, by=None)
            partners.carry_out(
                record, by=None, leave_out_wrong=skip_errors, seen_version=record.version
            )
            entered = record.new
    except DomainError as error:
        raise click.ClickException(str(error.message or error)) from error
    click.echo(f"{entered} organisations are in the directory.")


@click.group()
def districts() -> None:
    """Draw the districts with their real outlines, or as hexagons."""


@districts.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only check the file; keep nothing.")
@with_appcontext
def import_districts(file: Path, dry_run: bool) -> None:
    """Take the outlines of all districts from a GeoJSON FeatureCollection (WGS84)."""
    from portal.topics import outlines, services  # noqa: PLC0415

    try:
        with file.open("rb") as opened:
            content = opened.read(outlines.MOST_BYTES + 1)
        with transaction(writing=not dry_run):
            found = outlines.read(content, services.district_names())
            if not dry_run:
                services.set_outlines(found)
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    weight = sum(len(one.path) for one in found.values())
    click.echo(f"{len(found)} districts, {weight} of {outlines.MOST_CHARACTERS} characters.")
    click.echo("Nothing was changed." if dry_run else "The map shows these outlines now.")


@districts.command("reset")
@with_appcontext
def reset_districts() -> None:
    """Draw hexagons again."""
    from portal.topics import services  # noqa: PLC0415

    with transaction(writing=True):
        services.reset_outlines()
    click.echo("The map shows hexagons again.")


COMMANDS = [
    create_office_user,
    check_config,
    check,
    demo,
    worker,
    outbox,
    import_partners,
    districts,
    *backups.COMMANDS,
]


def init_app(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
    if click.get_current_context(silent=True):
        allow_migrations(app)


def allow_migrations(app: Flask) -> None:
    """Makes `flask db` work. A web server never migrates and does without Alembic."""
    from flask_migrate import Migrate  # noqa: PLC0415

    Migrate(app, db, directory="migrations", render_as_batch=True)
