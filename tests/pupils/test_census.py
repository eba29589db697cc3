"""The census check: whom it lists under which rule, to whom, the way to mend each; the days of a record put right."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pupils.models import Pupil, RegisterMove, SENNeed, SENRecord
from sendhub.rules.census import next_census
from sendhub.rules.census_faults import RULES
from tests.pupils.test_list import add_pupils

TODAY = timezone.localdate()
QUERIES = 14  # of the page: session, person, school, frame; needs, records, pupils, the log


def found(page):
    """{rule's title: [names]}."""
    groups = re.findall(r'<h2 id="\w+">(.*?): \d+</h2>(.*?)</section>', page, re.S)
    return {title: re.findall(r'rowheader"><a [^>]*>([^<]+)</a>', rows) for title, rows in groups}


def counts(page):
    table = page[page.index('id="checks-h"') :]
    return [int(number) for number in re.findall(r'<td class="num">(\d+)</td>', table)]


@pytest.fixture
def faulty(inside, oakfield):
    """Aïsha has no need; Mei has one and is on no register; Leon has two second needs, and two provisions at once."""
    aisha, leon, mei = (oakfield.pupils[key] for key in ("aisha", "leon", "mei"))
    own = {"school": oakfield.school}
    with inside():
        SENNeed.objects.filter(pupil=aisha).delete()
        SENNeed.objects.create(**own, pupil=mei, code="SPLD", rank=1, starts_on=TODAY)
        SENNeed.objects.filter(pupil=leon).update(rank=2, code="NSA")
        SENNeed.objects.create(**own, pupil=leon, code="ZZZ", rank=2, starts_on=TODAY)
        SENRecord.objects.create(
            **own, pupil=leon, provision="K", starts_on=TODAY - timedelta(400), ends_on=TODAY - timedelta(100)
        )


def test_census_check_lists_each_pupil_under_each_rule(visit, faulty):
    page = visit("sendco").text("pupils/register/census/")
    assert found(page) == {
        "On the register without a type of need": ["Khan, Aïsha"],
        "A type of need, and not on the register": ["Zhou, Mei"],
        "“No specialist assessment” with an EHC plan": ["Walker, Leon"],
        "A type of need that the census does not take": ["Walker, Leon"],
        "Needs without a main one, or with a gap in their order": ["Walker, Leon"],
        "Two needs in the same place": ["Walker, Leon"],
        "Two provisions at the same time": ["Walker, Leon"],
    }
    assert counts(page) == [1] * len(RULES)
    assert "<h1>The census would ask about 3 pupils.</h1>" in page
    assert "EHC plan. 2 No specialist assessment of need yet, 2 ZZZ." in page
    census = next_census(TODAY)
    assert f"The next census is on {census.day.day} {census.day:%B}" in page


def test_census_check_each_row_is_one_press_from_its_mend(visit, faulty, oakfield):
    page = visit("sendco").text("pupils/register/census/")
    aisha, leon = oakfield.pupils["aisha"].pk, oakfield.pupils["leon"].pk
    assert f'href="/s/oakfield/pupils/{aisha}/needs/" data-drawer hx-get="/s/oakfield/pupils/{aisha}/needs/"' in page
    assert f'href="/s/oakfield/pupils/{leon}/days/?gap=census"' in page
    for url in set(re.findall(r'<a class="btn" [^>]*href="/s/oakfield/([^"]+)"', page)):
        assert visit("sendco").get(url.replace("&amp;", "&")).status_code == 200


def test_census_check_says_when_all_is_well_and_names_its_source(visit):
    page = visit("sendco").text("pupils/register/census/")
    assert "<h1>The census has nothing to ask.</h1>" in page
    assert found(page) == {}
    assert counts(page) == [0] * len(RULES)
    assert "DfE, school census guide" in page


def test_census_check_leaves_leavers_out(visit, inside, faulty, oakfield):
    with inside():
        Pupil.objects.filter(pk=oakfield.pupils["leon"].pk).update(left_on=TODAY)
    assert "Walker" not in visit("sendco").text("pupils/register/census/")


@pytest.mark.parametrize("part", ["office", "admin", "head"])
def test_census_check_of_those_who_do_not_decide_names_pupils_and_offers_no_change(visit, faulty, part):
    page = visit(part).text("pupils/register/census/")
    assert "Khan, Aïsha" in page
    assert "/needs/" not in page
    assert "The SENDCO decides about needs and days" in page


@pytest.mark.parametrize("part", ["teacher", "ta", "leader", "dsl", "governor"])
def test_census_check_is_closed_to_the_others(visit, part):
    assert visit(part).get("pupils/register/census/").status_code == 403


def test_census_check_is_logged_with_whom_it_showed(visit, looks, faulty, oakfield):
    visit("office").text("pupils/register/census/")
    ids = sorted(oakfield.pupils[key].pk for key in ("aisha", "leon", "mei"))
    assert looks() == [("census.check", None, "", {"ids": ids})]


def test_census_check_by_htmx_is_the_part_that_changes(visit, faulty):
    part = visit("sendco").text("pupils/register/census/", **{"HX-Request": "true"})
    assert part.strip().startswith('<div class="stack" id="census"')


@pytest.mark.parametrize("rows", [1, 3])
def test_census_check_asks_as_many_questions_for_one_row_as_for_three(visit, inside, oakfield, rows):
    pupils = add_pupils(inside, oakfield, rows)
    with inside():
        SENNeed.objects.filter(pupil__in=pupils).delete()
        for pupil in pupils:
            SENRecord.objects.create(school=oakfield.school, pupil=pupil, provision="K", starts_on=TODAY)
    sendco = visit("sendco")
    sendco.text("pupils/register/census/")
    with CaptureQueriesContext(connection) as seen:
        page = sendco.text("pupils/register/census/")
    assert len(found(page)["On the register without a type of need"]) == rows
    assert len(seen) == QUERIES


# --- the days on the register ------------------------------------------------------------------------------------
def rows_of(inside, pupil):
    with inside():
        return list(
            SENRecord.objects.filter(pupil=pupil)
            .order_by("starts_on", "pk")
            .values_list("provision", "starts_on", "ends_on", "start_known")
        )


def send(visitor, inside, pupil, query="", **changes):
    """Post the form as it stands, with changes: starts=, ends= or gone= by the row's place, such as ends_0."""
    with inside():
        records = list(SENRecord.objects.filter(pupil=pupil).order_by("starts_on", "pk"))
    data = {}
    for place, record in enumerate(records):
        data[f"starts_{record.pk}"] = changes.get(f"starts_{place}", record.starts_on if record.start_known else "")
        data[f"ends_{record.pk}"] = changes.get(f"ends_{place}", record.ends_on or "")
        if changes.get(f"gone_{place}"):
            data[f"gone_{record.pk}"] = "on"
    return visitor.post(f"pupils/{pupil.pk}/days/{query}", data)


def test_days_change_ends_the_earlier_provision_and_goes_back_to_the_check(visit, inside, faulty, oakfield):
    leon = oakfield.pupils["leon"]
    sendco = visit("sendco")
    answer = send(sendco, inside, leon, "?gap=census", ends_0=TODAY - timedelta(201))
    assert answer["Location"] == "/s/oakfield/pupils/register/census/"
    assert rows_of(inside, leon) == [
        ("K", TODAY - timedelta(400), TODAY - timedelta(201), True),
        ("E", TODAY - timedelta(200), None, True),
    ]
    page = sendco.text("pupils/register/census/")
    assert "Two provisions at the same time" not in found(page)
    assert "Saved: the days on the register." in page
    assert "Undo" in page


def test_days_change_takes_away_what_never_was(visit, inside, faulty, oakfield):
    leon = oakfield.pupils["leon"]
    send(visit("sendco"), inside, leon, gone_0=True)
    assert rows_of(inside, leon) == [("E", TODAY - timedelta(200), None, True)]


def test_days_change_gives_a_day_that_the_file_did_not(visit, inside, oakfield):
    """The move of the file gets the same day."""
    aisha = oakfield.pupils["aisha"]
    with inside():
        SENRecord.objects.filter(pupil=aisha).update(start_known=False)
        move = RegisterMove.objects.create(
            school=oakfield.school, pupil=aisha, before="N", after="K", on=TODAY - timedelta(200), on_known=False,
            source="file", told="cannot_tell",
        )  # fmt: skip
    sendco = visit("sendco")
    assert "first seen in a file of" in sendco.text(f"pupils/{aisha.pk}/days/")
    later = send(sendco, inside, aisha, starts_0=TODAY - timedelta(199))
    assert "says it already" in later.content.decode()
    assert send(sendco, inside, aisha).status_code == 302  # left empty: still not known
    assert rows_of(inside, aisha) == [("K", TODAY - timedelta(200), None, False)]
    send(sendco, inside, aisha, starts_0=TODAY - timedelta(500))
    assert rows_of(inside, aisha) == [("K", TODAY - timedelta(500), None, True)]
    with inside():
        move.refresh_from_db()
    assert (move.on, move.on_known, move.council_on) == (TODAY - timedelta(500), True, None)


def test_days_change_moves_the_councils_date_and_the_end_with_the_days(visit, inside, oakfield):
    leon, old = oakfield.pupils["leon"], TODAY - timedelta(200)
    own = {"school": oakfield.school, "pupil": leon}
    with inside():
        SENRecord.objects.create(**own, provision="K", starts_on=TODAY - timedelta(700), ends_on=TODAY - timedelta(600))
        told = {"told": "told", "told_on": TODAY, "told_how": "phone", "told_by": oakfield.sendco.staff, "reason": "x"}
        starts = RegisterMove.objects.create(**own, before="N", after="E", on=old, council_on=old, **told)
        ends = RegisterMove.objects.create(**own, before="K", after="N", on=TODAY - timedelta(599), **told)
    send(visit("sendco"), inside, leon, starts_1=TODAY - timedelta(190), ends_0=TODAY - timedelta(610))
    with inside():
        starts.refresh_from_db()
        ends.refresh_from_db()
    assert starts.on == starts.council_on == TODAY - timedelta(190)
    assert ends.on == TODAY - timedelta(609)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"starts_0": ""}, "Give the first day."),
        ({"starts_0": TODAY + timedelta(1)}, "This day has not come yet."),
        ({"ends_0": TODAY - timedelta(401)}, "The last day is before the first."),
        ({"ends_0": TODAY - timedelta(200)}, "Two of these still hold on one day."),
        ({"ends_0": ""}, "Two of these still hold on one day."),
    ],
)
def test_days_change_refuses_what_can_not_be(visit, inside, faulty, oakfield, changes, words):
    leon = oakfield.pupils["leon"]
    before = rows_of(inside, leon)
    answer = send(visit("sendco"), inside, leon, **changes)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert rows_of(inside, leon) == before


def test_days_change_takes_nobody_off_the_register(visit, inside, faulty, oakfield):
    """That is a move, and the family is told. Of two that hold today either may go, and not both."""
    leon = oakfield.pupils["leon"]
    sendco = visit("sendco")
    assert sendco.text(f"pupils/{leon.pk}/days/").count("Last day") == 1  # of what was; not of what holds today
    with inside():
        SENRecord.objects.filter(pupil=leon, provision="K").update(ends_on=TODAY + timedelta(9))
    for changes in ({"gone_0": True, "gone_1": True}, {"gone_0": True, "ends_1": TODAY - timedelta(1)}):
        answer = send(sendco, inside, leon, **changes)
        assert "What holds today stays as it is here." in answer.content.decode()
    send(sendco, inside, leon, gone_1=True)
    assert [row[0] for row in rows_of(inside, leon)] == ["K"]


def test_days_change_is_about_somebody_who_was_on_the_register(visit, oakfield):
    assert visit("sendco").get(f"pupils/{oakfield.pupils['mei'].pk}/days/").status_code == 404
    assert visit("sendco").get(f"pupils/{oakfield.pupils['gone'].pk}/days/").status_code == 404
