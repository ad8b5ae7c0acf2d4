"""What authors, the office and the two sides of a thread type."""

from portal.exchange.forms.deciding import EndForm, RemoveForm, ReturnForm
from portal.exchange.forms.offering import NewOfferForm, OfferForm, stored_in
from portal.exchange.forms.writing import MessageForm

__all__ = [
    "EndForm",
    "MessageForm",
    "NewOfferForm",
    "OfferForm",
    "RemoveForm",
    "ReturnForm",
    "stored_in",
]
