"""Pages for visitors and applicants."""

from portal.partners.views import answering, applying, confirming, directory, mine

BLUEPRINTS = [directory.bp, applying.bp, mine.bp]

__all__ = ["BLUEPRINTS", "answering", "confirming"]
