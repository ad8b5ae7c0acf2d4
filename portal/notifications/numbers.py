"""The Message-ID of a letter: given once, so that it stays the same on every try."""

from secrets import token_hex

from flask import current_app


def new_message_id() -> str:
    """Without its brackets."""
    domain = str(current_app.config["MAIL_SENDER"]).rpartition("@")[2]
    return f"{token_hex(16)}@{domain}"
