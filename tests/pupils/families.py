"""Shorthand of the tests about families: pupils to be moved, and a move with a letter."""

import pytest
from django.utils import timezone

from pupils import actions
from pupils.models import Contact, Pupil
from pupils.queries.moving import contacts_of


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def put_on(oakfield, today):
    """`put_on(pupil, print_all=True)` puts a pupil on SEN Support with a letter to the family; inside the school."""

    def run(*pupils, print_all=True):
        ids = [pupil.pk for pupil in pupils]
        letter = actions.Letter("News about [name].", contacts_of(oakfield.school.pk, ids), print_all)
        return actions.move_many(
            pupils=list(pupils), after="K", on=today, reason="Screened.", by=oakfield.sendco, letter=letter
        )

    return run


def more_pupils(oakfield, number):
    """So many more pupils of 7A who are not on the register, each with a parent."""
    pupils = [
        Pupil.objects.create(
            school=oakfield.school, mis_id=f"m{place}", legal_forename=f"Pupil{place}", legal_surname="More",
            forename=f"Pupil{place}", surname="More", sort_name=f"more pupil{place}", born_on="2014-09-01",
            year_code="7", year_sort=7, form="7A",
        )
        for place in range(number)
    ]  # fmt: skip
    Contact.objects.bulk_create(
        Contact(school=oakfield.school, pupil=pupil, forename="Parent", surname="More", parental_responsibility=True)
        for pupil in pupils
    )
    return pupils
