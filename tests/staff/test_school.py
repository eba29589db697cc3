"""The school's own choices: what others see, and from when until when a year's teachers see their pupils."""

import pytest

from sendhub.audit.models import AccessLog
from sendhub.tenancy import school_context
from staff.models import School, SchoolYear

PATH = "/s/oakfield/staff/school/"


@pytest.fixture
def browser(cast, sign_in):
    return sign_in(cast.oakfield.sendco)


def test_school_edit_lets_the_trusts_lead_open_records_and_the_log_keeps_old_and_new(cast, browser, sign_in):
    lead = sign_in(cast.oakfield.trust_lead)
    assert lead.get("/s/oakfield/pupils/").status_code == 403
    answer = browser.post(PATH, {"trust_sees": "records", "small_number": "8"}, follow=True)
    assert "Saved." in answer.content.decode()
    assert lead.get("/s/oakfield/pupils/").status_code == 200
    assert lead.get("/s/hillside/pupils/").status_code == 403  # the other school has granted nothing
    with school_context(cast.oakfield.school.pk):
        (row,) = AccessLog.objects.filter(verb="school.change")
    assert row.detail == {
        "before": {"trust_sees": "counts", "small_number": None, "photos": False},
        "after": {"trust_sees": "records", "small_number": 8, "photos": False},
    }


def test_school_edit_that_changes_nothing_leaves_no_line(cast, browser):
    browser.post(PATH, {"trust_sees": "counts", "small_number": ""})
    with school_context(cast.oakfield.school.pk):
        assert not AccessLog.objects.filter(verb="school.change").exists()


@pytest.mark.parametrize("number", ["2", "51", "-1", "six"])
def test_school_edit_refuses_a_number_that_would_hide_nothing_or_everything(cast, browser, number):
    answer = browser.post(PATH, {"trust_sees": "counts", "small_number": number})
    assert answer.status_code == 422
    assert School.objects.get(slug="oakfield").small_number is None


def test_school_edit_says_what_an_empty_number_means(browser):
    assert "Empty means 6." in browser.get(PATH).content.decode()


@pytest.mark.parametrize(
    ("first", "last", "status"),
    [("2026-06-29", "2027-09-10", 302), ("2026-06-29", "2026-06-28", 422), ("", "2027-09-10", 422)],
)
def test_year_edit_takes_the_two_dates_in_their_order(cast, browser, first, last, status):
    with school_context(cast.oakfield.school.pk):
        year = SchoolYear.objects.get()
    answer = browser.post(f"{PATH}years/{year.pk}/", {"groups_from": first, "groups_until": last})
    assert answer.status_code == status
    with school_context(cast.oakfield.school.pk):
        now = SchoolYear.objects.get()
    assert (now.groups_from.isoformat() == first) is (status == 302)


def test_year_edit_decides_whom_a_teacher_sees_today(cast, browser, sign_in):
    with school_context(cast.oakfield.school.pk):
        year = SchoolYear.objects.get()
    teacher = sign_in(cast.oakfield.teacher)
    record = f"/s/oakfield/pupils/{cast.oakfield.pupils['aisha'].pk}/"
    assert teacher.get(record).status_code == 200
    browser.post(f"{PATH}years/{year.pk}/", {"groups_from": "2019-07-01", "groups_until": "2020-09-10"})
    assert teacher.get(record).status_code == 404
