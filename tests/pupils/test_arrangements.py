"""Access arrangements: noted, proved by teachers with one press, watched by the SENDCO, chosen from a list."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pupils import actions
from pupils.models import AccessArrangement, ArrangementKind, ArrangementUse
from sendhub.rules.arrangements import USUAL
from staff.models import SchoolYear, Term


@pytest.fixture
def aisha(oakfield):
    return oakfield.pupils["aisha"]


@pytest.fixture
def day():
    return timezone.localdate()


@pytest.fixture
def given(inside, oakfield, aisha, day):
    """`given(name=..., pupil=..., **columns)` notes an arrangement since a while."""

    def run(name="Prompter", approval="delegated", pupil=aisha, **more):
        with inside():
            return actions.add_arrangement(
                pupil=pupil, by=oakfield.sendco, scheme="jcq", name=name, approval=approval,
                **{"starts_on": day - timedelta(days=300), **more},
            )  # fmt: skip

    return run


def form(day, **more):
    return {"name": "25% extra time", "scheme": "jcq", "starts_on": day.isoformat(), **more}


def test_an_arrangement_is_chosen_from_the_list_and_who_approves_it_follows(visit, inside, aisha, day):
    sendco = visit("sendco")
    page = sendco.text(f"pupils/{aisha.pk}/arrangements/add/")
    for name, _ in USUAL:
        assert f'value="{name}"' in page
    evidence = {"evidence": "Writing speed 78", "evidence_by": "P Nair", "evidence_on": "2026-09-09"}
    assert sendco.post(f"pupils/{aisha.pk}/arrangements/add/", form(day, **evidence)).status_code == 302
    with inside():
        row = AccessArrangement.objects.get()
    assert (row.name, row.approval, row.evidence) == ("25% extra time", "online", "Writing speed 78")
    page = visit("teacher").text(f"pupils/{aisha.pk}/arrangements/")
    assert "Writing speed 78, P Nair, 9 September" in page
    assert "Not approved yet" in page
    change = form(day, version=1, name="Prompter")
    assert sendco.post(f"pupils/arrangements/{row.pk}/change/", change).status_code == 302
    with inside():
        row.refresh_from_db()
    assert (row.name, row.approval) == ("Prompter", "delegated")
    assert "Not approved yet" not in visit("teacher").text(f"pupils/{aisha.pk}/")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"applied_on": "2026-09-10", "approved_on": "2026-09-09"}, "before it was applied for"),
        ({"expires_on": "2027-09-09"}, "Say when it was approved"),
        ({"approved_on": "2026-09-09", "expires_on": "2026-09-08"}, "before it was approved"),
        ({"evidence_on": "2026-09-09"}, "Say what the evidence is"),
        ({"name": "Something else"}, "Something else"),
        ({"approved_on": "2031-01-01"}, "today or a day before"),
    ],
)
def test_days_and_names_that_can_not_be_are_refused(visit, inside, aisha, day, wrong, says):
    answer = visit("sendco").post(f"pupils/{aisha.pk}/arrangements/add/", form(day, **wrong))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    with inside():
        assert not AccessArrangement.objects.exists()


def test_an_approval_from_outside_runs_out_after_26_months(visit, given, aisha, day):
    given("Reader", "online", approved_on=day - timedelta(days=800))
    assert "Ran out" in visit("teacher").text(f"pupils/{aisha.pk}/")
    given("Scribe", "online", approved_on=day - timedelta(days=80), expires_on=day + timedelta(days=5))
    assert "Runs out" in visit("teacher").text(f"pupils/{aisha.pk}/arrangements/")


def test_a_teacher_says_with_one_press_that_it_is_used_and_once_a_half_term_is_enough(visit, inside, given, aisha):
    row = given()
    teacher, page = visit("teacher"), f"pupils/{aisha.pk}/arrangements/"
    assert "Nobody has said this half term that it is used." in teacher.text(f"pupils/{aisha.pk}/")
    assert "Used in my lessons" in teacher.text(page)
    for _ in range(2):
        assert teacher.post(f"pupils/arrangements/{row.pk}/use/").status_code == 302
    with inside():
        assert ArrangementUse.objects.count() == 1
    said = teacher.text(page)
    assert "Used in my lessons" not in said
    assert "Dan Whitlock" in said
    assert "Used in lessons this half term." in teacher.text(f"pupils/{aisha.pk}/")
    assert "Used in my lessons" in visit("ta").text(page)  # another adult may say so as well


def test_half_terms_in_which_nobody_said_so_stand_there_without_proof(visit, inside, oakfield, given, aisha, day):
    row = given()
    with inside():
        year = SchoolYear.objects.get()
        now = Term.objects.get()
        Term.objects.filter(pk=now.pk).update(starts_on=day - timedelta(days=9), ends_on=day + timedelta(days=9))
        Term.objects.create(
            school=oakfield.school, year=year, name="Before", starts_on=day - timedelta(days=30),
            ends_on=day - timedelta(days=12),
        )  # fmt: skip
        ArrangementUse.objects.create(
            school=oakfield.school, pupil=aisha, arrangement=row, staff=oakfield.ta.staff,
            said_on=day - timedelta(days=40),
        )  # fmt: skip
    page = visit("teacher").text(f"pupils/{aisha.pk}/arrangements/")
    assert "No proof" in page
    assert "To be said" in page
    assert "Kemi Oduya" not in page  # that was before this half term and the one before


def test_only_an_adult_of_the_pupil_says_so(visit, inside, given, aisha):
    row = given()
    head = visit("head")
    assert "Used in my lessons" not in head.text(f"pupils/{aisha.pk}/arrangements/")
    head.post(f"pupils/arrangements/{row.pk}/use/")
    assert "only adults who teach or support the pupil" in head.text(f"pupils/{aisha.pk}/arrangements/")
    with inside():
        assert not ArrangementUse.objects.exists()


def test_without_term_dates_nobody_can_tell(visit, inside, given, aisha):
    row = given()
    with inside():
        Term.objects.all().delete()
    teacher = visit("teacher")
    assert "Cannot tell whether it is used this half term" in teacher.text(f"pupils/{aisha.pk}/")
    assert "We cannot tell the half terms" in teacher.text(f"pupils/{aisha.pk}/arrangements/")
    assert teacher.post(f"pupils/arrangements/{row.pk}/use/").status_code == 302
    assert "Cannot tell which are used" in visit("sendco").text("pupils/support/")


def test_a_withdrawn_one_and_a_leavers_are_read_only(visit, inside, oakfield, given, aisha, day):
    row = given()
    yesterday = (day - timedelta(days=1)).isoformat()
    assert visit("sendco").post(f"pupils/arrangements/{row.pk}/end/", {"ends_on": yesterday}).status_code == 302
    page = visit("teacher").text(f"pupils/{aisha.pk}/arrangements/")
    assert "Before" in page
    assert "Used in my lessons" not in page
    gone = given(pupil=oakfield.pupils["gone"])
    assert visit("sendco").post(f"pupils/arrangements/{gone.pk}/use/").status_code == 404


def test_the_list_says_who_has_what_and_what_is_missing(visit, inside, oakfield, given, aisha, day):
    used = given("Prompter")
    given("Reader", "online", pupil=oakfield.pupils["leon"])
    given("Scribe", "online", pupil=oakfield.pupils["mei"], approved_on=day - timedelta(days=900))
    given("Gone", pupil=oakfield.pupils["gone"])
    visit("teacher").post(f"pupils/arrangements/{used.pk}/use/")
    sendco = visit("sendco")
    page = sendco.text("pupils/support/")
    assert "Of 2 access arrangements nobody has said this half term that it is used." in page
    shown = {"Prompter": "Khan, Aïsha", "Reader": "Walker, Leon", "Scribe": "Zhou, Mei"}
    for view, expected in (
        ("all", {"Prompter", "Reader", "Scribe"}),
        ("unsaid", {"Reader", "Scribe"}),
        ("ends", {"Scribe"}),
        ("open", {"Reader"}),
        ("nonsense", {"Prompter", "Reader", "Scribe"}),
    ):
        page = sendco.text(f"pupils/support/?view={view}")
        assert {name for name, pupil in shown.items() if pupil in page} == expected, view
    assert "Left, Gale" not in page
    for part in ("teacher", "head", "office"):
        assert visit(part).get("pupils/support/").status_code == 403


def test_the_list_of_a_school_without_any_and_of_one_where_all_is_said(visit, given, aisha):
    assert "Nobody has an access arrangement yet." in visit("sendco").text("pupils/support/")
    row = given()
    visit("ta").post(f"pupils/arrangements/{row.pk}/use/")
    page = visit("sendco").text("pupils/support/")
    assert "Each access arrangement is used this half term, somebody has said." in page
    assert "None in this view" in visit("sendco").text("pupils/support/?view=ends")


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_ask_as_often_for_many_as_for_one(visit, given, aisha, number):
    for each in range(number):
        given(f"Reader {each}")
    counts = {}
    for part, path in (("teacher", f"pupils/{aisha.pk}/arrangements/"), ("sendco", "pupils/support/")):
        visitor = visit(part)
        visitor.text(path)
        with CaptureQueriesContext(connection) as seen:
            visitor.text(path)
        counts[path.rpartition("/")[0].rpartition("/")[2]] = len(seen)
    assert counts == {"arrangements": 17, "support": 13}


# --- the list to choose from -------------------------------------------------------------------------------------
def test_the_usual_list_becomes_the_schools_own_and_is_changed(visit, inside, oakfield, given, aisha, day):
    row, sendco = given("Prompter"), visit("sendco")
    page = sendco.text("pupils/support/kinds/")
    assert "The usual list of arrangements" in page
    for _ in range(2):
        assert sendco.post("pupils/support/kinds/own/").status_code == 302
    with inside():
        assert ArrangementKind.objects.count() == len(USUAL)
        kind = ArrangementKind.objects.get(name="Prompter")
    assert f"{len(USUAL)} arrangements to choose from" in sendco.text("pupils/support/kinds/")
    path = f"pupils/support/kinds/{kind.pk}"
    assert sendco.post(f"{path}/change/", {"name": "A prompter", "approval": "online"}).status_code == 302
    assert sendco.post(f"{path}/end/", {"ends_on": (day - timedelta(days=1)).isoformat()}).status_code == 302
    assert "Not offered since" in sendco.text("pupils/support/kinds/")
    assert "A prompter" not in sendco.text(f"pupils/{aisha.pk}/arrangements/add/")
    with inside():
        row.refresh_from_db()
    assert (row.name, row.approval) == ("Prompter", "delegated")  # what a pupil has stays as it was given
    change = form(day, version=1, name="Prompter", evidence="Letter")
    assert sendco.post(f"pupils/arrangements/{row.pk}/change/", change).status_code == 302


def test_a_first_line_of_ones_own_comes_on_top_of_the_usual_ones(visit, inside):
    sendco = visit("sendco")
    for name in ("Standing desk", "Prompter"):
        sendco.post("pupils/support/kinds/add/", {"name": name, "approval": "delegated"})
    with inside():
        names = list(ArrangementKind.objects.values_list("name", flat=True))
    assert sorted(names) == sorted([*(name for name, _ in USUAL), "Standing desk"])
    again = sendco.post("pupils/support/kinds/add/", {"name": "Standing  desk", "approval": "delegated"})
    assert again.status_code == 422
    assert "on the list already" in again.content.decode()


def test_a_first_line_that_is_a_usual_one_stands_once(visit, inside):
    visit("sendco").post("pupils/support/kinds/add/", {"name": "Prompter", "approval": "delegated"})
    with inside():
        assert ArrangementKind.objects.filter(name="Prompter").count() == 1
