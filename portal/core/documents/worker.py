"""Looks at one document: bytes in, its kind or a refusal out, as one line of JSON. Runs alone,
started by its path, under limits: a hostile file never shares a process with the portal's secrets.

Only the standard library is imported here. Nothing is unpacked to where it could act: of an Office
file the directory is read, and two small lists in it; a PDF is searched for what acts by itself.
"""

import contextlib
import io
import json
import re
import resource
import sys
import zlib
from collections.abc import Iterator
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

MEMORY = 512 * 1024 * 1024
PROCESSOR_SECONDS = 20

# Zip: the portal never unpacks it, but its readers do.
MOST_MEMBERS = 10_000
MOST_UNPACKED = 500 * 1024 * 1024
LONGEST_LIST = 4 * 1024 * 1024
END_OF_DIRECTORY = b"PK\x05\x06"
END_LENGTH = 22
OFFICE = {
    f"application/vnd.openxmlformats-officedocument.{name}.main+xml": kind
    for name, kind in (
        ("wordprocessingml.document", "docx"),
        ("spreadsheetml.sheet", "xlsx"),
        ("presentationml.presentation", "pptx"),
    )
}
OPEN = {
    f"application/vnd.oasis.opendocument.{name}".encode(): kind
    for name, kind in (("text", "odt"), ("spreadsheet", "ods"), ("presentation", "odp"))
}
TYPES_THAT_ACT = re.compile("macro|vba|activex|oleobject", re.IGNORECASE)
NAMES_THAT_ACT = re.compile(
    r"vbaproject|vbadata|(^|/)macrosheets/|(^|/)activex/|oleobject|^basic/|^scripts/", re.IGNORECASE
)

# PDF: what a reader's program would do without being asked, or what hides other files.
ACTING = (
    "JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "Rendition", "SubmitForm",
    "ImportData", "GoToE", "XFA",
)  # fmt: skip
CHUNK = 1024 * 1024
OVERLAP = 128  # longer than any name, also where each letter is written as #xx
MOST_INFLATED = 400 * 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Refused(Exception):
    """Carries the name of the reason."""


def _name(word: str) -> bytes:
    """A PDF name, however its letters are written: /Launch, /#4caunch."""
    letters = [f"(?:{re.escape(c)}|#{ord(c):02x}|#{ord(c):02X})" for c in word]
    return "".join(letters).encode()


END = rb"(?![^\x00-\x20()<>\[\]{}/%])"
ACTS = re.compile(b"/(?:" + b"|".join(_name(word) for word in ACTING) + b")" + END)
ENCRYPTS = re.compile(b"/" + _name("Encrypt") + END)
# Objects that lie in a stream are found when it is packed the usual way, and only then.
PACKED = _name("ObjStm")
UNUSUAL = re.compile(
    b"/(?:"
    + b"|".join(
        _name(w) for w in ("LZWDecode", "ASCIIHexDecode", "ASCII85Decode", "RunLengthDecode")
    )
    + b")"
    + END
)
APART = rb"(?:(?!stream).){0,400}"
DISGUISED = re.compile(
    PACKED + APART + _name("Predictor") + b"|" + _name("Predictor") + APART + PACKED, re.DOTALL
)


def main() -> None:
    _limit()
    data = sys.stdin.buffer.read()
    try:
        head = {"kind": kind_of(data)}
    except Refused as refusal:
        head = {"refused": str(refusal)}
    except MemoryError:
        head = {"refused": "unpacks_too_large"}
    sys.stdout.write(json.dumps(head))


def _limit() -> None:
    """Before the first byte of the file is read. A system may not know each of these limits."""
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: PROCESSOR_SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for kind, limit in limits.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))


def kind_of(data: bytes) -> str:
    """By its content alone; raises Refused."""
    if not data:
        raise Refused("empty")
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return _zip(data)
    raise Refused("old_office" if data.startswith(OLE) else "other_format")


