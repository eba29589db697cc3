"""Healthcare plans, reasonable adjustments and risk plans: who sees and keeps them, what the record says of them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pupils import actions
from pupils.drafts import names_of
from pupils.models import Adjustment, MedicalPointer, RiskPlan, RiskReading
from sendhub.kit.actions import save_draft

HTMX = {"HX-Request": "true"}
RISK = {"may_happen": "Runs out of school", "we_do": "Stay near, call the lodge", "who": "Whoever teaches"}


@pytest.fixture
def aisha(oakfield):
    return oakfield.pupils["aisha"]


@pytest.fixture
def day():
    return timezone.localdate()


def risk_of(pupil, by, day, **more):
    fields = {**RISK, "starts_on": day, "review_on": day + timedelta(days=90), **more}
    return actions.add_risk(pupil=pupil, by=by, **fields)


NOUNS = {
    "medical": {"ask": "the school nurse", "kept_at": "Medical room", "at_once": "Pen in the red bag"},
    "adjustments": {"what": "Leaves five minutes early", "why": "Crowds hurt"},
    "risk": {**RISK, "review_on": "2031-01-01"},
}
MODELS = {"medical": MedicalPointer, "adjustments": Adjustment, "risk": RiskPlan}


MAY = {  # who: reading, keeping
    **dict.fromkeys(["sendco", "assistant", "admin"], (200, 200)),
    **dict.fromkeys(["teacher", "ta", "leader", "head", "dsl"], (200, 403)),
    **dict.fromkeys(["office", "governor"], (403, 403)),
}


def test_who_opens_the_record_reads_it_and_who_leads_send_keeps_it(visit, aisha):
    for part, statuses in MAY.items():
        visitor = visit(part)
        for noun in NOUNS:
            pages = [visitor.get(f"pupils/{aisha.pk}/{noun}/{path}").status_code for path in ("", "add/")]
            assert tuple(pages) == statuses, (part, noun)


@pytest.mark.parametrize("noun", NOUNS)
def test_what_is_added_stands_on_its_page_and_on_the_record_and_can_be_changed_and_ended(
    visit, inside, aisha, day, noun
):
    sendco, words = visit("sendco"), NOUNS[noun]
    added = sendco.post(f"pupils/{aisha.pk}/{noun}/add/", {**words, "starts_on": day.isoformat()})
    assert added["Location"] == f"/s/oakfield/pupils/{aisha.pk}/{noun}/"
    with inside():
        row = MODELS[noun].objects.get(pupil=aisha)
        assert row.events.get().pgh_context["verb"] == f"{noun.removesuffix('s')}.add"
    teacher = visit("teacher")
    shown = next(iter(words.values()))
    for path in (f"pupils/{aisha.pk}/", f"pupils/{aisha.pk}/{noun}/"):
        assert shown in teacher.text(path)
    assert "Change" in sendco.text(f"pupils/{aisha.pk}/{noun}/")
    assert f"/{noun}/{row.pk}/change/" not in teacher.text(f"pupils/{aisha.pk}/{noun}/")
    changed = {**words, "starts_on": day.isoformat(), "version": "1", next(iter(words)): "Something else"}
    assert sendco.post(f"pupils/{noun}/{row.pk}/change/", changed).status_code == 302
    assert "Something else" in teacher.text(f"pupils/{aisha.pk}/{noun}/")
    with inside():
        MODELS[noun].objects.filter(pk=row.pk).update(starts_on=day - timedelta(days=9))
    yesterday = (day - timedelta(days=1)).isoformat()
    assert sendco.post(f"pupils/{noun}/{row.pk}/end/", {"ends_on": yesterday}).status_code == 302
    assert "Something else" not in teacher.text(f"pupils/{aisha.pk}/")
    assert "Before" in teacher.text(f"pupils/{aisha.pk}/{noun}/")
    assert sendco.post(f"pupils/{noun}/{row.pk}/end/", {"ends_on": ""}).status_code == 302  # it holds again
    assert "Before" not in teacher.text(f"pupils/{aisha.pk}/{noun}/")


@pytest.mark.parametrize("noun", NOUNS)
def test_a_form_that_is_not_right_says_what_and_keeps_what_was_typed(visit, aisha, noun):
    answer = visit("sendco").post(f"pupils/{aisha.pk}/{noun}/add/", {list(NOUNS[noun])[-1]: "kept words"})
    assert answer.status_code == 422
    assert "to put right" in answer.content.decode()
    assert "kept words" in answer.content.decode()


@pytest.mark.parametrize(
    ("noun", "wrong", "says"),
    [
        ("medical", {"reviewed_on": "2031-01-01"}, "today or a day before"),
        ("medical", {"starts_on": "2031-01-01"}, "today or a day before"),
        ("adjustments", {"starts_on": "2026-09-03", "look_on": "2026-09-03"}, "a day after it began"),
        ("risk", {"starts_on": "2026-09-03", "review_on": "2026-09-02"}, "a day after the plan was made"),
    ],
)
def test_days_that_can_not_be_are_refused(visit, aisha, noun, wrong, says):
    data = {"starts_on": "2026-09-03", **NOUNS[noun], **wrong}
    answer = visit("sendco").post(f"pupils/{aisha.pk}/{noun}/add/", data)
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_an_end_before_the_beginning_and_a_beginning_after_the_end_are_refused(visit, inside, oakfield, aisha, day):
    with inside():
        row = actions.add_medical(pupil=aisha, by=oakfield.sendco, kept_at="Office", starts_on=day)
    early = {"ends_on": (day - timedelta(days=1)).isoformat()}
    answer = visit("sendco").post(f"pupils/medical/{row.pk}/end/", early)
    assert answer.status_code == 422
    assert "before it began" in answer.content.decode()
    with inside():
        MedicalPointer.objects.filter(pk=row.pk).update(starts_on=day - timedelta(days=9), ends_on=day - timedelta(5))
    late = {**NOUNS["medical"], "starts_on": day.isoformat(), "version": 1}
    assert "after its last day" in visit("sendco").post(f"pupils/medical/{row.pk}/change/", late).content.decode()


def test_in_a_drawer_the_page_is_read_anew_after_a_save(visit, aisha, day):
    sendco, path = visit("sendco"), f"pupils/{aisha.pk}/adjustments/add/"
    assert "<html" not in sendco.text(path, **HTMX)
    saved = sendco.post(path, {**NOUNS["adjustments"], "starts_on": day.isoformat()}, **HTMX)
    assert saved["HX-Redirect"] == f"/s/oakfield/pupils/{aisha.pk}/adjustments/"


def test_two_who_change_one_thing_see_both_texts(visit, inside, oakfield, aisha, day):
    with inside():
        row = actions.add_adjustment(pupil=aisha, by=oakfield.sendco, what="A", why="B", starts_on=day)
    path, data = f"pupils/adjustments/{row.pk}/change/", {"why": "B", "starts_on": day.isoformat(), "version": 1}
    visit("assistant").post(path, {**data, "what": "Theirs"})
    answer = visit("sendco").post(path, {**data, "what": "Mine"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs" in page
    assert "Mine" in page
    assert f'name="starts_on" value="{day.isoformat()}"' in page
    drawn = visit("sendco").post(path, {**data, "what": "Mine"}, **HTMX)
    assert (drawn.status_code, drawn["HX-Reselect"]) == (422, "#main > .stack")


@pytest.mark.parametrize(("step", "about"), [(0, "pupil"), (1, "row")])
def test_what_was_typed_and_not_sent_comes_back(visit, inside, oakfield, aisha, day, step, about):
    with inside():
        row = risk_of(aisha, oakfield.sendco, day)
        pk = aisha.pk if about == "pupil" else row.pk
        save_draft(by=oakfield.sendco, form=names_of("risk")[step], object_id=pk, data={"we_do": ["Half a thought"]})
    page = visit("sendco").text(f"pupils/{pk}/risk/add/" if step == 0 else f"pupils/risk/{pk}/change/")
    assert "Half a thought" in page
    assert "typed last time" in page


def test_a_leavers_record_is_read_only(visit, inside, oakfield, day):
    gone = oakfield.pupils["gone"]
    with inside():
        row = risk_of(gone, oakfield.sendco, day)
    sendco = visit("sendco")
    page = sendco.text(f"pupils/{gone.pk}/risk/")
    assert "Runs out of school" in page
    assert "I have read this" not in page
    assert "change/" not in page
    for path in (f"pupils/{gone.pk}/risk/add/", f"pupils/risk/{row.pk}/change/"):
        assert sendco.get(path).status_code == 404
    assert sendco.post(f"pupils/risk/{row.pk}/read/").status_code == 404


def test_a_healthcare_plan_is_looked_at_again_once_a_year(visit, inside, oakfield, aisha, day):
    with inside():
        row = actions.add_medical(pupil=aisha, by=oakfield.sendco, kept_at="Office", starts_on=day - timedelta(900))
    page = visit("teacher").text(f"pupils/{aisha.pk}/medical/")
    assert "Nobody can tell when it was looked at" in page
    with inside():
        MedicalPointer.objects.filter(pk=row.pk).update(reviewed_on=day - timedelta(days=400))
    assert "Was due" in visit("teacher").text(f"pupils/{aisha.pk}/")
    assert visit("admin").post(f"pupils/medical/{row.pk}/review/").status_code == 302
    assert "Was due" not in visit("teacher").text(f"pupils/{aisha.pk}/")


def test_an_adjustment_is_still_needed_says_who_and_when(visit, inside, oakfield, aisha, day):
    with inside():
        row = actions.add_adjustment(
            pupil=aisha, by=oakfield.sendco, what="A", why="B", starts_on=day - timedelta(days=400)
        )
    assert "Still needed? Was due" in visit("teacher").text(f"pupils/{aisha.pk}/")
    visit("sendco").post(f"pupils/adjustments/{row.pk}/confirm/")
    page = visit("teacher").text(f"pupils/{aisha.pk}/adjustments/")
    assert "Priya Nair" in page
    assert "Was due" not in page


def test_the_page_of_a_risk_plan_says_who_has_read_it_and_who_has_not(visit, inside, oakfield, aisha, day):
    with inside():
        row = risk_of(aisha, oakfield.sendco, day)
    page = visit("ta").text(f"pupils/{aisha.pk}/risk/")
    assert "0 of 4 have read it" in page  # teacher, leader, TA and key adult are linked to her
    assert "I have read this" in page
    for person in ("Dan Whitlock", "Ruth Osei", "Kemi Oduya", "Mo Farrow"):
        assert person in page
    assert "You have not read it" in visit("ta").text(f"pupils/{aisha.pk}/")
    assert visit("ta").post(f"pupils/risk/{row.pk}/read/").status_code == 302
    assert visit("ta").post(f"pupils/risk/{row.pk}/read/").status_code == 302  # twice says no more than once
    page = visit("ta").text(f"pupils/{aisha.pk}/risk/")
    assert "1 of 4 have read it" in page
    assert "I have read this" not in page
    assert "You have not read it" not in visit("ta").text(f"pupils/{aisha.pk}/")
    with inside():
        assert RiskReading.objects.count() == 1


def test_new_words_of_a_risk_plan_are_read_again_and_a_new_day_is_not(visit, inside, oakfield, aisha, day):
    with inside():
        row = risk_of(aisha, oakfield.sendco, day)
    visit("ta").post(f"pupils/risk/{row.pk}/read/")
    data = {**RISK, "starts_on": day.isoformat(), "review_on": "2031-01-01", "version": 1}
    visit("sendco").post(f"pupils/risk/{row.pk}/change/", data)
    assert "1 of 4 have read it" in visit("ta").text(f"pupils/{aisha.pk}/risk/")
    visit("sendco").post(f"pupils/risk/{row.pk}/change/", {**data, "we_do": "Ring at once", "version": 2})
    page = visit("ta").text(f"pupils/{aisha.pk}/risk/")
    assert "0 of 4 have read it" in page
    assert "Ring at once" in page


def test_of_an_adult_who_reads_on_paper_the_sendco_says_so(visit, inside, oakfield, aisha, day):
    with inside():
        row = risk_of(aisha, oakfield.sendco, day)
    path = f"pupils/risk/{row.pk}/read/"
    sendco = visit("sendco")
    assert "Read on paper" in sendco.text(f"pupils/{aisha.pk}/risk/")
    assert "Read on paper" not in visit("teacher").text(f"pupils/{aisha.pk}/risk/")
    assert sendco.post(f"{path}{oakfield.ta.staff_id}/").status_code == 302
    page = sendco.text(f"pupils/{aisha.pk}/risk/")
    assert "1 of 4 have read it" in page
    assert sendco.post(f"{path}{oakfield.head.staff_id}/").status_code == 404  # nobody of this pupil's
    with inside():
        event = RiskReading.objects.get().events.get()
    assert event.pgh_context["actor"] == f"user:{oakfield.sendco.user_id}"


def test_who_does_not_work_here_has_nothing_to_read(visit, inside, oakfield, aisha, day):
    with inside():
        row = risk_of(aisha, oakfield.sendco, day)
        oakfield.head.staff = None
        oakfield.head.save()
    assert "I have read this" not in visit("head").text(f"pupils/{aisha.pk}/risk/")
    assert visit("head").post(f"pupils/risk/{row.pk}/read/").status_code == 404


def test_somebody_who_read_it_and_is_linked_no_more_still_counts(visit, inside, oakfield, aisha, day):
    with inside():
        row = risk_of(aisha, oakfield.sendco, day)
    visit("head").post(f"pupils/risk/{row.pk}/read/")
    page = visit("head").text(f"pupils/{aisha.pk}/risk/")
    assert "1 of 5 have read it" in page
    assert "Grace Lindqvist" in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_and_the_record_ask_as_often_for_many_as_for_one(visit, inside, oakfield, aisha, day, number):
    with inside():
        for _ in range(number):
            risk_of(aisha, oakfield.sendco, day)
            actions.add_medical(pupil=aisha, by=oakfield.sendco, kept_at="Office", starts_on=day)
            actions.add_adjustment(pupil=aisha, by=oakfield.sendco, what="A", why="B", starts_on=day)
    teacher = visit("teacher")
    counts = {}
    for path in ("", "risk/", "medical/", "adjustments/"):
        teacher.text(f"pupils/{aisha.pk}/{path}")
        with CaptureQueriesContext(connection) as seen:
            teacher.text(f"pupils/{aisha.pk}/{path}")
        counts[path] = len(seen)
    assert counts == {"": 16, "risk/": 16, "medical/": 15, "adjustments/": 15}


def test_the_history_of_the_record_tells_it(visit, inside, oakfield, aisha, day):
    row = {"starts_on": day.isoformat(), **NOUNS["adjustments"]}
    visit("sendco").post(f"pupils/{aisha.pk}/adjustments/add/", row)
    page = visit("sendco").text(f"pupils/{aisha.pk}/history/")
    assert "noted a reasonable adjustment" in page
    assert "Crowds hurt" in page


def test_the_timeline_tells_it_in_sentences(visit, inside, oakfield, aisha, day):
    by, before = oakfield.sendco, day - timedelta(days=30)
    with inside():
        ends = {"ends_on": day, "by": by}
        plan = risk_of(aisha, by, before)
        plan = actions.change_risk(row=plan, version=1, on=day, by=by, we_do="Ring at once")
        actions.read_risk(row=plan, staff=oakfield.ta.staff, on=day, by=oakfield.ta)
        actions.end_risk(row=plan, **ends)
        medical = actions.add_medical(pupil=aisha, kept_at="Office", starts_on=before, reviewed_on=day, by=by)
        actions.end_medical(row=medical, **ends)
        adjustment = actions.add_adjustment(pupil=aisha, what="Early", why="Noise", starts_on=before, by=by)
        actions.end_adjustment(row=actions.confirm_adjustment(row=adjustment, on=day, by=by), **ends)
        arrangement = actions.add_arrangement(
            pupil=aisha, scheme="jcq", name="Reader", approval="online", starts_on=before, applied_on=before,
            approved_on=day, by=by,
        )  # fmt: skip
        actions.use_arrangement(row=arrangement, staff=oakfield.ta.staff, on=day, since=None, by=oakfield.ta)
        actions.end_arrangement(row=arrangement, **ends)
        agency = actions.add_agency(school_id=by.school_id, name="Therapy", by=by)
        tie = actions.add_agency_tie(pupil=aisha, agency_id=agency.pk, about="Speech", starts_on=before, by=by)
        actions.add_agency_contact(tie=tie, on=day, how="phone", about="Dates", staff_id=by.staff_id, by=by)
        actions.end_agency_tie(row=tie, **ends)
    page = visit("teacher").text(f"pupils/{aisha.pk}/timeline/")
    for words in (
        "A risk plan was made.",
        "The words of a risk plan changed: everybody is asked to read it again.",
        "Kemi Oduya read a risk plan.",
        "Last day of a risk plan.",
        "There is a healthcare plan.",
        "The healthcare plan was looked at again.",
        "Last day of the healthcare plan.",
        "A reasonable adjustment began.",
        "A reasonable adjustment is still needed, somebody said.",
        "Last day of a reasonable adjustment.",
        "An access arrangement was given.",
        "An access arrangement was applied for.",
        "An access arrangement was approved.",
        "Kemi Oduya said that an access arrangement is used in lessons.",
        "Last day of an access arrangement.",
        "Therapy began to work with them.",
        "Priya Nair was in touch with Therapy, by phone.",
        "Last day of Therapy.",
    ):
        assert words in page, words


def test_two_records_made_one_keep_all_of_it(inside, oakfield, aisha, day):
    mei, by = oakfield.pupils["mei"], oakfield.sendco
    with inside():
        plan = risk_of(mei, by, day)
        actions.read_risk(row=plan, staff=oakfield.ta.staff, on=day, by=oakfield.ta)
        actions.add_medical(pupil=mei, kept_at="Office", starts_on=day, by=by)
        actions.add_adjustment(pupil=mei, what="Early", why="Noise", starts_on=day, by=by)
        actions.merge_pupils(stands=aisha, other=mei, columns=[], register_of_other=False, needs_of_other=False, by=by)
        assert RiskPlan.objects.get().pupil_id == aisha.pk
        reading = RiskReading.objects.get()
        assert (reading.pupil_id, reading.edition) == (aisha.pk, RiskPlan.objects.get().edition)
        assert MedicalPointer.objects.get().pupil_id == Adjustment.objects.get().pupil_id == aisha.pk
