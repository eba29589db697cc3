"""A trust's page: counts of each school where this person leads, small numbers hidden, and no other school."""

import pytest

from pupils.models import Pupil, SENRecord
from staff.models import School


@pytest.fixture
def page(cast, sign_in):
    def run(person=None, slug="meridian"):
        return sign_in(person or cast.oakfield.trust_lead).get(f"/trust/{slug}/")

    return run


def test_trust_show_lists_the_schools_that_they_lead(page):
    text = page().content.decode()
    assert "Meridian Learning Trust" in text
    assert "Oakfield Secondary School" in text
    assert "Hillside Primary School" in text
    assert "Brook" not in text
    assert text.count("Counts only") == 2
    assert "hidden" in text
    assert "Khan" not in text


def test_trust_show_counts_each_school_in_its_own_context(page, cast, inside):
    for school, number in ((cast.oakfield.school, 9), (cast.hillside.school, 12)):
        with inside(school):
            pupils = Pupil.objects.bulk_create(
                Pupil(school=school, mis_id=f"t{n}", sort_name="x", born_on="2015-01-01") for n in range(number * 2)
            )
            SENRecord.objects.bulk_create(
                SENRecord(school=school, pupil=pupil, provision="KE"[n % 2], starts_on="2025-01-01")
                for n, pupil in enumerate(pupils)
            )
    lines = page().context["lines"]
    assert [(line.name, line.register.support, line.register.plan) for line in lines] == [
        ("Hillside Primary School", 13, 13),
        ("Oakfield Secondary School", 10, 10),
    ]


def test_trust_show_says_which_school_lets_them_open_records(page, cast):
    School.objects.filter(pk=cast.hillside.school.pk).update(trust_sees="records")
    text = page().content.decode()
    assert text.count("Counts only") == 1
    assert 'href="/s/hillside/pupils/"' in text
    assert page().context["lines"][0].register.total == 2  # whoever may open every record may count it


@pytest.mark.parametrize("part", ["sendco", "head", "governor"])
def test_trust_show_is_no_page_for_anybody_else(page, cast, part):
    assert page(getattr(cast.oakfield, part)).status_code == 404
    assert page(cast.outsider).status_code == 404


def test_trust_show_of_a_trust_that_never_was(page):
    assert page(slug="nowhere").status_code == 404


def test_trust_show_asks_for_sign_in(client, cast):
    assert client.get("/trust/meridian/").status_code == 302
