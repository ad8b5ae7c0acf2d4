"""Documents: what is taken, what is refused and why, and how they are sent."""

import io
import struct
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask import Flask
from PIL import Image
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from portal.core import sweeping
from portal.core.database import db
from portal.core.documents import checking, services
from portal.core.documents.checking import kind_of
from portal.core.documents.kinds import LARGEST
from portal.core.documents.refusals import MESSAGES, DocumentRefused, Reason
from portal.core.documents.responses import send
from portal.core.errors import Hidden
from portal.core.pictures.storage import media
from tests.core.papers import (
    CONTENT_TYPES,
    EXCEL,
    PART,
    SLIDES,
    WORD,
    a_pdf,
    office,
    open_document,
    png,
    zipped,
)

SCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
BASIC = {"Basic/script-lc.xml": "<x/>"}
VBA = "application/vnd.ms-office.vbaProject"


def locked() -> bytes:
    """As a program writes it that asks for a password: one bit in the directory."""
    data = bytearray(office())
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def unpacking_to(size: int) -> bytes:
    """Its directory says so; nothing of it is there."""
    data = bytearray(office())
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(data)


def twice() -> bytes:
    """Two members of one name: each program reads another one."""
    content = io.BytesIO(office())
    with ZipFile(content, "a") as archive, pytest.warns(UserWarning):
        archive.writestr("[Content_Types].xml", "<x/>")
    return content.getvalue()


def linked_picture_as_pdf() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(content, "PDF")
    return content.getvalue()


