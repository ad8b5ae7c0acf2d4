"""What the office types about dates."""

from portal.events.forms.cancel import CancelForm
from portal.events.forms.event import EventForm

__all__ = ["CancelForm", "EventForm"]
