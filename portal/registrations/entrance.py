"""Where the code on a confirmation leads: to the door of its date, for the office alone."""

from portal.core.pages import absolute
from portal.registrations.models import Registration


def check_in_address(registration: Registration) -> str:
    """For a QR code beside the registration (core/qr.py)."""
    return absolute(
        "registrations_office.check_in_one",
        slug=registration.allocation.event.slug,
        code=registration.shown_code,
    )
