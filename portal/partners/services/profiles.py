"""What a partner says of itself, and who agrees to stand there by name."""

from dataclasses import dataclass

from sqlalchemy import select

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.facts import tell
from portal.core.pictures.changes import PictureChange
from portal.core.rules import require
from portal.core.text import render_markdown
from portal.core.times import now
from portal.core.workflows import check_version
from portal.partners.facts import (
    ContactHidden,
    ContactShown,
    OrganisationRenamed,
    ProfileChanged,
)
from portal.partners.likeness import folded_name
from portal.partners.models import Affiliation, Organisation
from portal.partners.policies import may_edit_profile, may_rename, may_show_contact
from portal.partners.queries.people import open_affiliations
from portal.partners.services.directory import index_partner, recount_themes
from portal.topics.models import Theme


@dataclass(frozen=True, kw_only=True)
class Profile:
    """`text` is Markdown; `logo_on_poster` releases the logo for the Allianzposter."""

    summary: str
    text: str
    website: str
    city: str
    district_id: int | None
    contact_email: str
    theme_ids: list[int]
    logo_on_poster: bool


def change_profile(
    organisation: Organisation,
    profile: Profile,
    *,
    by: User,
    logo: PictureChange,
    seen_version: int,
) -> None:
    """Shows at once. Raises Denied, and Conflict when the form showed another version."""
    require(may_edit_profile, by, organisation)
    check_version(organisation, seen_version)
    before, themes_before = organisation.logo, list(organisation.themes)
    for name in ("summary", "text", "website", "city", "district_id"):
        setattr(organisation, name, getattr(profile, name))
    organisation.contact_email = profile.contact_email
    organisation.text_html = render_markdown(profile.text) if profile.text else ""
    chosen = select(Theme).where(Theme.id.in_(profile.theme_ids)).order_by(Theme.order)
    organisation.themes = list(db.session.scalars(chosen))
    organisation.logo = logo.applied_to(before)
    organisation.logo_on_poster = profile.logo_on_poster and organisation.logo is not None
    db.session.flush()
    if before and organisation.logo is not before:
        db.session.delete(before)
    recount_themes(organisation, themes_before)
    index_partner(organisation)
    tell(ProfileChanged(by=by, for_=organisation, about=organisation))


def rename(organisation: Organisation, *, by: User, name: str, seen_version: int) -> None:
    """The office alone changes the name that was checked; the address of the page stays."""
    require(may_rename, by, organisation)
    check_version(organisation, seen_version)
    if name == organisation.name:
        return
    former, organisation.name = organisation.name, name
    organisation.folded_name = folded_name(name)
    db.session.flush()
    index_partner(organisation)
    tell(OrganisationRenamed(by=by, for_=organisation, about=organisation, note=former))


def show_contact(organisation: Organisation, person: User, *, by: User) -> None:
    """The person's own yes to stand on the public page with name, function and address (N15).
    Raises Denied for everybody else, Conflict for who has left."""
    _set_shown(organisation, person, by=by, is_shown=True)


def hide_contact(organisation: Organisation, person: User, *, by: User) -> None:
    """The name leaves the public page at once."""
    _set_shown(organisation, person, by=by, is_shown=False)


def _set_shown(organisation: Organisation, person: User, *, by: User, is_shown: bool) -> None:
    require(may_show_contact, by, (organisation, person))
    held: list[Affiliation] = open_affiliations(organisation, person)
    if not held:
        raise Conflict("this person has left", about=organisation)
    if is_shown is any(one.shown_since for one in held):
        return
    for one in held:
        one.shown_since = now() if is_shown else None
    db.session.flush()
    fact = ContactShown if is_shown else ContactHidden
    tell(fact(by=by, for_=organisation, about=held[0], note=person.name))
