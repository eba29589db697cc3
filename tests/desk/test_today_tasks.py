"""What waits on Today: counted from what happened, late by a rule, one verb a row, and no name that is not shown."""

import re
import uuid
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import set_urlconf
from django.utils import timezone

from pupils.models import (
    FamilyLetter,
    ImportBatch,
    ImportLine,
    ProvisionProposal,
    Pupil,
    PupilAdult,
    PupilFlag,
    ReadingMark,
    RegisterMove,
    SENNeed,
    SENRecord,
)
from pupils.queries.standings import Standing
from pupils.queries.waiting import waiting_counts
from sendhub.audit import actor_key
from sendhub.desk.people_tasks import failure_tasks, people_tasks
from sendhub.desk.pupil_tasks import family_tasks, file_tasks, gap_tasks, proposal_tasks, reading_tasks
from sendhub.desk.task import bands_of
from sendhub.desk.today import today_of
from sendhub.desk.waiting import waiting_lines
from sendhub.kit.models import Job, Link
from sendhub.outbox.models import Message
from sendhub.rules.census import census_gaps
from staff.models import Invitation, Membership, School, StaffMember
from staff.signin.queries import invitations_by_state
from tests.desk.test_today import heading


@pytest.fixture(autouse=True)
def in_a_school():
    """A task's address is one of the school's own pages."""
    set_urlconf(settings.SCHOOL_URLCONF)
    yield
    set_urlconf(None)


@pytest.fixture
def today():
    return timezone.localdate()


def bands(page):
    """{band: [what]} as the page shows them."""
    parts = re.split(r'<h3 class="band[^>]*>', page)[1:]
    clean = re.compile(r"<svg.*?</svg>", re.S)
    return {
        clean.sub("", part).split("<")[0].strip(): re.findall(r'<p class="what"><a href="[^"]+">(.*?)</a>', part)
        for part in parts
    }


def rows(tasks, day):
    set_urlconf(settings.SCHOOL_URLCONF)  # a request before this put the site's own back
    return [(label, line.what, line.why, line.force) for label, _, _, lines in bands_of(tasks, day) for line in lines]


def move(oakfield, who, on, **facts):
    return RegisterMove.objects.create(
        school=oakfield.school, pupil=oakfield.pupils[who], before="N", after="K", on=on, **facts
    )


def letter(oakfield, moved, written_on, way="post", **facts):
    return FamilyLetter.objects.create(
        school=oakfield.school, pupil=moved.pupil, move=moved, addressee="Parent", way=way, text="Words",
        written_on=written_on, **facts,
    )  # fmt: skip


def test_a_letter_that_nobody_posted_is_late_after_seven_days_and_by_the_law(oakfield, inside, today):
    with inside():
        by_post = move(oakfield, "aisha", today - timedelta(days=8), reason="Reading", told="letter")
        letter(oakfield, by_post, today)
        letter(oakfield, by_post, today, withdrawn_on=today)
        found = rows(family_tasks(waiting_counts(oakfield.school.pk, today), today), today)
    assert [(row[0], row[1], row[3]) for row in found] == [("Late", "1 letter to families to print and post", "Must")]
    assert found[0][2].endswith("1 day late.")


def test_a_notice_by_email_tells_nobody(oakfield, inside, today):
    """It asks the family to ring; until they did, or a letter was posted, they are not told."""
    with inside():
        mailed = move(oakfield, "leon", today - timedelta(days=7), reason="Speech", told="letter")
        letter(oakfield, mailed, today, way="email", sent_on=today)
        found = rows(family_tasks(waiting_counts(oakfield.school.pk, today), today), today)
    assert [(row[0], row[1], row[3]) for row in found] == [("Today", "1 family asked to ring and not told yet", "Must")]


def test_only_the_newest_move_of_a_pupil_who_is_here_counts(oakfield, inside, today):
    with inside():
        move(oakfield, "aisha", today - timedelta(days=90), source="file", told="cannot_tell")
        told = {"told": "told", "told_on": today, "told_how": "phone", "told_by": oakfield.sendco.staff}
        move(oakfield, "aisha", today - timedelta(days=9), reason="Reading", **told)
        move(oakfield, "gone", today - timedelta(days=90), source="file", told="cannot_tell")
        assert family_tasks(waiting_counts(oakfield.school.pk, today), today) == []


