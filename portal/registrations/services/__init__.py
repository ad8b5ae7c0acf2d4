"""What happens to the places of a date. `seats` holds the algorithm, the others its occasions."""

from portal.registrations.services.answering import accept, ask_again, prove
from portal.registrations.services.calendar_keys import (
    close_calendar,
    open_calendar,
    renew_calendar,
)
from portal.registrations.services.checking_in import check_in, undo_check_in
from portal.registrations.services.ending import (
    let_lapse,
    release_all_of,
    remove,
    stop,
    withdraw,
)
from portal.registrations.services.exporting import Paper, hand_out
from portal.registrations.services.moving import move_up_by_hand
from portal.registrations.services.naming import name_in_public
from portal.registrations.services.registering import (
    Closed,
    Guest,
    LimitReached,
    register,
    register_guest,
    take_in,
)
from portal.registrations.services.settings import Rules, change_allocation, open_allocation
from portal.registrations.services.telling import remind, tell_of_the_move, thank

__all__ = [
    "Closed",
    "Guest",
    "LimitReached",
    "Paper",
    "Rules",
    "accept",
    "ask_again",
    "change_allocation",
    "close_calendar",
    "check_in",
    "hand_out",
    "let_lapse",
    "move_up_by_hand",
    "name_in_public",
    "open_allocation",
    "open_calendar",
    "prove",
    "register",
    "register_guest",
    "release_all_of",
    "remind",
    "remove",
    "renew_calendar",
    "stop",
    "take_in",
    "tell_of_the_move",
    "thank",
    "undo_check_in",
    "withdraw",
]
