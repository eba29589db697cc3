"""Typed text that survives a closed tab and an ended session."""

import datetime as dt

import pytest
import time_machine
from django.urls import NoReverseMatch
from django.utils import timezone

from sendhub.access import Permission
from sendhub.kit import drafts, tasks
from sendhub.kit.actions import save_draft
from sendhub.kit.models import Draft
from sendhub.tenancy import school_context

SCHOOL = "/s/oakfield/"
DRAFTS = SCHOOL + "work/drafts/"
NOTE = f"{DRAFTS}test.note/7/"


@pytest.fixture
def note(monkeypatch):
    form = drafts.DraftForm("test.note", "A note", ("text", "needs"), lambda pk: f"/there/{pk}", ())
    monkeypatch.setitem(drafts._forms, "test.note", form)
    return form


@pytest.fixture
def priya(oakfield, sign_in, note):
    return sign_in(oakfield.sendco)


def kept(member):
    return drafts.for_form(member, "test.note", 7)


def test_the_forms_own_fields_are_kept_and_no_others(oakfield, priya):
    typed = {"text": "Aïsha found today", "needs": ["SPLD", "SEMH"], "password": "secret", "version": "3"}
    answer = priya.post(NOTE, typed)
    assert answer.json() == {"saved_at": timezone.localtime().strftime("%H:%M")}
    assert kept(oakfield.sendco) == {"text": "Aïsha found today", "needs": ["SPLD", "SEMH"]}


def test_the_last_save_counts_and_an_empty_form_forgets(oakfield, priya):
    for text in ("one", "one two"):
        priya.post(NOTE, {"text": text})
    assert kept(oakfield.sendco) == {"text": "one two"}
    priya.post(NOTE, {"text": ""})
    assert kept(oakfield.sendco) is None


def test_nobody_else_sees_it(cast, oakfield, priya, sign_in):
    priya.post(NOTE, {"text": "Mine"})
    assert kept(oakfield.assistant) is None
    assert b"A note" not in sign_in(oakfield.head).get(DRAFTS).content
    with school_context(cast.brook.school.pk):
        assert Draft.objects.count() == 0


def test_too_much_text_is_refused_and_the_last_draft_stays(oakfield, priya):
    priya.post(NOTE, {"text": "short"})
    assert priya.post(NOTE, {"text": "x" * (drafts.MAX_BYTES + 1)}).status_code == 413
    assert kept(oakfield.sendco) == {"text": "short"}


def test_what_the_database_can_not_hold_is_no_fault_of_ours(oakfield, priya):
    assert priya.post(NOTE, {"text": "a\0b"}).status_code == 200
    assert kept(oakfield.sendco) == {"text": "ab"}
    assert priya.post(f"{DRAFTS}test.note/{2**63}/", {"text": "x"}).status_code == 404


def test_a_form_that_keeps_no_drafts_is_not_there(priya):
    assert priya.post(f"{DRAFTS}no.such.form/7/", {"text": "x"}).status_code == 404


def test_a_form_may_be_for_some_only(priya, oakfield, sign_in, monkeypatch, note):
    monkeypatch.setitem(
        drafts._forms,
        "test.note",
        drafts.DraftForm("test.note", "A note", ("text",), note.url, (Permission.SCHOOL_SET,)),
    )
    assert sign_in(oakfield.teacher).post(NOTE, {"text": "x"}).status_code == 403
    assert priya.post(NOTE, {"text": "x"}).status_code == 200


def test_two_forms_can_not_keep_drafts_under_one_name(monkeypatch):
    monkeypatch.setattr(drafts, "_forms", {})
    drafts.allow("a.form", title="A form", fields=["text"], url=str)
    assert drafts.find("a.form").fields == ("text",)
    with pytest.raises(ValueError, match=r"a\.form"):
        drafts.allow("a.form", title="Another", fields=["text"], url=str)


def test_sending_the_form_forgets_the_draft(oakfield, priya):
    priya.post(NOTE, {"text": "x"})
    drafts.discard(by=oakfield.sendco, form="test.note", object_id=7)
    assert kept(oakfield.sendco) is None


class TestList:
    def test_it_leads_back_to_the_form(self, priya):
        assert b"You have no drafts" in priya.get(DRAFTS).content
        priya.post(NOTE, {"text": "Aïsha found today"})
        page = priya.get(DRAFTS).content.decode()
        assert '<a href="/there/7">A note</a>' in page
        assert "found today" not in page

    def test_one_can_throw_it_away(self, oakfield, priya):
        priya.post(NOTE, {"text": "x"})
        assert b"You have no drafts" in priya.post(f"{NOTE}discard/", follow=True).content

    def test_a_form_that_has_gone_does_not_break_the_page(self, oakfield, priya, monkeypatch, note):
        priya.post(NOTE, {"text": "x"})

        def gone(pk):
            raise NoReverseMatch

        monkeypatch.setitem(drafts._forms, "test.note", drafts.DraftForm("test.note", "A note", ("text",), gone, ()))
        assert b"A form that is no longer here" in priya.get(DRAFTS).content
        monkeypatch.delitem(drafts._forms, "test.note")
        assert b"A form that is no longer here" in priya.get(DRAFTS).content


def test_when_the_session_has_ended_the_last_draft_waits_behind_the_sign_in(oakfield, priya, client):
    priya.post(NOTE, {"text": "Half a page"})
    answer = client.post(NOTE, {"text": "Half a page and a word"}, headers={"Accept": "application/json"})
    assert answer.status_code in {302, 401}
    assert kept(oakfield.sendco) == {"text": "Half a page"}


def test_after_fourteen_days_it_goes_from_every_school(cast, note, monkeypatch):
    rung = []
    monkeypatch.setattr(tasks.tidy_school, "apply_async", lambda args, kwargs, **options: rung.append(kwargs))
    for school in (cast.oakfield, cast.brook):
        with school_context(school.school.pk):
            save_draft(by=school.sendco, form="test.note", object_id=1, data={"text": ["old"]})
    tasks.tidy()
    assert len(rung) == 3
    with time_machine.travel(timezone.now() + dt.timedelta(days=13), tick=False):
        for kwargs in rung:
            tasks.tidy_school(**kwargs)
        with school_context(cast.oakfield.school.pk):
            assert Draft.objects.count() == 1
    with time_machine.travel(timezone.now() + dt.timedelta(days=14, minutes=1), tick=False):
        for kwargs in rung:
            tasks.tidy_school(**kwargs)
    for school in (cast.oakfield, cast.brook):
        with school_context(school.school.pk):
            assert Draft.objects.count() == 0


def test_it_says_until_when_it_is_kept(oakfield, note):
    draft = save_draft(by=oakfield.sendco, form="test.note", object_id=1, data={"text": ["x"]})
    assert draft.expires_at - draft.saved_at == dt.timedelta(days=14)
