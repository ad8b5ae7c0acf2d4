"""Pages of the Projektbüro about organisations: applications, the list of all, imports."""

from portal.partners.office import cases, imports

BLUEPRINTS = [*cases.BLUEPRINTS, imports.bp]

__all__ = ["BLUEPRINTS"]
