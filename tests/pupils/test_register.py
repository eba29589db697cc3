"""Who is on the register, by need: exact to those who see every record, safe to those who see counts."""

from itertools import product

import pytest
from django.utils import timezone

from pupils.chart import PARTLY, need_chart, need_table
from pupils.models import Pupil, SENNeed, SENRecord
from pupils.queries import register_counts, sees_small, small_number
from pupils.queries.counts import hide_cells


def fill(inside, oakfield, groups):
    """`groups` is [(provision, need or None, number)]."""
    today = timezone.localdate()
    with inside():
        for place, (provision, need, number) in enumerate(groups):
            pupils = Pupil.objects.bulk_create(
                Pupil(school=oakfield.school, mis_id=f"{place}-{n}", sort_name=f"{place} {n}", born_on=today)
                for n in range(number)
            )
            SENRecord.objects.bulk_create(
                SENRecord(school=oakfield.school, pupil=pupil, provision=provision, starts_on=today) for pupil in pupils
            )
            if need:
                SENNeed.objects.bulk_create(
                    SENNeed(school=oakfield.school, pupil=pupil, code=need, rank=1, starts_on=today) for pupil in pupils
                )


GROUPS = [("K", "SLCN", 20), ("K", "SEMH", 12), ("K", None, 9), ("E", "SLCN", 8), ("E", "ASD", 7)]


def test_register_counts_exact_for_those_who_see_every_record(oakfield, inside):
    fill(inside, oakfield, GROUPS)
    with inside():
        register = register_counts(oakfield.school, hide=False)
    assert (register.roll, register.support, register.plan, register.total) == (59, 42, 16, 58)
    assert register.sentence == "58 pupils are on the register, 98.3% of the roll."
    assert [(row.words[:12], row.support, row.plan) for row in register.rows] == [
        ("Speech, lang", 20, 8),
        ("Social, emot", 12, 0),
        ("Autism", 0, 8),
        ("Specific lea", 1, 0),
        ("No need reco", 9, 0),
    ]


def test_register_counts_hide_what_is_small_and_what_would_tell_it(oakfield, inside):
    fill(inside, oakfield, GROUPS)
    with inside():
        register = register_counts(oakfield.school, hide=True)
    told = {row.words[:8]: (row.support, row.plan) for row in register.rows}
    assert told["Specific"] == (None, 0)  # one pupil
    assert None in {told["Speech, "][0], told["Social, "][0], told["No need "][0]}  # a second, or the total would tell
    assert (register.support, register.plan) == (42, 16)


def test_no_hidden_number_can_be_worked_out_of_its_column():
    """Every small table of three needs: what is hidden in a column could be several numbers, given its total."""
    for cells in product((0, 1, 4, 7), repeat=3):
        column = {("K", str(n)): number for n, number in enumerate(cells)}
        if sum(cells) < 6:
            continue
        safe = hide_cells(column, {"K": sum(cells), "E": None}, 6)
        hidden = [key for key, number in safe.items() if number is None]
        assert len(hidden) != 1
        assert all(number is None or number == 0 or number >= 6 for number in safe.values())


def test_a_register_too_small_to_show_shows_nothing(oakfield, inside):
    with inside():
        register = register_counts(oakfield.school, hide=True)
    assert (register.support, register.plan, register.total, register.share) == (None, None, None, None)
    assert register.sentence == "The numbers on the register are too small to show."
    assert need_chart(register) is None
    assert all("hidden" in row for row in need_table(register)["rows"])


def test_an_empty_register_says_so(oakfield, inside):
    with inside():
        SENRecord.objects.all().delete()
        Pupil.objects.update(left_on=timezone.localdate())
        register = register_counts(oakfield.school, hide=False)
    assert register.sentence == "No pupils are on the register."
    assert register.share is None
    assert need_chart(register) is None


def test_the_school_may_choose_its_own_small_number(oakfield):
    today = timezone.localdate()
    assert small_number(oakfield.school, today) == 6
    oakfield.school.small_number = 10
    assert small_number(oakfield.school, today) == 10


def test_the_chart_draws_no_need_of_which_a_number_is_hidden(oakfield, inside):
    fill(inside, oakfield, GROUPS)
    with inside():
        whole, safe = (register_counts(oakfield.school, hide=hide) for hide in (False, True))
    assert "Specific" in need_chart(whole)["svg"]
    drawn = need_chart(safe)
    assert "Specific" not in drawn["svg"]
    assert drawn["finding"] == PARTLY


@pytest.mark.parametrize(
    ("part", "exact"),
    [("sendco", True), ("head", True), ("dsl", True), ("leader", False), ("governor", False), ("trust_lead", False)],
)
def test_register_show_hides_small_numbers_from_those_who_see_counts(visit, oakfield, part, exact):
    assert sees_small(getattr(oakfield, part)) is exact
    page = visit(part).text("pupils/register/")
    assert ("2 pupils are on the register" in page) is exact
    assert ("too small to show" in page) is not exact
    assert "Khan" not in page


@pytest.mark.parametrize("part", ["teacher", "ta", "office"])
def test_register_show_is_closed_to_those_without_counts(visit, part):
    assert visit(part).get("pupils/register/").status_code == 403


def test_register_show_of_nobody(visit, inside):
    with inside():
        SENRecord.objects.all().delete()
    assert "Nobody is on the register" in visit("sendco").text("pupils/register/")
