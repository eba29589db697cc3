"""The start page: the sign-in page, one's only school, the choice, the demo's cast."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.test import Client

from sendhub.audit import SYSTEM
from sendhub.tenancy import school_context
from staff import actions
from staff.models import School
from staff.signin import demo


def test_home_for_nobody_is_the_sign_in_page(client, cast, settings):
    settings.DEMO = False
    assert client.get("/").headers["Location"] == "/accounts/login/"
    page = client.get("/accounts/login/")
    assert page.status_code == 200
    assert "Choose who to be" not in page.content.decode()


def test_home_with_one_school_goes_straight_there(sign_in, cast):
    assert sign_in(cast.oakfield.teacher).get("/").headers["Location"] == "/s/oakfield/"


def test_home_of_a_trust_lead_offers_the_trust_and_each_school(sign_in, cast):
    page = sign_in(cast.oakfield.trust_lead).get("/").content.decode()
    assert 'href="/trust/meridian/"' in page
    assert 'href="/s/oakfield/"' in page
    assert 'href="/s/hillside/"' in page
    assert "/s/brook/" not in page


def test_home_with_no_school_left_says_so_plainly(sign_in, cast, as_owner):
    browser = sign_in(cast.oakfield.teacher)
    end(cast.oakfield.teacher)
    page = browser.get("/")
    assert page.status_code == 200
    assert "tied to no school" in page.content.decode()


def end(member):
    with school_context(member.school_id):
        actions.end_access(member=member, by=SYSTEM)


def test_demo_offers_each_role_by_one_click(client, cast, settings):
    settings.DEMO = True
    page = client.get("/").content.decode()
    assert "Priya Nair, SENDCO" in page
    assert "Sees counts only, never a pupil" in page  # the governor's line: what that person sees
    answer = client.post("/demo/sign-in/", {"member": cast.oakfield.governor.pk})
    assert answer.headers["Location"] == "/s/oakfield/"
    assert client.get("/").headers["Location"] == "/s/oakfield/"


@pytest.mark.parametrize("demo_on", [False, True])
def test_demo_click_lets_nobody_else_in(client, cast, settings, demo_on, as_owner):
    settings.DEMO = demo_on
    stranger = cast.brook.sendco
    School.objects.filter(pk=stranger.school_id).update(is_demo=False)
    assert client.post("/demo/sign-in/", {"member": stranger.pk}).status_code == 404
    assert client.post("/demo/sign-in/", {"member": "x"}).status_code == 404
    if not demo_on:
        assert client.post("/demo/sign-in/", {"member": cast.oakfield.sendco.pk}).status_code == 404
    assert client.get("/s/brook/").headers["Location"].startswith("/accounts/login/")


def test_demo_click_is_a_post_with_a_token(cast, settings):
    settings.DEMO = True
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/demo/sign-in/", {"member": cast.oakfield.sendco.pk}).status_code == 403
    by_address = strict.get("/demo/sign-in/")
    assert (by_address.status_code, by_address.headers["Allow"]) == (405, "POST")
    assert "This page opens from its form only" in by_address.content.decode()


def test_a_demo_refuses_to_stand_beside_a_real_school(cast, settings):
    settings.DEMO = True
    demo.refuse_real_schools()
    assert demo.check_demo(None, ["default"]) == []
    School.objects.create(name="Real", slug="real", la_code="302", estab="9999")
    with pytest.raises(ImproperlyConfigured, match="not a demo"):
        demo.refuse_real_schools()
    assert [fault.id for fault in demo.check_demo(None, ["default"])] == ["staff.E001"]
    assert demo.check_demo(None, None) == []
    settings.DEMO = False
    assert demo.check_demo(None, ["default"]) == []
    demo.refuse_real_schools()


def test_the_check_passes_before_the_first_migration(db, settings, monkeypatch):
    settings.DEMO = True

    def no_table():
        raise DatabaseError

    monkeypatch.setattr(demo, "holds_a_real_school", no_table)
    assert demo.check_demo(None, ["default"]) == []


def test_a_demo_without_people_says_how_to_build_it(client, db, settings):
    settings.DEMO = True
    assert "make run" in client.get("/").content.decode()
