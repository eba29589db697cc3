"""How long what is kept: rules as rows, a dry run, a legal hold, two people's word."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from pupils.models import Pupil, SENRecord
from sendhub.desk import actions
from sendhub.desk.models import LeavingFile, LegalHold, Removal, RetentionRule
from sendhub.desk.rights.keeping import due_records, rules_of

TODAY = timezone.localdate


@pytest.fixture
def proved(monkeypatch):
    monkeypatch.setattr("staff.signin.stepup.recently", lambda request: True)


@pytest.fixture
def gone(inside, oakfield):
    """Gale, who left and was on the register; born long enough ago that the SEN file is over its time."""
    with inside():
        gone = oakfield.pupils["gone"]
        SENRecord.objects.create(
            school=oakfield.school, pupil=gone, provision="K", starts_on=date(1999, 1, 1), ends_on=date(2008, 7, 1)
        )
        Pupil.objects.filter(pk=gone.pk).update(
            born_on=date(1992, 3, 4), joined_on=date(1998, 9, 1), left_on=date(2008, 7, 1)
        )
        gone.refresh_from_db()
    return gone


@pytest.fixture
def removal(inside, oakfield, gone):
    with inside():
        (made,) = actions.propose_removals(
            pupils=[gone], record_types={gone.pk: "sen_file"}, why="Long over", by=oakfield.head
        )
    return made


def due(school_id, today=None):
    today = today or TODAY()
    return [
        (each.pupil_id, each.rule.type.key, each.since)
        for each in due_records(school_id, today, rules_of(school_id, today))
    ]


def test_a_sen_file_is_looked_at_31_years_after_birth_and_not_a_day_before(inside, oakfield, gone):
    with inside():
        assert due(oakfield.school.pk) == [(gone.pk, "sen_file", date(2023, 3, 4))]
        assert due(oakfield.school.pk, date(2023, 3, 3)) == []
        assert due(oakfield.school.pk, date(2023, 3, 4)) == [(gone.pk, "sen_file", date(2023, 3, 4))]


def test_whoever_was_never_on_the_register_has_the_pupil_files_rule(inside, oakfield, gone):
    with inside():
        SENRecord.objects.filter(pupil=gone).delete()
        assert due(oakfield.school.pk) == [(gone.pk, "pupil_file", date(2017, 3, 4))]


def test_a_file_that_went_on_is_looked_at_a_year_later(inside, oakfield, gone):
    with inside():
        Pupil.objects.filter(pk=gone.pk).update(born_on=date(2012, 3, 4), left_on=TODAY() - timedelta(days=500))
        LeavingFile.objects.create(
            school=oakfield.school, pupil=gone, chosen_by=oakfield.head, sent_on=TODAY() - timedelta(days=400),
            sent_to="Hill", sent_how="s2s", sent_by=oakfield.head,
        )  # fmt: skip
        ((pk, key, _),) = due(oakfield.school.pk)
    assert (pk, key) == (gone.pk, "passed_on")


def test_nobody_who_is_here_is_ever_due(inside, oakfield, gone):
    with inside():
        Pupil.objects.filter(pk=gone.pk).update(left_on=None)
        assert due(oakfield.school.pk) == []


def test_the_school_has_its_own_number_with_why(visit, inside, oakfield, gone):
    person = visit("data_lead")
    page = person.text("rights/keep/")
    assert "31 years from the date of birth" in page
    assert "IRMS schools toolkit (25 years and 6)" in page
    assert "Should." in page
    own = {"years": "40", "anchor": "birth", "action": "review", "reason": "The trust’s schedule"}
    assert person.post("rights/keep/sen_file/change/", own).status_code == 302
    with inside():
        assert RetentionRule.objects.get().years == 40
        assert due(oakfield.school.pk) == []
    page = person.text("rights/keep/")
    assert "40 years from the date of birth" in page
    assert "Our choice." in page
    assert "The default is 31 years" in page


def test_two_people_change_one_rule_and_neither_loses_a_word(visit, inside):
    own = {"years": "40", "anchor": "birth", "action": "review", "reason": "The trust’s schedule"}
    assert visit("head").post("rights/keep/sen_file/change/", own).status_code == 302
    second = visit("data_lead").post("rights/keep/sen_file/change/", {**own, "years": "35", "version": "0"})
    assert second.status_code == 409
    with inside():
        assert RetentionRule.objects.get().years == 40
    assert visit("head").get("rights/keep/nothing/change/").status_code == 404
    assert visit("head").post("rights/keep/sen_file/change/", {**own, "years": "0"}).status_code == 422


def test_one_person_says_that_it_may_go_after_seeing_what_would(visit, inside, gone):
    person = visit("data_lead")
    assert "1 record to look at" in person.text("rights/keep/")
    page = person.text(f"rights/removals/propose/?ids={gone.pk}")
    assert "<li>1 pupil</li>" in page
    assert "<li>1 time on the register</li>" in page
    assert "in the history" in page
    assert person.post("rights/removals/propose/", {"ids": gone.pk, "why": ""}).status_code == 422
    assert person.post("rights/removals/propose/", {"ids": "999999999", "why": "Over"}).status_code == 422
    assert person.post("rights/removals/propose/", {"ids": gone.pk, "why": "Over"}).status_code == 302
    assert "1 record waits for a second person’s word" in person.text("rights/keep/")
    assert "says that it may go" not in person.text("")
    assert "1 record waits for a second person to say that it may go" in visit("head").text("")
    with inside():
        assert Pupil.objects.filter(pk=gone.pk).exists()


def test_the_same_person_twice_is_not_two(visit, proved, inside, oakfield, removal):
    response = visit("head").post(f"rights/removals/{removal.pk}/approve/")
    assert response.status_code == 422
    assert "Somebody else has to say so too." in response.content.decode()
    with inside():
        assert Removal.objects.get().second_by_id is None
    assert visit("sendco").post(f"rights/removals/{removal.pk}/approve/").status_code == 302
    with inside():
        assert Removal.objects.get().second_by_id == oakfield.sendco.pk
    assert visit("sendco").get(f"rights/removals/{removal.pk}/approve/").status_code == 404
    assert "Approved by two" in visit("head").text("rights/keep/")


def test_the_database_refuses_one_person_twice(inside, oakfield, removal):
    from django.db import IntegrityError, transaction

    with inside(), pytest.raises(IntegrityError), transaction.atomic():
        Removal.objects.update(second_by=oakfield.head, second_on=TODAY())


def test_whoever_approves_proves_who_they_are(visit, removal):
    assert visit("sendco").get(f"rights/removals/{removal.pk}/approve/").status_code == 302


def test_a_hold_blocks_the_first_word_and_the_second(visit, proved, inside, oakfield, gone, removal):
    assert visit("head").post(f"rights/holds/{gone.pk}/set/", {"reason": ""}).status_code == 422
    assert visit("head").post(f"rights/holds/{gone.pk}/set/", {"reason": "A claim"}).status_code == 302
    response = visit("sendco").post(f"rights/removals/{removal.pk}/approve/")
    assert response.status_code == 422
    assert "A legal hold is on this record." in response.content.decode()
    assert visit("head").post(f"rights/removals/{removal.pk}/withdraw/").status_code == 302
    assert visit("head").post("rights/removals/propose/", {"ids": gone.pk, "why": "Over"}).status_code == 422
    assert "No record is chosen" in visit("head").text(f"rights/removals/propose/?ids={gone.pk}&ids=x")
    with inside():
        hold = LegalHold.objects.get()
        assert (
            actions.propose_removals(pupils=[gone], record_types={gone.pk: "sen_file"}, why="Over", by=oakfield.head)
            == []
        )
    assert "A claim" in visit("head").text("rights/keep/")
    assert visit("head").post(f"rights/holds/{hold.pk}/lift/").status_code == 302
    assert visit("head").post(f"rights/holds/{hold.pk}/lift/").status_code == 404
    assert visit("head").post("rights/removals/propose/", {"ids": gone.pk, "why": "Over"}).status_code == 302


def test_a_hold_is_set_once(inside, oakfield, gone):
    with inside():
        first = actions.set_hold(pupil=gone, reason="A claim", by=oakfield.head)
        assert actions.set_hold(pupil=gone, reason="Another", by=oakfield.sendco).pk == first.pk


def test_approving_after_it_was_withdrawn_does_nothing(inside, oakfield, removal):
    with inside():
        actions.withdraw_removal(removal=removal, by=oakfield.head)
        assert actions.approve_removal(removal=removal, by=oakfield.sendco) == 0
        with pytest.raises(ValidationError):
            actions.approve_removal(removal=removal, by=oakfield.head)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_makes_the_same_queries_however_much_there_is(
    visit, inside, oakfield, gone, rows, django_assert_num_queries
):
    with inside():
        for number in range(rows - 1):
            Pupil.objects.create(
                school=oakfield.school, forename=f"A{number}", surname="B", legal_forename="A", legal_surname="B",
                sort_name=f"b a{number}", born_on=date(1991, 1, 1), left_on=date(2009, 1, 1), year_sort=9,
            )  # fmt: skip
    person = visit("data_lead")
    person.get("rights/keep/")
    with django_assert_num_queries(16):
        person.text("rights/keep/")
