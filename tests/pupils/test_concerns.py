"""Concerns: raised in three taps by any adult, looked at first by tutor or leader, and what came of them told."""

import re
import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection

from pupils import actions
from pupils.emails import concern_moved, concern_raised
from pupils.models import Concern, ConcernStep, PupilFlag
from sendhub.kit.actions import save_draft
from sendhub.tenancy import school_context


@pytest.fixture
def aisha(oakfield):
    return oakfield.pupils["aisha"]


def send(visitor, path, **data):
    return visitor.post(path, {"about": "feelings", "words": "", "form_id": uuid.uuid4(), **data})


def test_three_taps_from_today_and_two_from_a_record(visit, oakfield, aisha, tutor, inside):
    teacher = visit("teacher")
    assert "/pupils/concerns/raise/" in teacher.text("")
    assert f"/pupils/{aisha.pk}/concerns/raise/" in teacher.text(f"pupils/{aisha.pk}/")
    who = teacher.text("pupils/concerns/raise/")
    assert "Aïsha Khan" in who
    assert "Leon" not in who
    form = teacher.text(f"pupils/{aisha.pk}/concerns/raise/")
    assert form.count('name="about"') == len(Concern.About.choices)  # each is a button that sends
    assert "<b>Is it about safety? Speak to Mo Farrow now.</b>" in form
    answer = send(teacher, f"pupils/{aisha.pk}/concerns/raise/")
    with inside():
        made = Concern.objects.get()
    assert answer["Location"] == f"/s/oakfield/pupils/concerns/{made.pk}/"
    assert (made.pupil, made.about, made.stage) == (aisha, "feelings", "new")


def test_what_happens_next_is_said_with_who_and_when_and_they_are_told(visit, oakfield, aisha, tutor, mails, inside):
    send(visit("ta"), f"pupils/{aisha.pk}/concerns/raise/", words="Cried at break")
    with inside():
        pk = Concern.objects.get().pk
    page = visit("ta").text(f"pupils/concerns/{pk}/")
    assert re.search(r"Dan Whitlock, tutor of 9C, sees it by \d+ \w+", page)
    assert re.search(r"the SENDCO sees it by \d+ \w+", page)
    assert "has been told by e-mail" in page
    assert mails() == [("concern_raised", "dan.whitlock@oakfield.example.org")]
    with inside():
        mail = concern_raised(concern_id=pk, member_id=oakfield.teacher.pk)
        actions.withdraw_concern(concern=Concern.objects.get(), back=False, by=oakfield.ta)
        assert concern_raised(concern_id=pk, member_id=oakfield.teacher.pk) is None
        assert concern_moved(step_id=999_999) is None
    assert mail.subject == "A concern waits for your first look"
    assert mail.context["who"] == "A. K., 9C"
    assert "Aïsha" not in str(mail) + str(mail.context)


@pytest.mark.parametrize(
    ("part", "key", "status"),
    [
        ("teacher", "aisha", 200),
        ("teacher", "leon", 404),
        ("ta", "mei", 404),
        ("office", "leon", 200),
        ("sendco", "gone", 404),
        ("governor", "aisha", 404),
    ],
)
def test_concern_raise_is_about_pupils_whom_one_sees(visit, oakfield, part, key, status):
    path = f"pupils/{oakfield.pupils[key].pk}/concerns/raise/"
    assert visit(part).get(path).status_code == status
    assert send(visit(part), path).status_code == (302 if status == 200 else 404)


def test_concern_raise_twice_in_a_double_click_is_one(visit, aisha, tutor, mails, inside):
    form_id = uuid.uuid4()
    first, second = (
        send(visit("ta"), f"pupils/{aisha.pk}/concerns/raise/", form_id=form_id, words="Cried") for _ in "ab"
    )
    assert first["Location"] == second["Location"]
    with inside():
        assert Concern.objects.count() == 1
    assert len(mails()) == 1


@pytest.mark.parametrize("data", [{"about": ""}, {"about": "safety"}, {"form_id": "x"}])
def test_concern_raise_keeps_what_was_typed(visit, aisha, inside, data):
    answer = send(visit("ta"), f"pupils/{aisha.pk}/concerns/raise/", **{"words": "Cried at break", **data})
    assert answer.status_code == 422
    assert "Cried at break" in answer.content.decode()
    with inside():
        assert not Concern.objects.exists()


def test_concern_raise_gives_back_the_draft(visit, oakfield, aisha, inside):
    with inside():
        save_draft(by=oakfield.ta, form="pupils.concern", object_id=aisha.pk, data={"words": ["Half a"]})
    assert "Half a" in visit("ta").text(f"pupils/{aisha.pk}/concerns/raise/")
    send(visit("ta"), f"pupils/{aisha.pk}/concerns/raise/", words="Half a loaf")
    assert "Half a" not in visit("ta").text(f"pupils/{aisha.pk}/concerns/raise/")


