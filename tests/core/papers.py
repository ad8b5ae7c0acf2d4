"""Documents and pictures as people send them, and as nobody should."""

import io
import zlib
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from PIL import Image

PART = "application/vnd.openxmlformats-officedocument"
WORD = f"{PART}.wordprocessingml.document.main+xml"
EXCEL = f"{PART}.spreadsheetml.sheet.main+xml"
SLIDES = f"{PART}.presentationml.presentation.main+xml"
CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/main.xml" ContentType="{main}"/></Types>'
)
MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest'
    ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{rest}'
    "</manifest:manifest>"
)


def png(width: int = 600, height: int = 400, colour: str = "teal") -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(content, "PNG")
    return content.getvalue()


def zipped(members: dict[str, bytes | str], *, stored: tuple[str, ...] = ()) -> bytes:
    content = io.BytesIO()
    with ZipFile(content, "w") as archive:
        for name, text in members.items():
            kind = ZIP_STORED if name in stored else ZIP_DEFLATED
            archive.writestr(ZipInfo(name), text, compress_type=kind)  # of 1980, always
    return content.getvalue()


def office(main: str = WORD, **members: bytes | str) -> bytes:
    """With its list of contents, and whatever else lies in it."""
    return zipped({"[Content_Types].xml": CONTENT_TYPES.format(main=main)} | members)


def open_document(kind: str = "text", *, manifest: str = "", **members: bytes | str) -> bytes:
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": "<x/>",
            "META-INF/manifest.xml": MANIFEST.format(rest=manifest),
        }
        | members,
        stored=("mimetype",),
    )


def a_pdf(*objects: bytes, packed: bytes = b"", more: bytes = b"") -> bytes:
    """As small as can be: `objects` stand in it as they are, `packed` lies in a stream."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, 3))
    if packed:
        content = zlib.compress(packed)
        head = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d%s >>"
        body += b"9 0 obj\n" + head % (len(content), more)
        body += b"\nstream\n" + content + b"\nendstream\nendobj\n"
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
        + body
        + b"trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"
    )
