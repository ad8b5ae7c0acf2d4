"""The Projektbüro and a date's places: the rules, the list, what came by mail, the day itself."""

from portal.registrations.office import check_in, intake, papers, participants, rules
from portal.registrations.office.blueprint import bp

BLUEPRINTS = [bp]

__all__ = ["BLUEPRINTS", "check_in", "intake", "papers", "participants", "rules"]
