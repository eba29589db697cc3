"""Many pupils at once: moves checked by name and undone, flags, and what files propose."""

from datetime import timedelta

import pytest

from pupils.drafts import MOVES
from pupils.models import FamilyLetter, ProvisionProposal, PupilFlag, RegisterMove, SENRecord
from sendhub.kit import drafts
from sendhub.kit.actions import save_draft, undo_operation
from sendhub.kit.models import Operation
from tests.pupils.families import more_pupils


# --- many moves --------------------------------------------------------------------------------------------------
def many(oakfield, pupils, today, **changes):
    data = {
        "ids": ",".join(str(pupil.pk) for pupil in pupils),
        "after": "K",
        "on": today.isoformat(),
        "reason": "Screened in September.",
        "tell": "told",
        "told_on": today.isoformat(),
        "told_how": "meeting",
        "told_by": oakfield.sendco.staff_id,
    }
    return {**data, **changes}


def test_many_moves_are_checked_by_name_saved_and_undone(visit, oakfield, inside, today):
    with inside():
        new = more_pupils(oakfield, 3)
    sendco = visit("sendco")
    aisha = oakfield.pupils["aisha"]
    here = "pupils/register/move/"
    where = sendco.text(f"{here}?ids={new[0].pk}&ids={aisha.pk}")
    assert "Where on the register should 2 pupils be?" in where
    form = sendco.text(f"{here}?ids={new[0].pk},{aisha.pk}&after=K")
    assert "Put 2 pupils on to SEN Support" in form
    data = many(oakfield, [*new, aisha], today)
    check = sendco.post(here, data)
    page = check.content.decode()
    assert check.status_code == 200
    assert "Put 3 pupils on to SEN Support?" in page
    assert "Left out: 1" in page
    assert "This is what the register says already." in page
    with inside():
        assert not RegisterMove.objects.exists()
    back = sendco.post(here, {**data, "back": "1"}).content.decode()
    assert "Screened in September." in back
    assert sendco.post(here, {**data, "checked": "1"}).status_code == 302
    listed = sendco.text("pupils/")
    assert "Saved: 3 pupils on to SEN Support" in listed
    assert "1 pupil was left out." in listed
    with inside():
        assert SENRecord.objects.filter(pupil__in=new, provision="K").count() == 3
        undo_operation(operation=Operation.objects.get(), by=oakfield.sendco)
        assert not SENRecord.objects.filter(pupil__in=new).exists()
        assert not RegisterMove.objects.exists()


def test_many_moves_with_letters_leave_out_those_without_a_reader_and_undo_takes_the_letters_back(
    visit, oakfield, inside, today
):
    with inside():
        new = more_pupils(oakfield, 2)
        new[1].contacts.update(parental_responsibility=None)
    sendco = visit("sendco")
    data = many(oakfield, new, today, tell="letter", letter="News about [name].", told_on="", told_how="", told_by="")
    page = sendco.post("pupils/register/move/", data).content.decode()
    assert "1 letter will be written." in page
    assert "No adult is chosen whom the letter can go to." in page
    sendco.post("pupils/register/move/", {**data, "checked": "1"})
    with inside():
        assert FamilyLetter.objects.get().text == "News about Pupil0."
        undo_operation(operation=Operation.objects.get(), by=oakfield.sendco)
        assert not FamilyLetter.objects.exists()


def test_many_moves_off_the_register_leave_plans_to_the_council(visit, oakfield, today, inside):
    pupils = [oakfield.pupils["aisha"], oakfield.pupils["leon"]]
    page = visit("sendco").post("pupils/register/move/", many(oakfield, pupils, today, after="N")).content.decode()
    assert "Take 1 pupil off the register?" in page
    assert "Needs on the record end with the move." in page
    assert "Only the council starts and ends an EHC plan." in page


def test_many_moves_that_apply_to_nobody_save_nothing(visit, oakfield, today, inside):
    sendco = visit("sendco")
    data = many(oakfield, [oakfield.pupils["aisha"]], today)
    assert "This move applies to none of them" in sendco.post("pupils/register/move/", data).content.decode()
    sendco.post("pupils/register/move/", {**data, "checked": "1"})
    assert "Nothing was saved" in sendco.text("pupils/")
    assert "Nobody is chosen" in sendco.text("pupils/register/move/")
    assert sendco.post("pupils/register/move/", {**data, "reason": ""}).status_code == 422
    assert sendco.post("pupils/register/move/", {}).status_code == 422


def test_many_moves_take_the_whole_views_filter(visit, oakfield, today, inside):
    page = visit("sendco").text("pupils/register/move/?provision=none&year=9&after=K")
    assert "Put 1 pupil on to SEN Support" in page
    assert f'name="ids" value="{oakfield.pupils["mei"].pk}"' in page


