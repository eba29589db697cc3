"""Writes of drafts. See drafts.py."""

import datetime as dt
import json

from django.utils import timezone

from sendhub.audit import Actor, acting, action
from sendhub.kit import drafts
from sendhub.kit.models import DRAFT_DAYS, Draft


class DraftTooLong(Exception):
    """More text than a draft may hold."""


@action("draft.save")
def save_draft(*, by, form, object_id, data):
    """Keep what `by` has typed: `data` maps field names to lists of texts, of the form's own fields only.

    An empty form forgets the draft. Raises DraftTooLong over drafts.MAX_BYTES. Returns the Draft or None.
    """
    allowed = drafts.find(form).fields
    kept = {name: values for name, values in data.items() if name in allowed and any(values)}
    if len(json.dumps(kept)) > drafts.MAX_BYTES:
        raise DraftTooLong
    mine = {"school_id": by.school_id, "member_id": by.pk, "form": form, "object_id": object_id}
    if not kept:
        Draft.objects.filter(**mine).delete()
        return None
    draft, _ = Draft.objects.update_or_create(**mine, defaults={"data": kept, "saved_at": timezone.now()})
    return draft


@action("draft.discard")
def discard_draft(*, by, form, object_id=0):
    """Forget it. Returns how many there were (0 or 1)."""
    mine = Draft.objects.filter(school_id=by.school_id, member_id=by.pk, form=form, object_id=object_id)
    return mine.delete()[0]


def forget_old_drafts(*, school_id):
    """Remove the school's drafts that nobody has touched for fourteen days; returns how many."""
    with acting(Actor("system:drafts", "The drafts' keeper"), "draft.expire"):
        old = timezone.now() - dt.timedelta(days=DRAFT_DAYS)
        return Draft.objects.filter(school_id=school_id, saved_at__lt=old).delete()[0]
