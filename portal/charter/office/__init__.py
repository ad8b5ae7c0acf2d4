"""The Projektbüro: versions of the declaration, and signing on the day."""

from portal.charter.office import checking, declarations, occasions

BLUEPRINTS = [declarations.bp, occasions.bp]

__all__ = ["BLUEPRINTS", "checking"]
