"""The verbs: draft, save, submit, take back, publish, give back … Who loads a dataset writes rows
of its own and uses `write` and `go_live`, so that nothing comes online any other way."""

from portal.projects.services.answering import end as end_part
from portal.projects.services.answering import say_no, say_yes
from portal.projects.services.attachments import (
    MOST_DOCUMENTS,
    add_document,
    attach,
    describe_document,
    find_attached,
    remove_document,
)
from portal.projects.services.autosaving import drop_kept, keep, keep_new, kept, kept_new, sweep
from portal.projects.services.commenting import (
    MOST,
    Remarks,
    TooMany,
    Unfinished,
    change_comment,
    finish,
    remark,
    remove_comment,
    reopen,
    repeat,
    resolve,
)
from portal.projects.services.content import Content, write
from portal.projects.services.copying import copy_media
from portal.projects.services.deciding import give_back, publish, reject
from portal.projects.services.drafting import (
    ANSWER_WITHIN,
    Incomplete,
    draft,
    new_key,
    save,
    submit,
    take_back,
)
from portal.projects.services.freshness import confirm, keep_true
from portal.projects.services.gallery import (
    MOST_PICTURES,
    add_picture,
    describe_picture,
    find_shown,
    move_picture,
    remove_picture,
    show_too,
    write_picture,
)
from portal.projects.services.hiding import archive, bring_back, unpublish
from portal.projects.services.judging import TooManyNotes, Verdicts, judge, write_note
from portal.projects.services.links import MOST_LINKS, Link, save_links, write_links
from portal.projects.services.media import Full
from portal.projects.services.naming import ask, drop, remind
from portal.projects.services.naming import change as change_part
from portal.projects.services.naming import expire as expire_requests
from portal.projects.services.offering import give_role, offered_to, take_offer_back
from portal.projects.services.publishing import go_live
from portal.projects.services.resting import hide_projects, show_projects
from portal.projects.services.revising import discard, restore

__all__ = [
    "ANSWER_WITHIN",
    "Content",
    "Full",
    "Incomplete",
    "Link",
    "MOST",
    "MOST_DOCUMENTS",
    "MOST_LINKS",
    "MOST_PICTURES",
    "Remarks",
    "TooMany",
    "TooManyNotes",
    "Unfinished",
    "Verdicts",
    "add_document",
    "add_picture",
    "archive",
    "ask",
    "attach",
    "bring_back",
    "change_comment",
    "change_part",
    "confirm",
    "copy_media",
    "describe_document",
    "describe_picture",
    "discard",
    "draft",
    "drop",
    "drop_kept",
    "end_part",
    "expire_requests",
    "find_attached",
    "find_shown",
    "finish",
    "give_back",
    "give_role",
    "go_live",
    "hide_projects",
    "judge",
    "keep",
    "keep_new",
    "keep_true",
    "kept",
    "kept_new",
    "move_picture",
    "new_key",
    "offered_to",
    "publish",
    "reject",
    "remark",
    "remind",
    "remove_comment",
    "remove_document",
    "remove_picture",
    "reopen",
    "repeat",
    "resolve",
    "restore",
    "save",
    "save_links",
    "say_no",
    "say_yes",
    "show_projects",
    "show_too",
    "submit",
    "sweep",
    "take_back",
    "take_offer_back",
    "unpublish",
    "write",
    "write_links",
    "write_note",
    "write_picture",
]
