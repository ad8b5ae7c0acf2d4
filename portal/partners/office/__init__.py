"""Pages for the Projektbüro."""

from portal.partners.office import applications, claims, imports, lists, organisations

BLUEPRINTS = [applications.bp, lists.bp, claims.bp, imports.bp]

__all__ = ["BLUEPRINTS", "organisations"]
