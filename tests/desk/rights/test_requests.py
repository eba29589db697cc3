"""Somebody asks for all that is kept on a child: who may, the days, what a person looks at, and what leaves."""

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from pupils.models import Contact, Pupil, PupilFlag
from sendhub.audit import SYSTEM, acting, log_access
from sendhub.desk import actions
from sendhub.desk.models import AccessRequest, AccessTick
from sendhub.desk.rights.archive import Unticked, archive_of
from sendhub.desk.rights.contents import NOT_GIVEN, Why, contents_of
from sendhub.desk.rights.reach import hanging, is_ours
from sendhub.desk.rights.ticks import review_of
from sendhub.tenancy import school_context
from tests.desk.rights.asking import day, text_of, tick_all
from tests.desk.rights.everything import one_of_everything


# --- whose, who, when ---------------------------------------------------------------------------------------------
def test_a_parent_asks_and_the_month_begins_when_it_is_settled_who_they_are(visit, inside, aisha):
    person = visit("data_lead")
    found = person.post("rights/requests/add/", {"name": "khan"})
    assert f"?pupil={aisha.pk}" in found.content.decode()
    contact = aisha.contacts.get()
    path = f"rights/requests/add/?pupil={aisha.pk}"
    made = person.post(path, {"who": "parent", "contact": contact.pk, "asked_on": day(3)})
    assert made.status_code == 302
    with inside():
        asked = AccessRequest.objects.get()
    page = person.text(f"rights/requests/{asked.pk}/")
    assert "Who asks is not settled yet" in page
    assert "Cannot tell yet" in page
    changed = {"version": "1", "settled_on": day(1), "settled_how": "Known to the office"}
    assert person.post(f"rights/requests/{asked.pk}/change/", changed).status_code == 302
    assert "counted from the day on which you knew who asks" in person.text(f"rights/requests/{asked.pk}/")


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ({"parental_responsibility": None}, "does not say that they have parental responsibility"),
        ({"parental_responsibility": False}, "does not say that they have parental responsibility"),
        ({"court_order": "No contact"}, "no court order"),
    ],
)
def test_only_who_is_responsible_and_barred_by_no_court_asks_as_a_parent(visit, inside, aisha, contact, said):
    with inside():
        Contact.objects.filter(pupil=aisha).update(**contact)
        pk = aisha.contacts.get().pk
    response = visit("sendco").post(
        f"rights/requests/add/?pupil={aisha.pk}", {"who": "parent", "contact": pk, "asked_on": day(0)}
    )
    assert response.status_code == 422
    assert said in response.content.decode()


@pytest.mark.parametrize(
    ("who", "years", "status"), [("pupil", 11, 422), ("pupil", 12, 302), ("young", 15, 422), ("young", 17, 302)]
)
def test_a_child_asks_when_they_are_old_enough(visit, inside, aisha, who, years, status):
    with inside():
        born = timezone.localdate() - timedelta(days=years * 366 + 1)
        Pupil.objects.filter(pk=aisha.pk).update(born_on=born)
    response = visit("head").post(f"rights/requests/add/?pupil={aisha.pk}", {"who": who, "asked_on": day(0)})
    assert response.status_code == status


def test_anybody_else_has_a_name(visit, inside, aisha):
    path = f"rights/requests/add/?pupil={aisha.pk}"
    assert visit("head").post(path, {"who": "other", "asked_on": day(0)}).status_code == 422
    assert visit("head").post(path, {"who": "other", "asked_by": "A. Solicitor", "asked_on": day(0)}).status_code == 302
    with inside():
        assert AccessRequest.objects.get().asker == "A. Solicitor"


@pytest.mark.parametrize("pupil", ["999999999", "x", "²", ""])
def test_a_child_who_is_not_there_is_not_found(visit, cast, pupil):
    response = visit("head").get(f"rights/requests/add/?pupil={pupil}")
    assert response.status_code == (404 if pupil else 200)
    foreign = cast.brook.pupils["aisha"].pk
    assert visit("head").get(f"rights/requests/add/?pupil={foreign}").status_code == 404


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"settled_on": day(1), "settled_how": ""}, "Say how you know."),
        ({"settled_how": "Known", "settled_on": ""}, "Say on which day."),
        ({"paused_until": day(1)}, "Say when you asked."),
        ({"paused_from": day(0), "paused_until": day(1)}, "They answered before you asked?"),
        ({"paused_from": day(9)}, "This is before they asked."),
        ({"extended_on": day(0)}, "Say why it is difficult."),
        ({"answered_on": day(0), "answered_how": "By hand"}, "The archive is not made yet."),
        ({"withdrawn_on": day(0)}, "Say why."),
        ({"answered_on": day(0), "answered_how": "x", "withdrawn_on": day(0), "withdrawn_why": "x"}, "not both"),
        ({"answered_on": day(0), "answered_how": "x", "settled_on": "", "settled_how": ""}, "First say when you knew"),
    ],
)  # fmt: skip
def test_days_that_can_not_be_so_are_not_written(visit, inside, asked, facts, said):
    begin = {"version": "1", "settled_on": day(1), "settled_how": "Known"}
    response = visit("sendco").post(f"rights/requests/{asked.pk}/change/", {**begin, **facts})
    assert response.status_code == 422
    assert said in response.content.decode()
    with inside():
        assert AccessRequest.objects.get().version == 1


