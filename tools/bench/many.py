"""A large alliance: the demo grown to 10,000 projects with 30,000 pictures, 5,000 partners, 20,000
people and 5,000 entries of the Projektbörse, inserted in bulk."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import User
from portal.core.counters import count
from portal.core.database import Base, db
from portal.core.generation import raise_generation
from portal.core.pictures.models import Picture
from portal.core.search import index
from portal.partners.models import (
    Affiliation,
    AffiliationRole,
    Membership,
    Organisation,
    OrganisationKind,
    Standing,
)
from portal.projects.models import (
    Phase,
    Project,
    ReviewState,
    Revision,
    RevisionDistrict,
    RevisionPicture,
)
from portal.topics.models import District, Theme
from tools.bench.offers import add_offers


@dataclass(frozen=True)
class Size:
    """How many are added to the demo."""

    projects: int
    partners: int
    people: int
    offers: int


LARGE = Size(projects=10_000, partners=5_000, people=20_000, offers=5_000)
SMALL = Size(projects=100, partners=50, people=200, offers=50)
PICTURES = 3  # of each project
WORDS = [
    "Stadt",
    "Energie",
    "Wärme",
    "Netz",
    "Laterne",
    "Sensor",
    "Daten",
    "Verkehr",
    "Radweg",
    "Hafen",
    "Quartier",
    "Schule",
    "Klima",
    "Luft",
    "Wasser",
    "Bürger",
    "Plattform",
    "Dienst",
    "Sicherheit",
    "Brücke",
    "Messung",
    "Park",
    "Laden",
    "Strom",
    "Solar",
    "Dach",
    "Forschung",
    "Teilhabe",
    "Pflege",
    "Nachbarschaft",
    "Logistik",
    "Lieferung",
    "Bus",
    "Bahn",
    "Ampel",
    "Licht",
    "Grün",
    "Baum",
]
START = datetime(2020, 1, 1, tzinfo=UTC)
CONFIRMED = datetime.now(UTC)


def fill(size: Size = LARGE) -> None:
    """In the current transaction, beside what is there already."""
    chance = random.Random(20161209)
    organisations = _partners(chance, size)
    _projects(chance, organisations, size.projects)
    add_offers(chance, organisations, WORDS, size.offers, START)
    raise_generation()


def _partners(chance: random.Random, size: Size) -> list[int]:
    """With a membership, in the search and counted, and with people who speak for them."""
    first = _next_id(Organisation)
    kinds = list(OrganisationKind)
    rows = [
        {
            "id": first + i,
            "version": 1,
            "slug": f"grossdaten-{i}",
            "name": f"Muster {chance.choice(WORDS)} {i}",
            "folded_name": f"muster {i:05d}",
            "kind": chance.choice(kinds),
            "created_at": START,
            "fictitious": True,
        }
        for i in range(size.partners)
    ]
    db.session.execute(sa.insert(Organisation), rows)
    ids = [int(str(row["id"])) for row in rows]
    since = {"standing": Standing.PARTNER, "since": date(2020, 1, 1)}
    db.session.execute(sa.insert(Membership), [{**since, "organisation_id": id_} for id_ in ids])
    index.put_new("partner", {id_: _said_of(row) for id_, row in zip(ids, rows, strict=True)})
    count([("partners.standing", str(Standing.PARTNER))], size.partners)
    for kind in kinds:
        count([("partners.kind", str(kind))], sum(row["kind"] is kind for row in rows))
    _people(ids, each=size.people // size.partners)
    return ids


def _said_of(row: dict[str, Any]) -> dict[str, Any]:
    said = {"slug": row["slug"], "title": row["name"], "summary": "", "body": "Dortmund"}
    return {**said, "is_public": True, "at": START}


def _people(organisations: list[int], *, each: int) -> None:
    """One owner each, and members."""
    first = _next_id(User)
    roles = [AffiliationRole.OWNER] + [AffiliationRole.MEMBER] * (each - 1)
    people, affiliations = [], []
    for place, organisation_id in enumerate(organisations):
        for number, role in enumerate(roles):
            id_ = first + place * len(roles) + number
            people.append(
                {
                    "id": id_,
                    "version": 1,
                    "nonce": f"n{id_}",
                    "email": f"n{id_}@grossdaten.example",
                    "first_name": "Kim",
                    "last_name": f"Muster {id_}",
                    "confirmed_at": START,
                    "created_at": START,
                }
            )
            affiliations.append(
                {
                    "user_id": id_,
                    "organisation_id": organisation_id,
                    "role": role,
                    "since": START,
                }
            )
    db.session.execute(sa.insert(User), people)
    db.session.execute(sa.insert(Affiliation), affiliations)


def _projects(chance: random.Random, organisations: list[int], number: int) -> None:
    themes = list(db.session.execute(sa.select(Theme.id, Theme.slug)))
    districts = list(db.session.execute(sa.select(District.id, District.slug)))
    phases = list(Phase)
    project_id, revision_id = _next_id(Project), _next_id(Revision)
    projects, revisions, places = [], [], []
    found: dict[int, dict[str, Any]] = {}
    counts: dict[tuple[str, str], int] = {}
    for i in range(number):
        theme, phase = chance.choice(themes), chance.choice(phases)
        at = START + timedelta(minutes=37 * i)
        title = f"{chance.choice(WORDS)} und {chance.choice(WORDS)} {i}"
        text = " ".join(chance.choice(WORDS) for _ in range(120))
        summary = " ".join(chance.choice(WORDS) for _ in range(12))
        chosen = chance.sample(districts, chance.choice([1, 1, 2, 3]))
        projects.append(_project(project_id + i, i, chance.choice(organisations), at))
        revisions.append(
            _revision(revision_id + i, project_id + i, title, summary, text, theme.id, phase, at)
        )
        places += [{"revision_id": revision_id + i, "district_id": d.id} for d in chosen]
        found[project_id + i] = _entry(i, title, summary, text, at)
        values = [("theme", theme.slug), ("phase", phase.value)]
        values += [("district", d.slug) for d in chosen]
        values += [("all", "all")]
        for value in values:
            counts[value] = counts.get(value, 0) + 1
    gallery = _pictures(revisions, chance)
    db.session.execute(sa.insert(Project), projects)
    db.session.execute(sa.insert(Revision), revisions)
    db.session.execute(sa.insert(RevisionPicture), gallery)
    db.session.execute(
        sa.update(Project)
        .where(Project.id >= project_id)
        .values(live_revision_id=Project.id - project_id + revision_id)
    )
    db.session.execute(sa.insert(RevisionDistrict), places)
    index.put_new("project", found)
    _count(counts)


def _pictures(revisions: list[dict[str, Any]], chance: random.Random) -> list[dict[str, Any]]:
    """Three for each; the list shows the first. Gives the rows that hang them up."""
    first = _next_id(Picture)
    rows = [
        {
            "id": first + i,
            "key": f"{chance.getrandbits(120):030x}",
            "width": 1600,
            "height": 900,
            "widths": [480, 960, 1600],
            "alt": "Ein Bild der Probedaten",
            "credit": "Muster",
            "created_at": START,
        }
        for i in range(PICTURES * len(revisions))
    ]
    db.session.execute(sa.insert(Picture), rows)
    for place, revision in enumerate(revisions):
        revision["picture_id"] = first + PICTURES * place
    return [
        {
            "revision_id": revision["id"],
            "picture_id": first + PICTURES * place + number,
            "position": number,
        }
        for place, revision in enumerate(revisions)
        for number in range(PICTURES)
    ]


def _count(counts: dict[tuple[str, str], int]) -> None:
    """Under the names that the projects' own publishing gives them."""
    for (facet, value), number in counts.items():
        count([(f"projects.{facet}", value)], number)


