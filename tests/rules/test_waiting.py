"""By when what waits is done: a day counted from what happened, and whether the law or our habit sets it."""

from datetime import date

import pytest

from sendhub.rules import waiting
from sendhub.rules.deadline import Status
from sendhub.rules.provisions import Force, provision

TODAY = date(2026, 11, 25)  # a Wednesday

CASES = [
    # what, from when, its last day, force, which provision
    ("family_told", date(2026, 11, 18), date(2026, 11, 25), Force.MUST, "family_told_days"),
    ("family_told", date(2026, 11, 17), date(2026, 11, 24), Force.MUST, "family_told_days"),
    ("family_told", date(2028, 2, 22), date(2028, 2, 29), Force.MUST, "family_told_days"),
    ("access_ended", date(2026, 11, 20), date(2026, 11, 23), Force.MUST, "leaver_access_working_days"),  # a Friday
    ("access_ended", date(2026, 12, 24), date(2026, 12, 29), Force.MUST, "leaver_access_working_days"),
    ("proposal_decided", date(2026, 11, 18), date(2026, 11, 25), Force.CHOICE, "proposal_decide_days"),
    ("doubt_settled", date(2026, 11, 18), date(2026, 11, 25), Force.CHOICE, "doubt_settle_days"),
    ("file_brought_in", date(2026, 11, 11), date(2026, 11, 25), Force.CHOICE, "import_keep_days"),
    ("failure_looked_at", date(2026, 11, 24), date(2026, 11, 25), Force.CHOICE, "failure_look_working_days"),
    ("failure_looked_at", date(2026, 11, 21), date(2026, 11, 23), Force.CHOICE, "failure_look_working_days"),
]


@pytest.mark.parametrize(("what", "since", "due", "force", "key"), CASES)
def test_the_last_day_is_counted_from_what_happened(what, since, due, force, key):
    found = getattr(waiting, what)(since, TODAY)
    assert (found.due, found.force) == (due, force)
    number = provision(key, TODAY)
    assert number.force is Force.CHOICE  # the duty may be the law's; the number is ours, and the page says so
    assert str(number.value) in found.basis or key == "failure_look_working_days"


def test_it_is_late_on_the_day_after_and_not_on_the_day():
    told = waiting.family_told(date(2026, 11, 18), TODAY)
    assert not told.late(TODAY)
    assert told.late(date(2026, 11, 26))
    assert told.citation == "Children and Families Act 2014 s.68"


def test_what_nobody_can_tell_is_neither_met_nor_late():
    told = waiting.family_told(None, TODAY)
    assert (told.due, told.status(TODAY), told.late(TODAY)) == (None, Status.CANNOT_TELL, False)
    time = waiting.when_there_is_time("key_adult", "nothing sets a day")
    assert (time.due, time.force, time.late(TODAY)) == (None, Force.CHOICE, False)
