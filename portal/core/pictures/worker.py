"""Re-encodes one picture: bytes in, sizes out. Runs alone, started by its path, under limits.

Only Pillow and the standard library are imported here, so that it starts quickly and a hostile
file never shares a process with the portal's secrets. It answers on stdout: one line of JSON, then
the files one behind the other in the order of that line.
"""

import contextlib
import io
import json
import re
import resource
import sys
import warnings
from typing import Any

from PIL import Image, ImageCms, ImageOps, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

MEMORY = 1024 * 1024 * 1024
PROCESSOR_SECONDS = 20
MOST_PIXELS = 50_000_000
WIDTHS = (480, 960, 1600)
TALLEST = 2  # at most so many times as high as the widest; what is taller is made narrower
BOX = (WIDTHS[-1] * TALLEST, WIDTHS[-1] * TALLEST)

# Naming the plugins loads these, and so Pillow need not load all the others.
PLUGINS = (JpegImagePlugin, PngImagePlugin, WebPImagePlugin)
ALLOWED = ("JPEG", "PNG", "WEBP")
ALLOWED_STARTS = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|RIFF.{4}WEBP", re.DOTALL)
# What people do send besides, so that they read more than "no picture".
OTHER_STARTS = re.compile(
    rb"GIF8|BM.{4}\x00{4}|II\*\x00|MM\x00\*|\x00\x00\x01\x00|%PDF|8BPS|\x00\x00\x00\x0cjP"
    rb"|.{4}ftyp(?:avi|hei|hev|mif|msf)|(?:\xef\xbb\xbf)?\s*<(?:\?xml|!doctype svg|!--|svg)",
    re.DOTALL | re.IGNORECASE,
)
SAVED_AS: dict[str, dict[str, Any]] = {
    "webp": {"format": "WEBP", "quality": 80, "method": 4},
    "jpg": {"format": "JPEG", "quality": 82, "optimize": True, "progressive": True},
}


class Refused(Exception):
    """Carries the name of the reason."""


def main() -> None:
    _limit()
    data = sys.stdin.buffer.read()
    head: dict[str, Any]
    try:
        head, files = reencoded(data)
    except Refused as refusal:
        head, files = {"refused": str(refusal)}, []
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + b"".join(files))


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


def reencoded(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """What was made, and its files in that order; raises Refused."""
    if not data:
        raise Refused("empty")
    image = _opened(data)
    try:
        base = _base(image)
        sizes = [_scaled(base, width) for width in _widths(base.width, base.height)]
        files = {f"{size.width}.{end}": _saved(size, end) for size in sizes for end in SAVED_AS}
    except MemoryError as error:
        raise Refused("too_many_pixels") from error
    except Exception as error:  # decoders raise what they like
        raise Refused("broken") from error
    head = {
        "width": sizes[-1].width,
        "height": sizes[-1].height,
        "widths": [size.width for size in sizes],
        "files": [[name, len(content)] for name, content in files.items()],
    }
    return head, list(files.values())


def _opened(data: bytes) -> Image.Image:
    """Checked, and only its head is read: the pixels are counted before they are unpacked."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        Image.open(io.BytesIO(data), formats=ALLOWED).verify()
        return Image.open(io.BytesIO(data), formats=ALLOWED)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Refused("too_many_pixels") from error
    except Exception as error:
        if ALLOWED_STARTS.match(data):
            raise Refused("broken") from error
        raise Refused("other_format" if OTHER_STARTS.match(data) else "no_picture") from error


def _base(image: Image.Image) -> Image.Image:
    """No larger than needed, as it was held, in sRGB or sRGB with alpha, without its metadata."""
    image.draft(None, (WIDTHS[-1], WIDTHS[-1]))  # a large JPEG is unpacked at half or a quarter
    profile = image.info.get("icc_profile")
    image = _with_full_colours(image)
    image.thumbnail(BOX, reducing_gap=2.0)
    with contextlib.suppress(Exception):  # a broken EXIF block is no reason to refuse the picture
        ImageOps.exif_transpose(image, in_place=True)
    image = _in_srgb(image, profile).convert("RGBA" if image.has_transparency_data else "RGB")
    image.info.clear()
    return image


def _with_full_colours(image: Image.Image) -> Image.Image:
    """Palettes and 16 bits become what can be scaled; the rest stays as it is."""
    if image.mode.startswith("I"):
        return image.point(lambda value: value / 256).convert("L")
    if image.mode in {"P", "PA", "LA", "1"}:
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours of a phone's wide profile look dull without it; a broken one is ignored."""
    if profile and image.mode in {"RGB", "RGBA", "CMYK"}:
        mode = "RGB" if image.mode == "CMYK" else image.mode
        with contextlib.suppress(Exception):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(image, source, target, outputMode=mode) or image
    return image


def _widths(width: int, height: int) -> list[int]:
    """480, 960, 1600, or where the picture is smaller, its own width: nothing is enlarged."""
    widest = min(width, WIDTHS[-1], max(1, width * BOX[1] // height))
    return sorted({min(wanted, widest) for wanted in WIDTHS})


def _scaled(image: Image.Image, width: int) -> Image.Image:
    if width == image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _saved(image: Image.Image, ending: str) -> bytes:
    if ending == "jpg" and image.mode == "RGBA":
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image).convert("RGB")
    content = io.BytesIO()
    image.save(content, **SAVED_AS[ending])
    return content.getvalue()


if __name__ == "__main__":
    main()
