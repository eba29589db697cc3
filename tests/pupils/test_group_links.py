"""An adult for each form and each year: who takes over, who is told, and next year's groups."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sendhub.kit.actions import undo_operation
from sendhub.kit.models import Operation
from sendhub.outbox import letters
from sendhub.outbox.models import Message
from staff.models import GroupStaff, SchoolYear, TeachingGroup, Term
from tests.pupils.linking import following, form_9c, sees, tutor

__all__ = ["following", "form_9c"]
GROUPS = "pupils/links/groups/"
TODAY = timezone.localdate


def choose(form_9c, **names):
    return {f"group-{form_9c[name].pk}": person.staff_id for name, person in names.items()}


def test_group_links_give_each_form_its_tutor_and_one_mail_an_adult(visit, oakfield, inside, form_9c):
    office = visit("office")
    page = office.text(GROUPS)
    assert "0 of 2 forms have a tutor" in page
    assert page.index("8B") < page.index("9C")
    sent = {**choose(form_9c, **{"9C": oakfield.assistant, "8B": oakfield.assistant})}
    answer = office.post(GROUPS, sent)
    assert answer["Location"].startswith("/s/oakfield/pupils/links/groups/?part=tutors&done=")
    with inside():
        operation, message = Operation.objects.get(), Message.objects.select_related("school").get()
        letter = letters.write(message)
    assert operation.title == "1 adult given 2 forms"
    assert "form tutor of 8B, 9C" in letter.text
    assert "2 of 2 forms have a tutor" in office.text(GROUPS)
    office.post(GROUPS, sent)
    with inside():
        assert (Operation.objects.count(), GroupStaff.objects.filter(part="tutors").count()) == (1, 2)
        GroupStaff.objects.filter(part="tutors").delete()
        assert letters.write(message) is None


@pytest.mark.parametrize(("both", "left"), [(False, {"Ruth"}), (True, {"Dan", "Ruth"})])
def test_a_new_tutor_takes_over_unless_both_stay(visit, oakfield, inside, form_9c, both, left):
    with inside():
        GroupStaff.objects.create(
            school=oakfield.school, group=form_9c["9C"], staff=oakfield.teacher.staff, part="tutors"
        )
    sent = choose(form_9c, **{"9C": oakfield.leader}) | ({"both": "on"} if both else {})
    visit("sendco").post(GROUPS, sent)
    with inside():
        now = GroupStaff.objects.on(TODAY()).filter(group=form_9c["9C"], part="tutors")
        assert {tie.staff.forename for tie in now} == left


def test_suggestions_come_from_the_class_list_and_from_job_titles(visit, oakfield, inside, form_9c):
    with inside():
        GroupStaff.objects.create(school=oakfield.school, group=form_9c["8B"], staff=oakfield.teacher.staff)
        GroupStaff.objects.filter(part="leads").delete()
    page = visit("head").text(GROUPS)
    assert "1 more is suggested by the class list or a job title, filled in below. 1 has none." in page
    assert f'<option value="{oakfield.teacher.staff_id}" selected>' in page
    years = visit("head").text(f"{GROUPS}?part=leads")
    assert f'<option value="{oakfield.leader.staff_id}" selected>' in years  # Head of Year 9


def test_next_years_year_groups_are_made_with_those_who_move_up(visit, oakfield, inside, following):
    head = visit("head")
    assert "Next year’s forms are not here yet" in head.text(f"{GROUPS}?year=next")
    page = head.text(f"{GROUPS}?part=leads&year=next")
    assert 'name="group-new-0"' in page
    head.post(f"{GROUPS}?part=leads&year=next", {"group-new-0": oakfield.teacher.staff_id})
    with inside():
        group = TeachingGroup.objects.get(year=following)
        assert (group.kind, group.name) == ("year", "Year 9")
        assert {place.pupil.forename for place in group.pupil_places.all()} == {"Leon"}  # he is in Year 8 now
        message = Message.objects.select_related("school").get()
        assert "leader of Year 9 at Oakfield Secondary School from 1 July" in letters.write(message).text
    assert sees(inside, oakfield.teacher) == {"Aïsha", "Mei"}  # until then nothing is seen by it


def test_a_year_group_of_another_name_is_made_empty_for_next_year(visit, oakfield, inside, following):
    with inside():
        TeachingGroup.objects.filter(kind="year").update(name="Lower school")
    visit("head").post(f"{GROUPS}?part=leads&year=next", {"group-new-0": oakfield.teacher.staff_id})
    with inside():
        group = TeachingGroup.objects.get(year=following)
        assert (group.name, group.pupil_places.count()) == ("Lower school", 0)  # who moves up into it can not be told


@pytest.mark.parametrize("value", ["0", "x", ""])
def test_group_links_refuse_nobody(visit, inside, form_9c, value):
    assert visit("sendco").post(GROUPS, {f"group-{form_9c['9C'].pk}": value}).status_code == 422
    with inside():
        assert not Operation.objects.exists()


def test_group_links_before_any_file_came_in(visit, inside):
    with inside():
        TeachingGroup.objects.all().delete()
        Term.objects.all().delete()
        SchoolYear.objects.all().delete()
    assert "There is nothing to lead yet" in visit("office").text(GROUPS)


def test_ending_ties_to_groups(visit, oakfield, inside):
    office = visit("office")
    with inside():
        tie = GroupStaff.objects.get(part="leads")
    assert "Ruth Osei" in office.text(f"{GROUPS}end/?part=leads")
    yesterday = (TODAY() - timedelta(days=1)).isoformat()
    office.post(f"{GROUPS}end/?part=leads", {"ids": [tie.pk], "last_day": yesterday})
    assert sees(inside, oakfield.leader) == set()


def test_a_tutor_who_made_way_is_back_after_undo(visit, oakfield, inside, form_9c):
    with inside():
        tutor(oakfield, form_9c["9C"], oakfield.teacher)
    visit("office").post(GROUPS, choose(form_9c, **{"9C": oakfield.leader}))
    with inside():
        undo_operation(operation=Operation.objects.get(), by=oakfield.head)
        now = GroupStaff.objects.on(TODAY()).filter(part="tutors")
        assert [tie.staff.forename for tie in now] == ["Dan"]
