"""Pictures and papers of invented projects and of a date: drawn and set while the demo is loaded;
each of them says that it is a placeholder."""

import io
from math import cos, pi, sin

from PIL import Image, ImageDraw
from sqlalchemy import select

from portal.core.database import db
from portal.core.documents import services as documents
from portal.core.documents.services import PreparedDocument
from portal.core.pictures import services as pictures
from portal.core.pictures.albums import numbered
from portal.core.pictures.services import PreparedPicture
from portal.core.typesetting import typeset
from portal.demo.dataset import rows
from portal.demo.world import World
from portal.events.models import Event, EventDocument, EventPicture
from portal.projects.models import Revision, Visibility
from portal.projects.services import Link, attach, show_too, write_links

SHOWN = ("klimadaten-vom-dach", "waerme-aus-dem-abwasser", "licht-nach-bedarf")
DATE = "auftakt-mit-dem-neuen-portal"
CREDIT = "Platzhalter, für die Demo gezeichnet"
VIDEO = "https://video.musterwerk-sensorik.example/w/9c9de5e8-0a1e-484a-b099-e80766180a6d"
SIZE = (1600, 900)
PETROL, AMBER = "#07333f", "#ffb51f"
TILES = ("#114552", "#185867", "#20697a", "#277183")
# What each drawing shows: the place of the bright tile, and every how many tiles one is left out.
DRAWINGS = (
    ("Zeichnung: Sechsecke wie Dächer von oben, eines leuchtet", (5, 2), 7),
    ("Zeichnung: Sechsecke wie ein Netz aus Messpunkten, eines leuchtet", (9, 4), 3),
    ("Zeichnung: Sechsecke wie Häuser um einen Platz, eines leuchtet", (3, 5), 5),
)


def load(world: World) -> str:
    """The files are made once; each project has rows of its own for them."""
    drawn = [(alt, _drawn(bright, gap)) for alt, bright, gap in DRAWINGS]
    plan, costs = _paper("Messplan"), _paper("Kostenplan")
    for number, slug in enumerate(SHOWN):
        revision = _revision_of(slug)
        for alt, picture in drawn[number:] + drawn[:number]:
            show_too(revision, pictures.keep(picture, alt=alt, credit=CREDIT))
        attach(revision, plan, title="Messplan (Platzhalter)", visibility=Visibility.PUBLIC)
        attach(revision, costs, title="Kostenplan (Platzhalter)", visibility=Visibility.INTERNAL)
    _film(_revision_of(SHOWN[0]))
    _keep_of_a_date(drawn)
    return f"pictures and papers of {len(SHOWN)} invented projects and of a date"


def _keep_of_a_date(drawn: list[tuple[str, PreparedPicture]]) -> None:
    event = db.session.scalars(select(Event).where(Event.slug == DATE)).one()
    kept = [pictures.keep(picture, alt=alt, credit=CREDIT) for alt, picture in drawn]
    event.pictures = numbered([EventPicture(picture=picture) for picture in kept])
    minutes = documents.keep(_paper("Protokoll"), title="Protokoll (Platzhalter)")
    event.documents = [EventDocument(document=minutes, visibility=Visibility.PUBLIC, position=0)]


def _revision_of(slug: str) -> Revision:
    titles = {row["slug"]: row["title"] for row in rows("demo_projects")}
    return db.session.scalars(select(Revision).where(Revision.title == titles[slug])).one()


def _film(revision: Revision) -> None:
    """Under an address that nobody can have."""
    links = [Link(link.label, link.address) for link in revision.links]
    write_links(revision, links, video_url=VIDEO)


def _drawn(bright: tuple[int, int], gap: int) -> PreparedPicture:
    image = Image.new("RGB", SIZE, PETROL)
    pen = ImageDraw.Draw(image)
    for column in range(13):
        for row in range(8):
            if (column * 3 + row * 5) % gap == 0 and (column, row) != bright:
                continue
            middle = (column * 132 + row % 2 * 66, row * 115)
            tile = TILES[(column + row * 2) % len(TILES)]
            pen.polygon(_hexagon(middle, 68), fill=AMBER if (column, row) == bright else tile)
    content = io.BytesIO()
    image.save(content, "PNG")
    return pictures.prepare(content.getvalue())


def _hexagon(middle: tuple[int, int], size: int) -> list[tuple[float, float]]:
    turns = [pi / 6 + pi / 3 * corner for corner in range(6)]
    return [(middle[0] + size * cos(turn), middle[1] + size * sin(turn)) for turn in turns]


def _paper(title: str) -> PreparedDocument:
    return documents.prepare(typeset("sheet", {"lang": "de", "title": title, "lines": LINES}))


LINES = [
    "Dieses Blatt ist ein Platzhalter für die Demo. Es gehört zu einem erfundenen Projekt einer"
    " erfundenen Organisation.",
    "In einem echten Projekt steht hier zum Beispiel ein Lageplan, eine Auswertung oder eine"
    " Anleitung für andere Kommunen.",
]
