"""Suspensions: days counted by the school's calendar, what the law asks for, who may know, and no day counted twice."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from pupils.away_words import over_alerts
from pupils.models import Suspension
from sendhub.kit.models import Draft
from sendhub.rules.suspensions import Counters
from tests.pupils.away import HTMX, open_all_year, suspended, working_days_ago

DAY = timedelta(days=1)


@pytest.fixture
def today(november):
    return november


@pytest.fixture
def set_terms(oakfield, inside, today):
    with inside():
        open_all_year(oakfield, today)


@pytest.fixture
def page(visit, oakfield):
    def read(who="aisha", part="sendco"):
        return visit(part).text(f"pupils/{oakfield.pupils[who].pk}/suspensions/")

    return read


def wanted(today, **changes):
    data = {"kind": "days", "starts_on": today.isoformat(), "days": "2.5", "reasons": ["PP", "BU"]}
    return {**data, "family_on": today.isoformat(), **changes}


def add_path(oakfield, who="aisha"):
    return f"pupils/{oakfield.pupils[who].pk}/suspensions/add/"


def test_suspension_add_records_days_reasons_and_who_was_told(visit, oakfield, inside, today):
    answer = visit("sendco").post(add_path(oakfield), wanted(today))
    assert answer.status_code == 302
    with inside():
        row = Suspension.objects.get()
    assert (row.kind, row.days, row.reasons, row.family_on) == ("days", Decimal("2.5"), "PP BU", today)
    assert row.reason_words == ["Hurting a pupil", "Bullying"]


def test_suspension_add_in_a_drawer_gives_the_pages_parts_again(visit, oakfield, set_terms, today):
    answer = visit("sendco").post(add_path(oakfield), wanted(today), **HTMX).content.decode()
    assert 'id="suspensions" hx-swap-oob="true"' in answer
    assert "Suspended for 2.5 days" in answer
    assert "Saved: a suspension." in answer
    assert "<html" not in answer


def test_suspension_add_twice_counts_once(visit, oakfield, inside, today):
    sendco = visit("sendco")
    sendco.post(add_path(oakfield), wanted(today))
    again = sendco.post(add_path(oakfield), wanted(today))
    assert again.status_code == 422
    assert "This is recorded already, from the same day." in again.content.decode()
    with inside():
        assert Suspension.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": ""}, "Choose what was decided."),
        ({"days": ""}, "Say for how many school days."),
        ({"days": "1.3"}, "Give whole and half numbers"),
        ({"days": "45.5"}, "45 school days in a year at most"),
        ({"kind": "permanent"}, "a permanent exclusion has no last day"),
        ({"reasons": []}, "Choose at least one reason."),
        ({"reasons": ["PP", "PA", "VP", "VA"]}, "Choose three reasons at most"),
        ({"reasons": ["SPLD"]}, "Select a valid choice"),
        ({"starts_on": "2099-01-04"}, "This is months ahead. Check the year."),
        ({"family_on": "2099-01-04"}, "This day has not come yet."),
        ({"governors_on": "2000-01-04"}, "This is before the first day."),
        ({"starts_on": ""}, "Say on which day it begins."),
    ],
)
def test_suspension_add_refuses_nonsense_and_keeps_what_was_typed(visit, oakfield, inside, today, change, said):
    answer = visit("sendco").post(add_path(oakfield), wanted(today, **change))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    with inside():
        assert not Suspension.objects.exists()


def test_the_page_counts_the_year_the_term_and_the_row(oakfield, inside, set_terms, today, page):
    first = working_days_ago(today, 9)
    with inside():
        suspended(oakfield, "aisha", first, 3, family_on=first, council_on=first)
        suspended(oakfield, "aisha", working_days_ago(today, 6), 4, family_on=first, council_on=first)
        suspended(oakfield, "aisha", working_days_ago(today, 0), 2, withdrawn_on=today)
    text = page()
    assert "Aïsha: 7 days of suspension this school year" in text
    assert "7 of 45" in text
    assert "<dt>Longest row of school days</dt><dd>7 days</dd>" in text
    assert "7 school days in a row: taught from" in text
    assert "7 days of suspension this term" in text
    assert "Above 5 school days of suspension in a term, governors look at it if the parents ask." in text
    assert "Recorded by mistake" in text


def test_without_terms_no_number_is_said(oakfield, inside, today, page):
    """The cast's calendar ends today: a suspension into tomorrow can not be counted."""
    with inside():
        suspended(oakfield, "aisha", today, 9)
    text = page()
    assert "Nobody can tell how many days Aïsha was suspended this year" in text
    assert "The school year’s terms are not set, so nobody can tell." in text
    assert "Last day: cannot tell." in text
    assert "of 45" not in text


def test_nobody_suspended_has_an_empty_page_that_says_so(page):
    assert "Aïsha has not been suspended here" in page()


def test_last_years_suspensions_are_told_and_not_counted(oakfield, inside, set_terms, today, page):
    with inside():
        suspended(oakfield, "aisha", working_days_ago(today, 255), 3)
    text = page()
    assert "Aïsha has not been suspended this school year" in text
    assert "Suspended for 3 days" in text
    assert "not recorded as told" not in text


def test_family_and_council_who_were_not_told_are_late_by_the_law(oakfield, inside, set_terms, today, page):
    first = working_days_ago(today, 4)
    with inside():
        suspended(oakfield, "aisha", first, 1, council_on=first)
    text = page()
    assert "Family not recorded as told" in text
    assert "Council not recorded as told" not in text
    assert "without delay; the law sets no number of days, we count 1" in text


