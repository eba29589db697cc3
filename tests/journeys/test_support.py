"""What supports a pupil, in a real browser: noted in a drawer, read and proved with one press."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from pupils import actions
from sendhub.tenancy import school_context
from tests.look.axe import faults
from tests.look.width import width_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def supported(cast):
    """Aïsha with one of each, and of each one that has ended or is late."""
    by, day = cast.oakfield.sendco, timezone.localdate()
    aisha, long_ago = cast.oakfield.pupils["aisha"], day - timedelta(days=900)
    with school_context(cast.oakfield.school.pk):
        for ends_on in (None, day - timedelta(days=9)):
            begun = {"pupil": aisha, "starts_on": long_ago, "ends_on": ends_on, "by": by}
            actions.add_medical(at_once="Pen in the red bag", kept_at="Office", **begun)
            actions.add_adjustment(what="Leaves early", why="Crowds", **begun)
            actions.add_arrangement(scheme="jcq", name="Reader", approval="online", approved_on=long_ago, **begun)
            actions.add_risk(may_happen="Runs out", we_do="Stay near", who="All", review_on=day, **begun)
        agency = actions.add_agency(school_id=by.school_id, name="Therapy", phone="01632 960001", by=by)
        actions.add_professional(agency=agency, name="Jo Bell", job="Therapist", by=by)
        tie = actions.add_agency_tie(pupil=aisha, agency_id=agency.pk, about="Speech", starts_on=long_ago, by=by)
        actions.add_agency_contact(tie=tie, on=long_ago, how="phone", about="Dates", staff_id=by.staff_id, by=by)
    return aisha


PAGES = [
    "", "medical/", "risk/", "adjustments/", "arrangements/", "agencies/", "risk/add/", "arrangements/add/",
    "agencies/add/", "../support/", "../support/due/", "../support/reading/", "../support/kinds/", "../agencies/",
]  # fmt: skip


def test_the_pages_are_accessible_and_fit_a_phone(cast, browse, supported, live_server):
    page, wrong = browse(cast.oakfield.sendco, "/s/oakfield/"), {}
    for path in PAGES:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(f"{live_server.url}/s/oakfield/pupils/{supported.pk}/{path}")
        wrong[path] = faults(page)
        for width in (390, 320):
            page.set_viewport_size({"width": width, "height": 844})
            if width_of(page) != width:
                wrong[path].append(f"{width_of(page)} wide at {width}")
    assert {path: found for path, found in wrong.items() if found} == {}


def test_a_teacher_reads_the_risk_plan_and_says_what_is_used(cast, browse, supported):
    page = browse(cast.oakfield.teacher, "/s/oakfield/", width=390)
    page.get_by_role("link", name="A risk plan of AK to read").first.click()
    page.get_by_role("button", name="I have read this").click()
    expect(page.get_by_text("Saved: you have read it.")).to_be_visible()
    expect(page.get_by_role("heading", name="1 of 4 have read it")).to_be_visible()
    page.goto(page.url.replace("/risk/", "/arrangements/"))
    page.get_by_role("button", name="Used in my lessons").click()
    expect(page.get_by_role("region", name="Normal way of working").get_by_text("Dan Whitlock")).to_be_visible()
    page.get_by_role("link", name="Aïsha Khan").click()
    expect(page.get_by_text("You have not read it")).to_have_count(0)


def test_the_sendco_notes_an_adjustment_in_a_drawer_and_says_that_it_is_needed(cast, browse, supported):
    page = browse(cast.oakfield.sendco, f"/s/oakfield/pupils/{supported.pk}/adjustments/")
    page.get_by_role("link", name="Add an adjustment").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("button", name="Save").click()
    expect(drawer.get_by_text("Say what you do.").first).to_be_visible()
    drawer.get_by_label("What we do").fill("Large print")
    drawer.get_by_label("Why").fill("Sight")
    drawer.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Large print")).to_be_visible()
    page.get_by_role("button", name=re.compile("It is still needed.*Leaves early")).click()
    expect(page.get_by_text("Saved: it is still needed.")).to_be_visible()
    expect(page.get_by_text("Still needed? Was due")).to_have_count(0)


def test_without_script_the_forms_are_pages(cast, browse, supported):
    page = browse(cast.oakfield.sendco, f"/s/oakfield/pupils/{supported.pk}/agencies/", java_script_enabled=False)
    page.get_by_role("link", name="Note a contact").click()
    page.get_by_label("By phone").check()
    page.get_by_label("What about, in a line").fill("The next visit")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The next visit")).to_be_visible()
