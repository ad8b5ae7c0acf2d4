"""The demo's mailbox: what the portal has sent, to whomever. It does not exist in production."""

from pathlib import Path

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from portal.accounts.guards import probe
from portal.core.errors import Hidden
from portal.core.pages import page
from portal.core.paging import Listing, page_number
from portal.demo import mailbox

bp = Blueprint("demo", __name__, url_prefix="/demo/postfach")
PER_PAGE = 20


@bp.get("", endpoint="mailbox")
@probe
def show_all() -> ResponseReturnValue:
    names = mailbox.names(_folder())
    number = page_number()
    start = (number - 1) * PER_PAGE
    if number > 1 and start >= len(names):
        raise Hidden(f"page {number} of {len(names)} mails")
    mails = [mailbox.read(_folder(), name) for name in names[start : start + PER_PAGE]]
    listing = Listing(
        items=[mail for mail in mails if mail], page=number, per_page=PER_PAGE, total=len(names)
    )
    return page("demo/mailbox.html", listing=listing)


@bp.get("/<name>", endpoint="mail")
@probe
def show_one(name: str) -> ResponseReturnValue:
    mail = mailbox.read(_folder(), name)
    if mail is None:
        raise Hidden("no such mail")
    return page("demo/mail.html", mail=mail)


def _folder() -> Path:
    return Path(current_app.config["DATA_DIR"]) / "mail"
