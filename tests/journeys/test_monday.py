"""The SENDCO's Monday morning: what is late, what is next, somebody to get to know; at her desk and on her phone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from pupils.models import ReadingMark
from sendhub.audit import SYSTEM, acting
from sendhub.outbox.models import Message
from sendhub.tenancy import school_context
from staff.models import StaffMember
from tests.look.width import width_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def monday(cast):
    """Somebody left ten days ago and can still sign in; one message did not go."""
    school = cast.oakfield.school
    with school_context(school.pk), acting(SYSTEM, "test.arrange"):
        day = timezone.localdate() - timedelta(days=10)
        StaffMember.objects.filter(pk=cast.oakfield.teacher.staff_id).update(ended_on=day)
        Message.objects.create(
            school=school, key="k", to="a@example.org", template="x", state="dead", message_id="m", by="system"
        )
    return cast.oakfield


def marks(oakfield):
    with school_context(oakfield.school.pk):
        return dict(ReadingMark.objects.order_by("pk").values_list("pupil_id", "read_on"))


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_the_morning_begins_with_what_is_late_and_goes_on_to_the_children(monday, browse, width, height):
    page = browse(monday.sendco, "/s/oakfield/", width=width, height=height)
    expect(page.get_by_role("heading", level=1)).to_contain_text("One thing is late.")
    expect(page.get_by_role("heading", level=3).first).to_have_text("Late")
    assert page.locator("main .btn.primary").count() == 1
    page.locator("main .btn.primary").click()
    expect(page.get_by_role("heading", level=1, name="People who can sign in")).to_be_visible()

    page.goto(page.url.replace("staff/", ""))
    page.locator("main a.btn", has_text="Begin").click()
    page.get_by_role("link", name="Begin", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Leon Walker")).to_be_visible()
    page.get_by_role("button", name="Read, next").click()
    expect(page.get_by_role("heading", level=1, name="Aïsha Khan")).to_be_visible()
    page.get_by_role("button", name="Get to know").click()
    expect(page.get_by_text("Aïsha Khan is on your list to get to know.")).to_be_visible()
    page.get_by_role("button", name="Read, next").click()
    expect(page.get_by_role("heading", level=1, name="You have read about all 2 pupils")).to_be_visible()
    assert width_of(page) == width
    today = timezone.localdate()
    assert marks(monday) == {monday.pupils["leon"].pk: today, monday.pupils["aisha"].pk: today}


def test_j_and_k_turn_the_pages_and_write_nothing(monday, browse):
    leon, aisha = monday.pupils["leon"].pk, monday.pupils["aisha"].pk
    page = browse(monday.sendco, f"/s/oakfield/pupils/{leon}/read/")
    page.keyboard.press("j")
    page.wait_for_url(f"**/{aisha}/read/")
    page.keyboard.press("j")  # the last one
    page.keyboard.press("k")
    page.wait_for_url(f"**/{leon}/read/")
    page.locator("#find").fill("jk")  # letters in a box are letters
    expect(page.get_by_role("heading", level=1, name="Leon Walker")).to_be_visible()
    assert marks(monday) == {}


def test_without_the_shortcuts_the_links_do_the_same(monday, browse):
    leon = monday.pupils["leon"].pk
    page = browse(monday.sendco, "/display/")
    page.get_by_role("group", name="Shortcuts of one key").get_by_label("Off").check()
    page.get_by_role("button", name="Save").click()
    page.goto(page.url.split("/display/")[0] + f"/s/oakfield/pupils/{leon}/read/")
    page.keyboard.press("j")
    expect(page.get_by_text("Keys: j")).to_have_count(0)
    expect(page.get_by_role("heading", level=1, name="Leon Walker")).to_be_visible()
    page.get_by_role("link", name="Skip", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Aïsha Khan")).to_be_visible()


def test_the_queue_needs_no_script(monday, browse):
    page = browse(monday.sendco, "/s/oakfield/pupils/reading/", java_script_enabled=False)
    page.get_by_role("link", name="Begin", exact=True).click()
    page.get_by_role("button", name="Read, next").click()
    page.get_by_role("button", name="Read, next").click()
    expect(page.get_by_role("heading", level=1, name="You have read about all 2 pupils")).to_be_visible()


def test_the_box_offers_whom_one_opened_last_and_is_worked_by_keys(monday, browse):
    page = browse(monday.sendco, f"/s/oakfield/pupils/{monday.pupils['mei'].pk}/")
    page.goto(page.url.split("/pupils/")[0] + "/")
    page.keyboard.press("/")
    expect(page.locator("#find-results a")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(page.locator("#find-results a").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#find-results a")).to_have_count(0)
    page.keyboard.type("9c khan")
    expect(page.locator("#find-results a")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Aïsha Khan")).to_be_visible()