def test_two_months_more_are_asked_for_in_the_first_month_and_not_later(visit, inside, asked):
    with inside():
        AccessRequest.objects.update(asked_on=timezone.localdate() - timedelta(days=60))
    begin = {"version": "1", "settled_on": day(50), "settled_how": "Known", "extended_why": "Ten years of files"}
    path = f"rights/requests/{asked.pk}/change/"
    late = visit("sendco").post(path, {**begin, "extended_on": day(5)})
    assert late.status_code == 422
    assert "within the first month" in late.content.decode()
    assert visit("sendco").post(path, {**begin, "extended_on": day(40)}).status_code == 302


def test_today_names_what_is_owed_and_no_child(visit, inside, asked, aisha):
    with inside():
        AccessRequest.objects.update(wants_record=True)
    for part in ("sendco", "head", "data_lead"):
        page = visit(part).text("")
        assert "A request for a child’s data to answer" in page
    assert "Khan" not in visit("data_lead").text("")
    with inside():
        AccessRequest.objects.update(paused_from=timezone.localdate())
    assert "The clock stands still until they answer." in visit("data_lead").text("")


# --- everything is in it, by construction -------------------------------------------------------------------------
def test_every_table_with_a_way_to_a_pupil_is_found():
    """No list: each table of ours whose keys lead to Pupil, directly or by another table that does."""
    reached, wanted = set(hanging()), set()
    for model in apps.get_models():
        if is_ours(model) and any(f.related_model is Pupil for f in model._meta.fields if f.is_relation):
            wanted.add(model)
    assert wanted <= reached
    assert AccessTick in reached  # by its request


def test_each_text_that_is_kept_on_a_child_is_in_the_archive(inside, oakfield, aisha, asked):
    """One row of every table, a marker in every text: what is not in the archive never leaves at all."""
    with inside():
        rows = one_of_everything(aisha, oakfield.sendco, oakfield.pupils["mei"])
        tick_all(asked, oakfield.sendco)
        text = text_of(archive_of(asked, review_of(asked)))
        missing = []
        for label, row in rows.items():
            for column in row._meta.local_concrete_fields:
                value = str(getattr(row, column.attname))
                if value.startswith("MARKER") and value not in text and label not in NOT_GIVEN:
                    missing.append(f"{label}.{column.name}")
    assert missing == []


def test_a_record_that_was_made_part_of_this_one_is_in_it(inside, oakfield, aisha, asked):
    with inside():
        mei = oakfield.pupils["mei"]
        PupilFlag.objects.create(
            school=oakfield.school, pupil=mei, kind="concern", note="Said at the gate", starts_on=day(9)
        )
        Pupil.objects.filter(pk=mei.pk).update(merged_into=aisha)
        texts = [flag.text for flag in contents_of(aisha).flags.values()]
    assert "Said at the gate" in texts


def test_what_stood_there_before_and_who_looked_are_in_it(inside, oakfield, aisha, asked):
    with inside():
        Pupil.objects.filter(pk=aisha.pk).update(first_line="Likes the window seat")
        Pupil.objects.filter(pk=aisha.pk).update(first_line="Likes the door")
        log_access(
            oakfield.teacher, "pupil.open", school_id=oakfield.school.pk, pupil_id=aisha.pk, why="You teach 9C/En"
        )
        tick_all(asked, oakfield.sendco)
        made = archive_of(asked, review_of(asked))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        names = archive.namelist()
        history, looks = archive.read("history.json").decode(), json.loads(archive.read("looks.json"))
        index = archive.read("index.html").decode()
    assert names == ["index.html", "history.html", "looks.html", "data.json", "history.json", "looks.json"]
    assert "Likes the window seat" in history
    assert "Likes the window seat" not in index
    assert "Likes the door" in index
    assert [(look["who"], look["what"], look["why they could"]) for look in looks] == [
        ("Dan Whitlock", "opened the record", "Teaches 9C/En")
    ]
    assert not re.search(r"<script|https?://", index)


def test_no_row_of_another_school_and_of_no_other_child(inside, cast, oakfield, aisha, asked):
    with school_context(cast.brook.school.pk), acting(SYSTEM, "test"):
        theirs = cast.brook.pupils["aisha"]
        Pupil.objects.filter(pk=theirs.pk).update(first_line="BROOKWORDS")
    with inside():
        Pupil.objects.filter(pk=oakfield.pupils["leon"].pk).update(first_line="LEONWORDS")
        tick_all(asked, oakfield.sendco)
        text = text_of(archive_of(asked, review_of(asked)))
    for word in ("BROOKWORDS", "LEONWORDS", "Walker"):
        assert word not in text


# --- what a person looks at ----------------------------------------------------------------------------------------
def flags_by_text(asked):
    return {flag.text: flag for flag in review_of(asked).flags.values()}


