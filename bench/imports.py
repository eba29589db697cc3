"""A list of 1,180 pupils brought in, against the bare bulk_create of the very rows that it writes. Alone: `make bench`
runs it with the pages, `python -m sendhub.local bench bench.imports` without them."""

import contextlib
import os
import statistics
import sys
import time

import django

ROUNDS = 7
# What we hold ourselves to: name -> most times the bare rows.
LIMITS = {"first import": 15, "second import": 8}
BARE = "bare rows"
FILE = "sendhub/desk/demo/samples/oakfield/sims_pupils.csv"


def measure(rounds=ROUNDS):
    """{name: median milliseconds}, the three taken in turn; every round is rolled back."""
    from django.conf import settings

    data = (settings.BASE_DIR / FILE).read_bytes()
    school = empty_school()
    rows = rows_written(school, data)
    times = {BARE: [], **{name: [] for name in LIMITS}}
    for turn in range(rounds + 1):
        for name, taken in one_round(school, data, rows).items():
            if turn:  # the first one warms up
                times[name].append(taken * 1000)
    return {name: statistics.median(values) for name, values in times.items()}


def empty_school():
    from sendhub.audit import SYSTEM
    from staff.actions import add_school
    from staff.models import School

    there = School.objects.filter(slug="bench-import").first()
    school = {"name": "Bench", "slug": "bench-import", "la_code": "998", "estab": "0001", "is_demo": True}
    return there or add_school(**school, by=SYSTEM)


def written_models():
    """The tables of an import of pupils, parents first."""
    from pupils.models import GroupPupil, Pupil, RegisterMove, SENNeed, SENRecord
    from staff.models import SchoolYear, TeachingGroup

    return (SchoolYear, TeachingGroup, Pupil, GroupPupil, SENRecord, SENNeed, RegisterMove)


def rows_written(school, data):
    """What the import writes, as unsaved rows with the ids that they had: [(model, rows)]."""
    with rolled_back(school):
        bring_in(school, data)
        return [(model, list(model.objects.filter(school=school).order_by("pk"))) for model in written_models()]


def one_round(school, data, rows):
    from sendhub.audit import SYSTEM, acting

    taken = {}
    with rolled_back(school), acting(SYSTEM, "bench.rows"):
        started = time.perf_counter()
        for model, made in rows:
            model.objects.bulk_create(made)
        settle()
        taken[BARE] = time.perf_counter() - started
    with rolled_back(school):
        for name in LIMITS:
            started = time.perf_counter()
            bring_in(school, data)
            settle()
            taken[name] = time.perf_counter() - started
    return taken


def bring_in(school, data):
    """As the pages and their job do it: keep the file, look through it line by line, plan again, write."""
    from pupils import actions
    from pupils.imports import store
    from sendhub.audit import SYSTEM

    batch = actions.upload_file(school=school, data=data, file_name="pupils.csv", by=SYSTEM)
    name = batch.file
    batch = actions.apply_batch(batch=batch, by=SYSTEM)
    actions.apply_now(batch=batch, by=SYSTEM)
    store.remove(name)


def settle():
    """The checks that wait for the commit, now: the round is never committed."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@contextlib.contextmanager
def rolled_back(school):
    """A transaction in the school of which nothing stays."""
    from django.db import transaction

    from sendhub.tenancy import school_context

    with transaction.atomic(), school_context(school.pk):
        yield
        transaction.set_rollback(True)


def table(times):
    print(f"\n{'1,180 pupils':<16}{'median ms':>10}{'x bare':>9}{'at most':>9}")
    for name, ms in times.items():
        print(f"{name:<16}{ms:>10.1f}{ms / times[BARE]:>9.2f}{LIMITS.get(name, ''):>9}")


def over(times):
    return [f"{name}: {times[name] / times[BARE]:.2f} x" for name in LIMITS if times[name] / times[BARE] > LIMITS[name]]


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sendhub.settings")
    os.environ["SENDHUB_DEMO"] = "1"
    django.setup()
    from bench import stage

    stage.build()
    try:
        times = measure()
        table(times)
    finally:
        stage.drop()
    return 1 if over(times) else 0


if __name__ == "__main__":
    sys.exit(main())
