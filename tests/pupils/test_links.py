"""Many links in one go: who sees whom afterwards, one mail an adult, one operation, nothing twice."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pupils import actions
from pupils.models import PupilAdult, SENRecord
from sendhub.kit.actions import undo_operation
from sendhub.kit.models import Operation
from sendhub.kit.operations import may_undo
from sendhub.outbox import letters
from sendhub.outbox.models import Message
from staff.models import GroupStaff, StaffMember, TeachingGroup
from tests.pupils.linking import following, form_9c, ids, sees, wanted

__all__ = ["following", "form_9c"]
PUPILS, GROUPS = "pupils/links/", "pupils/links/groups/"
TODAY = timezone.localdate
HTMX = {"HX-Request": "true"}


# --- adults and pupils -------------------------------------------------------------------------------------------
def test_pupil_links_of_one_adult_are_one_operation_and_one_mail(visit, oakfield, inside):
    sent = {"staff": oakfield.teacher.staff_id, "starts": "today", "ids": ids(oakfield, "leon", "mei")}
    answer = visit("sendco").post(f"{PUPILS}?part=ta", {**sent, "who": "all"})
    assert answer["Location"].startswith("/s/oakfield/pupils/links/?part=ta&who=all&done=")  # the filters stand
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


# --- undo --------------------------------------------------------------------------------------------------------
def test_a_batch_of_links_is_undone_as_one_and_its_mail_does_not_go(visit, oakfield, inside):
    sendco = visit("sendco")
    answer = sendco.post(f"{PUPILS}?part=ta", wanted(oakfield, ids=ids(oakfield, "leon", "mei")))
    page = sendco.text(answer["Location"].removeprefix("/s/oakfield/"))
    with inside():
        operation, message = Operation.objects.get(), Message.objects.get()
    assert f"/s/oakfield/work/operations/{operation.pk}/undo/" in page
    with inside():
        undo_operation(operation=operation, by=oakfield.assistant)
        assert not PupilAdult.objects.filter(staff=oakfield.teacher.staff).exists()
        assert letters.write(message) is None
    assert "Leon" not in sees(inside, oakfield.teacher)


@pytest.mark.parametrize(("kind", "may"), [("pupil.adults_link", False), ("group.staff_link", True)])
def test_the_office_undoes_ties_of_forms_and_not_links_of_pupils(oakfield, kind, may):
    assert may_undo(oakfield.office, Operation(kind=kind, by="user:0")) is may
    assert may_undo(oakfield.admin, Operation(kind=kind, by="user:0")) is True


def test_undo_is_not_offered_for_what_is_no_number(visit):
    assert "Undo what was just saved" not in visit("sendco").text(f"{PUPILS}?done=x")


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
