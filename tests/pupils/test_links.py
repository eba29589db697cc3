"""Many links in one go: who sees whom afterwards, one mail an adult, one operation, nothing twice."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pupils import actions
from pupils.models import GroupPupil, Pupil, PupilAdult, SENRecord
from sendhub.kit.models import Operation
from sendhub.outbox import letters
from sendhub.outbox.models import Message
from staff.models import GroupStaff, SchoolYear, StaffMember, TeachingGroup, Term

PUPILS, GROUPS = "pupils/links/", "pupils/links/groups/"
TODAY = timezone.localdate
HTMX = {"HX-Request": "true"}


@pytest.fixture
def form_9c(oakfield, inside):
    """9C with its two pupils, and 8B with Leon; nobody tutors either."""
    with inside():
        year = SchoolYear.objects.get()
        made = {}
        for name, pupils in (("9C", ("aisha", "mei")), ("8B", ("leon",))):
            made[name] = TeachingGroup.objects.create(school=oakfield.school, year=year, kind="form", name=name)
            for key in pupils:
                GroupPupil.objects.create(school=oakfield.school, group=made[name], pupil=oakfield.pupils[key])
        return made


@pytest.fixture
def following(oakfield, inside):
    with inside():
        starts = SchoolYear.objects.get().starts + 1
        return SchoolYear.objects.create(
            school=oakfield.school, starts=starts, groups_from=date(starts, 7, 1), groups_until=date(starts + 1, 9, 30)
        )


def sees(inside, member):
    with inside():
        return {pupil.forename for pupil in Pupil.objects.visible_to(member)}


def ids(oakfield, *keys):
    return [oakfield.pupils[key].pk for key in keys]


# --- adults and pupils -------------------------------------------------------------------------------------------
def test_pupil_links_of_one_adult_are_one_operation_and_one_mail(visit, oakfield, inside):
    sent = {"staff": oakfield.teacher.staff_id, "starts": "today", "ids": ids(oakfield, "leon", "mei")}
    answer = visit("sendco").post(f"{PUPILS}?part=ta", {**sent, "who": "all"})
    assert answer["Location"] == "/s/oakfield/pupils/links/?part=ta&who=all"  # the filters stand as they were
    assert "Leon" in sees(inside, oakfield.teacher)
    with inside():
        operation, message = Operation.objects.get(), Message.objects.get()
        ties = PupilAdult.objects.filter(staff=oakfield.teacher.staff, part="ta").order_by("pk")
        assert operation.title == "2 links of 1 adult to pupils"
        assert message.key == f"pupil_links:{operation.pk}:{oakfield.teacher.staff_id}"
        assert message.ids == {"tie_ids": [tie.pk for tie in ties]}
        events = PupilAdult.pgh_event_model.objects.filter(pgh_obj_id__in=[tie.pk for tie in ties])
        assert {event.pgh_context["operation"] for event in events} == {operation.pk}


def test_the_mail_of_a_batch_gives_initials_and_form_in_the_body_only(oakfield, inside):
    pairs = {(oakfield.teacher.staff_id, pk) for pk in ids(oakfield, "leon", "mei")}
    with inside():
        actions.link_adults(
            school=oakfield.school, part="key_adult", pairs=pairs, starts_on=date(2026, 11, 2), by=oakfield.sendco
        )
        letter = letters.write(Message.objects.select_related("school").get())
    assert letter.subject == "You have a new part in the day of some pupils"
    for body in (letter.text, letter.html):
        assert body.index("L. W., 8B") < body.index("M. Z., 9C")
        assert "key adult" in body
        assert "2 November" in body
    for word in ("Leon", "Walker", "Mei", "Zhou", "SEN", "EHC", "Autis", "plan"):
        assert word not in (letter.text + letter.html + letter.subject).replace("SendHub", "")


def test_no_mail_goes_when_all_of_it_was_taken_back(oakfield, inside):
    with inside():
        actions.link_adults(
            school=oakfield.school, part="ta", pairs={(oakfield.teacher.staff_id, oakfield.pupils["leon"].pk)},
            starts_on=TODAY(), by=oakfield.sendco,
        )  # fmt: skip
        PupilAdult.objects.filter(staff=oakfield.teacher.staff).delete()
        assert letters.write(Message.objects.get()) is None


def test_a_second_press_links_nobody_twice_and_writes_no_second_mail(visit, oakfield, inside):
    sendco = visit("sendco")
    sent = {"staff": oakfield.teacher.staff_id, "starts": "today", "ids": ids(oakfield, "leon")}
    sendco.post(f"{PUPILS}?part=ta", sent)
    answer = sendco.post(f"{PUPILS}?part=ta", sent)
    assert "They were linked already." in sendco.text(answer["Location"].removeprefix("/s/oakfield/"))
    with inside():
        assert (Operation.objects.count(), Message.objects.count()) == (1, 1)
        assert PupilAdult.objects.filter(staff=oakfield.teacher.staff).count() == 1


def test_pupil_links_say_who_has_no_address(visit, oakfield, inside):
    with inside():
        StaffMember.objects.filter(pk=oakfield.teacher.staff_id).update(email="")
    sendco = visit("sendco")
    sendco.post(
        f"{PUPILS}?part=ta", {"staff": oakfield.teacher.staff_id, "starts": "today", "ids": ids(oakfield, "leon")}
    )
    page = sendco.text(f"{PUPILS}?part=ta")
    assert "No adults are told by e-mail" in page
    assert "1 has no address here: tell them yourself." in page
    with inside():
        assert not Message.objects.exists()


@pytest.mark.parametrize(
    "change",
    [{"staff": ""}, {"staff": "0"}, {"ids": []}, {"ids": ["x", "999999999999999999999"]}, {"starts": "next"}],
)
def test_pupil_links_refuse_what_is_missing_or_is_nobody(visit, oakfield, inside, change):
    sent = {"staff": oakfield.teacher.staff_id, "starts": "today", "ids": ids(oakfield, "leon"), **change}
    assert visit("sendco").post(f"{PUPILS}?part=ta", sent).status_code == 422
    with inside():
        assert not Operation.objects.exists()


def test_pupil_links_take_nobody_of_another_school(visit, cast, oakfield, inside):
    sendco = visit("sendco")
    foreign = {"staff": cast.brook.teacher.staff_id, "starts": "today", "ids": ids(oakfield, "leon")}
    assert sendco.post(f"{PUPILS}?part=ta", foreign).status_code == 422
    pupil = {"staff": oakfield.teacher.staff_id, "starts": "today", "ids": [cast.brook.pupils["leon"].pk]}
    assert sendco.post(f"{PUPILS}?part=ta", pupil).status_code == 422
    pair = f"{oakfield.teacher.staff_id}:{cast.brook.pupils['leon'].pk}"
    assert sendco.post(PUPILS, {"accept": "1", "starts": "today", "pairs": [pair]}).status_code == 422
    with inside():
        assert not Operation.objects.exists()


def test_pupil_links_from_next_years_first_day(visit, oakfield, inside, following):
    sendco = visit("sendco")
    assert "Next year’s classes, 1 July" in sendco.text(f"{PUPILS}?part=ta")
    sendco.post(
        f"{PUPILS}?part=ta", {"staff": oakfield.teacher.staff_id, "starts": "next", "ids": ids(oakfield, "leon")}
    )
    with inside():
        assert PupilAdult.objects.get(staff=oakfield.teacher.staff).starts_on == following.groups_from
    assert "Leon" not in sees(inside, oakfield.teacher)


def test_filters_show_the_register_first_and_keep_the_ticks(visit, oakfield, inside):
    sendco = visit("sendco")
    page = sendco.text(f"{PUPILS}?part=key_adult")
    assert "1 of 2 on the register have a key adult" in page
    assert "Walker, Leon" in page
    assert "Khan, Aïsha" not in page  # she has one
    everyone = sendco.text(f"{PUPILS}?part=key_adult&who=all")
    assert everyone.index("Khan, Aïsha") < everyone.index("Walker, Leon") < everyone.index("Zhou, Mei")
    shown = sendco.post(
        f"{PUPILS}?part=key_adult", {"show": "1", "who": "all", "form": "9C", "ids": ids(oakfield, "leon")}, **HTMX
    )
    part = shown.content.decode()
    assert shown.status_code == 200
    assert part.strip().startswith('<div id="pupils">')
    assert part.index("Walker, Leon") < part.index("Khan, Aïsha")  # ticked, though the filter leaves him out
    assert part.count("checked") == 1
    assert "Nobody is left in this list" in sendco.text(f"{PUPILS}?part=key_adult&form=10Z")
    with inside():
        assert not Operation.objects.exists()


def test_pupil_links_without_a_register(visit, inside):
    with inside():
        SENRecord.objects.all().delete()
    assert "Nobody is on the register yet." in visit("sendco").text(PUPILS)


def test_the_form_tutor_is_suggested_as_key_adult_and_accepted_at_once(visit, oakfield, inside, form_9c):
    with inside():
        GroupStaff.objects.create(
            school=oakfield.school, group=form_9c["8B"], staff=oakfield.teacher.staff, part="tutors"
        )
        GroupStaff.objects.create(
            school=oakfield.school, group=form_9c["9C"], staff=oakfield.leader.staff, part="tutors"
        )
    sendco = visit("sendco")
    page = sendco.text(PUPILS)
    assert "The class list suggests 1 link for 1 adult" in page  # Aïsha has a key adult; Mei is not on the register
    assert "Dan Whitlock, tutor of 8B: 1 pupil" in page
    pair = f"{oakfield.teacher.staff_id}:{oakfield.pupils['leon'].pk}"
    assert f'value="{pair}" checked' in page
    assert page.count("btn primary") == 1
    sendco.post(PUPILS, {"accept": "1", "starts": "today", "pairs": [pair]})
    assert "The class list suggests" not in sendco.text(PUPILS)
    with inside():
        assert PupilAdult.objects.get(pupil=oakfield.pupils["leon"]).part == "key_adult"
    assert sendco.post(PUPILS, {"accept": "1", "starts": "today", "pairs": []}).status_code == 422


def test_who_supports_in_a_class_is_suggested_for_its_pupils(visit, oakfield, inside):
    english = TeachingGroup.objects
    with inside():
        group = english.get(kind="class")
        GroupStaff.objects.create(school=oakfield.school, group=group, staff=oakfield.assistant.staff, part="supports")
        GroupStaff.objects.create(school=oakfield.school, group=group, staff=oakfield.ta.staff, part="teaches")
    page = visit("sendco").text(f"{PUPILS}?part=ta")
    assert "Tom Hale, supports in 9C/En: 1 pupil" in page
    assert "Kemi Oduya, supports" not in page  # she has Aïsha already, and is a TA by her job title
    assert "Dan Whitlock, supports" not in page  # he teaches


def test_ending_many_links_with_a_last_day(visit, oakfield, inside):
    sendco = visit("sendco")
    with inside():
        tie = PupilAdult.objects.get(part="ta")
    page = sendco.text("pupils/links/end/?part=ta")
    assert "Kemi Oduya" in page
    assert sendco.post("pupils/links/end/?part=ta", {"last_day": TODAY().isoformat()}).status_code == 422
    yesterday = TODAY() - timedelta(days=1)
    sendco.post("pupils/links/end/?part=ta", {"ids": [tie.pk], "last_day": yesterday.isoformat()})
    assert sees(inside, oakfield.ta) == set()
    with inside():
        assert Operation.objects.get().title == "1 link of adults to pupils ended"
    assert "No links are open here" in sendco.text("pupils/links/end/?part=ta")


# --- adults and groups -------------------------------------------------------------------------------------------
def choose(form_9c, **names):
    return {f"group-{form_9c[name].pk}": person.staff_id for name, person in names.items()}


def test_group_links_give_each_form_its_tutor_and_one_mail_an_adult(visit, oakfield, inside, form_9c):
    office = visit("office")
    page = office.text(GROUPS)
    assert "0 of 2 forms have a tutor" in page
    assert page.index("8B") < page.index("9C")
    sent = {**choose(form_9c, **{"9C": oakfield.assistant, "8B": oakfield.assistant})}
    answer = office.post(GROUPS, sent)
    assert answer["Location"] == "/s/oakfield/pupils/links/groups/?part=tutors"
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


# --- who, and how much it costs ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("part", "pupils", "groups"),
    [("sendco", 200, 200), ("admin", 200, 200), ("head", 403, 200), ("office", 403, 200), ("teacher", 403, 403)],
)
def test_who_may_link(visit, part, pupils, groups):
    visitor = visit(part)
    assert visitor.get(PUPILS).status_code == pupils
    assert visitor.get(GROUPS).status_code == groups


def test_the_office_is_offered_its_own_two_tabs_and_reads_no_pupil(visit, form_9c):
    page = visit("office").text(GROUPS)
    assert "Key adults" not in page
    for word in ("Khan", "Walker", "SEN Support", "EHC plan"):
        assert word not in page


def test_pages_of_links_log_whom_they_show(visit, looks, oakfield):
    visit("sendco").text(PUPILS)
    assert looks()[-1][3]["ids"] == ids(oakfield, "leon")


@pytest.mark.parametrize(
    ("path", "queries"),
    [(PUPILS, 18), (f"{PUPILS}?part=ta", 18), (GROUPS, 15), (f"{PUPILS}end/", 14), (f"{GROUPS}end/", 11)],
)
def test_pages_of_links_cost_the_same_for_one_row_and_for_three(visit, oakfield, inside, form_9c, path, queries):
    sendco = visit("sendco")
    sendco.text(path)  # warm
    people = [oakfield.teacher, oakfield.leader, oakfield.ta]
    counted = []
    for number in (1, 3):
        with inside():
            PupilAdult.objects.all().delete()
            GroupStaff.objects.filter(part__in=["tutors", "supports"]).delete()
            rows = list(form_9c.values())
            while len(rows) < number:
                rows.append(
                    TeachingGroup.objects.create(school=oakfield.school, year=rows[0].year, kind="form", name="7A")
                )
            for person, group in zip(people[:number], rows, strict=False):
                GroupStaff.objects.create(school=oakfield.school, group=group, staff=person.staff, part="tutors")
                GroupStaff.objects.create(school=oakfield.school, group=group, staff=person.staff, part="supports")
                PupilAdult.objects.create(
                    school=oakfield.school, pupil=oakfield.pupils["mei"], staff=person.staff, part="key_adult",
                    starts_on=TODAY(),
                )  # fmt: skip
        with CaptureQueriesContext(connection) as run:
            sendco.text(path)
        counted.append(len(run))
    assert counted == [queries, queries]
