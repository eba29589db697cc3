"""Is the service well? /healthz for whoever restarts it, /readyz for whoever sends it traffic.

Strangers may ask, so the answers hold no host names and no versions."""

import shutil

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe

LEAST_DISK = 0.05  # below this share of free disk, uploads and the database are about to fail


@login_not_required
@require_safe
@transaction.non_atomic_requests
def healthz(request):
    """The process answers. Touches nothing."""
    return JsonResponse({"ok": True})


@login_not_required
@require_safe
@transaction.non_atomic_requests
def readyz(request):
    """503 unless Postgres answers, every migration is in and the disk has room. A stopped queue or mail server is
    said and forgiven: pages work without them, and messages wait."""
    needed = {"database": database_answers(), "disk": disk_has_room()}
    needed["migrations"] = needed["database"] and migrations_are_in()
    degraded = []
    if needed["database"]:
        degraded = [name for name, well in (("queue", queue_moves()), ("mail", mail_moves())) if not well]
    ready = all(needed.values())
    answer = {"ready": ready, "failed": [name for name, well in needed.items() if not well], "degraded": degraded}
    return JsonResponse(answer, status=200 if ready else 503)


def database_answers():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def migrations_are_in():
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def disk_has_room():
    folder = settings.FILES_DIR
    while not folder.exists():
        folder = folder.parent
    usage = shutil.disk_usage(folder)
    return usage.free > usage.total * LEAST_DISK


def queue_moves():
    """Beat and a worker have shown life in the last two minutes; if Redis is away the worker can not."""
    from sendhub.outbox.queries import stopped_hearts

    return not stopped_hearts()


def mail_moves():
    """No message has been due for longer than a try and its wait could explain."""
    from sendhub.outbox.queries import overdue

    return not overdue()


urlpatterns = [path("healthz", healthz, name="healthz"), path("readyz", readyz, name="readyz")]
