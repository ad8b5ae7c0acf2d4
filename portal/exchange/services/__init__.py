"""The verbs: draft, save, submit, take back, publish, give back, renew, end, remove; ask, write,
close. Who loads a dataset writes rows of its own and uses `write_content` and `go_live`."""

from portal.exchange.services.asking import ask, close, write
from portal.exchange.services.content import Content
from portal.exchange.services.content import write as write_content
from portal.exchange.services.deciding import give_back, publish, remove
from portal.exchange.services.drafting import (
    ANSWER_WITHIN,
    Incomplete,
    draft,
    new_key,
    save,
    submit,
    take_back,
)
from portal.exchange.services.publishing import go_live, last_day
from portal.exchange.services.resting import hide_offers, show_offers
from portal.exchange.services.running import end, expire_offers, remind_owners, renew

__all__ = [
    "ANSWER_WITHIN",
    "Content",
    "Incomplete",
    "ask",
    "close",
    "draft",
    "end",
    "expire_offers",
    "give_back",
    "go_live",
    "hide_offers",
    "last_day",
    "new_key",
    "publish",
    "remind_owners",
    "remove",
    "renew",
    "save",
    "show_offers",
    "submit",
    "take_back",
    "write",
    "write_content",
]