def test_whom_nobody_can_tell_stands_in_this_week_and_is_never_called_late(oakfield, inside, today):
    with inside():
        for who in ("aisha", "leon"):
            move(oakfield, who, today - timedelta(days=100), source="file", told="cannot_tell")
        found = family_tasks(waiting_counts(oakfield.school.pk, today), today)
    assert [(row[0], row[1], row[3]) for row in rows(found, today)] == [
        ("This week", "2 families of whom nobody can tell if they were told", "Must")
    ]
    assert "late" not in rows(found, today)[0][2]


def test_proposals_wait_a_week(oakfield, inside, today):
    with inside():
        for who, days in (("aisha", 3), ("leon", 7)):
            ProvisionProposal.objects.create(
                school=oakfield.school,
                pupil=oakfield.pupils[who],
                before="K" if who == "aisha" else "E",
                after="N",
                seen_on=today - timedelta(days=days),
            )
        found = rows(proposal_tasks(waiting_counts(oakfield.school.pk, today), today), today)
        Pupil.objects.update(left_on=today)  # about somebody who has left there is nothing to decide
        assert proposal_tasks(waiting_counts(oakfield.school.pk, today), today) == []
    assert [(row[0], row[1], row[3]) for row in found] == [
        ("Today", "2 changes that a file proposes for the register", "Our choice")
    ]


def batch(oakfield, state, days, **facts):
    made = ImportBatch.objects.create(
        school=oakfield.school, kind="pupils", file_name="x.csv", digest="0" * 64, state=state, **facts
    )
    when = timezone.now() - timedelta(days=days)
    ImportBatch.objects.filter(pk=made.pk).update(created_at=when)
    return made


def test_files_that_wait_and_doubts_that_are_left(oakfield, inside, today):
    with inside():
        batch(oakfield, "ready", 14)
        applied = batch(oakfield, "applied", 9, applied_at=timezone.now() - timedelta(days=8))
        own = {"school": oakfield.school, "batch": applied, "name": "X", "state": "in_doubt"}
        for number in range(3):
            ImportLine.objects.create(**own, row=number, decision="leave" if number == 2 else "")
        found = file_tasks(waiting_counts(oakfield.school.pk, today), today)
        more = batch(oakfield, "ready", 2)
        ImportLine.objects.create(**{**own, "batch": more}, row=1)  # not brought in yet: part of that file
        again = file_tasks(waiting_counts(oakfield.school.pk, today), today)
    assert [(row[0], row[1]) for row in rows(found, today)] == [
        ("Late", "2 doubts left from files that were brought in"),
        ("Today", "1 file waits to be brought in"),
    ]
    assert found[1].link == ("pupils:import-show", (applied.pk,))
    assert [task.what for task in again] == [
        "2 files wait to be brought in",
        "2 doubts left from files that were brought in",
    ]
    assert again[0].link == ("pupils:import-list",)


@pytest.mark.parametrize(
    ("day", "force", "words"),
    [
        ("2026-11-25", "Must", "By 21 January."),
        ("2027-01-21", "Must", "The limit is today."),
        ("2027-01-22", "Should", "Census day is not before January"),
    ],
)
def test_a_missing_need_is_a_must_by_the_january_census(day, force, words):
    standing = Standing(provision="K", first_line=True)
    standing.adults[7] = "Nair, Priya"
    stand = {1: standing}
    day = timezone.datetime.fromisoformat(day).date()
    (found,) = rows(gap_tasks(stand, day), day)
    assert found[1] == "1 pupil on the register without a type of need"
    assert found[3] == force
    assert words in found[2]
    assert census_gaps(day, about_need=True).citation.startswith("Education (Information")


def test_reading_is_a_row_until_it_is_done_or_its_day_has_gone_unused(oakfield, inside, today):
    stand = {oakfield.pupils[who].pk: Standing(provision="K") for who in ("aisha", "leon")}
    with inside():
        first = reading_tasks(oakfield.sendco, stand, today)
        own = {"school": oakfield.school, "member": oakfield.sendco}
        ReadingMark.objects.create(**own, pupil=oakfield.pupils["aisha"], read_on=today)
        ReadingMark.objects.create(**own, pupil=oakfield.pupils["mei"], tagged_on=today)
        ReadingMark.objects.create(**own, pupil=oakfield.pupils["gone"], tagged_on=today, read_on=today)
        begun = reading_tasks(oakfield.sendco, stand, today)
        long_ago = reading_tasks(oakfield.sendco, stand, today + timedelta(days=200))
        unused = reading_tasks(oakfield.assistant, stand, today + timedelta(days=200))
        ReadingMark.objects.update(read_on=today)
        done = reading_tasks(oakfield.sendco, {oakfield.pupils["aisha"].pk: stand.popitem()[1]}, today)
    assert [task.what for task in first + begun] == [
        "Get to know the pupils: 0 of 2 read",
        "Get to know the pupils: 1 of 3 read",
    ]
    assert "a week" in first[0].why
    assert [task.why for task in long_ago] == ["The day for it has gone: nobody is late."]
    assert unused == done == []


