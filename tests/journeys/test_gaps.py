"""Gaps filled in the drawer, one after the other, and the list as it prints."""

import re

import pytest

from pupils.models import SENNeed
from sendhub.audit import SYSTEM, acting
from sendhub.tenancy import school_context

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_gap_is_filled_in_the_drawer_and_leaves_the_list(cast, browse):
    page = browse(cast.oakfield.sendco, "/s/oakfield/pupils/gaps/?gap=first_line")
    errors = errors_of(page)
    rows, pill = page.locator("#gaps tbody tr"), page.locator("#gaps .views [aria-current=page] .count")
    assert (rows.count(), pill.inner_text()) == (2, "2")
    page.get_by_role("link", name=re.compile("Write it.*Khan, Aïsha")).click()
    page.locator("#drawer textarea").fill("Likes maps.")
    page.locator("#drawer").get_by_role("button", name="Save").click()
    page.wait_for_selector("#drawer", state="hidden")
    pill.get_by_text("1", exact=True).wait_for()
    assert rows.count() == 1
    assert "Walker, Leon" in rows.inner_text()
    assert "Saved: the first thing to know." in page.locator("#live").inner_text()
    assert errors == []


def errors_of(page):
    """What the browser complains of from now on."""
    errors = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    return errors


def test_a_question_of_the_census_is_answered_in_the_drawer(cast, browse):
    oakfield = cast.oakfield
    with school_context(oakfield.school.pk), acting(SYSTEM, "test.arrange"):
        SENNeed.objects.filter(pupil=oakfield.pupils["aisha"]).delete()
    page = browse(oakfield.sendco, "/s/oakfield/pupils/register/census/")
    errors = errors_of(page)
    page.get_by_role("link", name=re.compile("Change the needs.*Khan, Aïsha")).click()
    page.locator("#drawer select").first.select_option("ASD")
    page.locator("#drawer").get_by_role("button", name="Save").click()
    page.wait_for_selector("#drawer", state="hidden")
    page.get_by_role("heading", name="The census has nothing to ask.").wait_for()
    assert errors == []


def test_the_list_prints_as_a_table_with_school_day_and_filter(cast, browse):
    page = browse(cast.oakfield.sendco, "/s/oakfield/pupils/?provision=K")
    assert not page.locator(".print-only").is_visible()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 690, "height": 900})  # A4 without its margins
    assert re.match(
        r"Oakfield Secondary School\. Printed on .*\. SEN Support\.$", page.locator(".print-only").inner_text()
    )
    for gone in (".bulk", ".filters", ".views", ".side", ".pick", "[data-print]"):
        assert not page.locator(gone).first.is_visible(), gone
    assert page.locator("table.grid").evaluate("table => getComputedStyle(table).display") == "table"


def test_everyone_in_a_view_is_chosen_without_a_tick(cast, browse):
    page = browse(cast.oakfield.sendco, "/s/oakfield/pupils/?provision=all&year=9")
    page.get_by_role("link", name="Choose all 2 in this view").click()
    assert page.get_by_text("All 2 in this view").is_visible()
    page.get_by_role("button", name="Get to know").click()
    page.get_by_role("heading", name="Get to know 2 pupils").wait_for()
    assert "ids=" not in page.url
