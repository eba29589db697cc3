"""Writes of the kit's tables, one file a noun."""

from sendhub.kit.actions.drafts import discard_draft, forget_old_drafts, save_draft
from sendhub.kit.actions.jobs import cancel_job, start_job
from sendhub.kit.actions.links import make_link, revoke_link, spend_link
from sendhub.kit.actions.operations import begin_operation
from sendhub.kit.actions.saved_views import delete_view, rename_view, save_view, share_view
from sendhub.kit.actions.undo import undo_operation

__all__ = [
    "begin_operation",
    "cancel_job",
    "delete_view",
    "discard_draft",
    "forget_old_drafts",
    "make_link",
    "rename_view",
    "revoke_link",
    "save_draft",
    "save_view",
    "share_view",
    "spend_link",
    "start_job",
    "undo_operation",
]
