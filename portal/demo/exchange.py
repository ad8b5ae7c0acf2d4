"""The Projektbörse: entries of fictitious organisations in every state, and two threads."""

from datetime import datetime, timedelta

from portal.accounts.models import User
from portal.core.database import db
from portal.core.facts import Fact
from portal.core.times import working_days_after
from portal.demo.dataset import Row, rows
from portal.demo.world import World
from portal.exchange.facts import (
    InquiryAnswered,
    InquirySent,
    OfferDrafted,
    OfferEnded,
    OfferExpired,
    OfferPublished,
    OfferReturned,
    OfferSubmitted,
)
from portal.exchange.models import (
    Inquiry,
    InquiryState,
    Message,
    Offer,
    OfferKind,
    OfferReview,
    OfferRevision,
    OfferState,
    Outcome,
)
from portal.exchange.services import (
    ANSWER_WITHIN,
    Content,
    go_live,
    new_key,
    write_content,
)
from portal.exchange.services.publishing import forget_it

ENDED_AFTER = timedelta(days=20)


def load(world: World) -> str:
    found = rows("offers")
    offers = {row["slug"] or row["title"]: _add(world, row) for row in found}
    threads = rows("inquiries")
    for row in threads:
        _add_thread(world, row, offers[row["offer"]])
    return f"{len(found)} offers and requests in every state, {len(threads)} threads about them"


def _add(world: World, row: Row) -> Offer:
    ago, author = row["days_ago"], world.people[row["author"]]
    created_at = world.days.ago(ago["created"], "10:20")
    offer = Offer(
        key=new_key(),
        slug=row["slug"] or None,
        organisation=world.organisations[row["organisation"]],
        author=author,
        created_at=created_at,
        changed_at=created_at,
    )
    revision = OfferRevision(
        number=1, changed_at=created_at, changed_by_id=author.id, note=row["note"]
    )
    offer.revisions.append(revision)
    db.session.add(offer)
    with db.session.no_autoflush:
        write_content(revision, _content(world, row))
    db.session.flush()
    _note(world, OfferDrafted, created_at, offer, by=author)
    if ago["submitted"] is not None:
        _submitted(world, row, offer, world.days.ago(ago["submitted"], "15:10"))
    return offer


def _content(world: World, row: Row) -> Content:
    return Content(
        kind=OfferKind(row["kind"]),
        title=row["title"],
        summary=row["summary"],
        text=row["text"],
        theme_id=world.themes[row["theme"]].id,
        citywide=row["citywide"],
        district_ids=tuple(world.districts[slug].id for slug in row["districts"]),
    )


def _submitted(world: World, row: Row, offer: Offer, at: datetime) -> None:
    """The office answers on a working day, and never before it was asked."""
    revision = offer.latest
    revision.state, revision.submitted_at = OfferReview.SUBMITTED, at
    revision.submitted_by_id = offer.author_id
    offer.changed_at = revision.changed_at = at
    _note(world, OfferSubmitted, at, offer, by=offer.author)
    if row["days_ago"]["decided"] is None:
        revision.promised_by = working_days_after(at, ANSWER_WITHIN)
        return
    decided_at = max(at, world.days.worked(row["days_ago"]["decided"], "11:10"))
    revision.decided_at, revision.decided_by_id = decided_at, world.moderator.id
    if row["state"] == OfferReview.RETURNED:
        revision.state = OfferReview.RETURNED
        note = revision.note
        _note(world, OfferReturned, decided_at, offer, by=world.moderator, note=note)
        return
    _published(world, offer, OfferState(row["state"]), decided_at)


def _published(world: World, offer: Offer, state: OfferState, at: datetime) -> None:
    """The address of the dataset; everything else as the office's own publishing does it."""
    revision = offer.latest
    revision.state = OfferReview.PUBLISHED
    go_live(offer, revision, at=at)
    offer.changed_at = at
    _note(world, OfferPublished, at, offer, by=world.moderator)
    if state is OfferState.ONLINE:
        return
    offer.state = state
    forget_it(offer)
    if state is OfferState.ENDED:
        offer.outcome, offer.ended_at = Outcome.FOUND, at + ENDED_AFTER
        _note(world, OfferEnded, offer.ended_at, offer, by=offer.author, note=offer.outcome.label)
    elif offer.expires_on:
        over = world.days.ago((world.days.today - offer.expires_on).days - 1, "01:02")
        _note(world, OfferExpired, over, offer, by=None)


def _add_thread(world: World, row: Row, offer: Offer) -> None:
    asking = world.organisations[row["organisation"]]
    inquiry = Inquiry(
        key=new_key(),
        offer=offer,
        organisation=asking,
        title=offer.name,
        state=InquiryState(row["state"]),
        begun_at=world.days.ago(row["messages"][0]["days_ago"], "09:15"),
        changed_at=world.days.ago(row["messages"][-1]["days_ago"], "14:45"),
    )
    db.session.add(inquiry)
    for place, entry in enumerate(row["messages"]):
        author = world.people[entry["author"]]
        inquiry.messages.append(
            Message(
                key=new_key(),
                organisation_id=world.organisations[entry["organisation"]].id,
                author=author,
                text=entry["text"],
                shows_address=entry["shows_address"],
                written_at=world.days.ago(entry["days_ago"], f"{10 + place}:15"),
            )
        )
    db.session.flush()
    for place, message in enumerate(inquiry.messages[:2]):
        kind = InquiryAnswered if place else InquirySent
        side = offer.organisation if place else asking
        world.note(kind, message.written_at, by=message.author, for_=side, about=inquiry)


def _note(
    world: World,
    kind: type[Fact],
    at: datetime,
    offer: Offer,
    *,
    by: User | None,
    note: str = "",
) -> None:
    world.note(kind, at, by=by, for_=offer.organisation, about=offer, note=str(note))
