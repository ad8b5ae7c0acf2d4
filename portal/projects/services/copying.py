"""How pictures, documents and links get from one revision into the next."""

from portal.core.database import db
from portal.core.documents import services as documents
from portal.core.pictures import services as pictures
from portal.projects.models import Revision, RevisionDocument, RevisionLink, RevisionPicture


def copy_media(source: Revision, target: Revision) -> None:
    """The target shows what the source shows, in rows of its own: what happens to one of them
    never changes the other. Files are shared; their keys, and so their addresses, stay."""
    with db.session.no_autoflush:  # the target may not be complete yet
        target.pictures = [
            RevisionPicture(picture=pictures.again(shown.picture), position=place)
            for place, shown in enumerate(source.pictures)
        ]
        target.picture = target.pictures[0].picture if target.pictures else None
        target.documents = [_attached_again(shown) for shown in source.documents]
        target.links = [
            RevisionLink(label=link.label, address=link.address, position=link.position)
            for link in source.links
        ]
        target.video_url = source.video_url


def _attached_again(shown: RevisionDocument) -> RevisionDocument:
    return RevisionDocument(
        document=documents.again(shown.document),
        visibility=shown.visibility,
        position=shown.position,
    )
