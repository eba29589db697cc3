"""Reduced timetables and places outside school: what is recorded, what is lacking, who may know, and both lists."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pupils.models import Placement, PlacementVisit, ReducedTimetable
from tests.pupils.away import HTMX, open_all_year, placed, reduced, visited

DAY = timedelta(days=1)


@pytest.fixture
def today(november):
    return november


@pytest.fixture
def set_terms(oakfield, inside, today):
    with inside():
        open_all_year(oakfield, today)


@pytest.fixture
def page(visit, oakfield):
    def read(noun, who="aisha", part="sendco"):
        text = visit(part).text(f"pupils/{oakfield.pupils[who].pk}/{noun}/")
        return text[text.index("<main") :]

    return read


def in_order(today):
    """The facts of a timetable that lacks nothing today."""
    return {
        "ends_on": today + 10 * DAY,
        "review_on": today + 5 * DAY,
        "agreed_on": today - 20 * DAY,
        "council_on": today - 14 * DAY,
    }


def wanted(today, **changes):
    facts = {"hours": "12.5", "reason": "Back after an illness", "starts_on": today - 14 * DAY, **in_order(today)}
    return {**{name: str(value) for name, value in facts.items()}, **changes}


# --- reduced timetables --------------------------------------------------------------------------------------------
def test_timetable_add_records_hours_why_and_what_was_agreed(visit, oakfield, inside, today, page):
    answer = visit("sendco").post(f"pupils/{oakfield.pupils['aisha'].pk}/timetables/add/", wanted(today))
    assert answer.status_code == 302
    with inside():
        row = ReducedTimetable.objects.get()
    assert (row.hours, row.agreed_on, row.council_on) == (12.5, today - 20 * DAY, today - 14 * DAY)
    text = page("timetables")
    assert "Aïsha is in school for 12.5 hours a week" in text
    assert "Back after an illness" in text
    assert "Late" not in text


def test_timetable_add_in_a_drawer_and_twice(visit, oakfield, inside, today):
    sendco, path = visit("sendco"), f"pupils/{oakfield.pupils['aisha'].pk}/timetables/add/"
    assert "<html" not in sendco.text(path, **HTMX)
    answer = sendco.post(path, wanted(today), **HTMX).content.decode()
    assert 'id="timetables" hx-swap-oob="true"' in answer
    again = sendco.post(path, wanted(today))
    assert again.status_code == 422
    with inside():
        assert ReducedTimetable.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"hours": ""}, "Say how many hours a week they are in."),
        ({"hours": "41"}, "less than or equal to 40"),
        ({"ends_on": "2000-01-01"}, "This is before the first day."),
        ({"review_on": "2000-01-01"}, "This is before the first day."),
        ({"agreed_on": "2099-01-01"}, "This day has not come yet."),
        ({"reason": ""}, "This field is required."),
    ],
)
def test_timetable_add_refuses_nonsense(visit, oakfield, inside, today, change, said):
    path = f"pupils/{oakfield.pupils['aisha'].pk}/timetables/add/"
    answer = visit("sendco").post(path, wanted(today, **change))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    with inside():
        assert not ReducedTimetable.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"agreed_on": None}, "The family has not agreed"),
        ({"review_on": None}, "No day is set to look at it again"),
        ({"council_on": None}, "The council was not told"),
        ({"ends_on": None, "starts": 43}, "Longer than 6 weeks: the limit is"),
    ],
)
def test_what_a_timetable_lacks_stands_on_its_page_the_record_and_the_list(
    visit, oakfield, inside, today, page, change, said
):
    facts = {**in_order(today), **change}
    with inside():
        reduced(oakfield, "aisha", today - facts.pop("starts", 14) * DAY, **facts)
    assert said in page("timetables")
    assert said in visit("sendco").text("pupils/timetables/")
    record = visit("sendco").text(f"pupils/{oakfield.pupils['aisha'].pk}/")
    assert said in record[record.index('id="card-timetables"') :]


def test_a_review_that_has_passed_is_late(oakfield, inside, today, page):
    with inside():
        reduced(oakfield, "aisha", today - 14 * DAY, **{**in_order(today), "review_on": today - DAY})
    text = page("timetables")
    assert "To be looked at again on" in text
    assert "Late" in text


def test_a_teacher_knows_the_hours_and_not_why(visit, oakfield, inside, today, page):
    with inside():
        reduced(oakfield, "aisha", today - 14 * DAY, review_on=today - DAY)
    for text in (page("timetables", part="teacher"), visit("teacher").text(f"pupils/{oakfield.pupils['aisha'].pk}/")):
        assert "12 hours a week" in text
        assert "illness" not in text
        assert "agreed</dt>" not in text
        assert "Late" not in text
    assert "12 hours a week" in visit("teacher").text(f"pupils/{oakfield.pupils['aisha'].pk}/timeline/")
    assert "illness" not in visit("teacher").text(f"pupils/{oakfield.pupils['aisha'].pk}/timeline/")
    assert visit("ta").get(f"pupils/{oakfield.pupils['aisha'].pk}/timetables/").status_code == 403
    assert visit("teacher").get("pupils/timetables/").status_code == 403


def test_timetable_change_on_an_old_version_shows_both(visit, oakfield, inside, today):
    with inside():
        row = reduced(oakfield, "aisha", today - 14 * DAY, **in_order(today))
    sendco, path = visit("sendco"), f"pupils/timetables/{row.pk}/change/"
    assert sendco.post(path, wanted(today, reason="Mornings first", version="1")).status_code == 302
    late = sendco.post(path, wanted(today, reason="Afternoons first", version="1"))
    assert late.status_code == 409
    text = re.sub("</?mark>", "", late.content.decode())
    assert "Mornings first" in text
    assert "Afternoons first" in text
    assert f'value="{(today + 10 * DAY).isoformat()}"' in text


@pytest.mark.parametrize(
    ("data", "ends", "withdrawn"), [({"how": "ended"}, True, False), ({"how": "mistake", "on": ""}, False, True)]
)
def test_timetable_end_gives_a_last_day_or_withdraws(visit, oakfield, inside, today, page, data, ends, withdrawn):
    with inside():
        row = reduced(oakfield, "aisha", today - 14 * DAY)
    path = f"pupils/timetables/{row.pk}/end/"
    assert visit("sendco").post(path, {"on": (today - DAY).isoformat(), **data}).status_code == 302
    with inside():
        row.refresh_from_db()
    assert (row.ends_on is not None, row.withdrawn_on is not None) == (ends, withdrawn)
    assert "Aïsha is in school for the whole week" in page("timetables")
    card = visit("sendco").text(f"pupils/{oakfield.pupils['aisha'].pk}/")
    assert ("None runs now." in card) is ends


def test_timetable_list_holds_everybody_on_one_whom_the_reader_sees(visit, oakfield, inside, looks, today):
    with inside():
        reduced(oakfield, "mei", today - 14 * DAY, **in_order(today))
        reduced(oakfield, "leon", today - 14 * DAY)
        reduced(oakfield, "aisha", today - 90 * DAY, ends_on=today - 60 * DAY)
        reduced(oakfield, "gone", today - 90 * DAY)
    text = visit("head").text("pupils/timetables/")
    assert "2 pupils are on a reduced timetable" in text
    assert text.index("Walker, Leon") < text.index("Zhou, Mei")
    assert [look[0] for look in looks()] == ["timetable.list"]
    assert "1 pupil is on a reduced timetable" in visit("leader").text("pupils/timetables/")


def test_an_empty_list_of_timetables_says_so(visit):
    assert "Nobody is on a reduced timetable" in visit("sendco").text("pupils/timetables/")
    assert "Everybody learns here" in visit("sendco").text("pupils/placements/")


# --- places outside school -----------------------------------------------------------------------------------------
def place_wanted(oakfield, today, **changes):
    data = {"provider": "Hedgerow Farm", "reason": "To try it", "days": "Mondays", "attendance": "A call by 10"}
    data |= {"starts_on": str(today - 14 * DAY), "review_on": str(today + 9 * DAY), "check_on": str(today - 20 * DAY)}
    return {**data, "check_by_id": str(oakfield.dsl.staff_id), **changes}


def test_placement_add_records_who_saw_the_check(visit, oakfield, inside, set_terms, today, page):
    path = f"pupils/{oakfield.pupils['aisha'].pk}/placements/add/"
    assert visit("dsl").post(path, place_wanted(oakfield, today)).status_code == 302
    with inside():
        row = Placement.objects.get()
    assert (row.check_by_id, row.check_on) == (oakfield.dsl.staff_id, today - 20 * DAY)
    text = page("placements")
    assert "Aïsha learns at Hedgerow Farm" in text
    assert ", by Mo Farrow" in text
    assert "Nobody from school has been there yet." in text


def test_a_check_that_nobody_saw_has_no_name(visit, oakfield, inside, set_terms, today, page):
    """The form begins with oneself chosen; that alone says nothing."""
    path = f"pupils/{oakfield.pupils['aisha'].pk}/placements/add/"
    assert visit("dsl").post(path, place_wanted(oakfield, today, check_on="")).status_code == 302
    with inside():
        assert Placement.objects.get().check_by_id is None
    assert "No safeguarding check was seen" in page("placements")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"check_by_id": ""}, "Choose who saw it."),
        ({"check_by_id": "999999"}, "Select a valid choice"),
        ({"check_on": "2099-01-01"}, "This day has not come yet."),
        ({"provider": ""}, "This field is required."),
    ],
)
def test_placement_add_refuses_nonsense(visit, oakfield, inside, today, change, said):
    path = f"pupils/{oakfield.pupils['aisha'].pk}/placements/add/"
    answer = visit("sendco").post(path, place_wanted(oakfield, today, **change))
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_visit_stands_below_its_place_and_ends_the_alert(visit, oakfield, inside, set_terms, today, page):
    with inside():
        row = placed(oakfield, "aisha", today - 14 * DAY, review_on=today + DAY)
    data = {"visited_on": str(today), "visited_by_id": str(oakfield.sendco.staff_id), "findings": "Safe and busy"}
    sendco, path = visit("sendco"), f"pupils/placements/{row.pk}/visits/add/"
    assert sendco.post(path, data).status_code == 302
    assert sendco.post(path, data).status_code == 422
    text = page("placements")
    assert "Priya Nair" in text
    assert "Safe and busy" in text
    assert "Nobody from school" not in text
    assert sendco.post(path, {**data, "visited_on": "2099-01-01"}).status_code == 422


def test_no_visit_in_a_term_is_late_when_it_has_gone(oakfield, inside, set_terms, today, page):
    with inside():
        row = placed(oakfield, "aisha", today - 300 * DAY, review_on=today + DAY)
        visited(oakfield, row, today - 299 * DAY, withdrawn_on=today)
    assert "No visit this term" in page("placements")


def test_without_terms_nobody_can_tell_when_a_visit_is_due(oakfield, inside, today, page):
    with inside():
        placed(oakfield, "aisha", today + DAY, review_on=today + 9 * DAY)
        assert "cannot tell" not in page("placements")
        placed(oakfield, "leon", today - 900 * DAY, review_on=today + 9 * DAY)
    assert "No visit this term: cannot tell by when" in page("placements", "leon")


def test_visit_change_and_a_visit_that_was_a_mistake(visit, oakfield, inside, set_terms, today, page):
    with inside():
        row = visited(oakfield, placed(oakfield, "aisha", today - 14 * DAY), today)
    sendco, path = visit("sendco"), f"pupils/visits/{row.pk}"
    data = {"visited_on": str(today), "visited_by_id": str(oakfield.dsl.staff_id), "version": "1"}
    assert sendco.post(f"{path}/change/", {**data, "findings": "Proud of the hens"}).status_code == 302
    assert "Mo Farrow" in page("placements")
    assert sendco.post(f"{path}/change/", {**data, "findings": "Tired"}).status_code == 409
    assert "The visit of" in sendco.text(f"{path}/end/")
    assert "<html" not in sendco.text(f"{path}/end/", **HTMX)
    assert sendco.post(f"{path}/end/").status_code == 302
    assert "Recorded by mistake" in page("placements")
    with inside():
        assert PlacementVisit.objects.get().withdrawn_on == today


@pytest.mark.parametrize("how", ["ended", "mistake"])
def test_placement_end_gives_a_last_day_or_withdraws(visit, oakfield, inside, set_terms, today, page, how):
    with inside():
        row = placed(oakfield, "aisha", today - 14 * DAY)
    data = {"how": how, "on": (today - DAY).isoformat()}
    assert visit("sendco").post(f"pupils/placements/{row.pk}/end/", data).status_code == 302
    text = page("placements")
    assert "Aïsha learns here alone" in text
    assert ("Over" in text) is (how == "ended")
    assert ("Recorded by mistake" in text) is (how == "mistake")


def test_placements_are_for_those_who_may_know(visit, oakfield, inside, today):
    with inside():
        row = placed(oakfield, "aisha", today - 14 * DAY)
    for part, sees, keeps in (("leader", 200, 403), ("teacher", 403, 403), ("ta", 403, 403), ("dsl", 200, 200)):
        assert visit(part).get(f"pupils/{oakfield.pupils['aisha'].pk}/placements/").status_code == sees
        assert visit(part).get("pupils/placements/").status_code == sees
        assert visit(part).get(f"pupils/placements/{row.pk}/change/").status_code == keeps
    assert "Hedgerow" not in visit("teacher").text(f"pupils/{oakfield.pupils['aisha'].pk}/")
    assert "Hedgerow" not in visit("teacher").text(f"pupils/{oakfield.pupils['aisha'].pk}/timeline/")


def test_placement_list_says_where_and_what_is_lacking(visit, oakfield, inside, set_terms, today):
    with inside():
        checked = {"check_on": today - 15 * DAY, "check_by_id": oakfield.dsl.staff_id, "review_on": today + 5 * DAY}
        row = placed(oakfield, "mei", today - 14 * DAY, **checked)
        visited(oakfield, row, today)
        placed(oakfield, "leon", today - 14 * DAY, **{**checked, "check_on": None, "check_by_id": None})
    text = visit("sendco").text("pupils/placements/")
    assert "2 pupils learn somewhere else" in text
    assert text.index("Walker, Leon") < text.index("Zhou, Mei")
    assert text.count("No safeguarding check was seen") == 1
    assert "None yet" in text


def test_a_leavers_pages_are_read_only(visit, oakfield, inside, today, page):
    with inside():
        timetable = reduced(oakfield, "gone", today - 90 * DAY)
        place = placed(oakfield, "gone", today - 90 * DAY)
        visit_row = visited(oakfield, place, today - 80 * DAY)
    for noun in ("timetables", "placements"):
        text = page(noun, "gone")
        assert "this is read only" in text
        assert "Change" not in text
        assert visit("sendco").get(f"pupils/{oakfield.pupils['gone'].pk}/{noun}/add/").status_code == 404
    for path in (f"timetables/{timetable.pk}", f"placements/{place.pk}", f"visits/{visit_row.pk}"):
        assert visit("sendco").get(f"pupils/{path}/change/").status_code == 404
        assert visit("sendco").post(f"pupils/{path}/end/", {"how": "mistake"}).status_code == 404
    assert visit("sendco").get(f"pupils/placements/{place.pk}/visits/add/").status_code == 404


def test_the_timeline_and_the_history_tell_of_them(visit, oakfield, inside, today):
    with inside():
        reduced(oakfield, "aisha", today - 14 * DAY, ends_on=today - DAY)
        row = placed(oakfield, "aisha", today - 14 * DAY, ends_on=today - DAY)
        visited(oakfield, row, today - 5 * DAY)
    text = visit("sendco").text(f"pupils/{oakfield.pupils['aisha'].pk}/timeline/")
    for words in (
        "A reduced timetable began: 12 hours a week in school.",
        "The last day of a reduced timetable.",
        "Began to learn somewhere else: Hedgerow Farm.",
        "The last day at Hedgerow Farm.",
        "Priya Nair visited them where they learn.",
    ):
        assert words in text
    assert "Hedgerow Farm" in visit("head").text(f"pupils/{oakfield.pupils['aisha'].pk}/history/")


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"), [("timetables/", 13), ("placements/", 13), ("{}/timetables/", 13), ("{}/placements/", 13)]
)
def test_these_pages_ask_as_many_questions_for_one_row_as_for_three(
    visit, oakfield, inside, set_terms, today, number, path, queries
):
    with inside():
        for who in ("aisha", "leon", "mei")[:number]:
            reduced(oakfield, who, today - 14 * DAY)
            visited(oakfield, placed(oakfield, who, today - 14 * DAY), today)
        for ago in range(20, 20 + number):
            reduced(oakfield, "aisha", today - ago * DAY)
            visited(oakfield, placed(oakfield, "aisha", today - ago * DAY), today)
    sendco, path = visit("sendco"), f"pupils/{path.format(oakfield.pupils['aisha'].pk)}"
    sendco.text(path)
    with CaptureQueriesContext(connection) as seen:
        sendco.text(path)
    assert len(seen) == queries
