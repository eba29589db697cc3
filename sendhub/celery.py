"""The Celery app: a doorbell for work that is already a row in the database (see outbox and kit)."""

import os

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sendhub.settings")

app = Celery("sendhub")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def refuse_unsafe_login(**_kwargs):
    from sendhub.checks import refuse_unsafe_login

    refuse_unsafe_login()