def test_somebody_outside_my_pupils_is_typed_and_nothing_is_disclosed(visit, oakfield, mails, inside):
    """Leon is no pupil of the assistant's: the page says the same of him as of a name that nobody has."""
    ta, shown = visit("ta"), []
    for name in ("Leon Walker", "Nobody Atall"):
        answer = send(ta, "pupils/concerns/raise/other/", named=name, named_form="8B")
        page = ta.text(answer["Location"].removeprefix("/s/oakfield/"))
        shown.append(re.sub(r"concerns/\d+|csrfmiddlewaretoken[^>]*", "", page).replace(name, "X"))
    assert shown[0] == shown[1]
    assert "Priya Nair, the SENDCO, sees it" in shown[0]
    assert mails() == [("concern_raised", "priya.nair@oakfield.example.org")] * 2
    assert send(ta, "pupils/concerns/raise/other/", named="").status_code == 422
    sendco = visit("sendco")
    with inside():
        leon = Concern.objects.get(named="Leon Walker")
    assert "Whom does “Leon Walker, 8B” mean?" in sendco.text(f"pupils/concerns/{leon.pk}/")
    assert "This one" in sendco.text(f"pupils/concerns/{leon.pk}/match/?q=leon")
    assert sendco.post(f"pupils/concerns/{leon.pk}/match/", {"pupil": 999_999}).status_code == 422
    assert sendco.post(f"pupils/concerns/{leon.pk}/triage/", {"after": "watch", "version": 1}).status_code == 422
    answer = sendco.post(f"pupils/concerns/{leon.pk}/match/", {"pupil": oakfield.pupils["leon"].pk})
    assert answer.status_code == 302
    assert sendco.get(f"pupils/concerns/{leon.pk}/match/").status_code == 302
    page = ta.text(f"pupils/concerns/{leon.pk}/")
    assert page.count("Leon Walker") == 1  # as typed, and no link to a record
    assert f"/pupils/{oakfield.pupils['leon'].pk}/" not in page
    with inside():
        moved = actions.move_concern(
            concern=Concern.objects.get(pk=leon.pk), version=2, after="closed", words="Seen", by=oakfield.sendco
        )
        mail = concern_moved(step_id=moved.steps.get().pk)
    assert mail.context["who"] == "L. W., 8B"


def test_a_governor_types_a_name_and_sees_no_pupil(visit):
    page = visit("governor").text("pupils/concerns/raise/")
    assert "Find a pupil" not in page
    assert send(visit("governor"), "pupils/concerns/raise/other/", named="A child by the gate").status_code == 302


def test_concern_who_finds_for_those_who_see_all(visit, oakfield):
    sendco = visit("sendco")
    sendco.get(f"pupils/{oakfield.pupils['leon'].pk}/")
    assert "Leon Walker" in sendco.text("pupils/concerns/raise/")  # opened last
    assert "Aïsha Khan" in sendco.text("pupils/concerns/raise/?q=aisha")
    assert "Leon" not in visit("teacher").text("pupils/concerns/raise/?q=leon").replace('value="leon"', "")


@pytest.mark.parametrize(
    ("part", "sees", "decides"),
    [
        ("teacher", True, True),  # the tutor
        ("leader", True, True),
        ("sendco", True, True),
        ("dsl", True, True),
        ("ta", True, False),  # who raised it
        ("admin", False, False),
        ("office", False, False),
        ("governor", False, False),
    ],
)
def test_who_reads_a_concern_and_who_decides(visit, tutor, concern, part, sees, decides):
    made, visitor = concern(), visit(part)
    answer = visitor.get(f"pupils/concerns/{made.pk}/")
    assert answer.status_code == (200 if sees else 404)
    assert ("Cried at break" in answer.content.decode()) is sees
    assert ("What comes of it?" in answer.content.decode()) is decides
    data = {"after": "family", "version": 1}
    status = visitor.post(f"pupils/concerns/{made.pk}/triage/", data).status_code
    assert status == (302 if decides else 403)


def test_a_teacher_who_is_no_tutor_decides_of_nothing(visit, concern):
    made = concern()
    assert visit("teacher").get(f"pupils/concerns/{made.pk}/").status_code == 404
    page = visit("teacher").text(f"pupils/{made.pupil_id}/concerns/")
    assert "Feelings or behaviour" in page  # that there is one: they look after the child too
    assert "Cried at break" not in page
    assert "Cried at break" in visit("leader").text(f"pupils/{made.pupil_id}/concerns/")


