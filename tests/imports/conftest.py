"""Schools for imports: one without anybody, and its sample files."""

from datetime import date
from pathlib import Path

import pytest

from pupils.imports import bring_in, register_counts
from sendhub.audit import SYSTEM, Actor
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
