"""Pictures, documents and links of a presentation, as its page sends them."""

import io
from typing import Any

from sqlalchemy import func, select
from werkzeug.test import TestResponse

from portal.core.database import Base, db
from portal.core.pictures.storage import media
from portal.projects.models import Project
from tests.core.papers import a_pdf, png
from tests.projects.making import MINE, shown


def media_of(project: Project) -> str:
    return f"{MINE}/{project.key}/medien"


def posted(client: Any, project: Project, rest: str, **data: Any) -> TestResponse:
    """With the version of this moment, unless there is another one among the data."""
    answer: TestResponse = client.post(
        media_of(project) + rest,
        data=shown(project) | data,
        content_type="multipart/form-data",
    )
    return answer


def add_picture(
    client: Any, project: Project, alt: str, content: bytes | None = None, **more: Any
) -> TestResponse:
    name = more.pop("name", "bild.png")
    said = {
        "bild-upload": (io.BytesIO(png() if content is None else content), name),
        "bild-alt": alt,
        "bild-credit": f"{alt} von Kim Muster" if alt else "",
    }
    return posted(client, project, "/bilder", **(said | more))


def add_document(
    client: Any, project: Project, title: str, content: bytes | None = None, **more: Any
) -> TestResponse:
    name = more.pop("name", "plan.pdf")
    said = {
        "dokument-upload": (io.BytesIO(a_pdf() if content is None else content), name),
        "dokument-title": title,
        "dokument-visibility": "internal",
    }
    return posted(client, project, "/dokumente", **(said | more))


def rows(model: type[Base]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(model.id))) or 0


def files() -> set[str]:
    """The keys in the media store."""
    folder = media().folder
    return {path.name for path in folder.iterdir()} if folder.exists() else set()
