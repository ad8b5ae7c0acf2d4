"""Pages for visitors and applicants, and for the people of an organisation."""

from portal.partners.views import (
    answering,
    applying,
    claiming,
    competence_map,
    confirming,
    directory,
    invitations,
    inviting,
    joining,
    mine,
    people,
    poster,
    profiles,
)

BLUEPRINTS = [
    directory.bp,
    applying.bp,
    mine.bp,
    people.bp,
    invitations.bp,
    joining.bp,
    profiles.bp,
    claiming.bp,
    competence_map.bp,
]

__all__ = ["BLUEPRINTS", "answering", "confirming", "inviting", "poster"]