def test_other_peoples_names_are_found_in_free_text(inside, oakfield, aisha, asked):
    with inside():
        Pupil.objects.filter(pk=aisha.pk).update(
            first_line="Sits with Leon, not near MEI’s table. Aïsha Khan likes maps"
        )
        flag = flags_by_text(asked)["Sits with Leon, not near MEI’s table. Aïsha Khan likes maps"]
        actions.tick(request=asked, keys=[flag.key], decision="black_out", reason="Others’ names", by=oakfield.head)
        given = review_of(asked).decided(flag, flag.text)
    assert (flag.why, flag.names) == (Why.THIRD, ["leon", "mei"])
    assert given == "Sits with [name], not near [name]’s table. Aïsha Khan likes maps"


def test_each_kind_of_doubt_has_its_flag(inside, oakfield, aisha, asked):
    with inside():
        Pupil.objects.filter(pk=aisha.pk).update(first_line="Talks of self-harm", speak_to_dsl=True)
        Contact.objects.create(
            school=oakfield.school, pupil=aisha, forename="Omar", surname="Bell", phone="07700 900999"
        )
        PupilFlag.objects.create(
            school=oakfield.school, pupil=aisha, kind="concern", note="Slow to read", starts_on=day(9)
        )
        why = {flag.text: flag.why for flag in review_of(asked).left}
    assert why["Talks of self-harm"] is Why.HARM
    assert why["Slow to read"] is Why.WORDS
    assert why["yes"] is Why.SAFEGUARDING
    assert next(reason for text, reason in why.items() if "07700 900999" in text) is Why.THIRD
    assert not any("parent1@example.org" in text for text in why)  # who asks gets their own


def test_nothing_leaves_before_each_thing_has_a_tick(visit, inside, oakfield, aisha, asked):
    with inside():
        Pupil.objects.filter(pk=aisha.pk).update(first_line="Likes maps")
        with pytest.raises(Unticked):
            archive_of(asked, review_of(asked))
    person = visit("sendco")
    page = person.text(f"rights/requests/{asked.pk}/flags/")
    assert "1 thing to look at" in page
    with inside():
        (flag,) = review_of(asked).left
    path = f"rights/requests/{asked.pk}/flags/"
    for wrong in (
        {"keys": "x", "decision": "give"},
        {"decision": "give"},
        {"keys": flag.key.text},
        {"keys": flag.key.text, "decision": "leave_out"},
    ):
        assert person.post(path, wrong).status_code == 422
    assert person.post(path, {"keys": flag.key.text, "decision": "give"}).status_code == 302
    with inside():
        made = AccessTick.objects.get()
    assert (made.decision, made.decided_by_id) == ("give", oakfield.sendco.pk)
    assert "Everything is looked at" in person.text(path)
    assert "Priya Nair" in person.text(f"{path}?tab=done")


def test_words_that_changed_since_are_looked_at_again(inside, oakfield, aisha, asked):
    with inside():
        Pupil.objects.filter(pk=aisha.pk).update(first_line="Likes maps")
        tick_all(asked, oakfield.sendco)
        Pupil.objects.filter(pk=aisha.pk).update(first_line="Likes Leon")
        left = review_of(asked).left
    assert [flag.text for flag in left] == ["Likes Leon"]


def test_whoever_may_not_read_it_may_not_decide_it(visit, inside, aisha, asked):
    """The pointer to the safeguarding lead waits for the SENDCO or the head."""
    with inside():
        Pupil.objects.filter(pk=aisha.pk).update(speak_to_dsl=True)
        (flag,) = [each for each in review_of(asked).left if each.why is Why.SAFEGUARDING]
    path = f"rights/requests/{asked.pk}/flags/"
    page = visit("data_lead").text(path)
    assert "Not shown to you." in page
    assert flag.key.text not in page
    assert visit("data_lead").post(path, {"keys": flag.key.text, "decision": "give"}).status_code == 422
    assert visit("head").post(path, {"keys": flag.key.text, "decision": "give"}).status_code == 302


def test_the_archive_is_as_it_was_ticked(inside, oakfield, aisha, asked):
    with inside():
        Pupil.objects.filter(pk=aisha.pk).update(first_line="Sits with Leon")
        Contact.objects.create(
            school=oakfield.school, pupil=aisha, forename="Omar", surname="Bell", phone="07700 900999"
        )
        PupilFlag.objects.create(
            school=oakfield.school, pupil=aisha, kind="concern", note="SECRETNOTE", starts_on=day(9)
        )
        flags = flags_by_text(asked)
        for text, flag in flags.items():
            decision = "leave_out" if text == "SECRETNOTE" else "black_out"
            actions.tick(request=asked, keys=[flag.key], decision=decision, reason="Others", by=oakfield.head)
        text = text_of(archive_of(asked, review_of(asked)))
    for gone in ("SECRETNOTE", "Leon", "07700 900999", "Omar"):
        assert gone not in text, gone
    assert "Sits with [name]" in text
    assert "[blacked out]" in text
    assert "1 thing was left out" in text
