"""The demo's dates: samples moved by whole years, terms of any year."""

import csv
import io
from datetime import date
from itertools import pairwise

import pytest

from sendhub.desk.demo.attendance import attendance_lists
from sendhub.desk.demo.lines import LINES, first_lines
from sendhub.desk.demo.shift import SAMPLES, move_day, move_upn, sample_files, shifted
from sendhub.rules.codes import NEED_BY_CODE
from sendhub.rules.pupil_age import nc_year, parse_year_group
from sendhub.rules.upn import validate


@pytest.mark.parametrize(
    ("words", "years", "moved"),
    [
        ("14/06/2019", 1, "14/06/2020"),
        ("2019-06-14", -2, "2017-06-14"),
        ("29/02/2012", 1, "28/02/2013"),
        ("29/02/2012", 4, "29/02/2016"),
        ("", 1, ""),
    ],
)
def test_days_move_by_whole_years(words, years, moved):
    assert move_day(words, years) == moved


def test_a_upn_keeps_its_school_and_gets_a_new_letter():
    assert move_upn("", 3) == ""
    moved = move_upn("F302412718001", 1)
    assert moved[1:] == "302412719001"
    assert validate(moved).ok


@pytest.mark.parametrize("starts", [2026, 2027, 2031])
def test_year_nine_is_thirteen_to_fourteen_in_any_year(starts):
    today = date(starts, 11, 22)
    files = dict(sample_files("oakfield", today))
    encoding = "cp1252" if starts == 2026 else "utf-8"
    rows = list(csv.DictReader(io.StringIO(files["sims_pupils.csv"].decode(encoding), newline="")))
    assert len(rows) == 1180
    for row in rows:
        born = date(*map(int, reversed(row["DOB"].split("/"))))
        assert nc_year(born, today) == parse_year_group(row["Year Group"]).sort
    upns = {row["UPN"] for row in rows} - {""}
    assert all(validate(upn).ok for upn in upns)
    for name in ("classes.csv", "contacts.csv", "bromcom_students.csv"):
        others = csv.DictReader(io.StringIO(files[name].decode("utf-8-sig"), newline=""))
        assert {row["UPN"] for row in others} - {""} <= upns, name


def test_this_years_files_go_in_as_they_are():
    data = (SAMPLES / "oakfield" / "staff.csv").read_bytes()
    assert shifted(data, 0) is data


def test_each_type_of_need_has_words_and_one_in_five_pupils_has_none():
    assert set(LINES) == set(NEED_BY_CODE)
    assert all(len(line) <= 200 for lines in LINES.values() for line in lines)
    assert sum(map(len, LINES.values())) >= 40
    chosen = first_lines([(number, "ASD") for number in range(10)] + [("x", "")])
    assert [pupil for pupil, _ in chosen] == [1, 2, 3, 4, 6, 7, 8, 9]
    assert len({line for _, line in chosen}) == 5


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2026, 11, 22), [date(2026, 10, 11), date(2026, 11, 1), date(2026, 11, 22)]),
        (date(2028, 10, 9), [date(2028, 9, 18), date(2028, 10, 9)]),
        (date(2026, 9, 2), [date(2026, 9, 2)]),
    ],
)
def test_attendance_grows_and_never_shrinks(today, days):
    lists = list(attendance_lists("oakfield", today))
    assert [day for day, _ in lists] == days
    totals = [list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))) for _, data in lists]
    for before, after in pairwise(totals):
        for old, new in zip(before, after, strict=True):
            assert old["UPN"] == new["UPN"]
            assert int(old["Possible Sessions"]) < int(new["Possible Sessions"])
            assert 0 <= int(old["Attended"]) <= int(old["Possible Sessions"])
    assert list(attendance_lists("hillside", today)) == []
