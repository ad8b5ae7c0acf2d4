"""Pictures and documents of a date, as the page of the Projektbüro sends them."""

import io
from typing import Any

from werkzeug.test import TestResponse

from tests.core.papers import a_pdf, png

MEDIA = "/projektbuero/termine/dritte-allianztagung/medien"


def posted(client: Any, rest: str, version: int, **data: Any) -> TestResponse:
    answer: TestResponse = client.post(
        MEDIA + rest, data={"version": str(version), **data}, content_type="multipart/form-data"
    )
    return answer


def add_picture(
    client: Any, alt: str, version: int, content: bytes | None = None, **more: Any
) -> TestResponse:
    said = {
        "bild-upload": (io.BytesIO(png() if content is None else content), "bild.png"),
        "bild-alt": alt,
        "bild-credit": f"{alt} von Kim Muster" if alt else "",
    }
    return posted(client, "/bilder", version, **(said | more))


def add_document(
    client: Any, title: str, version: int, content: bytes | None = None, **more: Any
) -> TestResponse:
    said = {
        "dokument-upload": (io.BytesIO(a_pdf() if content is None else content), "protokoll.pdf"),
        "dokument-title": title,
        "dokument-visibility": "public",
    }
    return posted(client, "/dokumente", version, **(said | more))
