"""The SENDCO's first morning: find a child, write the first thing to know, name a key adult, take a list away."""

import io

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from sendhub.kit.models import Job
from sendhub.kit.tasks import run_job
from sendhub.outbox.models import Message
from sendhub.tenancy import school_context

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def open_record(page):
    page.get_by_label("Find a pupil").fill("aisha 9c")
    page.get_by_role("link", name="Aïsha Khan").click()
    expect(page.get_by_role("heading", level=1, name="Aïsha Khan")).to_be_visible()


def test_with_script_everything_happens_on_the_record(cast, browse):
    page = browse(cast.oakfield.sendco, "/s/oakfield/")
    open_record(page)
    page.get_by_role("link", name="Change").first.click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("The first thing to know").fill("Loves maps. Give her a job at the start.")
    drawer.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Loves maps. Give her a job at the start.").first).to_be_visible()
    expect(drawer).to_be_hidden()

    page.get_by_role("link", name="Link an adult").click()
    drawer.get_by_label("Who").select_option(label="Dan Whitlock, Teacher of English")
    drawer.get_by_label("Key adult").check()
    drawer.get_by_role("button", name="Link and tell them").click()
    expect(page.locator("#live")).to_contain_text("Dan Whitlock is linked")
    with school_context(cast.oakfield.school.pk):
        message = Message.objects.get()
        assert message.to == "dan.whitlock@oakfield.example.org"


def test_without_script_the_same_job_is_done_by_pages(cast, browse):
    page = browse(cast.oakfield.sendco, "/s/oakfield/", java_script_enabled=False)
    page.get_by_label("Find a pupil").fill("khan")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Aïsha Khan").click()
    page.get_by_role("link", name="Change").first.click()
    page.get_by_label("The first thing to know").fill("Loves maps.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Loves maps.").first).to_be_visible()


def test_a_list_is_taken_away_as_a_job_and_only_by_who_asked(cast, browse, sign_in):
    page = browse(cast.oakfield.sendco, "/s/oakfield/pupils/")
    page.get_by_role("link", name="Download this list").click()
    page.get_by_role("button", name="Go on as if I had").click()  # the demo's people have nothing to prove it with
    page.get_by_role("button", name="Make the file").click()
    page.wait_for_url("**/jobs/*/")
    with school_context(cast.oakfield.school.pk):
        job = Job.objects.get()
    run_job(job.pk, school_id=cast.oakfield.school.pk)
    page.reload()
    with page.expect_download() as started:
        page.locator("main a.primary, main a.btn").first.click()
    book = load_workbook(io.BytesIO(started.value.path().read_bytes())).active
    assert [cell.value for cell in book["A"]][1:] == ["Khan", "Walker"]
    address = f"/s/oakfield/work/jobs/{job.pk}/file/"
    assert sign_in(cast.oakfield.sendco).get(address).status_code == 200
    assert sign_in(cast.oakfield.head).get(address).status_code == 404
