"""Pages for visitors and applicants."""

from portal.partners.views import answering, applying, confirming, directory, mine, people, poster

BLUEPRINTS = [directory.bp, applying.bp, mine.bp, people.bp]

__all__ = ["BLUEPRINTS", "answering", "confirming", "poster"]
