"""Page-sized reads: the last backup, the drills."""

from django.db.models import Max

from sendhub.operate.models import RestoreDrill
from sendhub.outbox.models import Heartbeat

SHOWN = 20


def last_backup():
    """When the last whole backup of this installation was taken; None if never."""
    return Heartbeat.objects.filter(name="backup").values_list("at", flat=True).first()


def last_drill(school_id):
    """The day of the last drill in which all held; None if never."""
    return RestoreDrill.objects.filter(school_id=school_id, held=True).aggregate(last=Max("tried_on"))["last"]


def drills(school_id):
    return list(RestoreDrill.objects.filter(school_id=school_id)[:SHOWN])
