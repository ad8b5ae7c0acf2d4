"""The declaration, which is the portal's own text, and signatures of fictitious organisations: some
in the portal, some on the day, and two that wait for the office."""

from datetime import datetime, timedelta

from portal.accounts.models import User
from portal.charter.facts import (
    DeclarationDrafted,
    DeclarationPublished,
    OccasionClosed,
    OccasionOpened,
    OccasionPlanned,
    ProvisionallySigned,
    SignatureGiven,
)
from portal.charter.models import (
    Declaration,
    DeclarationState,
    Occasion,
    OccasionState,
    ProvisionalSignature,
    ProvisionalState,
    Signature,
    Way,
    sha256_of,
)
from portal.core.codes import new_proof_code, new_short_code
from portal.core.database import db
from portal.core.text import render_markdown
from portal.core.times import local
from portal.demo.dataset import Row, rows
from portal.demo.days import DAY
from portal.demo.world import World
from portal.partners.likeness import folded_name
from portal.partners.models import OrganisationKind

EVENING = 240  # days ago
LATELY = 2
PAUSE = timedelta(minutes=2)


def load(world: World) -> str:
    found = rows("declarations")
    newest = [_declaration(world, row, number) for number, row in enumerate(found, 1)][-1]
    signed = rows("signatures")
    for row in signed:
        if row["way"] == "portal":
            at = world.days.ago(row["days_ago"], "11:05")
            _sign(world, newest, row, world.people[row["email"]], Way.PORTAL, at)
    _evening(world, newest, [row for row in signed if row["way"] == "on_the_day"])
    _lately(world, newest, [row for row in signed if row["way"] == "waiting"])
    return f"{len(found)} declaration with {sum(r['way'] != 'waiting' for r in signed)} signatures"


def _declaration(world: World, row: Row, number: int) -> Declaration:
    drafted = world.days.worked(row["drafted_days_ago"], "10:20")
    published = world.days.worked(row["published_days_ago"], "09:30")
    declaration = Declaration(
        number=number,
        state=DeclarationState.PUBLISHED,
        title=row["title"],
        text=row["text"],
        text_html=render_markdown(row["text"]),
        sha256=sha256_of(row["text"]),
        created_at=drafted,
        changed_at=drafted,
        published_at=published,
        published_by_id=world.administrator.id,
    )
    db.session.add(declaration)
    db.session.flush()
    world.note(DeclarationDrafted, drafted, by=world.administrator, about=declaration)
    world.note(DeclarationPublished, published, by=world.administrator, about=declaration)
    return declaration


def _sign(
    world: World, declaration: Declaration, row: Row, signer: User, way: Way, at: datetime
) -> Signature:
    organisation = world.organisations[row["organisation"]]
    signature = Signature(
        declaration=declaration,
        number=declaration.number,
        sha256=declaration.sha256,
        organisation=organisation,
        organisation_name=organisation.name,
        signer=signer,
        signer_name=signer.name,
        function=row.get("function") or "Leitung",
        named_in_public=bool(row.get("named")),
        way=way,
        code=new_proof_code(),
        signed_at=at,
    )
    db.session.add(signature)
    db.session.flush()
    by = signer if way is Way.PORTAL else world.administrator
    world.note(SignatureGiven, at, by=by, for_=organisation, about=signature)
    return signature


def _evening(world: World, declaration: Declaration, signed: list[Row]) -> None:
    """An occasion that is over, with everything checked."""
    begin = world.days.worked(EVENING, "18:00")
    occasion = _occasion(
        world, declaration, "Beispielabend der Allianz", begin, OccasionState.CLOSED
    )
    for place, row in enumerate(signed):
        at, slug = begin + place * PAUSE, row["organisation"]
        person = _person(row, slug, at)
        signature = _sign(world, declaration, row, person, Way.ON_THE_DAY, at)
        organisation = world.organisations[slug]
        given = _given(occasion, row | {"name": organisation.name}, organisation.kind, slug, at)
        given.state = ProvisionalState.ACCEPTED
        given.organisation, given.signature = organisation, signature
        given.person_id, given.decided_at = person.id, at + DAY
        given.decided_by_id = world.administrator.id
        db.session.add(given)


def _lately(world: World, declaration: Declaration, waiting: list[Row]) -> None:
    """An occasion that is open, with signatures that nobody has checked yet."""
    begin = world.days.worked(LATELY, "17:30")
    occasion = _occasion(world, declaration, "Probetreffen am Hafen", begin, OccasionState.OPEN)
    for place, row in enumerate(waiting):
        slug, kind = row["slug"] or "musterchor", OrganisationKind.CIVIL_SOCIETY
        given = _given(occasion, row, kind, slug, begin + place * PAUSE)
        db.session.add(given)
        db.session.flush()
        world.note(ProvisionallySigned, given.given_at, by=None, about=given, note=occasion.title)


def _given(
    occasion: Occasion, row: Row, kind: OrganisationKind, slug: str, at: datetime
) -> ProvisionalSignature:
    return ProvisionalSignature(
        occasion=occasion,
        organisation_name=row["name"],
        folded_name=folded_name(row["name"]),
        kind=kind,
        first_name=row["first_name"],
        last_name=row["last_name"],
        function=row["function"],
        email=_address(row, slug),
        given_at=at,
    )


def _occasion(
    world: World, declaration: Declaration, title: str, begin: datetime, state: OccasionState
) -> Occasion:
    occasion = Occasion(
        code=new_short_code(),
        title=title,
        day=local(begin).date(),
        declaration=declaration,
        state=state,
        created_at=begin,
    )
    db.session.add(occasion)
    db.session.flush()
    steps = [OccasionPlanned, OccasionOpened]
    steps += [OccasionClosed] if state is OccasionState.CLOSED else []
    for kind in steps:
        world.note(kind, begin, by=world.administrator, about=occasion)
    return occasion


def _person(row: Row, slug: str, at: datetime) -> User:
    """Without a password: they signed on a phone."""
    person = User(
        email=_address(row, slug),
        first_name=row["first_name"],
        last_name=row["last_name"],
        created_at=at,
    )
    db.session.add(person)
    return person


def _address(row: Row, slug: str) -> str:
    return f"{row['first_name']}.{row['last_name']}@{slug}.example".lower()
