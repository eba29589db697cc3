"""An attendance list: a total a pupil and day, found by number, each day beside the others."""

from datetime import date
from decimal import Decimal

import pytest

from pupils import actions
from pupils.models import AttendanceSnapshot
from tests.imports.conftest import ANN, BEN, CY, IMPORT, doubt, file

HEAD = "UPN,Adno,Pupil Name,Possible Sessions,Attended,Authorised Absence,Unauthorised Absence,Suspension Days\n"
ROW = 'R302412719001,1,"Low, Ann",100,90,6,4,1.5\n'


@pytest.fixture
def here(counts):
    counts(file(ANN, BEN, CY))


def totals():
    found = AttendanceSnapshot.objects.order_by("taken_on", "id")
    return [(str(row.taken_on), row.possible, row.attended, row.suspended_days) for row in found]


@pytest.mark.parametrize(
    ("rows", "numbers"),
    [
        (ROW, (1, 0, 0, 2, 0, 0)),
        (ROW + ROW, (1, 0, 0, 2, 0, 0)),
        (ROW + ROW.replace("90", "91"), (0, 0, 0, 2, 2, 0)),
        (ROW.replace("R302412719001,1", ",1"), (1, 0, 0, 2, 0, 0)),
        (ROW.replace("R302412719001,1", ","), (0, 0, 0, 3, 1, 0)),
        (ROW.replace("R302412719001,1", ",").replace("Low, Ann", "Nobody, Here"), (0, 0, 0, 3, 0, 1)),
        (ROW.replace("R302412719001,1", ",").replace('"Low, Ann"', "Ann Low"), (0, 0, 0, 3, 0, 1)),
        (ROW.replace("Low", "Marsh"), (0, 0, 0, 3, 1, 0)),
        (ROW.replace("100,90", ",90"), (0, 0, 0, 3, 0, 1)),
        (ROW.replace("100,90", "100,"), (0, 0, 0, 3, 0, 1)),
        (ROW.replace("1.5", "many"), (0, 0, 0, 3, 0, 1)),
        (ROW.replace("1.5", "-1"), (0, 0, 0, 3, 0, 1)),
        (ROW.replace(",6,4,1.5", ",,,"), (1, 0, 0, 2, 0, 0)),
    ],
)
def test_what_becomes_of_a_row(here, counts, rows, numbers):
    assert counts(HEAD + rows)[:6] == numbers


def test_a_day_is_put_right_and_another_day_stands_beside_it(here, counts):
    counts(HEAD + ROW, today=date(2026, 11, 20))
    assert counts(HEAD + ROW.replace("90", "92"), today=date(2026, 11, 20))[:3] == (0, 1, 0)
    assert counts(HEAD + ROW.replace("100,90", "110,99"), today=date(2026, 11, 27))[:3] == (1, 0, 0)
    assert totals() == [("2026-11-20", 100, 92, Decimal("1.5")), ("2026-11-27", 110, 99, Decimal("1.5"))]


@pytest.mark.parametrize(
    "head",
    [
        "UPN,Possible Marks,Present Marks,Auth Abs,Unauth Abs\n",
        "UPN,Possible sessions,Sessions present,Sessions authorised absent,Sessions unauthorised absent\n",
        "UPN,Possible,Presents,Authorised,Unauthorised\n",
    ],
)
def test_the_spellings_of_three_systems(here, counts, head):
    assert counts(head + "R302412719001,100,90,6,4\n")[0] == 1
    row = AttendanceSnapshot.objects.get()
    assert (row.possible, row.attended, row.authorised, row.unauthorised) == (100, 90, 6, 4)


def test_a_person_may_say_whose_row_it_is(here, upload, apply):
    batch = upload(HEAD + ROW.replace("R302412719001,1", ",") + ROW.replace("Low", "Marsh"))
    actions.settle_line(line=doubt(batch, 2), decision="same", by=IMPORT)
    actions.settle_line(line=doubt(batch, 3), decision="leave", by=IMPORT)
    assert apply(batch).counts["new"] == 1
    assert AttendanceSnapshot.objects.get().pupil.mis_id == "1"


def test_a_name_of_two_pupils_says_nothing(here, counts, upload):
    counts("Surname,Forename,DOB,UPN\nLow,Ann,02/02/2014,J302412716001\n")
    batch = upload(HEAD + ROW.replace("R302412719001,1", ","))
    assert doubt(batch, 2).words == "No number says who this is, and more than one pupil here has this name."
