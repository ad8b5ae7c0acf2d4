"""Pages on which people register, see where they stand, and leave; and calendars of their own."""

from portal.registrations.views import by_link, feeds, ledger, mine, registering

BLUEPRINTS = [registering.bp, mine.bp, by_link.bp, feeds.bp]

__all__ = ["BLUEPRINTS", "ledger"]
