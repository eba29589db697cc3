"""Suspensions as others see them: who may know, the record's card, the list, the timeline, history and merge."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pupils import actions
from pupils.models import Suspension
from staff.models import Membership, StaffMember
from tests.pupils.away import open_all_year, suspended, working_days_ago

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
    def read(who="aisha", part="sendco"):
        return visit(part).text(f"pupils/{oakfield.pupils[who].pk}/suspensions/")

    return read


def wanted(today, **changes):
    data = {"kind": "days", "starts_on": today.isoformat(), "days": "2.5", "reasons": ["PP", "BU"]}
    return {**data, "family_on": today.isoformat(), **changes}


def add_path(oakfield, who="aisha"):
    return f"pupils/{oakfield.pupils[who].pk}/suspensions/add/"


@pytest.mark.parametrize(
    ("part", "sees", "keeps"),
    [
        ("sendco", 200, 200),
        ("admin", 200, 200),
        ("head", 200, 200),
        ("dsl", 200, 200),
        ("leader", 200, 403),
        ("teacher", 403, 403),
        ("ta", 403, 403),
        ("office", 403, 403),
        ("governor", 403, 403),
    ],
)
def test_suspensions_are_for_those_who_may_know(visit, oakfield, inside, today, part, sees, keeps):
    with inside():
        suspended(oakfield, "aisha", today, 1)
    visitor = visit(part)
    assert visitor.get(f"pupils/{oakfield.pupils['aisha'].pk}/suspensions/").status_code == sees
    assert visitor.get(add_path(oakfield)).status_code == keeps
    if part in {"leader", "teacher", "ta"}:
        record = visitor.text(f"pupils/{oakfield.pupils['aisha'].pk}/")
        assert ("card-suspensions" in record) is (sees == 200)


@pytest.mark.parametrize(
    ("part", "cards"),
    [("sendco", {"attendance", "suspensions", "timetables", "placements"}), ("leader", set()), ("teacher", set())],
)
def test_an_empty_card_is_for_whoever_could_fill_it(visit, oakfield, part, cards):
    record = visit(part).text(f"pupils/{oakfield.pupils['aisha'].pk}/")
    nouns = ("attendance", "suspensions", "timetables", "placements")
    assert {noun for noun in nouns if f'id="card-{noun}"' in record} == cards


def test_who_may_not_know_of_care_does_not_learn_it_from_who_was_told(visit, oakfield, inside, today, page):
    with inside():
        suspended(oakfield, "aisha", today, 1, social_worker_on=today, virtual_head_on=today)
    assert "Virtual school head told" in page()
    leader = page(part="leader")
    assert "Suspended for 1 day" in leader
    for words in ("ocial worker", "irtual school head"):
        assert words not in leader
        assert words in visit("sendco").text(add_path(oakfield))


def test_a_leavers_suspensions_are_read_only(visit, oakfield, inside, today):
    with inside():
        row = suspended(oakfield, "gone", today - 90 * DAY, 1)
    sendco = visit("sendco")
    text = sendco.text(f"pupils/{oakfield.pupils['gone'].pk}/suspensions/")
    assert "this is read only" in text
    assert "Suspended for 1 day" in text
    assert "Record a suspension" not in text
    for path in (
        add_path(oakfield, "gone"),
        f"pupils/suspensions/{row.pk}/change/",
        f"pupils/suspensions/{row.pk}/end/",
    ):
        assert sendco.get(path).status_code == 404
        assert sendco.post(path, wanted(today)).status_code == 404


def test_the_card_says_what_is_late(visit, oakfield, inside, set_terms, today):
    with inside():
        for number in range(4):
            suspended(oakfield, "aisha", working_days_ago(today, 4 + number), 1)
    record = visit("sendco").text(f"pupils/{oakfield.pupils['aisha'].pk}/")
    card = record[record.index('id="card-suspensions"') :]
    assert "4 of 45 school days this year" in card
    assert "Look at this" in card
    assert card[: card.index("</section>")].count("<li>") == 5
    assert "And 1 more." in card


def test_the_card_can_not_tell_without_terms(visit, oakfield, inside, today):
    with inside():
        suspended(oakfield, "mei", today, 9, family_on=today, council_on=today)
    record = visit("sendco").text(f"pupils/{oakfield.pupils['mei'].pk}/")
    card = record[record.index('id="card-suspensions"') :]
    assert "Cannot tell" in card[: card.index("</section>")]


def test_suspension_list_holds_those_whom_the_reader_sees_and_the_gravest_first(
    visit, oakfield, inside, set_terms, today
):
    first = working_days_ago(today, 5)
    with inside():
        suspended(oakfield, "mei", first, 1, family_on=first, council_on=first)
        suspended(oakfield, "leon", first, 1)
        suspended(oakfield, "gone", today - 40 * DAY, 1)
        suspended(oakfield, "aisha", working_days_ago(today, 255), 1)
    text = visit("sendco").text("pupils/suspensions/")
    assert "2 pupils have been suspended this school year" in text
    assert text.index("Walker, Leon") < text.index("Zhou, Mei")
    assert "Khan" not in text[text.index("<main") :]
    leader = visit("leader").text("pupils/suspensions/")
    assert "1 pupil has been suspended this school year" in leader
    assert "Walker" not in leader


def test_who_leads_a_year_and_works_in_the_office_finds_the_year_alone(visit, oakfield, inside, set_terms, today):
    """The office sees every pupil and none of this; leading Year 9 is no reason to know it of Year 8."""
    with inside():
        Membership.objects.filter(pk=oakfield.leader.pk).update(roles=["leader", "office"])
        suspended(oakfield, "mei", working_days_ago(today, 3), 1)
        suspended(oakfield, "leon", working_days_ago(today, 3), 1)
    text = visit("leader").text("pupils/suspensions/")
    assert "1 pupil has been suspended this school year" in text
    assert "Walker" not in text
    assert visit("leader").get(f"pupils/{oakfield.pupils['leon'].pk}/suspensions/").status_code == 404
    with inside():
        StaffMember.objects.filter(pk=oakfield.leader.staff_id).update(ended_on=today - timedelta(days=1))
    assert "Nobody has been suspended" in visit("leader").text("pupils/suspensions/")


def test_suspension_list_logs_whom_it_showed(visit, oakfield, inside, set_terms, looks, today):
    with inside():
        suspended(oakfield, "leon", today, 1)
    visit("head").text("pupils/suspensions/")
    assert looks() == [("suspension.list", None, "", {"ids": [oakfield.pupils["leon"].pk]})]


def test_an_empty_list_says_so(visit):
    assert "Nobody has been suspended this school year" in visit("sendco").text("pupils/suspensions/")


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("suspensions/", 13), ("{}/suspensions/", 13)])
def test_suspension_pages_ask_as_many_questions_for_one_row_as_for_three(
    visit, oakfield, inside, set_terms, today, number, path, queries
):
    with inside():
        for who in ("aisha", "leon", "mei")[:number]:
            suspended(oakfield, who, working_days_ago(today, 3), 1)
        for ago in range(10, 10 + number):
            suspended(oakfield, "aisha", working_days_ago(today, ago), 1)
    sendco, path = visit("sendco"), f"pupils/{path.format(oakfield.pupils['aisha'].pk)}"
    sendco.text(path)
    with CaptureQueriesContext(connection) as seen:
        sendco.text(path)
    assert len(seen) == queries


def test_the_timeline_tells_of_them_to_whom_may_know(visit, oakfield, inside, today):
    with inside():
        suspended(oakfield, "aisha", today - DAY, 2, governors_on=today, cancelled_on=today)
        suspended(oakfield, "aisha", today - 2 * DAY, 1, withdrawn_on=today, reasons="TH")
    path = f"pupils/{oakfield.pupils['aisha'].pk}/timeline/"
    text = visit("sendco").text(path)
    for words in (
        "Suspended for 2 days.",
        "Why: Hurting a pupil.",
        "The head took a suspension back.",
        "Governors look",
    ):
        assert words in text
    assert "Theft" not in text
    assert "uspended for" not in visit("teacher").text(path)


def test_the_history_says_who_recorded_it(visit, oakfield, inside, today):
    visit("sendco").post(add_path(oakfield), wanted(today))
    text = visit("head").text(f"pupils/{oakfield.pupils['aisha'].pk}/history/")
    assert "recorded a suspension" in text


def test_a_merge_moves_them(oakfield, inside, today):
    with inside():
        suspended(oakfield, "mei", today, 1)
        actions.merge_pupils(
            stands=oakfield.pupils["aisha"],
            other=oakfield.pupils["mei"],
            columns=[],
            register_of_other=False,
            needs_of_other=False,
            by=oakfield.sendco,
        )
        assert Suspension.objects.get().pupil_id == oakfield.pupils["aisha"].pk