def test_messages_and_jobs_that_failed_wait_until_the_next_working_day(oakfield, inside, today):
    with inside():
        for number, state in enumerate(("uncertain", "dead", "dead", "sent", "dead")):
            made = Message.objects.create(
                school=oakfield.school, key=str(number), to="a@example.org", template="x", state=state,
                sent_at=timezone.now(), message_id=str(number), by="system",
            )  # fmt: skip
        Message.objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(days=15))
        job = {"school": oakfield.school, "kind": "x", "title": "X", "by": actor_key(oakfield.office)}
        early = Job.objects.create(**job, form_id=uuid.uuid4(), state="failed", finished_at=timezone.now())
        Job.objects.create(**{**job, "kind": "y"}, form_id=uuid.uuid4(), state="failed", finished_at=timezone.now())
        found = failure_tasks(oakfield.office, today)
        Job.objects.create(**job, form_id=uuid.uuid4(), state="done")
        after = failure_tasks(oakfield.office, today)
        teacher = failure_tasks(oakfield.teacher, today)
    assert [task.what for task in found] == [
        "2 messages not sent",
        "1 message may or may not have arrived",
        "2 pieces of your work failed",
    ]
    assert {task.deadline.due > today for task in found} == {True}
    assert [task.what for task in after][-1] == "1 piece of your work failed"
    assert early.pk
    assert teacher == []


def test_who_has_left_and_can_still_sign_in_is_late_after_a_working_day(oakfield, inside, today):
    with inside():
        StaffMember.objects.filter(pk=oakfield.teacher.staff_id).update(ended_on=today - timedelta(days=10))
        found = people_tasks(oakfield.office, today, ((0, None), (0, None)))
        Membership.objects.filter(pk=oakfield.teacher.pk).update(ended_at=timezone.now())
        after = people_tasks(oakfield.office, today, ((0, None), (0, None)))
    assert [(row[0], row[1], row[3]) for row in rows(found, today)] == [
        ("Late", "1 person has left the staff list and can still sign in", "Must")
    ]
    assert after == []


def test_invitations_that_ran_out_are_ours_and_the_others_wait_for_people(oakfield, inside, today):
    with inside():
        now = timezone.now()
        for number, days in enumerate((-2, 3, None)):
            invited = Invitation.objects.create(
                school=oakfield.school, name="New Person", email=f"n{number}@example.org", roles=["ta"]
            )
            if days is not None:
                Link.objects.create(
                    school=oakfield.school, purpose="invitation", subject_id=invited.pk, recipient=invited.email,
                    token_hash=str(number), created_by="system", expires_at=now + timedelta(days=days),
                )  # fmt: skip
        found = invitations_by_state(oakfield.school, now)
        tasks = people_tasks(oakfield.office, today, found)
        waits = waiting_lines([], {}, found, False, today)
    assert (found[0][0], found[1][0]) == (1, 2)
    assert [task.what for task in tasks] == ["1 invitation ran out before anybody took it up"]
    assert [line.what for line in waits] == ["2 people have not taken up an invitation"]


def test_the_council_is_waited_for_while_it_assesses(visit, inside, oakfield, today):
    assert "Nobody owes you anything" in visit("sendco").text("")
    with inside():
        PupilFlag.objects.create(
            school=oakfield.school, pupil=oakfield.pupils["aisha"], kind="assessed", starts_on=today
        )
    page = visit("sendco").text("")
    assert "Council: 1 assessment under way" in page
    assert "Council" not in visit("office").text("")


def test_the_head_knows_what_waits_for_the_sendco_and_has_no_button_for_it(visit, inside, oakfield, today):
    page = visit("head").text("")
    assert "SENDCO: 1 pupil on the register without a key adult" in page
    assert bands(page) == {}
    assert "2 pupils are on the register, 66.7% of the roll." in page
    assert "What we can check is in order" not in page
    assert bands(visit("admin").text("")) == {
        "Later, or when there is time": ["1 pupil on the register without a key adult"]
    }


def test_people_without_a_second_factor_are_counted_while_they_work_here(visit, inside, oakfield, settings):
    settings.DEMO = False
    assert "12 people without a second factor" in visit("sendco").text("")
    assert "second factor" not in visit("admin").text("")  # who may not invite
    with inside():
        Membership.objects.exclude(pk=oakfield.sendco.pk).update(ended_at=timezone.now())
    assert "1 person without a second factor" in visit("sendco").text("")


