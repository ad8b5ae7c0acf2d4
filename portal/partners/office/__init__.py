"""Pages for the Projektbüro."""

from portal.partners.office import applications, claims, lists, organisations

BLUEPRINTS = [applications.bp, lists.bp, claims.bp]

__all__ = ["BLUEPRINTS", "organisations"]
