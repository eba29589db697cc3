"""Writes of links. See links.py."""

import datetime as dt

from django.utils import timezone

from sendhub.audit import action, actor_key
from sendhub.kit.links import LinkSpent
from sendhub.kit.models import Link

MAX_DAYS = 30


@action("link.make")
def make_link(*, by, school_id, purpose, subject_id, recipient, token_hash, days, max_submits):
    """Raises ValueError for a life over thirty days."""
    if not 0 < days <= MAX_DAYS:
        raise ValueError(f"A link lives from 1 to {MAX_DAYS} days")
    return Link.objects.create(
        school_id=school_id,
        purpose=purpose,
        subject_id=subject_id,
        recipient=recipient,
        token_hash=token_hash,
        max_submits=max_submits,
        created_by=actor_key(by),
        expires_at=timezone.now() + dt.timedelta(days=days),
    )


def _locked(link):
    return Link.objects.select_for_update().get(school_id=link.school_id, pk=link.pk)


@action("link.spend")
def spend_link(*, link, by):
    """Two people who press at once: the row lock lets the second see that it is used up."""
    fresh = _locked(link)
    if not fresh.usable:
        raise LinkSpent
    fresh.submits += 1
    fresh.submitted_at = timezone.now()
    fresh.save(update_fields=["submits", "submitted_at"])
    return fresh


@action("link.revoke")
def revoke_link(*, link, by):
    """The first time counts."""
    fresh = _locked(link)
    if fresh.revoked_at is None:
        fresh.revoked_at = timezone.now()
        fresh.save(update_fields=["revoked_at"])
    return fresh
