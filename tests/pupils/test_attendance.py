"""One pupil's attendance: sessions beside the percentage, the others of the same day, a line from the third list."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pupils.cards import attendance as card
from pupils.models import AttendanceSnapshot
from pupils.queries.attendance import attendance_of


@pytest.fixture
def days(november):
    """Three days of one school year, the newest one today."""
    return [november - timedelta(days=28), november - timedelta(days=14), november]


def counted(oakfield, who, day, attended, possible, **more):
    return AttendanceSnapshot.objects.create(
        school=oakfield.school, pupil=oakfield.pupils[who], taken_on=day, attended=attended, possible=possible, **more
    )


def lists(oakfield, days, aisha, others=(("leon", 30), ("mei", 38), ("gone", 40))):
    """A list a day: Aïsha's sessions of 40, 80 and so on, and the others' shares of 40."""
    for number, (day, attended) in enumerate(zip(days, aisha, strict=False), start=1):
        counted(oakfield, "aisha", day, attended, 40 * number)
        for who, part in others:
            counted(oakfield, who, day, part * number, 40 * number)


def page(visit, oakfield, part="sendco", who="aisha"):
    return visit(part).text(f"pupils/{oakfield.pupils[who].pk}/attendance/")


def test_pupil_attendance_says_how_many_sessions_the_percentage_is_of(visit, oakfield, inside, days):
    with inside():
        lists(oakfield, days[-1:], [36])
    text = page(visit, oakfield)
    assert "<h1>Aïsha has been in for 90.0% of school</h1>" in text
    assert "36 of 40 sessions up to" in text
    assert "Persistent: missed 10% or more" in text


def test_pupil_attendance_stands_beside_the_school_and_the_register_of_the_same_day(oakfield, inside, days):
    with inside():
        lists(oakfield, days, [40, 76, 108])
        found = attendance_of(oakfield.pupils["aisha"], oakfield.sendco, days[-1])
    # all four: 108 + 90 + 114 + 120 of 480; the register: Aïsha and Leon, 198 of 240
    assert found.beside == [("Aïsha", "90.0%"), ("Whole school", "90.0%"), ("SEND register", "82.5%")]
    assert [row[1] for row in found.lists] == ["108 of 120", "76 of 80", "40 of 40"]


def test_pupil_attendance_counts_who_was_on_the_register_on_that_day(oakfield, inside, days):
    with inside():
        lists(oakfield, days[-1:], [36])
        oakfield.pupils["leon"].sen_records.update(ends_on=days[-1] - timedelta(days=1))
        found = attendance_of(oakfield.pupils["aisha"], oakfield.sendco, days[-1])
    assert found.beside[2] == ("SEND register", "90.0%")


def test_of_whom_nobody_knows_since_when_the_registers_number_can_not_be_told(oakfield, inside, days):
    with inside():
        lists(oakfield, days, [40, 76, 108])
        oakfield.pupils["leon"].sen_records.update(starts_on=days[1], start_known=False)
        found = attendance_of(oakfield.pupils["aisha"], oakfield.sendco, days[-1])
    assert [row[4] for row in found.lists] == ["82.5%", "85.0%", "Cannot tell"]


@pytest.mark.parametrize("number", [1, 2])
def test_pupil_attendance_says_why_there_is_no_line_before_the_third_list(visit, oakfield, inside, days, number):
    with inside():
        lists(oakfield, days[-number:], [40, 76])
    text = page(visit, oakfield)
    assert "A line takes three lists of one school year." in text
    assert f"There {'is one' if number == 1 else 'are two'}: " in text
    assert '<svg class="chart"' not in text


def test_pupil_attendance_has_a_line_from_the_third_list_on_and_its_table(visit, oakfield, inside, days):
    with inside():
        lists(oakfield, days, [40, 76, 100])
    text = page(visit, oakfield)
    assert '<svg class="chart"' in text
    assert "See this as a table" in text
    assert "A line takes three lists" not in text
    assert "Aïsha is 5.0 points below the school, and lower than in the list before." in text
    for words in ("Aïsha 83.3%", "School 88.3%", "Register 79.1%"):
        assert words in text


def test_lists_of_an_earlier_year_stand_in_the_table_and_not_in_the_line(oakfield, inside, days):
    with inside():
        counted(oakfield, "aisha", days[0] - timedelta(days=366), 300, 380)
        lists(oakfield, days[1:], [40, 76])
        found = attendance_of(oakfield.pupils["aisha"], oakfield.sendco, days[-1])
    assert found.chart is None
    assert [row[1] for row in found.lists] == ["76 of 80", "40 of 40", "300 of 380"]


def test_last_years_total_is_not_said_as_if_it_were_of_today(visit, oakfield, inside, days):
    with inside():
        counted(oakfield, "aisha", days[0] - timedelta(days=366), 300, 380)
    assert "<h1>Aïsha was in for 78.9% of school</h1>" in page(visit, oakfield)


@pytest.mark.parametrize(
    ("sessions", "said"),
    [
        ([(30, 40), (70, 80), (100, 120)], "Aïsha is level with the school, and lower than in the list before."),
        ([(30, 40), (60, 80), (90, 120)], "Aïsha is level with the school, and the same as in the list before."),
        ([(30, 40), (0, 0), (90, 120)], "Aïsha is level with the school."),
        ([(30, 40), (60, 80), (0, 0)], "Nothing can be told of the newest list."),
    ],
)
def test_the_finding_says_only_what_can_be_told(oakfield, inside, days, sessions, said):
    with inside():
        for day, (attended, possible) in zip(days, sessions, strict=True):
            counted(oakfield, "aisha", day, attended, possible)
        found = attendance_of(oakfield.pupils["aisha"], oakfield.sendco, days[-1])
    assert found.chart["finding"] == said


def test_a_teacher_does_not_see_what_a_few_others_missed(visit, oakfield, inside, days):
    """Leon alone can be worked out from a register of two."""
    with inside():
        lists(oakfield, days, [40, 76, 108])
        found = attendance_of(oakfield.pupils["aisha"], oakfield.teacher, days[-1])
    assert found.beside == [
        ("Aïsha", "90.0%"),
        ("Whole school", "Too few to show"),
        ("SEND register", "Too few to show"),
    ]
    assert "82.5" not in page(visit, oakfield, "teacher")
    assert found.chart["finding"] == "Aïsha is lower than in the list before."


@pytest.mark.parametrize(
    ("part", "status"),
    [("sendco", 200), ("head", 200), ("teacher", 200), ("leader", 200), ("ta", 403), ("office", 403)],
)
def test_pupil_attendance_is_for_those_who_may_see_it(visit, oakfield, looks, part, status):
    answer = visit(part).get(f"pupils/{oakfield.pupils['aisha'].pk}/attendance/")
    assert answer.status_code == status
    assert [look[0] for look in looks()] == (["pupil.attendance"] if status == 200 else [])


def test_an_assistant_can_not_find_out_by_the_lists_filter_or_its_order(visit, oakfield, inside, days):
    with inside():
        lists(oakfield, days[-1:], [10])
    record = visit("ta").text(f"pupils/{oakfield.pupils['aisha'].pk}/")
    filtered = visit("ta").text("pupils/?here=good")
    assert "card-attendance" not in record
    assert "Khan, Aïsha" in filtered
    assert 'name="here"' not in filtered
    assert "25.0%" not in visit("ta").text("pupils/?sort=here")


def test_a_pupil_without_a_list_has_the_way_to_bring_one_in(visit, oakfield):
    text = page(visit, oakfield)
    assert "Nothing is known of Aïsha’s attendance" in text
    assert "Bring in a file</a>" in text[text.index("<main") :]
    teacher = page(visit, oakfield, "teacher")
    assert "Bring in a file" not in teacher[teacher.index("<main") :]


def test_a_leavers_attendance_stays_readable_and_offers_nothing(visit, oakfield, inside, days):
    with inside():
        counted(oakfield, "gone", days[0], 40, 40, authorised=0, unauthorised=0, suspended_days="1.5")
    text = page(visit, oakfield, who="gone")
    assert "Gale was in for 100.0% of school" in text
    assert "Suspended, by that list: 1.5 days." in text


def test_the_card_says_the_percentage_its_sessions_and_the_band_without_a_query(visit, oakfield, inside, days):
    with inside():
        worst = counted(oakfield, "aisha", days[-1], 10, 40)
        none = counted(oakfield, "leon", days[-1], 0, 0)
        with CaptureQueriesContext(connection) as seen:
            lines = [card.line(row, days[-1]) for row in (worst, none)]
    assert len(seen) == 0
    assert [(line.what, line.mark) for line in lines] == [("25.0% of school", "late"), ("Nothing known", "")]
    record = visit("teacher").text(f"pupils/{oakfield.pupils['aisha'].pk}/")
    assert "25.0% of school" in record
    assert "10 of 40 sessions up to" in record


@pytest.mark.parametrize("number", [1, 3])
def test_pupil_attendance_asks_as_many_questions_for_one_list_as_for_three(visit, oakfield, inside, days, number):
    with inside():
        lists(oakfield, days[-number:], [40, 76, 108])
    visitor, path = visit("sendco"), f"pupils/{oakfield.pupils['aisha'].pk}/attendance/"
    visitor.text(path)
    with CaptureQueriesContext(connection) as seen:
        visitor.text(path)
    assert len(seen) == 14
