"""Parts of addresses made from names and titles, the German way."""

import re
import unicodedata
from collections.abc import Callable, Container

TRANSLITERATION = str.maketrans(
    {
        "ä": "ae", "ö": "oe", "ü": "ue", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d",
        "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "’": "", "'": "",
    }
)  # fmt: skip
NAMELESS = "eintrag"


def slugify(text: str, *, max_length: int = 80) -> str:
    """The text as a part of an address: "Wärme für Bürger*innen" is waerme-fuer-buergerinnen."""
    text = unicodedata.normalize("NFC", text).casefold()
    text = re.sub(r"(?<=\w)[*:_](?=in(nen)?\b)", "", text)
    text = unicodedata.normalize("NFKD", text.translate(TRANSLITERATION)).casefold()
    words = re.findall("[a-z0-9]+", "".join(c for c in text if not unicodedata.combining(c)))
    return _shortened("-".join(words), max_length) or NAMELESS[:max_length]


def unique_slug(
    text: str,
    taken: Callable[[str], bool],
    reserved: Container[str] = frozenset(),
    *,
    max_length: int = 80,
) -> str:
    """A slug that nobody has yet: solar, solar-2, solar-3."""
    base = slugify(text, max_length=max_length)
    slug, number = base, 1
    while slug in reserved or taken(slug):
        number += 1
        slug = f"{_shortened(base, max_length - len(str(number)) - 1)}-{number}"
    return slug


def _shortened(slug: str, length: int) -> str:
    """Cut between words, unless a first word alone is too long."""
    if len(slug) <= length:
        return slug
    cut = slug[: length + 1].rpartition("-")[0]
    return (cut or slug[:length]).strip("-")
