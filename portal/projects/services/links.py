"""The links of a revision, and its video."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.accounts.models import User
from portal.projects.models import Project, Revision, RevisionLink
from portal.projects.services.media import changed, to_change

MOST_LINKS = 6


@dataclass(frozen=True)
class Link:
    """`label` may be empty."""

    label: str
    address: str


def save_links(
    project: Project, *, by: User, seen_version: int, links: Iterable[Link], video_url: str
) -> None:
    """All of them at once, in their order; the form has checked the addresses."""
    revision = to_change(project, by=by, seen_version=seen_version)
    write_links(revision, links, video_url=video_url)
    changed(revision, by=by)


def write_links(revision: Revision, links: Iterable[Link], *, video_url: str = "") -> None:
    """The rows alone; for `save_links`, and for who loads a dataset."""
    revision.video_url = video_url
    revision.links = [
        RevisionLink(label=link.label, address=link.address, position=place)
        for place, link in enumerate(links)
    ]
