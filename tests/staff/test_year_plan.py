"""The year's page: what is proposed, what is saved, what looks odd, and what a wrong line does."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from staff.models import Closure, SchoolYear, Term
from tests.visits import inside, oakfield, visit

__all__ = ["inside", "oakfield", "visit"]
YEARS = "staff/school/years/"
TODAY = date(2026, 11, 25)
LAST_YEAR = [
    ("Autumn 1", date(2025, 9, 3), date(2025, 10, 24)),
    ("Autumn 2", date(2025, 11, 3), date(2025, 12, 19)),
]


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(TODAY, tick=True):
        yield


@pytest.fixture
def years(oakfield, inside):
    """2025/26 with two half terms, a training day and a day of snow; 2026/27 without any."""
    with inside():
        Term.objects.all().delete()
        row = {"school": oakfield.school}
        before = SchoolYear.objects.create(
            **row, starts=2025, groups_from=date(2025, 7, 1), groups_until=date(2026, 8, 31)
        )
        for name, first, last in LAST_YEAR:
            Term.objects.create(**row, year=before, name=name, starts_on=first, ends_on=last)
        Closure.objects.create(**row, on=date(2025, 9, 3), reason="Training day")
        Closure.objects.create(**row, on=date(2025, 12, 1), reason="Snow")


def lines(terms):
    fields = [(f"name-{at}", f"first-{at}", f"last-{at}") for at in range(len(terms))]
    return {
        key: str(value)
        for names, term in zip(fields, terms, strict=True)
        for key, value in zip(names, term, strict=True)
    }


def test_year_plan_of_a_year_without_dates_offers_to_set_them(visit, years):
    page = visit("office").text(YEARS)
    assert "No half terms are set for 2026/27" in page
    assert page.count("btn primary") == 1
    assert "Boxing Day" in page


def test_year_terms_begin_with_last_years_on_this_years_weekdays(visit, years):
    page = visit("office").text(f"{YEARS}2026/terms/")
    assert "These are the half terms of 2025/26, moved to the same weekdays." in page
    for day in ("2026-09-02", "2026-10-23", "2026-11-02", "2026-12-18"):
        assert f'value="{day}"' in page


def test_year_terms_begin_with_usual_ones_where_last_year_is_not_here(visit, inside):
    with inside():
        Term.objects.all().delete()
    page = visit("office").text(f"{YEARS}2026/terms/")
    assert "These are usual half terms in England." in page
    assert 'value="Summer 2"' in page
    assert "Five training days, where many schools have them." in visit("office").text(f"{YEARS}2026/closures/")


def test_year_terms_saved_changed_and_taken_away(visit, years, inside):
    office = visit("office")
    sent = lines([("Autumn 1", "2026-09-02", "2026-10-23"), ("Autumn 2", "2026-11-02", "2026-12-18")])
    answer = office.post(f"{YEARS}2026/terms/", sent)
    assert answer["Location"] == "/s/oakfield/staff/school/years/?year=2026"
    sent |= {"last-0": "2026-10-22", "name-1": "", "first-1": "", "last-1": ""}
    office.post(f"{YEARS}2026/terms/", sent)
    with inside():
        [term] = Term.objects.filter(year__starts=2026)
        assert (term.name, term.ends_on) == ("Autumn 1", date(2026, 10, 22))
        assert Term.objects.filter(year__starts=2025).count() == 2  # last year's stand
    assert 'value="2026-10-22"' in office.text(f"{YEARS}2026/terms/")


def test_next_year_is_made_when_its_half_terms_are_saved(visit, years, inside):
    visit("head").post(f"{YEARS}2027/terms/", lines([("Autumn 1", "2027-09-02", "2027-10-22")]))
    with inside():
        year = SchoolYear.objects.get(starts=2027)
        assert (year.groups_from, year.groups_until) == (date(2027, 9, 1), date(2028, 8, 31))
    page = visit("head").text(f"{YEARS}?year=2027")
    assert "Who sees whom" in page
    assert f"staff/school/years/{year.pk}/" in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name-0": ""}, "Give it a name, like Autumn 1."),
        ({"first-0": ""}, "Put in the day, or empty the whole line."),
        ({"last-0": "31/31/2026"}, "Enter a valid date."),
        ({"last-0": "2026-09-01"}, "This day is before the first one."),
        ({"name-1": "AUTUMN 1", "first-1": "2026-11-02", "last-1": "2026-12-18"}, "There are two called AUTUMN 1."),
        ({"name-0": "", "first-0": "", "last-0": ""}, "Put in at least one half term."),
    ],
)
def test_year_terms_refuse_a_line_that_says_nothing_and_keep_what_was_typed(visit, years, inside, change, said):
    sent = lines([("Autumn 1", "2026-09-02", "2026-10-23")]) | change
    answer = visit("office").post(f"{YEARS}2026/terms/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    if sent["name-0"]:
        assert 'value="Autumn 1"' in page
    with inside():
        assert not Term.objects.filter(year__starts=2026).exists()


def test_dates_that_look_odd_are_saved_and_pointed_out(visit, years):
    office = visit("office")
    office.post(f"{YEARS}2026/terms/", lines([("Autumn 1", "2026-09-05", "2026-10-23")]))
    page = office.text(YEARS)
    assert "Autumn 1 begins on a Saturday." in page
    assert "1 of 6 half terms are here" in page


def test_year_closures_begin_with_last_years_training_days_and_not_its_snow(visit, years):
    page = visit("office").text(f"{YEARS}2026/closures/")
    assert 'value="2026-09-02"' in page
    assert "Snow" not in page


def test_year_closures_saved_changed_and_taken_away(visit, years, inside):
    office = visit("office")
    sent = {"first-0": "2026-09-02", "reason-0": "Training day", "first-1": "2026-10-01", "reason-1": "Polling"}
    for _ in range(2):  # the same again changes nothing
        office.post(f"{YEARS}2026/closures/", sent)
    office.post(f"{YEARS}2026/closures/", sent | {"first-0": "", "reason-0": "", "reason-1": "Polling day"})
    with inside():
        this_year = Closure.objects.filter(on__gte=date(2026, 9, 1))
        assert list(this_year.values_list("on", "reason")) == [(date(2026, 10, 1), "Polling day")]
        assert Closure.objects.filter(on__lt=date(2026, 9, 1)).count() == 2
    office.post(f"{YEARS}2026/closures/", {"first-0": "", "reason-0": ""})
    assert "None are set." in office.text(YEARS)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"first-0": ""}, "Put in the day, or empty the whole line."),
        ({"reason-0": ""}, "Say why, like Training day."),
        ({"first-0": "2025-09-02"}, "This day is not in the school year."),
        ({"first-1": "2026-09-02", "reason-1": "Snow"}, "This day is there twice."),
        ({"first-0": "soon"}, "Enter a valid date."),
    ],
)
def test_year_closures_refuse_a_line_that_says_nothing(visit, years, change, said):
    sent = {"first-0": "2026-09-02", "reason-0": "Training day"} | change
    answer = visit("office").post(f"{YEARS}2026/closures/", sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_no_form_takes_more_lines_than_a_year_could_need(visit, years, inside):
    first = date(2026, 9, 1)
    sent = {f"first-{n}": str(first + timedelta(days=n)) for n in range(90)} | {f"reason-{n}": "x" for n in range(90)}
    visit("office").post(f"{YEARS}2026/closures/", sent)
    with inside():
        assert Closure.objects.filter(on__gte=first).count() == 60


def test_the_picture_has_its_table_behind_it(visit, years):
    page = visit("head").text(f"{YEARS}?year=2025")
    assert "Pupils were in for" in page
    assert "Wed 3 Sep 2025" in page
    assert "See this as a table" in page
    assert '<svg class="chart"' in page


@pytest.mark.parametrize(("today", "asked"), [(date(2026, 11, 25), False), (date(2027, 5, 1), True)])
def test_next_year_is_asked_for_before_this_one_ends(visit, years, inside, today, asked):
    visit("office").post(f"{YEARS}2026/terms/", lines([("Summer 2", "2027-06-07", "2027-07-22")]))
    with time_machine.travel(today, tick=True):
        assert ("Plan 2027/28" in visit("office").text(YEARS)) is asked


@pytest.mark.parametrize("starts", [2024, 2029, 9999])
def test_a_year_that_nobody_plans_is_not_found(visit, starts):
    assert visit("office").get(f"{YEARS}{starts}/terms/").status_code == 404
    assert visit("office").get(f"{YEARS}?year={starts}").status_code == 200  # this year's page instead


def test_the_office_says_when_classes_count_and_a_teacher_does_not(visit, inside):
    with inside():
        year = SchoolYear.objects.get()
    dates = {"groups_from": "2026-06-29", "groups_until": "2027-09-10"}
    answer = visit("office").post(f"{YEARS}{year.pk}/", dates)
    assert answer["Location"] == "/s/oakfield/staff/school/years/?year=2026"
    assert visit("teacher").get(YEARS).status_code == 403


def test_year_plan_costs_the_same_for_one_row_and_for_three(visit, years, inside, oakfield):
    office, counted = visit("office"), []
    office.text(YEARS)  # warm
    for terms in (LAST_YEAR[:1], [*LAST_YEAR, ("Spring 1", date(2026, 1, 5), date(2026, 2, 13))]):
        with inside():
            Term.objects.all().delete()
            year = SchoolYear.objects.get(starts=2025)
            for name, first, last in terms:
                Term.objects.create(school=oakfield.school, year=year, name=name, starts_on=first, ends_on=last)
        with CaptureQueriesContext(connection) as run:
            office.text(f"{YEARS}?year=2025")
        counted.append(len(run))
    assert counted == [13, 13]
