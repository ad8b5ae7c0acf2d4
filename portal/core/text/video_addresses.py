"""Addresses of videos as people copy them from a browser, from the few kinds of pages that the
portal knows. Nothing is ever fetched (R16): whoever wants to see the video goes there."""

import re
from dataclasses import dataclass

from portal.core.text.web_addresses import normalised_address

YOUTUBE = re.compile(
    r"https?://(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#]*&)?v=|embed/|shorts/|live/)"
    r"|youtu\.be/)([A-Za-z0-9_-]{11})(?![A-Za-z0-9_-])"
)
VIMEO = re.compile(
    r"https?://(?:(?:www\.)?vimeo\.com/|player\.vimeo\.com/video/)(\d{6,12})(?:(?:/|\?h=)([0-9a-f]{8,12}))?"
    r"(?![^/?#])"
)
# Anybody may run a PeerTube; its pages are known by their path.
PEERTUBE = re.compile(
    r"https?://([a-z0-9.-]+(?::\d+)?)/(?:w|videos/watch|videos/embed)/"
    r"([A-Za-z0-9]{22}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![^/?#])"
)


@dataclass(frozen=True)
class Video:
    """`provider` is for readers; `address` is the page of the video and nothing besides."""

    provider: str
    address: str


def known_video(typed: str) -> Video | None:
    """None for every address that is not the page of one video."""
    address = normalised_address(typed) or ""
    if found := YOUTUBE.match(address):
        return Video("YouTube", f"https://www.youtube.com/watch?v={found[1]}")
    if found := VIMEO.match(address):
        rest = f"/{found[2]}" if found[2] else ""
        return Video("Vimeo", f"https://vimeo.com/{found[1]}{rest}")
    if found := PEERTUBE.match(address):
        return Video(found[1], f"https://{found[1]}/w/{found[2]}")
    return None