def test_today_counts_families_without_an_address_for_the_office(visit, inside, oakfield):
    with inside():
        oakfield.pupils["mei"].contacts.update(email="")
    assert "1 pupil without an e-mail address for the family" in visit("office").text("")
    assert "for the family" not in visit("sendco").text("")


def test_today_when_nothing_waits_says_so_and_claims_no_more(visit, inside, oakfield, today):
    with inside():
        Pupil.objects.update(first_line="Known.")
        PupilAdult.objects.create(
            school=oakfield.school,
            pupil=oakfield.pupils["leon"],
            staff=oakfield.ta.staff,
            part="key_adult",
            starts_on=today,
        )
        School.objects.filter(pk=oakfield.school.pk).update(second_factor="off")
        for who in ("aisha", "leon"):
            ReadingMark.objects.create(
                school=oakfield.school, member=oakfield.sendco, pupil=oakfield.pupils[who], read_on=today
            )
    page = visit("sendco").text("")
    assert heading(page) == "Nothing is late. Nothing waits. 2 pupils on the register."
    assert "Reviews and their dates are not kept here yet." in page
    assert page.count("btn primary") == 1
    assert heading(visit("office").text("")) == "Nothing is late. Nothing waits."


def test_late_today_and_this_week_stand_apart_and_the_first_row_has_the_filled_button(visit, inside, oakfield, today):
    with inside():
        StaffMember.objects.filter(pk=oakfield.teacher.staff_id).update(ended_on=today - timedelta(days=10))
        Message.objects.create(
            school=oakfield.school, key="k", to="a@example.org", template="x", state="dead", message_id="m", by="system"
        )
    page = visit("sendco").text("")
    found = bands(page)
    assert heading(page).startswith("One thing is late.")
    assert found["Late"] == ["1 person has left the staff list and can still sign in"]
    assert next(iter(found)) == "Late"
    assert re.search(r'class="btn primary" href="/s/oakfield/staff/">End their access', page)
    assert "<b>Must.</b> UK GDPR Art 32; the law sets no number of days, we count 1 working day." in page


def test_no_name_is_read_that_is_not_shown(inside, oakfield, today):
    with inside(), CaptureQueriesContext(connection) as seen:
        today_of(oakfield.sendco, today)
    read = {
        f"{table}.{column}"
        for query in seen
        for table, column in re.findall(r'"(\w+)"\."(\w+)"', query["sql"].partition(" FROM ")[0])
    }
    words = r"pupils_\w+\.(forename|surname|sort_name|first_line|file_name)|staff_(user|staffmember|invitation)\.name"
    assert [column for column in read if re.fullmatch(words, column)] == []


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("part", "queries"), [("sendco", 16), ("office", 15), ("head", 16)])
def test_today_asks_as_many_questions_for_one_row_as_for_three(visit, inside, oakfield, today, part, queries, number):
    with inside():
        for who in ("aisha", "leon", "mei")[:number]:
            pupil = oakfield.pupils[who]
            if number == 3:
                SENNeed.objects.filter(pupil=pupil).delete()
            if who == "mei":
                SENRecord.objects.create(school=oakfield.school, pupil=pupil, provision="K", starts_on=today)
            moved = move(oakfield, who, today, source="file", told="cannot_tell")
            letter(oakfield, moved, today)
            ProvisionProposal.objects.create(school=oakfield.school, pupil=pupil, before="E", after="N", seen_on=today)
            PupilFlag.objects.create(school=oakfield.school, pupil=pupil, kind="assessed", starts_on=today)
            batch(oakfield, "ready", 1)
    visitor = visit(part)
    visitor.text("")
    with CaptureQueriesContext(connection) as seen:
        visitor.text("")
    assert len(seen) == queries


def test_an_empty_school_offers_the_way_in_to_whom_may_bring_in_a_file(visit, inside, monkeypatch, today):
    monkeypatch.setattr("sendhub.desk.today.address", lambda link: "/s/oakfield/pupils/imports/")
    with inside():
        Pupil.objects.update(left_on=today)
        SENRecord.objects.all().delete()  # or else their files would wait to be sent
        School.objects.update(second_factor="off")
    page = visit("sendco").text("")
    assert heading(page).startswith("No pupils yet.")
    assert re.search(r'class="btn primary" href="/s/oakfield/pupils/imports/">Bring in a file', page)
    assert "This fills when the first file is in." in page
    assert "Bring in a file" not in re.findall(r"<h1.*?</header>", visit("head").text(""), re.S)[0]