def test_many_moves_give_back_the_draft_and_forget_it_when_saved(visit, oakfield, today, inside):
    mei = oakfield.pupils["mei"]
    data = {"ids": [str(mei.pk)], "after": ["K"], "reason": ["Half a"], "letter": ["My own words"]}
    with inside():
        save_draft(by=oakfield.sendco, form=MOVES, object_id=0, data=data)
        assert drafts.find(MOVES).url(0).endswith("pupils/register/move/")
    sendco = visit("sendco")
    for query in ("", f"?ids={mei.pk}&after=K"):
        page = sendco.text(f"pupils/register/move/{query}")
        assert "Half a" in page
        assert "My own words" in page
    assert "Half a" not in sendco.text(f"pupils/register/move/?ids={mei.pk}&after=E")
    sendco.post("pupils/register/move/", many(oakfield, [mei], today, checked="1"))
    with inside():
        assert drafts.for_form(oakfield.sendco, MOVES) is None


def test_many_flags_are_set_and_ended(visit, oakfield, today, inside):
    pupils = [oakfield.pupils["aisha"], oakfield.pupils["mei"]]
    ids = ",".join(str(pupil.pk) for pupil in pupils)
    sendco = visit("sendco")
    data = {"ids": ids, "do": "set", "kind": "assessed", "starts_on": today.isoformat(), "note": ""}
    here = "pupils/register/flags/"
    assert "A flag for 2 pupils" in sendco.text(f"{here}?ids={ids}")
    assert "Nobody is chosen" in sendco.text(here)
    assert sendco.post(here, {**data, "kind": ""}).status_code == 422
    assert sendco.post(here, data).status_code == 302
    assert "Saved: the flag for 2 pupils." in sendco.text("pupils/")
    sendco.post(here, data)
    assert "all of them have this flag already" in sendco.text("pupils/")
    early = {**data, "do": "end", "starts_on": (today - timedelta(days=1)).isoformat()}
    assert sendco.post(here, early).status_code == 422
    sendco.post(here, {**data, "do": "end"})
    assert "the flag ended for 2 pupils" in sendco.text("pupils/")
    sendco.post(here, {**data, "do": "end"})
    assert "none of them has this flag" in sendco.text("pupils/")
    with inside():
        assert PupilFlag.objects.filter(ends_on=today).count() == 2
    sendco.post(here, {**data, "ids": str(pupils[0].pk)})
    sendco.post(here, data)
    assert "Saved: the flag for 1 pupil. 1 pupil had it already." in sendco.text("pupils/")


# --- proposals ---------------------------------------------------------------------------------------------------
def propose(oakfield, pupil, before, after, today):
    return ProvisionProposal.objects.create(
        school=oakfield.school, pupil=pupil, before=before, after=after, seen_on=today
    )


def test_proposals_are_accepted_as_moves_or_set_aside(visit, oakfield, inside, today):
    aisha, leon, mei = (oakfield.pupils[key] for key in ("aisha", "leon", "mei"))
    with inside():
        propose(oakfield, aisha, "N", "K", today)
        propose(oakfield, leon, "E", "K", today)
        propose(oakfield, mei, "N", "K", today)
    sendco = visit("sendco")
    page = sendco.text("pupils/register/proposals/")
    assert "A file says otherwise about 3 pupils." in page
    assert page.count("Changed since") == 1
    assert page.count("The same now") == 1
    assert f"/pupils/{mei.pk}/move/?after=K" in page
    sendco.post("pupils/register/move/", many(oakfield, [mei], today, checked="1"))
    with inside():
        assert ProvisionProposal.objects.get(pupil=mei).state == "accepted"
        undo_operation(operation=Operation.objects.get(), by=oakfield.sendco)
        assert ProvisionProposal.objects.get(pupil=mei).state == "open"
    aside = f"pupils/register/proposals/set-aside/?ids={aisha.pk}&ids={leon.pk}"
    assert "Keep the register as it is for 2 pupils" in sendco.text(aside)
    here = "pupils/register/proposals/set-aside/"
    assert sendco.post(here, {"ids": aisha.pk, "note": ""}).status_code == 422
    assert sendco.post(here, {"ids": f"{aisha.pk},{leon.pk}", "note": "An old file."}).status_code == 302
    assert "2 proposals set aside." in sendco.text("pupils/register/proposals/")
    assert "No pupil is chosen" in sendco.text(aside)
    sendco.post(here, {"ids": mei.pk, "note": "An old file."})
    assert "No file says otherwise than the register." in sendco.text("pupils/register/proposals/")


@pytest.mark.parametrize(("part", "status"), [("sendco", 200), ("admin", 403), ("head", 403), ("office", 403)])
def test_proposals_are_for_those_who_decide(visit, part, status):
    assert visit(part).get("pupils/register/proposals/").status_code == status


@pytest.mark.parametrize("number", [1, 3])
def test_proposal_list_costs_the_same_for_one_row_and_for_three(
    visit, oakfield, inside, today, django_assert_num_queries, number
):
    with inside():
        for pupil in more_pupils(oakfield, number):
            propose(oakfield, pupil, "N", "K", today)
    sendco = visit("sendco")
    with django_assert_num_queries(16):
        assert sendco.text("pupils/register/proposals/").count("Choose More") == number


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_to_check_costs_the_same_for_one_pupil_and_for_three(
    visit, oakfield, inside, today, django_assert_num_queries, number
):
    with inside():
        new = more_pupils(oakfield, number)
    sendco = visit("sendco")
    with django_assert_num_queries(19):
        page = sendco.post("pupils/register/move/", many(oakfield, new, today)).content.decode()
    assert page.count("More, Pupil") == number
