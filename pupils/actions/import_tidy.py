"""Uploaded files and their rows go after a fortnight, whatever became of them; what was written stays."""

import datetime as dt

from django.utils import timezone

from pupils.imports import batches, store
from pupils.models import ImportBatch, ImportLine
from sendhub.audit import action
from sendhub.rules.provisions import provision


@action("import.forget")
def forget_old_imports(*, school_id, by):
    """Put aside files that nobody brought in within the days that they are kept, and forget the rows of all that are as
    old."""
    days = provision("import_keep_days", timezone.localdate()).value
    oldest = timezone.now() - dt.timedelta(days=days + 1)
    old = ImportBatch.objects.filter(school_id=school_id, created_at__lt=oldest)
    ImportLine.objects.filter(school_id=school_id, batch__in=old).delete()
    for batch in old.exclude(file="").select_related("job"):
        if batches.is_open(batch):
            store.remove(batch.file)
            batch.state, batch.file = ImportBatch.State.DROPPED, ""
            batch.save()
