"""Two people bring in a file at one moment, each on a connection of their own: nobody is there twice."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from pupils.imports import bring_in
from pupils.models import ImportBatch, Pupil, PupilNumber
from sendhub.audit import SYSTEM
from sendhub.tenancy import school_context
from staff.actions import add_school
from tests.imports.conftest import ANN, BEN, CY, IMPORT, TODAY, file

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at_once():
    """`at_once(school, *texts)` brings in all of them at the same time; gives (new, changed, unchanged) of each."""

    def run(school, *texts):
        ready, found, faults = Barrier(len(texts)), {}, []

        def press(place, text):
            try:
                with school_context(school.pk):
                    ready.wait(20)
                    plan, _ = bring_in(
                        school=school, data=text.encode(), filename="a.csv", by=IMPORT, write=True, today=TODAY
                    )
                counts = plan.counts()
                found[place] = (counts["new"], counts["changed"], counts["unchanged"])
            except Exception as fault:  # it would be lost with its thread
                faults.append(fault)
            finally:
                connection.close()

        threads = [Thread(target=press, args=pair) for pair in enumerate(texts)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert faults == []
        return [found[place] for place in range(len(texts))]

    return run


@pytest.fixture
def ash(db):
    return add_school(name="Ash School", slug="ash", la_code="302", estab="4999", by=SYSTEM)


def test_one_file_twice_at_once_makes_everybody_once(ash, at_once):
    text = file(ANN, BEN, CY)
    assert sorted(at_once(ash, text, text)) == [(0, 0, 3), (3, 0, 0)]
    with school_context(ash.pk):
        assert Pupil.objects.count() == 3
        assert PupilNumber.objects.count() == 3
        assert ImportBatch.objects.filter(state="applied").count() == 2


def test_two_files_at_once_leave_nothing_of_either_out(ash, at_once):
    first = file(ANN, BEN)
    second = file(BEN.replace("8B", "8C"), CY)
    counts = sorted(at_once(ash, first, second))
    assert counts == [(1, 1, 0), (2, 0, 0)]
    with school_context(ash.pk):
        assert Pupil.objects.count() == 3
        assert Pupil.objects.get(forename="Ben").form in {"8B", "8C"}  # the one that came second says
