"""Getting to know the pupils: each adult's own list and queue, one short page after another, and no league table."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pupils.models import ProvisionProposal, PupilFlag, ReadingMark, RegisterMove, SENNeed, SENRecord
from pupils.queries import reading_counts, reading_queue
from sendhub.access import Role
from staff.models import Membership


def heading(page):
    return re.search(r"<h1[^>]*>(.*?)</h1>", page, re.S).group(1)


def marks(inside):
    with inside():
        return list(ReadingMark.objects.order_by("pk").values_list("member_id", "pupil_id", "tagged_on", "read_on"))


def test_the_queue_is_the_register_by_year_and_counts_what_is_read(visit, oakfield):
    page = visit("sendco").text("pupils/reading/")
    assert heading(page) == "You have read about 0 of 2 pupils"
    assert re.findall(r"<b>(\w+, \w+)</b>", page) == ["Walker, Leon", "Khan, Aïsha"]  # Year 8 before Year 9
    assert "Zhou" not in page  # not on the register
    assert page.count("btn primary") == 1
    assert f"/pupils/{oakfield.pupils['leon'].pk}/read/" in page


def test_read_next_goes_through_the_queue_and_ends_on_it(visit, inside, oakfield):
    aisha, leon = oakfield.pupils["aisha"], oakfield.pupils["leon"]
    sendco, today = visit("sendco"), timezone.localdate()
    first = sendco.post(f"pupils/{leon.pk}/read/", {"read": "yes"})
    assert first["Location"].endswith(f"/pupils/{aisha.pk}/read/")
    assert "You have read about 1 of 2 pupils" in sendco.text("pupils/reading/")
    last = sendco.client.post(f"/s/oakfield/pupils/{aisha.pk}/read/", {"read": "yes"}, follow=True)
    assert "You have read all: 2 pupils." in last.content.decode()
    assert "You have read about all 2 pupils" in last.content.decode()
    assert marks(inside) == [
        (oakfield.sendco.pk, leon.pk, None, today),
        (oakfield.sendco.pk, aisha.pk, None, today),
    ]


def test_a_year_group_is_read_by_itself(visit, oakfield):
    aisha, leon = oakfield.pupils["aisha"], oakfield.pupils["leon"]
    sendco = visit("sendco")
    page = sendco.text("pupils/reading/?part=9")
    assert re.findall(r"<b>(\w+, \w+)</b>", page) == ["Khan, Aïsha"]
    done = sendco.client.post(f"/s/oakfield/pupils/{aisha.pk}/read/", {"read": "yes", "part": "9"}, follow=True)
    assert "You have read all of “Year 9”: 1 pupil." in done.content.decode()
    # a part that is not there (any more) is everyone
    onward = sendco.post(f"pupils/{aisha.pk}/read/", {"read": "yes", "part": "11"})
    assert onward["Location"].endswith(f"/pupils/{leon.pk}/read/")


def test_reading_twice_keeps_the_first_day_and_can_be_taken_back(visit, inside, oakfield):
    leon, today = oakfield.pupils["leon"], timezone.localdate()
    with inside():
        ReadingMark.objects.create(
            school=oakfield.school, member=oakfield.sendco, pupil=leon, read_on=today - timedelta(days=9)
        )
    sendco = visit("sendco")
    sendco.post(f"pupils/{leon.pk}/read/", {"read": "yes"})
    assert [row[3] for row in marks(inside)] == [today - timedelta(days=9)]
    page = sendco.text(f"pupils/{leon.pk}/read/")
    assert "Not read after all" in page
    assert page.count("btn primary") == 1
    sendco.post(f"pupils/{leon.pk}/read/", {"read": "no"})
    assert marks(inside) == []


def test_a_tag_comes_first_and_survives_what_was_read(visit, inside, oakfield):
    aisha, mei = oakfield.pupils["aisha"], oakfield.pupils["mei"]
    sendco, today = visit("sendco"), timezone.localdate()
    record = sendco.client.post(
        f"/s/oakfield/pupils/{mei.pk}/tag/", {"tagged": "yes", "back": "record"}, follow=True
    ).content.decode()
    assert "Mei Zhou is on your list to get to know." in record
    assert "On your list" in record
    page = sendco.text("pupils/reading/")
    assert heading(page) == "You have read about 0 of 3 pupils"  # she is in the queue though not on the register
    assert re.findall(r"<b>(\w+, \w+)</b>", page) == ["Walker, Leon", "Zhou, Mei", "Khan, Aïsha"]
    assert re.findall(r"<b>(\w+, \w+)</b>", sendco.text("pupils/reading/?part=tagged")) == ["Zhou, Mei"]
    for pupil in (mei, aisha):
        sendco.post(f"pupils/{pupil.pk}/read/", {"read": "yes"})
    sendco.post(f"pupils/{mei.pk}/read/", {"read": "no"})
    sendco.post(f"pupils/{aisha.pk}/tag/", {"tagged": "yes", "back": "read"})
    assert marks(inside) == [
        (oakfield.sendco.pk, mei.pk, today, None),
        (oakfield.sendco.pk, aisha.pk, today, today),
    ]
    back = sendco.post(f"pupils/{aisha.pk}/tag/", {"tagged": "no", "back": "read", "part": "9"})
    assert back["Location"].endswith(f"/pupils/{aisha.pk}/read/?part=9")
    sendco.post(f"pupils/{mei.pk}/tag/", {"tagged": "no", "back": "record"})
    assert marks(inside) == [(oakfield.sendco.pk, aisha.pk, None, today)]


def test_a_tag_that_says_nothing_is_refused_in_a_sentence(visit, inside, oakfield):
    answer = visit("sendco").client.post(f"/s/oakfield/pupils/{oakfield.pupils['mei'].pk}/tag/", {}, follow=True)
    assert "That did not save." in answer.content.decode()
    assert marks(inside) == []
    assert visit("sendco").post(f"pupils/{oakfield.pupils['leon'].pk}/read/", {"read": "perhaps"}).status_code == 422


def test_many_are_tagged_from_the_list_after_one_look(visit, inside, oakfield):
    ids = [oakfield.pupils[name].pk for name in ("aisha", "mei", "gone")]
    sendco = visit("sendco")
    assert 'formaction="/s/oakfield/pupils/reading/tag/"' in sendco.text("pupils/")
    query = "&".join(f"ids={pk}" for pk in [*ids, 999999])
    page = sendco.text(f"pupils/reading/tag/?{query}")
    assert heading(page) == "Get to know 2 pupils"  # who has left is left out
    sendco.post(f"pupils/reading/tag/?ids={ids[0]}")
    done = sendco.client.post(f"/s/oakfield/pupils/reading/tag/?{query}", follow=True).content.decode()
    assert "1 pupil is new on your list to get to know." in done
    assert [row[1] for row in marks(inside)] == ids[:2]
    assert "No pupil is chosen" in sendco.text("pupils/reading/tag/")
    assert sendco.post("pupils/reading/tag/").status_code == 422


def test_a_tag_on_somebody_read_before_keeps_the_day(visit, inside, oakfield):
    aisha, today = oakfield.pupils["aisha"], timezone.localdate()
    sendco = visit("sendco")
    sendco.post(f"pupils/{aisha.pk}/read/", {"read": "yes"})
    sendco.post(f"pupils/reading/tag/?ids={aisha.pk}")
    assert marks(inside) == [(oakfield.sendco.pk, aisha.pk, today, today)]


def test_each_adult_has_their_own_queue_of_whom_they_may_see(visit, inside, oakfield):
    leon, aisha = oakfield.pupils["leon"], oakfield.pupils["aisha"]
    visit("head").post(f"pupils/{aisha.pk}/read/", {"read": "yes"})
    leader = visit("leader")
    page = leader.text("pupils/reading/")
    assert heading(page) == "You have read about 0 of 1 pupil"
    assert "Walker" not in page
    assert "Lindqvist" not in page  # who has read is nobody else's business
    assert leader.get(f"pupils/{leon.pk}/read/").status_code == 404
    assert leader.post(f"pupils/{leon.pk}/tag/", {"tagged": "yes", "back": "record"}).status_code == 404
    assert "No pupil is chosen" in leader.text(f"pupils/reading/tag/?ids={leon.pk}")
    assert visit("teacher").get("pupils/reading/").status_code == 403
    with inside():
        assert reading_counts(oakfield.head, timezone.localdate()) == {"total": 2, "read": 1}


def test_what_a_second_role_sees_is_not_read_with_the_first(inside, oakfield):
    """In the office she lists everybody; as a leader she reads about her own year only."""
    with inside():
        Membership.objects.filter(pk=oakfield.leader.pk).update(roles=[Role.LEADER, Role.OFFICE])
        both = Membership.objects.select_related("school", "staff").get(pk=oakfield.leader.pk)
        places = reading_queue(both, timezone.localdate())[0].places
        assert [place.pk for place in places] == [oakfield.pupils["aisha"].pk]
        both.staff = None
        both.staff_id = None
        assert reading_queue(both, timezone.localdate())[0].places == ()


def test_the_short_page_says_what_one_must_know_and_is_logged(visit, inside, looks, oakfield):
    aisha, today = oakfield.pupils["aisha"], timezone.localdate()
    with inside():
        PupilFlag.objects.create(school=oakfield.school, pupil=aisha, kind="concern", starts_on=today)
        ProvisionProposal.objects.create(school=oakfield.school, pupil=aisha, before="K", after="N", seen_on=today)
        RegisterMove.objects.create(
            school=oakfield.school, pupil=aisha, before="N", after="K", on=today, source="file", told="cannot_tell"
        )
    page = visit("sendco").text(f"pupils/{aisha.pk}/read/")
    assert heading(page) == "Aïsha Khan"
    assert "Mo Farrow, key adult; Kemi Oduya, teaching assistant" in page
    assert "Concern since" in page
    assert "A file says Not on the register: accept it or set it aside." in page
    assert "Nobody can tell if the family was told." in page
    assert [verb for verb, pk, _, _ in looks() if pk == aisha.pk] == ["pupil.read"]
    assert "Concern since" in visit("leader").text(f"pupils/{aisha.pk}/read/")
    for words in ("A file says", "was told", "Free meals", "Parent"):
        assert words not in visit("leader").text(f"pupils/{aisha.pk}/read/")


def test_a_need_that_came_with_a_file_has_no_invented_day(visit, inside, oakfield):
    aisha = oakfield.pupils["aisha"]
    page = visit("sendco").text(f"pupils/{aisha.pk}/read/")
    assert re.search(r"Specific learning difficult\w+, since", page)
    with inside():
        SENRecord.objects.filter(pupil=aisha).update(start_known=False)
    page = visit("sendco").text(f"pupils/{aisha.pk}/read/")
    assert not re.search(r"Specific learning difficult\w+, since", page)
    assert "cannot tell when it began" in page


def test_who_is_not_on_the_register_or_has_left(visit, inside, oakfield):
    page = visit("sendco").text(f"pupils/{oakfield.pupils['mei'].pk}/read/")
    assert "Not on the register" in page
    assert "None recorded" in page
    assert "No key adult is named" in page
    assert "Nothing that is kept here." in page
    assert visit("sendco").get(f"pupils/{oakfield.pupils['gone'].pk}/read/").status_code == 404


def test_the_pointer_stands_on_the_short_page_for_those_who_may_know(visit, oakfield):
    address = f"pupils/{oakfield.pupils['leon'].pk}/read/"
    assert "Speak to the safeguarding lead about Leon" in visit("head").text(address)
    assert "safeguarding lead about" not in visit("admin").text(address)


def test_an_empty_queue_says_how_it_fills(visit, inside):
    with inside():
        SENRecord.objects.all().delete()
        SENNeed.objects.all().delete()
    page = visit("sendco").text("pupils/reading/")
    assert heading(page) == "Nobody to read about yet"
    assert "anybody whom you tag" in page


@pytest.mark.parametrize(
    ("began", "today", "words"),
    [
        ("2020-09-01", "2026-09-10", "By 30 September that is 1 a week."),
        ("2020-09-01", "2026-11-25", "The day for this was 30 September."),
    ],
)
def test_the_target_is_our_choice_and_says_how_many_a_week(visit, inside, oakfield, monkeypatch, began, today, words):
    day = timezone.datetime.fromisoformat(today).date()
    monkeypatch.setattr("pupils.views.reading.timezone.localdate", lambda value=None: value.date() if value else day)
    with inside():
        SENRecord.objects.update(starts_on="2020-01-01")
        Membership.objects.filter(pk=oakfield.sendco.pk).update(started_at=f"{began}T08:00:00Z")
    page = visit("sendco").text("pupils/reading/")
    assert words in page
    assert "our choice and not the law" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_asks_as_many_questions_for_one_pupil_as_for_three(visit, inside, oakfield, rows):
    mei, today = oakfield.pupils["mei"], timezone.localdate()
    with inside():
        if rows == 3:
            SENRecord.objects.create(school=oakfield.school, pupil=mei, provision="K", starts_on=today)
        else:
            SENRecord.objects.filter(pupil=oakfield.pupils["leon"]).delete()
    sendco = visit("sendco")
    sendco.text("pupils/reading/")
    for path, number in (("pupils/reading/", 14), (f"pupils/{oakfield.pupils['aisha'].pk}/read/", 21)):
        with CaptureQueriesContext(connection) as seen:
            page = sendco.text(path)
        assert f"of {rows}" in page
        assert len(seen) == number
