"""One cell read as one thing, and a header as its columns."""

from datetime import date, datetime

import pytest

from pupils.imports.kinds import PUPILS
from staff.imports.columns import is_total, read_header
from staff.imports.values import BadCell, day, email, last_of, number_key, split_name, text


@pytest.mark.parametrize(
    ("cell", "result"),
    [
        (None, ""),
        ("  a \t b ", "a b"),
        ("Zoë\u00a0\n Wo\u0301jcik", "Zoë Wójcik"),
        (True, "T"),
        (False, "F"),
        (4000.0, "4000"),
        (0.5, "0.5"),
        (8, "8"),
        (date(2013, 11, 17), "2013-11-17"),
        (datetime(2013, 11, 17, 0, 0), "2013-11-17"),
    ],
)
def test_a_cell_as_one_line_of_text(cell, result):
    assert text(cell) == result


@pytest.mark.parametrize(
    ("cell", "result"),
    [
        ("17/11/2013", date(2013, 11, 17)),
        ("17/11/13", date(2013, 11, 17)),
        ("2013-11-17", date(2013, 11, 17)),
        ("2013-11-17 00:00:00", date(2013, 11, 17)),
        ("17 Nov 2013", date(2013, 11, 17)),
        ("17 November 2013", date(2013, 11, 17)),
        ("17.11.2013", date(2013, 11, 17)),
        ("29/02/2012", date(2012, 2, 29)),
        (date(2013, 11, 17), date(2013, 11, 17)),
        (datetime(2013, 11, 17, 9, 30), date(2013, 11, 17)),
        ("", None),
    ],
)
def test_a_cell_as_a_day(cell, result):
    assert day(cell, "date of birth") == result


@pytest.mark.parametrize("cell", ["11/17/2013", "29/02/2013", "41595", "soon", "17/11/0013"])
def test_a_day_that_can_not_be_read(cell):
    with pytest.raises(BadCell, match=r"^The date of birth can not be read\.$"):
        day(cell, "date of birth")


def test_smaller_readers():
    assert split_name("Wójcik, Łukasz Jan") == ("Wójcik", "Łukasz Jan")
    assert last_of("Year 8: 8B, Year 9: 9C") == "9C"
    assert number_key("004012") == number_key("4012")
    assert number_key("Ab1") == "ab1"
    assert email("a@b.org") == ("a@b.org", "")
    assert email("a" * 250 + "@b.org") == ("", "An e-mail address is too long and was left out")


def test_a_header_without_a_name_is_nobodys():
    columns = read_header(PUPILS, ["Surname", "", "SEN status", "SEN status", "Shoe size"])
    assert columns.places == {"surname": [0], "sen_status": [2, 3]}
    assert columns.unknown == ["Shoe size"]
    assert columns.record(["Low", "x"]) == {"surname": "Low", "sen_status": ""}


def test_a_line_of_totals():
    assert is_total(["Total", "311", "", ""])
    assert is_total(["", "TOTALS:", 3])
    assert not is_total(["Total", "Tom", "R302412719001", "01/02/2014"])
    assert not is_total(["", ""])
