"""Dates for the Projektbüro: entering, changing and cancelling them, and what stays of them."""

from portal.events.office import attachments, gallery, media, planning
from portal.events.office.blueprint import bp

__all__ = ["attachments", "bp", "gallery", "media", "planning"]