def _project(project_id: int, i: int, organisation: int, at: datetime) -> dict[str, Any]:
    return {
        "id": project_id,
        "key": f"g{i:09d}",
        "slug": f"grossprojekt-{i}",
        "organisation_id": organisation,
        "created_at": at,
        "published_at": at,
        "confirmed_at": CONFIRMED,
    }


def _revision(
    revision_id: int,
    project_id: int,
    title: str,
    summary: str,
    text: str,
    theme_id: int,
    phase: Phase,
    at: datetime,
) -> dict[str, Any]:
    return {
        "id": revision_id,
        "version": 1,
        "project_id": project_id,
        "number": 1,
        "state": ReviewState.PUBLISHED,
        "title": title,
        "folded_title": title.lower(),
        "summary": summary,
        "solution": text,
        "html": {"solution": f"<p>{text}</p>"},
        "theme_id": theme_id,
        "phase": phase,
        "changed_at": at,
        "submitted_at": at,
    }


def _entry(i: int, title: str, summary: str, text: str, at: datetime) -> dict[str, Any]:
    said = {"slug": f"grossprojekt-{i}", "title": title, "summary": summary, "body": text}
    return {**said, "is_public": True, "at": at}


def _next_id(model: type[Base]) -> int:
    return (db.session.scalar(sa.select(sa.func.max(model.id))) or 0) + 1
