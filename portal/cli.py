"""Commands of the worker and of the people who run the portal."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from portal.accounts import passwords
from portal.accounts import services as accounts
from portal.accounts.models import OfficeRole
from portal.core.database import transaction
from portal.core.errors import DomainError
from portal.topics import services as topics


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
def seed() -> None:
    """Add the themes and districts that every installation starts with."""
    with transaction(writing=True):
        topics.add_what_is_missing()


@click.command()
def check_config() -> None:
    """Say whether the portal could start with this environment."""
    click.echo(f"The settings are complete ({current_app.config['ENVIRONMENT']}).")


COMMANDS = [create_office_user, seed, check_config]


def init_app(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