TAKEN = {
    "pdf": (a_pdf(), "pdf"),
    "pdf with packed objects": (a_pdf(packed=b"5 0 << /Type /Page >>"), "pdf"),
    "pdf of a picture": (linked_picture_as_pdf(), "pdf"),
    "pdf with a link": (a_pdf(b"<< /S /URI /URI (https://beispiel.example) >>"), "pdf"),
    "pdf that only speaks of scripts": (a_pdf(b"(JavaScript und Launch)"), "pdf"),
    "word": (office(WORD), "docx"),
    "excel": (office(EXCEL), "xlsx"),
    "powerpoint with the table of a chart": (
        office(SLIDES, **{"ppt/embeddings/Microsoft_Excel_Sheet.xlsx": b"x"}),
        "pptx",
    ),
    "odt": (open_document("text"), "odt"),
    "ods": (open_document("spreadsheet"), "ods"),
    "odp": (open_document("presentation"), "odp"),
}
REFUSED = {
    "empty": (b"", Reason.EMPTY),
    "text": (b"Das ist kein Dokument.", Reason.OTHER_FORMAT),
    "html named .pdf": (b"<html><script>alert(1)</script>", Reason.OTHER_FORMAT),
    "program named .pdf": (b"MZ" + bytes(500), Reason.OTHER_FORMAT),
    "picture": (png(), Reason.OTHER_FORMAT),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Reason.OTHER_FORMAT),
    "rtf": (rb"{\rtf1 Text}", Reason.OTHER_FORMAT),
    "plain zip": (zipped({"a.txt": "a"}), Reason.OTHER_FORMAT),
    "java archive": (zipped({"META-INF/MANIFEST.MF": "x", "A.class": b"x"}), Reason.OTHER_FORMAT),
    "epub": (zipped({"mimetype": "application/epub+zip"}), Reason.OTHER_FORMAT),
    "drawing": (open_document("graphics"), Reason.OTHER_FORMAT),
    "template": (office(f"{PART}.wordprocessingml.template.main+xml"), Reason.OTHER_FORMAT),
    "two kinds at once": (
        zipped(
            {
                "[Content_Types].xml": CONTENT_TYPES.format(main=WORD).replace(
                    "</Types>", f'<Override PartName="/b" ContentType="{EXCEL}"/></Types>'
                )
            }
        ),
        Reason.OTHER_FORMAT,
    ),
    "old or encrypted office": (OLE, Reason.OLD_OFFICE),
    "locked member": (locked(), Reason.ENCRYPTED),
    "locked odt": (
        open_document(manifest="<manifest:encryption-data/>"),
        Reason.ENCRYPTED,
    ),
    "locked pdf": (a_pdf(b"<< /Encrypt 8 0 R >>"), Reason.ENCRYPTED),
    "locked pdf, written otherwise": (a_pdf(b"<< /#45ncrypt 8 0 R >>"), Reason.ENCRYPTED),
    "docm": (office("application/vnd.ms-word.document.macroEnabled.main+xml"), Reason.MACROS),
    "macros in a docx": (office(**{"word/vbaProject.bin": b"x"}), Reason.MACROS),
    "macros in capitals": (office(**{"WORD/VBAPROJECT.BIN": b"x"}), Reason.MACROS),
    "macros under another name": (
        zipped(
            {
                "[Content_Types].xml": CONTENT_TYPES.format(main=WORD).replace(
                    "</Types>", f'<Override PartName="/a" ContentType="{VBA}"/></Types>'
                )
            }
        ),
        Reason.MACROS,
    ),
    "old macros of excel": (office(EXCEL, **{"xl/macrosheets/a.xml": "x"}), Reason.MACROS),
    "controls": (office(**{"word/activeX/activeX1.xml": "x"}), Reason.MACROS),
    "embedded program": (office(**{"word/embeddings/oleObject1.bin": b"x"}), Reason.MACROS),
    "macros in an odt": (open_document(**BASIC), Reason.MACROS),
    "script": (a_pdf(SCRIPT), Reason.ACTIVE),
    "script, written otherwise": (a_pdf(SCRIPT.replace(b"Java", b"J#61v#61")), Reason.ACTIVE),
    "packed script": (a_pdf(packed=b"5 0 " + SCRIPT), Reason.ACTIVE),
    "packed script behind a lot": (
        a_pdf(packed=b" " * 3_000_000 + SCRIPT + b" " * 3_000_000),
        Reason.ACTIVE,
    ),
    "packed in an unusual way": (a_pdf(b"<< /Filter /LZWDecode >>", packed=b"x"), Reason.ACTIVE),
    "packed and disguised": (
        a_pdf(packed=b"x", more=b" /DecodeParms << /Predictor 12 >>"),
        Reason.ACTIVE,
    ),
    "program to start": (a_pdf(b"<< /S /Launch /F (a.exe) >>"), Reason.ACTIVE),
    "file inside": (a_pdf(b"<< /Type /EmbeddedFile >>"), Reason.ACTIVE),
    "form that sends": (a_pdf(b"<< /S /SubmitForm >>"), Reason.ACTIVE),
    "bomb of 4 GB": (unpacking_to(4_000_000_000), Reason.UNPACKS_TOO_LARGE),
    "bomb of many members": (
        zipped({f"{n}": "" for n in range(10_001)}),
        Reason.UNPACKS_TOO_LARGE,
    ),
    "bomb in the list of contents": (
        zipped({"[Content_Types].xml": b" " * 5_000_000}),
        Reason.UNPACKS_TOO_LARGE,
    ),
    "bomb in a pdf": (a_pdf(packed=bytes(450_000_000)), Reason.UNPACKS_TOO_LARGE),
    "truncated pdf": (a_pdf()[:-30], Reason.BROKEN),
    "pdf with a web page behind it": (a_pdf() + b"<script>alert(1)</script>", Reason.BROKEN),
    "pdf and zip at once": (a_pdf() + office(), Reason.BROKEN),
    "pdf and zip whose comment ends it": (
        a_pdf() + office()[:-2] + b"\x06\x00%%EOF\n",
        Reason.BROKEN,
    ),
    "truncated docx": (office()[:-40], Reason.BROKEN),
    "docx with something behind it": (office() + b"<script>", Reason.BROKEN),
    "only a signature": (b"PK\x03\x04", Reason.BROKEN),
    "two members of one name": (twice(), Reason.BROKEN),
    "member that leads out": (office(**{"../../etc/passwd": "x"}), Reason.BROKEN),
    "member on another drive": (office(**{"C:\\x": "x"}), Reason.BROKEN),
    "entities": (
        zipped({"[Content_Types].xml": '<!DOCTYPE a [<!ENTITY b "c">]><Types>&b;</Types>'}),
        Reason.BROKEN,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TAKEN)
def test_kind_is_told_by_the_content(name: str) -> None:
    data, kind = TAKEN[name]

    assert kind_of(data) == kind