def test_concern_triage_each_outcome(visit, oakfield, aisha, tutor, concern, mails, inside, today):
    made, sendco = concern(), visit("sendco")
    path = f"pupils/concerns/{made.pk}/triage/"
    assert sendco.get(path).status_code == 302
    for data, words in (
        ({"after": ""}, "Choose what comes of it."),
        ({"after": "watch"}, "Say on which day to look again."),
        ({"after": "watch", "look_on": today.isoformat()}, "Choose a day after today"),
        ({"after": "watch", "look_on": "soon"}, "valid date"),
        ({"after": "closed"}, "Say why no more is needed"),
    ):
        answer = sendco.post(path, {"version": 1, **data})
        assert answer.status_code == 422
        assert words in answer.content.decode()
    look_on = today + timedelta(days=9)
    steps = (
        {"after": "watch", "look_on": look_on.isoformat(), "words": "Sits alone"},
        {"after": "family"},
        {"after": "sendco"},
        {"after": "closed", "words": "Settled"},
        {"after": "watch", "look_on": look_on.isoformat()},
        {"after": "step", "words": "Feelings"},
    )
    for version, data in enumerate(steps, start=1):
        assert sendco.post(path, {"version": version, **data}).status_code == 302
    with inside():
        made.refresh_from_db()
        assert list(ConcernStep.objects.values_list("before", "after")) == [
            ("new", "watch"), ("watch", "family"), ("family", "sendco"), ("sendco", "closed"), ("closed", "watch"),
            ("watch", "step"),
        ]  # fmt: skip
        assert PupilFlag.objects.get(kind="concern").note == "Feelings"
        first = concern_moved(step_id=ConcernStep.objects.first().pk)
    assert (made.stage, made.look_on) == ("step", None)
    assert mails() == [("concern_moved", "kemi.oduya@oakfield.example.org")] * 6
    assert first.context["what"] == "Being watched"
    assert first.context["who"] == "A. K., 9C"
    page = visit("ta").text(f"pupils/concerns/{made.pk}/")
    assert "Sits alone" in page
    assert "Settled" in page


def test_the_flag_is_set_by_whoever_decides_about_the_register(visit, tutor, concern, inside):
    made = concern()
    assert "Set the concern flag" in visit("sendco").text(f"pupils/concerns/{made.pk}/")
    assert "Set the concern flag" not in visit("teacher").text(f"pupils/concerns/{made.pk}/")
    assert (
        visit("teacher").post(f"pupils/concerns/{made.pk}/triage/", {"after": "step", "version": 1}).status_code == 422
    )
    with inside():
        assert not PupilFlag.objects.exists()


def test_two_who_decide_at_once_do_not_overwrite_each_other(visit, tutor, concern, inside):
    made = concern()
    path = f"pupils/concerns/{made.pk}/triage/"
    visit("teacher").post(path, {"after": "family", "version": 1})
    answer = visit("sendco").post(path, {"after": "closed", "words": "A word of mine", "version": 1})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "A word of mine" in page
    assert "Somebody else decided meanwhile" in page
    assert 'name="version" value="2"' in page
    with inside():
        made.refresh_from_db()
    assert made.stage == "family"


def test_concern_withdraw_and_back_until_somebody_has_decided(visit, tutor, concern, inside):
    made, ta = concern(), visit("ta")
    path = f"pupils/concerns/{made.pk}/withdraw/"
    ta.post(path)
    assert "Raise it again" in ta.text(f"pupils/concerns/{made.pk}/")
    ta.post(path, {"back": "on"})
    assert visit("teacher").post(path).status_code == 404
    visit("teacher").post(f"pupils/concerns/{made.pk}/triage/", {"after": "family", "version": 3})
    assert "it stays" in ta.client.post(f"/s/oakfield/{path}", follow=True).content.decode()
    with inside():
        made.refresh_from_db()
    assert made.stage == "family"


@pytest.mark.django_db(transaction=True)
def test_of_ten_who_decide_at_once_one_does(cast):
    oakfield = cast.oakfield
    told, gate = [], threading.Barrier(10)
    with school_context(oakfield.school.pk):
        made = actions.raise_concern(
            about="else", words="", form_id=uuid.uuid4(), tell=[], by=oakfield.ta, pupil=oakfield.pupils["aisha"]
        )

    def decide(number):
        gate.wait()
        try:
            with school_context(oakfield.school.pk):
                actions.move_concern(concern=made, version=1, after="family", words=str(number), by=oakfield.sendco)
            told.append("saved")
        except actions.NotNow:
            told.append("not now")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[number]) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["not now"] * 9 + ["saved"]
