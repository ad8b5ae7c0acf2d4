"""What the office types about dates."""

from portal.events.forms.cancel import CancelForm
from portal.events.forms.event import EventForm
from portal.events.forms.media import DocumentForm, NewDocumentForm
from portal.events.forms.tell import TellForm

__all__ = ["CancelForm", "DocumentForm", "EventForm", "NewDocumentForm", "TellForm"]
