"""Pages for the Projektbüro."""

from portal.partners.office import applications, claims, competences, imports, lists, organisations

BLUEPRINTS = [applications.bp, lists.bp, claims.bp, imports.bp, competences.bp]

__all__ = ["BLUEPRINTS", "organisations"]
