"""Schools for imports: one without anybody, and its sample files."""

from datetime import date
from pathlib import Path

import pytest

from pupils import actions
from pupils.imports import bring_in, register_counts
from pupils.models import ImportBatch, ImportLine
from sendhub.audit import SYSTEM, Actor
from sendhub.kit.run import run as run_job
from sendhub.tenancy import school_context
from staff.actions import add_school

SAMPLES = Path(__file__).resolve().parents[2] / "sendhub/desk/demo/samples"
TODAY = date(2026, 11, 22)  # the day of the samples
IMPORT = Actor("system:import", "The import")


@pytest.fixture
def school(db):
    """A school without anybody, its context entered."""
    school = add_school(name="Ash School", slug="ash", la_code="302", estab="4999", by=SYSTEM)
    with school_context(school.pk):
        yield school


@pytest.fixture
def bring(school):
    """`bring("text of a file")` or `bring(b"bytes")` or `bring(path)` writes it; gives the counts and the plan."""

    def run(data, name="file.csv", write=True, today=TODAY):
        if isinstance(data, Path):
            data, name = data.read_bytes(), data.name
        if isinstance(data, str):
            data = data.encode()
        plan, _ = bring_in(school=school, data=data, filename=name, by=IMPORT, write=write, today=today)
        return plan

    return run


@pytest.fixture
def counts(bring, school):
    """`counts(file)` writes it and gives (new, changed, unchanged, absent, in_doubt, failed, K, E)."""

    def run(data, **options):
        numbers = bring(data, **options).counts()
        register = register_counts(school, options.get("today", TODAY))
        states = ("new", "changed", "unchanged", "absent", "in_doubt", "failed")
        return (*(numbers[name] for name in states), register["K"], register["E"])

    return run


HEAD = "Surname,Forename,UPN,Adno,Year Group,Reg Group,DOB,SEN Status,SEN Need Type,FSM"
ANN = "Low,Ann,R302412719001,1,8,8A,01/02/2014,K,SLCN,Y"
BEN = "Gray,Ben,F302412718001,2,8,8B,03/04/2014,N,,N"
DI = "Hill,Di,,4,7,7A,05/06/2015,N,,N"
CY = "Wójcik,Łukasz,J302412717002,3,9,9C,09/07/2013,E,ASD,N"


def file(*rows, head=HEAD):
    return "\n".join([head, *rows]) + "\n"


@pytest.fixture
def upload(school, settings, tmp_path):
    settings.FILES_DIR = tmp_path

    def do(text, name="pupils.csv"):
        data = text if isinstance(text, bytes) else text.encode()
        return actions.upload_file(school=school, data=data, file_name=name, by=IMPORT)

    return do


@pytest.fixture
def apply(django_capture_on_commit_callbacks):
    """Apply a batch as the worker does; gives the batch as it is afterwards."""

    def do(batch):
        batch = actions.apply_batch(batch=batch, by=IMPORT)
        with django_capture_on_commit_callbacks(execute=True):
            run_job(school_id=batch.school_id, pk=batch.job_id)
        return ImportBatch.objects.select_related("job", "operation").get(pk=batch.pk)

    return do


@pytest.fixture
def there(upload, apply):
    """Ann, Ben and Łukasz are here, from a file."""
    return apply(upload(file(ANN, BEN, CY)))


def lines(batch, **wanted):
    rows = ImportLine.objects.filter(batch=batch, **wanted).order_by("row", "id")
    return [(line.row, line.state, line.name, line.changes) for line in rows]


def doubt(batch, row):
    return ImportLine.objects.get(batch=batch, row=row, state="in_doubt")
