"""Shorthand for tests of requests: a day ago, a tick on everything, the text of an archive."""

import io
import zipfile
from datetime import timedelta

from django.utils import timezone

from sendhub.desk import actions
from sendhub.desk.rights.ticks import review_of


def day(days):
    return (timezone.localdate() - timedelta(days=days)).isoformat()


def tick_all(asked, by, decision="give", reason=""):
    left = review_of(asked).left
    actions.tick(request=asked, keys=[flag.key for flag in left], decision=decision, reason=reason, by=by)


def text_of(made):
    """Every file of a ZIP as one text."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())
