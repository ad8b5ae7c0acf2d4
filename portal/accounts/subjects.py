"""What stands for an e-mail address among the attempts, with this installation's key."""

from flask import current_app

from portal.accounts.queries import subject_of


def subject(email: str) -> str:
    return subject_of(email, current_app.config["SECRET_KEY"])