def _pdf(data: bytes) -> str:
    """Ends as a PDF does, so that no other format hangs on behind it."""
    body, mark, rest = data.rpartition(b"%%EOF")
    if not mark or rest.strip(b"\0\t\n\f\r ") or END_OF_DIRECTORY in body[-70_000:]:
        raise Refused("broken")
    if ENCRYPTS.search(data):
        raise Refused("encrypted")
    packs = re.search(PACKED, data)
    if ACTS.search(data) or (packs and (UNUSUAL.search(data) or DISGUISED.search(data))):
        raise Refused("active")
    for text in _inflated(data):
        if ACTS.search(text):
            raise Refused("active")
    return "pdf"


def _inflated(data: bytes) -> Iterator[bytes]:
    """What lies in packed streams, in pieces that overlap."""
    left = MOST_INFLATED
    for start in re.finditer(rb"stream\r?\n", data):
        unpacker, rest, tail = zlib.decompressobj(), data[start.end() : start.end() + CHUNK], b""
        at = start.end() + CHUNK
        while rest and not unpacker.eof:
            try:
                piece = unpacker.decompress(rest, CHUNK)
            except zlib.error:
                break  # packed otherwise, or "endstream"
            left -= len(piece)
            if left < 0:
                raise Refused("unpacks_too_large")
            yield tail + piece
            tail = piece[-OVERLAP:]
            rest = unpacker.unconsumed_tail or data[at : at + CHUNK]
            at += 0 if unpacker.unconsumed_tail else CHUNK


def _zip(data: bytes) -> str:
    try:
        if data.rfind(END_OF_DIRECTORY) != len(data) - END_LENGTH:
            raise Refused("broken")  # something hangs on behind it
        with ZipFile(io.BytesIO(data)) as opened:
            return _office(opened, opened.infolist(), data)
    except (Refused, MemoryError):
        raise
    except Exception as error:  # a broken directory raises what it likes
        raise Refused("broken") from error


def _office(opened: ZipFile, members: list[ZipInfo], data: bytes) -> str:
    names = [member.filename for member in members]
    if len(set(names)) != len(names) or min(member.header_offset for member in members):
        raise Refused("broken")
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise Refused("unpacks_too_large")
    if any(member.flag_bits & 1 for member in members) or "encrypted-package" in names:
        raise Refused("encrypted")
    if any(_leads_out(name) for name in names):
        raise Refused("broken")
    if any(NAMES_THAT_ACT.search(name) for name in names):
        raise Refused("macros")
    if "[Content_Types].xml" in names:
        return _by_content_types(_small(opened, "[Content_Types].xml"))
    if names[0] == "mimetype" and "META-INF/manifest.xml" in names:
        return _by_mimetype(opened)
    raise Refused("other_format")


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name


def _small(opened: ZipFile, name: str) -> bytes:
    with opened.open(name) as member:
        text = member.read(LONGEST_LIST + 1)
    if len(text) > LONGEST_LIST:
        raise Refused("unpacks_too_large")
    return text


def _by_content_types(text: bytes) -> str:
    types = {attributes.get("ContentType", "") for _, attributes in _elements(text)}
    if any(TYPES_THAT_ACT.search(name) for name in types):
        raise Refused("macros")
    kinds = {OFFICE[name] for name in types & OFFICE.keys()}
    # A presentation holds the tables of its charts as files; its own main part counts.
    if len(kinds) != 1:
        raise Refused("other_format")
    return kinds.pop()


def _by_mimetype(opened: ZipFile) -> str:
    kind = OPEN.get(_small(opened, "mimetype"))
    if kind is None:
        raise Refused("other_format")
    names = {
        name.rpartition(":")[2] for name, _ in _elements(_small(opened, "META-INF/manifest.xml"))
    }
    if "encryption-data" in names:
        raise Refused("encrypted")
    return kind


def _elements(text: bytes) -> list[tuple[str, dict[str, str]]]:
    """Names and attributes, without a document type: no entity is ever defined."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise Refused("broken")

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: found.append((name, attributes))
    parser.Parse(text, True)
    return found


if __name__ == "__main__":
    main()
