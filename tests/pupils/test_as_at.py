"""The register as it stood on an earlier day: who was here, as what; on the list, in the file, in the numbers."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from pupils.jobs import pupil_export
from pupils.models import Pupil, PupilAdult, PupilFlag, SENNeed, SENRecord
from pupils.queries import Facts, register_counts
from sendhub.audit import SYSTEM, acting
from sendhub.kit.models import Job
from sendhub.rules.census import censuses
from tests.pupils.test_list import names, pills

TODAY = timezone.localdate()


@pytest.fixture
def leaver(inside, oakfield):
    """Gale left 30 days ago and was on SEN Support until then; Leon came on to the register 200 days ago."""
    gone = oakfield.pupils["gone"]
    with inside():
        SENRecord.objects.create(
            school=oakfield.school, pupil=gone, provision="K", starts_on=TODAY - timedelta(300), ends_on=gone.left_on
        )
        SENNeed.objects.create(
            school=oakfield.school, pupil=gone, code="SEMH", rank=1, starts_on=TODAY - timedelta(300)
        )
    return gone


def at(days):
    return f"at={TODAY - timedelta(days)}"


def test_pupil_list_shows_leavers_as_they_stood(visit, leaver):
    page = visit("sendco").text(f"pupils/?{at(40)}")
    assert names(page) == ["Khan, Aïsha", "Left, Gale", "Walker, Leon"]
    assert re.search(r"Left, Gale</a> <span class=\"tag\">Left \d+ ", page)
    assert "Social, emotional and mental health" in page
    day = TODAY - timedelta(40)
    assert f"<h1>Pupils on {day.day} {day:%B}" in page


def test_pupil_list_before_they_were_on_the_register(visit, leaver):
    page = visit("sendco").text(f"pupils/?{at(250)}")
    assert names(page) == ["Left, Gale"]
    assert pills(page) == {"On the register": 1, "EHC plans": 0, "SEN Support": 1, "Everyone": 4}
    assert f"{at(250)}" in page  # each pill keeps the day
    assert names(visit("sendco").text(f"pupils/?provision=all&{at(900)}")) == []  # nobody was here yet


def test_pupil_list_the_first_and_the_last_day_count(visit, leaver):
    sendco = visit("sendco")
    assert "Left, Gale" in names(sendco.text(f"pupils/?{at(30)}"))
    assert "Left, Gale" not in names(sendco.text(f"pupils/?{at(29)}"))
    assert "Walker, Leon" in names(sendco.text(f"pupils/?{at(200)}"))
    assert "Walker, Leon" not in names(sendco.text(f"pupils/?{at(201)}"))


@pytest.mark.parametrize("asked", ["at=2999-01-01", "at=yesterday", "at=", at(0)])
def test_pupil_list_a_day_that_has_not_been_is_today(visit, leaver, asked):
    page = visit("sendco").text(f"pupils/?{asked}")
    assert names(page) == ["Khan, Aïsha", "Walker, Leon"]
    assert "<h1>Pupils</h1>" in page


def test_pupil_list_an_unknown_start_is_nobodys_guess(visit, leaver, inside, oakfield):
    """Leon came on with a file 200 days ago: whether he was on it before nobody can tell."""
    with inside():
        SENRecord.objects.filter(pupil=oakfield.pupils["leon"]).update(start_known=False)
    told = "nobody can tell: their first day on the register is not known"
    page = visit("sendco").text(f"pupils/?{at(250)}")
    assert names(page) == ["Left, Gale"]
    assert f"Of 1 pupil more {told}" in page
    assert told not in visit("sendco").text(f"pupils/?{at(200)}")
    assert told not in visit("sendco").text("pupils/")
    counts = visit("sendco").text(f"pupils/register/?{at(250)}")
    assert "Of 1 more nobody can tell whether they were on it that day" in counts
    census = max(each.day for year in (TODAY.year - 1, TODAY.year) for each in censuses(year) if each.day < TODAY)
    with inside():
        SENRecord.objects.filter(pupil=oakfield.pupils["leon"]).update(starts_on=TODAY)
    assert "Of others nobody can tell" in visit("governor").text(f"pupils/register/?at={census}")


def test_pupil_list_year_groups_are_those_of_that_day_and_old_forms_are_not_known(visit, inside, oakfield):
    with inside():
        Pupil.objects.update(joined_on=None)
        SENRecord.objects.update(starts_on=TODAY - timedelta(800))
    page = visit("sendco").text(f"pupils/?{at(735)}")
    rows = dict(re.findall(r'rowheader"><a [^>]*>([^<]+)</a>.*?</th><td role="cell">([^<]*)</td>', page))
    assert rows == {"Khan, Aïsha": "Year 7", "Walker, Leon": "Year 6"}
    assert names(visit("sendco").text(f"pupils/?{at(735)}&year=7")) == ["Khan, Aïsha"]
    assert names(visit("sendco").text(f"pupils/?{at(735)}&form=9C")) == []


def test_pupil_list_of_an_earlier_day_offers_a_download_and_nothing_else(visit, leaver):
    page = visit("sendco").text(f"pupils/?{at(40)}")
    assert "Download the chosen" in page
    assert "Get to know" not in page
    assert f'name="at" value="{TODAY - timedelta(40)}"' in page


def test_pupil_list_as_at_is_for_those_who_open_records(visit, leaver, oakfield):
    office = visit("office").text(f"pupils/?{at(40)}")
    assert names(office) == ["Khan, Aïsha", "Walker, Leon", "Zhou, Mei"]
    assert 'name="at"' not in office
    teacher = visit("teacher").text(f"pupils/?{at(250)}")
    assert names(teacher) == ["Khan, Aïsha", "Zhou, Mei"]  # those whom they see today, as they stood
    assert "SEN Support</td>" not in teacher


def test_flags_adults_and_attendance_hold_on_their_days(inside, oakfield, leaver):
    aisha = oakfield.pupils["aisha"]
    with inside():
        PupilFlag.objects.create(
            school=oakfield.school, pupil=aisha, kind="concern", starts_on=TODAY - timedelta(20), ends_on=TODAY
        )
        PupilAdult.objects.filter(pupil=aisha, part="key_adult").update(ends_on=TODAY - timedelta(50))
        now, then, before = (Facts(oakfield.sendco, TODAY - timedelta(days)) for days in (0, 55, 70))
        assert (now.standing(aisha.pk).flags, list(now.standing(aisha.pk).adults)) == (["concern"], [])
        assert (then.standing(aisha.pk).flags, list(then.standing(aisha.pk).adults)) == ([], [oakfield.dsl.staff_id])
        assert not before.standing(aisha.pk).adults


def test_the_file_of_an_earlier_day(inside, oakfield, leaver):
    with inside():
        params = {"filter": at(40), "ids": None, "file": "csv"}
        job = Job(school=oakfield.school, member=oakfield.sendco, params=params)
        result = pupil_export(job, lambda done, of, sentence: None)
    assert result.name == f"pupils-{TODAY - timedelta(40)}.csv"
    table = list(csv.reader(io.StringIO(result.content.decode("utf-8-sig"))))
    assert table[0][5:8] == ["Left on", "On the register", "Since"]
    assert [(row[0], bool(row[5]), row[6]) for row in table[1:]] == [
        ("Khan", False, "SEN Support"),
        ("Left", True, "SEN Support"),
        ("Walker", False, "EHC plan"),
    ]


def test_register_show_counts_as_at_a_day(visit, leaver):
    day = TODAY - timedelta(40)
    page = visit("sendco").text(f"pupils/register/?{at(40)}")
    assert f"On {day.day} {day:%B}" in page
    assert "3 pupils were on the register, 75.0% of the roll." in page
    assert "2 pupils are on the register" in visit("sendco").text("pupils/register/?at=nonsense")
    assert "0 pupils" not in visit("sendco").text(f"pupils/register/?{at(900)}")


def test_register_show_of_a_day_before_anything_was_known(visit, leaver):
    assert "Nobody was on the register" in visit("sendco").text(f"pupils/register/?{at(900)}")


def test_who_sees_counts_alone_chooses_among_census_days(visit, leaver, inside, oakfield):
    """Two days side by side would tell whose place changed between them."""
    census = max(each.day for year in (TODAY.year - 1, TODAY.year) for each in censuses(year) if each.day < TODAY)
    governor = visit("governor")
    assert "too small to show" in governor.text(f"pupils/register/?at={census}")
    page = governor.text(f"pupils/register/?at={census - timedelta(1)}")
    assert "the numbers on the register were" not in page.lower()  # counted as today
    assert f'<option value="{census}">' in page
    assert f"On {census.day} {census:%B}" in governor.text(f"pupils/register/?at={census}")


def test_counts_of_an_earlier_day_hide_small_numbers_all_the_same(inside, oakfield, leaver):
    with inside():
        hidden = register_counts(oakfield.school, hide=True, on=TODAY - timedelta(40))
        shown = register_counts(oakfield.school, hide=False, on=TODAY - timedelta(40))
    assert (hidden.support, hidden.plan, hidden.roll) == (None, None, 4)
    assert (shown.support, shown.plan) == (2, 1)


def test_a_merged_record_stood_in_no_register(inside, oakfield, leaver):
    with inside(), acting(SYSTEM, "test.merge"):
        Pupil.objects.filter(pk=leaver.pk).update(merged_into=oakfield.pupils["mei"])
        assert leaver.pk not in Facts(oakfield.sendco, date.today() - timedelta(40)).pupils
        assert leaver.pk not in Facts(oakfield.sendco, date.today() - timedelta(40)).register