@pytest.mark.parametrize(("who", "words"), [("aisha", "does the help still fit?"), ("leon", "early review of the EHC")])
def test_a_suspension_of_a_pupil_on_the_register_is_looked_at(oakfield, inside, set_terms, today, page, who, words):
    with inside():
        suspended(oakfield, who, working_days_ago(today, 1), 1)
    assert words in page(who)


def test_a_permanent_exclusion_asks_for_governors_and_for_teaching(oakfield, inside, set_terms, today, page):
    with inside():
        suspended(oakfield, "leon", working_days_ago(today, 20), None)
    text = page("leon")
    assert "Leon is permanently excluded" in text
    assert "Governors have not looked at it: by" in text
    assert "The council provides teaching from" in text


def test_a_permanent_exclusion_without_terms_can_not_be_dated(oakfield, inside, today, page):
    with inside():
        suspended(oakfield, "leon", today, None)
    text = page("leon")
    assert "from the sixth school day, cannot tell which" in text
    assert "on which day: cannot tell" in text


def test_what_governors_looked_at_and_who_teaches_ends_the_alerts(oakfield, inside, set_terms, today, page):
    first = working_days_ago(today, 20)
    told = {"family_on": first, "council_on": first}
    with inside():
        suspended(oakfield, "mei", first, 16, taught_from=first, governors_on=today, **told)
    text = page("mei")
    assert "16 days of suspension this term" in text
    assert "Governors have not" not in text
    assert "taught from" not in text.lower().replace("taught from:", "")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ("40", "40 of 45 days of suspension this year"),
        ("45", "45 days of suspension this year: at the most that the law allows"),
        ("45.5", "45.5 days of suspension this year: over the most that the law allows"),
    ],
)
def test_the_years_limit(days, said):
    counters = Counters(Decimal(days), Decimal(days), "Autumn", 1, None)
    assert [(alert.mark, alert.what) for alert in over_alerts(counters, date(2026, 11, 25))] == [("late", said)]


def test_lunchtimes_are_half_days(oakfield, inside, set_terms, today, page):
    with inside():
        suspended(oakfield, "mei", working_days_ago(today, 3), "1.5", kind="lunchtimes")
    text = page("mei")
    assert "Suspended for lunchtimes, 1.5 days in all" in text
    assert "1.5 of 45" in text


def test_suspension_change_stands_on_the_version_that_was_seen(visit, oakfield, inside, today):
    with inside():
        row = suspended(oakfield, "aisha", today, 2)
    sendco, path = visit("sendco"), f"pupils/suspensions/{row.pk}/change/"
    assert 'value="2"' in sendco.text(path)
    assert sendco.post(path, wanted(today, days="3", version="1")).status_code == 302
    late = sendco.post(path, wanted(today, days="4", reasons=["DA"], version="1"))
    assert late.status_code == 409
    text = late.content.decode()
    assert "While you were typing, this was changed" in text
    drawer = sendco.post(path, wanted(today, days="4", version="1"), **HTMX)
    assert drawer.status_code == 422
    with inside():
        row.refresh_from_db()
    assert (row.days, row.version) == (3, 2)


def test_both_versions_side_by_side_save_on_top(visit, oakfield, inside, today):
    """What that page sends: one value a column, codes with spaces between."""
    with inside():
        row = suspended(oakfield, "aisha", today, 2)
    data = wanted(today, reasons="PP BU", version="1", council_on="", taught_from="")
    assert visit("sendco").post(f"pupils/suspensions/{row.pk}/change/", data).status_code == 302
    with inside():
        row.refresh_from_db()
    assert row.reasons == "PP BU"


def test_what_was_typed_and_not_saved_is_there_again(visit, oakfield, inside, today):
    sendco = visit("sendco")
    pk = oakfield.pupils["aisha"].pk
    sendco.post(f"work/drafts/pupils.suspension_add/{pk}/", {"days": "4.5", "reasons": ["PP", "TH"]})
    text = sendco.text(add_path(oakfield))
    assert "This is what you typed last time and did not save." in text
    assert 'value="4.5"' in text
    sendco.post(add_path(oakfield), wanted(today))
    with inside():
        assert not Draft.objects.exists()


def test_suspension_end_taken_back_keeps_the_days_before(visit, oakfield, inside, set_terms, today, page):
    first = working_days_ago(today, 4)
    with inside():
        row = suspended(oakfield, "aisha", first, 5)
    back = {"how": "ended", "on": working_days_ago(today, 2).isoformat()}
    assert visit("sendco").post(f"pupils/suspensions/{row.pk}/end/", back).status_code == 302
    assert "2 of 45" in page()
    assert "Taken back by the head:" in page()


def test_suspension_end_by_mistake_counts_nothing_and_is_closed(visit, oakfield, inside, set_terms, today, page):
    with inside():
        row = suspended(oakfield, "aisha", working_days_ago(today, 4), 5)
    sendco, path = visit("sendco"), f"pupils/suspensions/{row.pk}/end/"
    assert "It was put down by mistake" in sendco.text(path)
    assert "<html" not in sendco.text(path, **HTMX)
    assert "counts no more" in sendco.post(path, {"how": "mistake", "on": ""}, **HTMX).content.decode()
    assert "of 45" not in page()
    assert sendco.get(path).status_code == 404


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"how": ""}, "Choose what happened."),
        ({"how": "ended", "on": ""}, "Say on which day."),
        ({"how": "ended", "on": "2000-01-01"}, "This is before the first day."),
        ({"how": "ended", "on": "2099-01-01"}, "This day has not come yet."),
    ],
)
def test_suspension_end_refuses_nonsense(visit, oakfield, inside, today, data, said):
    with inside():
        row = suspended(oakfield, "aisha", today, 5)
    answer = visit("sendco").post(f"pupils/suspensions/{row.pk}/end/", data)
    assert answer.status_code == 422
    assert said in answer.content.decode()
