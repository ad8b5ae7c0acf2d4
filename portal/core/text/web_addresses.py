"""Addresses of web pages as people type them. Nothing is ever fetched (R16)."""

import re
from urllib.parse import urlsplit

from portal.core.text.cleaning import clean_line

LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
UNFIT = re.compile(r"[\s\\<>\"'`{}|^]")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def normalised_address(typed: str) -> str | None:
    """`windwerk.example` becomes https://windwerk.example; None for what is no web address."""
    typed = clean_line(typed)
    if UNFIT.search(typed):
        return None
    try:
        parts = urlsplit(typed if SCHEME.match(typed) else f"https://{typed}")
        host, port = _name(parts.hostname or ""), parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc or not host or port == 0:
        return None
    place = f"{host}:{port}" if port else host
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    path = "" if parts.path == "/" else parts.path
    return f"{parts.scheme}://{place}{path}{query}{fragment}"


def _name(host: str) -> str:
    """The host as it is shown, or nothing: two labels at least, and the last one is no number, so
    that bare words and network addresses are left out. Raises UnicodeError, a ValueError."""
    plain = host.encode("idna")
    labels = plain.decode().split(".")
    if len(labels) < 2 or labels[-1].isdigit():
        return ""
    return plain.decode("idna") if all(LABEL.fullmatch(label) for label in labels) else ""
