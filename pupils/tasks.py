"""The upkeep of what lies about: files that were uploaded and forgotten, and rows of files that were brought in."""

from celery import shared_task
from django.apps import apps

from pupils import actions
from pupils.imports import store
from sendhub.audit import Actor
from sendhub.tenancy import current_school_id, school_task

UPKEEP = Actor("system:tidy", "The upkeep")


@shared_task(name="pupils.tidy_imports")
def tidy_imports():
    store.remove_old()
    for school_id in apps.get_model("staff", "School").objects.values_list("pk", flat=True):
        tidy_school_imports.apply_async((), {"school_id": school_id}, retry=False)


@shared_task(name="pupils.tidy_files")
def tidy_files():
    for school_id in apps.get_model("staff", "School").objects.values_list("pk", flat=True):
        tidy_school_files.apply_async((), {"school_id": school_id}, retry=False)


@school_task(name="pupils.tidy_school_files")
def tidy_school_files():
    actions.tidy_files(school_id=current_school_id(), by=UPKEEP)


@school_task(name="pupils.tidy_school_imports")
def tidy_school_imports():
    actions.forget_old_imports(school_id=current_school_id(), by=UPKEEP)
