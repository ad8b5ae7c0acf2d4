"""Pictures: what is taken, what is made of it, what is refused and why, and how it is sent."""

import io
import re
import struct
import sys
import threading
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from portal.core import sweeping
from portal.core.database import db
from portal.core.errors import Hidden
from portal.core.pictures import processing, services
from portal.core.pictures.models import Picture
from portal.core.pictures.processing import reencode
from portal.core.pictures.refusals import MESSAGES, PictureRefused, Reason
from portal.core.pictures.responses import send
from portal.core.pictures.storage import MediaStore, media

ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825
RED, BLUE = (220, 20, 20), (20, 20, 220)


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    content = io.BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def photo(width: int = 2000, height: int = 1000) -> Image.Image:
    """The left half is red, the right one blue."""
    image = Image.new("RGB", (width, height), RED)
    ImageDraw.Draw(image).rectangle((width // 2, 0, width, height), fill=BLUE)
    return image


def png_of_zeros(width: int, height: int) -> bytes:
    """A real PNG in black, without the memory that Pillow would need to make it."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = kind + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    packer = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)  # one bit for each pixel
    rows = b"".join([*(packer.compress(row) for _ in range(height)), packer.flush()])
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def is_near(colour: Any, wanted: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 30 for a, b in zip(colour, wanted, strict=True))


def test_a_photo_is_made_in_three_sizes_and_two_formats() -> None:
    made = reencode(encoded(photo(), "JPEG"))

    assert (made.width, made.height, made.widths) == (1600, 800, [480, 960, 1600])
    shapes = {name: (opened(file).format, opened(file).size) for name, file in made.files.items()}
    assert shapes == {
        "480.webp": ("WEBP", (480, 240)),
        "480.jpg": ("JPEG", (480, 240)),
        "960.webp": ("WEBP", (960, 480)),
        "960.jpg": ("JPEG", (960, 480)),
        "1600.webp": ("WEBP", (1600, 800)),
        "1600.jpg": ("JPEG", (1600, 800)),
    }


@pytest.mark.parametrize(
    ("size", "widths"),
    [((1, 1), [1]), ((300, 200), [300]), ((480, 99), [480]), ((1200, 10), [480, 960, 1200])],
)
def test_nothing_is_enlarged(size: tuple[int, int], widths: list[int]) -> None:
    assert reencode(encoded(photo(*size), "PNG")).widths == widths


def test_a_very_tall_picture_is_made_narrower() -> None:
    made = reencode(encoded(Image.new("1", (1000, 20_000)), "PNG"))

    assert (made.width, made.height) == (160, 3200)


def test_it_is_turned_as_it_was_held_and_loses_its_metadata() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # held upright: what is left in the file belongs at the top
    exif[MAKER] = "Musterkamera"
    exif.get_ifd(GPS)[1] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = encoded(photo(), "JPEG", exif=exif, comment=b"geheim", icc_profile=profile)
    assert b"Musterkamera" in data

    made = reencode(data)

    assert (made.width, made.height) == (1000, 2000)
    for name, content in made.files.items():
        image = opened(content)
        assert image.height == 2 * image.width, name
        assert is_near(image.getpixel((9, 9)), RED)
        assert is_near(image.getpixel((9, image.height - 9)), BLUE)
        assert not image.getexif()
        assert not {"exif", "icc_profile", "comment", "xmp"} & set(image.info)
        assert b"Musterkamera" not in content


def test_a_broken_exif_block_is_no_reason_to_refuse() -> None:
    assert reencode(encoded(photo(), "JPEG", exif=b"Exif\0\0broken" + b"\xff" * 40)).width == 1600


def test_alpha_stays_in_webp_and_is_white_in_jpeg() -> None:
    made = reencode(encoded(Image.new("RGBA", (100, 50), (255, 0, 0, 0)), "PNG"))

    assert opened(made.files["100.webp"]).getpixel((5, 5))[3] == 0  # type: ignore[index]
    assert is_near(opened(made.files["100.jpg"]).getpixel((5, 5)), (255, 255, 255))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_read(mode: str) -> None:
    assert reencode(encoded(Image.new(mode, (50, 50)), "PNG")).widths == [50]


def test_sixteen_bits_do_not_turn_white() -> None:
    made = reencode(encoded(Image.new("I;16", (50, 50), 128 * 256), "PNG"))

    assert is_near(opened(made.files["50.jpg"]).getpixel((5, 5)), (128, 128, 128))


def test_a_palette_may_be_transparent() -> None:
    image = Image.new("P", (50, 50), 0)
    image.putpalette([255, 0, 0, 0, 0, 255])

    made = reencode(encoded(image, "PNG", transparency=0))

    assert opened(made.files["50.webp"]).mode == "RGBA"


def test_print_colours_become_screen_colours() -> None:
    made = reencode(encoded(Image.new("CMYK", (50, 50), (0, 255, 255, 0)), "JPEG"))

    assert opened(made.files["50.jpg"]).mode == "RGB"
    assert is_near(opened(made.files["50.jpg"]).getpixel((5, 5)), (255, 0, 0))


def test_of_an_animation_the_first_picture_is_taken() -> None:
    frames = [Image.new("RGB", (50, 50), colour) for colour in (BLUE, RED)]
    data = encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=100)

    made = reencode(data)

    assert is_near(opened(made.files["50.jpg"]).getpixel((5, 5)), BLUE)
    assert getattr(opened(made.files["50.webp"]), "n_frames", 1) == 1


def test_what_is_hidden_behind_a_picture_is_gone() -> None:
    script = b"<script>alert(1)</script>PK\x03\x04"
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", script.decode("latin-1"))
    data = encoded(photo(600, 300), "PNG", pnginfo=texts) + script

    made = reencode(data)

    assert all(b"<script" not in content for content in made.files.values())


GOOD = encoded(photo(), "JPEG")
GOOD_PNG = encoded(Image.effect_noise((300, 200), 50), "PNG")
REFUSED = {
    "empty": (b"", Reason.EMPTY),
    "text named .jpg": (b"Das ist kein Bild.", Reason.NO_PICTURE),
    "html": (b"<html><body>x", Reason.NO_PICTURE),
    "zeros": (bytes(1000), Reason.NO_PICTURE),
    "python": (b"import os\n" * 99, Reason.NO_PICTURE),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Reason.OTHER_FORMAT),
    "svg with declaration": (b"\xef\xbb\xbf\n<?xml version='1.0'?><svg/>", Reason.OTHER_FORMAT),
    "gif": (encoded(photo(20, 20), "GIF"), Reason.OTHER_FORMAT),
    "bmp": (encoded(photo(20, 20), "BMP"), Reason.OTHER_FORMAT),
    "tiff": (encoded(photo(20, 20), "TIFF"), Reason.OTHER_FORMAT),
    "ico": (encoded(photo(32, 32), "ICO"), Reason.OTHER_FORMAT),
    "heic": (b"\0\0\0\x18ftypheic" + bytes(50), Reason.OTHER_FORMAT),
    "pdf": (b"%PDF-1.7\n", Reason.OTHER_FORMAT),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n", Reason.NO_PICTURE),
    "truncated jpeg": (GOOD[: len(GOOD) // 2], Reason.BROKEN),
    "only the head of a jpeg": (GOOD[:20], Reason.BROKEN),
    "truncated png": (GOOD_PNG[: len(GOOD_PNG) // 2], Reason.BROKEN),
    "png with a wrong sum": (GOOD_PNG[:400] + b"\0\0\0" + GOOD_PNG[403:], Reason.BROKEN),
    "truncated webp": (encoded(photo(), "WEBP")[:200], Reason.BROKEN),
    "bomb of 900 megapixels": (png_of_zeros(30_000, 30_000), Reason.TOO_MANY_PIXELS),
    "just above 50 megapixels": (png_of_zeros(10_000, 5_001), Reason.TOO_MANY_PIXELS),
}


@pytest.mark.parametrize("name", REFUSED)
def test_everything_else_is_refused_with_its_reason(name: str) -> None:
    data, reason = REFUSED[name]

    with pytest.raises(PictureRefused) as refusal:
        reencode(data)

    assert refusal.value.reason is reason
    assert refusal.value.status == 422


def test_just_50_megapixels_are_taken() -> None:
    assert reencode(png_of_zeros(10_000, 5_000)).width == 1600


def test_every_reason_has_its_words(app: Flask) -> None:
    with app.test_request_context():
        words = {reason: str(MESSAGES[reason]) for reason in Reason}

    assert len(set(words.values())) == len(Reason)
    assert all(text.endswith(".") and "!" not in text for text in words.values())


def test_a_picture_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(PictureRefused) as refusal:
        reencode(GOOD, seconds=0.0)

    assert refusal.value.reason is Reason.TOOK_TOO_LONG


def test_no_more_than_two_are_unpacked_at_once() -> None:
    taken = [processing._places.acquire() for _ in range(processing.AT_ONCE)]
    try:
        with pytest.raises(PictureRefused) as refusal:
            reencode(GOOD, seconds=0.01)
    finally:
        for _ in taken:
            processing._places.release()

    assert refusal.value.reason is Reason.BUSY


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", Reason.BROKEN),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", Reason.TOOK_TOO_LONG),
    ],
)
def test_a_worker_that_is_killed_refuses_the_picture(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, reason: Reason
) -> None:
    (tmp_path / "worker.py").write_text(script)
    monkeypatch.setattr(processing, "WORKER", tmp_path / "worker.py")

    with pytest.raises(PictureRefused) as refusal:
        reencode(GOOD)

    assert refusal.value.reason is reason


def test_a_worker_that_cannot_run_is_not_the_pictures_fault(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(processing, "WORKER", tmp_path / "missing.py")

    with pytest.raises(RuntimeError, match="picture worker failed"):
        reencode(GOOD)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems ignore a limit of memory")
def test_the_worker_keeps_to_its_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    source = processing.WORKER.read_text()
    greedy = source.replace("    data = sys", "    bytes(2 * 1024**3)\n    data = sys")
    assert greedy != source
    (tmp_path / "greedy.py").write_text(greedy)
    monkeypatch.setattr(processing, "WORKER", tmp_path / "greedy.py")

    with pytest.raises(RuntimeError, match="MemoryError"):
        reencode(GOOD)


@pytest.fixture
def picture(app: Flask) -> Picture:
    kept = services.keep(services.prepare(GOOD), alt=" Eine\0 Laterne ", credit="Kim Muster")
    db.session.commit()
    return kept


def test_a_picture_is_kept_with_its_files(picture: Picture) -> None:
    assert (picture.width, picture.height, picture.widths) == (1600, 800, [480, 960, 1600])
    assert (picture.alt, picture.credit) == ("Eine Laterne", "Kim Muster")
    assert services.sizes(picture, "jpg") == ["480.jpg", "960.jpg", "1600.jpg"]
    content, mimetype = services.variant(picture, "960.webp")
    assert (opened(content).size, mimetype) == ((960, 480), "image/webp")


def test_keys_cannot_be_guessed_and_are_never_the_same(app: Flask) -> None:
    first, second = services.prepare(GOOD), services.prepare(GOOD)

    assert first.key != second.key
    assert len(first.key) == len(second.key) == 32


@pytest.mark.parametrize(
    "size",
    ["", "960", "960.gif", "961.webp", "1600.WEBP", "../960.webp", "960.webp/..", "٩٦٠.webp"],
)
def test_sizes_that_were_never_made_do_not_exist(picture: Picture, size: str) -> None:
    with pytest.raises(Hidden):
        services.variant(picture, size)


@pytest.mark.parametrize("parts", [("..", "x.jpg"), ("a/b", "x.jpg"), ("a", "../x"), ("a", "")])
def test_no_path_leaves_the_store(app: Flask, parts: tuple[str, str]) -> None:
    with pytest.raises(Hidden):
        media().get(*parts)
    with pytest.raises(Hidden):
        media().put(*parts, b"")


def test_what_was_prepared_in_vain_is_cleared_away(app: Flask) -> None:
    prepared = services.prepare(GOOD)

    services.discard(prepared)

    with pytest.raises(Hidden):
        media().get(prepared.key, "480.webp")
    assert not (media().folder / prepared.key).exists()


def test_the_sweep_takes_old_files_without_a_row(
    picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    orphan = services.prepare(GOOD)
    sweeping.sweep()
    assert media().get(orphan.key, "480.webp")  # it may still wait for its row

    monkeypatch.setattr(sweeping, "LEFT_ALONE", timedelta(days=-1))
    assert sweeping.sweep() >= 1

    with pytest.raises(Hidden):
        media().get(orphan.key, "480.webp")
    assert services.variant(picture, "480.webp")


def test_the_answer_is_safe_and_may_be_kept(app: Flask, picture: Picture) -> None:
    with app.test_request_context():
        response = send(picture, "480.webp", public=True)

    headers = {name: response.headers[name] for name in ("Content-Type", "Cache-Control")}
    assert headers == {"Content-Type": "image/webp", "Cache-Control": "public, max-age=86400"}
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.get_data() == services.variant(picture, "480.webp")[0]


def test_what_is_not_public_is_kept_by_nobody(app: Flask, picture: Picture) -> None:
    with app.test_request_context():
        response = send(picture, "480.jpg", public=False)

    assert response.headers["Cache-Control"] == "private, no-store"


def test_who_has_it_is_told_so(app: Flask, picture: Picture) -> None:
    with app.test_request_context():
        tag = send(picture, "480.jpg", public=True).headers["ETag"]
    with app.test_request_context(headers={"If-None-Match": tag}):
        response = send(picture, "480.jpg", public=True)

    assert response.status_code == 304


class Bucket(BaseHTTPRequestHandler):
    """As much of S3 as the store uses."""

    files: dict[str, bytes]

    def do_PUT(self) -> None:  # noqa: N802
        self.files[self.path] = self.body()
        self.answer(200)

    def do_GET(self) -> None:  # noqa: N802
        if "list-type=2" in self.path:
            moment = "<LastModified>2030-05-01T12:00:00.000Z</LastModified>"
            keys = [name.removeprefix("/bucket/") for name in self.files]
            found = "".join(
                f"<Contents><Key>{key}</Key><Size>1</Size>{moment}</Contents>" for key in keys
            )
            self.answer(200, f"<ListBucketResult>{found}</ListBucketResult>".encode())
        elif self.path in self.files:
            self.answer(200, self.files[self.path])
        else:
            self.answer(404)

    def do_POST(self) -> None:  # noqa: N802
        """Deletes the listed keys."""
        keys = re.findall("<Key>(.*?)</Key>", self.body().decode())
        for key in keys:
            del self.files[f"/bucket/{key}"]
        gone = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
        self.answer(200, f"<DeleteResult>{gone}</DeleteResult>".encode())

    def body(self) -> bytes:
        return self.rfile.read(int(self.headers["Content-Length"]))

    def answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Last-Modified", "Wed, 01 May 2030 12:00:00 GMT")
        self.send_header("ETag", '"1"')
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    Bucket.files = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bucket)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"s3://bucket/medien?endpoint=http://127.0.0.1:{server.server_port}&region=eu-central-1"
    server.shutdown()
    server.server_close()


def test_an_object_store_serves_as_well(bucket: str, tmp_path: Path) -> None:
    store = MediaStore(bucket, tmp_path)

    store.put("abc", "480.webp", b"content")

    assert Bucket.files == {"/bucket/medien/abc/480.webp": b"content"}
    assert store.get("abc", "480.webp") == b"content"
    assert list(store.files()) == [("abc", "480.webp")]
    with pytest.raises(Hidden):
        store.get("abc", "960.webp")
    assert list(store.keys_before(datetime(2031, 1, 1, tzinfo=UTC))) == ["abc"]
    assert list(store.keys_before(datetime(2030, 1, 1, tzinfo=UTC))) == []
    store.delete("abc")
    assert Bucket.files == {}
    assert not list(tmp_path.iterdir())


def test_an_unknown_store_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ftp"):
        MediaStore("ftp://x", tmp_path).put("a", "b", b"")