@pytest.mark.parametrize("name", REFUSED)
def test_everything_else_is_refused_with_its_reason(name: str) -> None:
    data, reason = REFUSED[name]

    with pytest.raises(DocumentRefused) as refusal:
        kind_of(data)

    assert (refusal.value.reason, refusal.value.status) == (reason, 422)


def test_fifteen_megabytes_are_taken_and_one_byte_more_is_not_even_read() -> None:
    largest = a_pdf().replace(b"%%EOF\n", b"%" * (LARGEST - len(a_pdf())) + b"\n%%EOF")
    assert len(largest) == LARGEST

    assert kind_of(largest) == "pdf"
    with pytest.raises(DocumentRefused) as refusal:
        kind_of(largest + b"\n")

    assert refusal.value.reason is Reason.TOO_LARGE


def test_every_reason_has_its_words(app: Flask) -> None:
    with app.test_request_context():
        words = {str(MESSAGES[reason]) for reason in Reason}

    assert len(words) == len(Reason)
    assert all(text.endswith(".") for text in words)


def test_document_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(DocumentRefused) as refusal:
        kind_of(a_pdf(), seconds=0.0)

    assert refusal.value.reason is Reason.TOOK_TOO_LONG


def test_no_more_than_two_are_looked_at_at_once() -> None:
    taken = [checking._places.acquire() for _ in range(checking.AT_ONCE)]
    try:
        with pytest.raises(DocumentRefused) as refusal:
            kind_of(a_pdf(), seconds=0.01)
    finally:
        for _ in taken:
            checking._places.release()

    assert refusal.value.reason is Reason.BUSY


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", Reason.BROKEN),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", Reason.TOOK_TOO_LONG),
    ],
)
def test_worker_that_is_killed_refuses_the_document(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, reason: Reason
) -> None:
    (tmp_path / "worker.py").write_text(script)
    monkeypatch.setattr(checking, "WORKER", tmp_path / "worker.py")

    with pytest.raises(DocumentRefused) as refusal:
        kind_of(a_pdf())

    assert refusal.value.reason is reason


def test_worker_that_fails_is_a_fault_of_ours(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "worker.py").write_text("raise SystemExit(3)")
    monkeypatch.setattr(checking, "WORKER", tmp_path / "worker.py")

    with pytest.raises(RuntimeError):
        kind_of(a_pdf())


def test_what_comes_back_is_what_was_sent_under_a_name_of_its_title(app: Flask) -> None:
    title = 'Plan\r\nX: y "../../<b>.exe'
    document = services.keep(services.prepare(office()), title=title)
    db.session.commit()

    with app.test_request_context():
        answer = send(document, public=True)

    assert answer.get_data() == office()
    assert dict(answer.headers) | {
        "Content-Type": f"{PART}.wordprocessingml.document",
        "Content-Disposition": 'attachment; filename="plan-x-y-b-exe.docx"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "public, max-age=0, must-revalidate",
        "Accept-Ranges": "bytes",
    } == dict(answer.headers)


def test_part_of_it_is_sent_and_nobody_keeps_what_is_not_public(app: Flask) -> None:
    document = services.keep(services.prepare(a_pdf()), title="Plan")
    db.session.commit()

    with app.test_request_context(headers={"Range": "bytes=0-3"}):
        part = send(document, public=False)
    with (
        app.test_request_context(headers={"Range": "bytes=999999-"}),
        pytest.raises(RequestedRangeNotSatisfiable),
    ):
        send(document, public=False)

    assert (part.status_code, part.get_data()) == (206, b"%PDF")
    assert part.headers["Cache-Control"] == "private, no-store"


def test_sweep_leaves_what_any_row_names(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    document = services.keep(services.prepare(a_pdf()), title="Plan")
    copied = services.again(document)
    orphan = services.prepare(a_pdf())
    db.session.commit()
    db.session.delete(document)
    db.session.commit()
    monkeypatch.setattr(sweeping, "LEFT_ALONE", timedelta(days=-1))

    sweeping.sweep()

    assert services.content(copied) == a_pdf()
    with pytest.raises(Hidden):
        media().get(orphan.key, "file.pdf")
