"""Link an adult to a pupil: they see the record from that day, and are told without a word that names the child."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from pupils import actions
from pupils.models import Pupil, PupilAdult
from sendhub.outbox import letters
from sendhub.outbox.models import Message
from staff.models import StaffMember

HTMX = {"HX-Request": "true"}


@pytest.fixture
def leon(oakfield):
    return oakfield.pupils["leon"]


def wanted(oakfield, **changes):
    data = {"staff": oakfield.teacher.staff_id, "part": "key_adult", "starts_on": timezone.localdate().isoformat()}
    return {**data, **changes}


def test_adult_link_opens_the_record_and_queues_one_message(visit, oakfield, leon, inside):
    answer = visit("sendco").post(f"pupils/{leon.pk}/adults/add/", wanted(oakfield))
    assert answer.status_code == 302
    with inside():
        tie = PupilAdult.objects.get(pupil=leon)
        message = Message.objects.get()
        assert Pupil.objects.visible_to(oakfield.teacher).filter(pk=leon.pk).exists()
    assert (tie.staff_id, tie.part, tie.starts_on) == (oakfield.teacher.staff_id, "key_adult", timezone.localdate())
    assert (message.key, message.to) == (f"pupil_adult:{tie.pk}:linked", oakfield.teacher.staff.email)


def test_the_message_gives_initials_and_form_in_the_body_only(visit, oakfield, leon, inside):
    visit("sendco").post(f"pupils/{leon.pk}/adults/add/", wanted(oakfield, starts_on="2026-09-03"))
    with inside():
        letter = letters.write(Message.objects.select_related("school").get())
    assert letter.subject == "You have a new part in a pupil's day"
    for body in (letter.text, letter.html):
        assert "key adult for" in body
        assert "L. W., 8B" in body
        assert "3 September" in body
    said = letter.text + letter.html + letter.subject
    for word in ("Leon", "Walker", "SEN", "EHC", "Autism", "plan"):
        assert word not in said.replace("SendHub", "")


def test_no_message_goes_when_the_link_has_ended_since(visit, oakfield, leon, inside):
    visit("sendco").post(f"pupils/{leon.pk}/adults/add/", wanted(oakfield))
    with inside():
        PupilAdult.objects.filter(pupil=leon).update(ends_on=timezone.localdate())
        assert letters.write(Message.objects.get()) is None


def test_adult_link_says_when_nobody_could_be_told(visit, oakfield, leon, inside):
    with inside():
        StaffMember.objects.filter(pk=oakfield.teacher.staff_id).update(email="")
    answer = visit("sendco").post(f"pupils/{leon.pk}/adults/add/", wanted(oakfield), **HTMX)
    assert "They have no e-mail address here: tell them." in answer.content.decode()
    with inside():
        assert not Message.objects.exists()


@pytest.mark.parametrize("change", [{"staff": "0"}, {"part": "friend"}, {"starts_on": "31/31/2026"}, {"staff": ""}])
def test_adult_link_refuses_nonsense(visit, oakfield, leon, inside, change):
    answer = visit("sendco").post(f"pupils/{leon.pk}/adults/add/", wanted(oakfield, **change))
    assert answer.status_code == 422
    with inside():
        assert not PupilAdult.objects.filter(pupil=leon).exists()


def test_adult_link_refuses_the_same_part_twice_and_people_of_other_schools(visit, cast, oakfield, leon, inside):
    sendco = visit("sendco")
    sendco.post(f"pupils/{leon.pk}/adults/add/", wanted(oakfield))
    twice = sendco.post(f"pupils/{leon.pk}/adults/add/", wanted(oakfield))
    assert twice.status_code == 422
    assert "Dan Whitlock has this part already." in twice.content.decode()
    other = sendco.post(f"pupils/{leon.pk}/adults/add/", wanted(oakfield, staff=cast.hillside.teacher.staff_id))
    assert other.status_code == 422


def test_a_double_click_makes_one_link_and_one_mail(oakfield, leon, inside):
    """The second request has passed the form before the first was written."""
    wanted = {"pupil": leon, "staff": oakfield.teacher.staff, "part": "ta", "starts_on": timezone.localdate()}
    with inside():
        first = actions.link_adult(**wanted, by=oakfield.sendco)
        assert actions.link_adult(**wanted, by=oakfield.sendco) == first
        assert Message.objects.filter(template="pupil_adult", ids={"tie_id": first.pk}).count() == 1


def test_adult_link_offers_only_people_who_still_work_here(visit, oakfield, leon, inside):
    with inside():
        StaffMember.objects.filter(pk=oakfield.teacher.staff_id).update(
            ended_on=timezone.localdate() - timedelta(days=1), job_title=""
        )
        StaffMember.objects.filter(pk=oakfield.ta.staff_id).update(job_title="")
    form = visit("sendco").text(f"pupils/{leon.pk}/adults/add/", **HTMX)
    assert "Whitlock" not in form
    assert ">Kemi Oduya<" in form
    assert ">Ruth Osei, Head of Year 9<" in form
    assert "<html" not in form


@pytest.mark.parametrize(
    ("part", "status"), [("sendco", 200), ("admin", 200), ("teacher", 404), ("head", 403), ("ta", 403)]
)
def test_adult_link_is_for_those_who_may(visit, leon, part, status):
    expected = 403 if part == "teacher" else status
    assert visit(part).get(f"pupils/{leon.pk}/adults/add/").status_code == expected


def test_adult_link_is_not_offered_for_a_leaver(visit, oakfield):
    assert visit("sendco").get(f"pupils/{oakfield.pupils['gone'].pk}/adults/add/").status_code == 404


def test_adult_end_closes_the_record_after_the_last_day(visit, oakfield, inside):
    aisha = oakfield.pupils["aisha"]
    with inside():
        tie = PupilAdult.objects.get(pupil=aisha, part="ta")
    sendco = visit("sendco")
    assert "End Kemi Oduya as teaching assistant" in sendco.text(f"pupils/{aisha.pk}/adults/{tie.pk}/end/", **HTMX)
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    answer = sendco.post(f"pupils/{aisha.pk}/adults/{tie.pk}/end/", {"last_day": yesterday}, **HTMX)
    page = answer.content.decode()
    assert 'id="adults"' in page
    assert "Kemi Oduya" not in page.partition('hx-swap-oob="innerHTML:#live"')[0]
    with inside():
        assert not Pupil.objects.visible_to(oakfield.ta).exists()
    assert visit("ta").get(f"pupils/{aisha.pk}/").status_code == 404
    assert sendco.get(f"pupils/{aisha.pk}/adults/{tie.pk}/end/").status_code == 404  # it has ended


def test_adult_end_of_a_link_that_never_began_takes_it_away(visit, oakfield, leon, inside):
    later = timezone.localdate() + timedelta(days=9)
    sendco = visit("sendco")
    sendco.post(f"pupils/{leon.pk}/adults/add/", wanted(oakfield, starts_on=later.isoformat()))
    with inside():
        tie = PupilAdult.objects.get(pupil=leon)
    assert sendco.post(f"pupils/{leon.pk}/adults/{tie.pk}/end/", {"last_day": "soon"}).status_code == 422
    today = timezone.localdate().isoformat()
    assert sendco.post(f"pupils/{leon.pk}/adults/{tie.pk}/end/", {"last_day": today}).status_code == 302
    with inside():
        assert not PupilAdult.objects.filter(pupil=leon).exists()


def test_adult_end_finds_only_this_pupils_links(visit, oakfield, leon, inside):
    with inside():
        tie = PupilAdult.objects.filter(pupil=oakfield.pupils["aisha"]).first()
    assert visit("sendco").get(f"pupils/{leon.pk}/adults/{tie.pk}/end/").status_code == 404


def test_dates_in_the_letter_do_not_change_with_the_day_it_is_written(oakfield, leon, inside):
    from pupils.emails import pupil_adult

    with inside():
        tie = PupilAdult.objects.create(
            school=oakfield.school, pupil=leon, staff=oakfield.ta.staff, part="ta", starts_on=date(2020, 9, 3)
        )
        assert pupil_adult(tie_id=tie.pk).context["starts"] == "3 September"
